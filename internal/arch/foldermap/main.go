// Command foldermap writes the folder map into docs/architecture.md. Run it at the root of the repository.
package main

import (
	"fmt"
	"os"

	"gezhi/internal/arch"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "folder map:", err)
		os.Exit(1)
	}
}

func run() error {
	table, err := arch.FolderMap(os.DirFS("."))
	if err != nil {
		return err
	}
	page, err := os.ReadFile(arch.MapFile)
	if err != nil {
		return err
	}
	text, err := arch.PutMap(string(page), table)
	if err != nil || text == string(page) {
		return err
	}
	return os.WriteFile(arch.MapFile, []byte(text), 0o644)
}

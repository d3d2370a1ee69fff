// Command generate writes what is derived from the code: the OpenAPI document and the pages about the workflows.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"gezhi/internal/app"
)

func main() {
	files, err := app.Generated()
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
	for name, data := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
	}
}

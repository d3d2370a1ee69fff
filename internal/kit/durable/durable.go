// Package durable makes changes of folders survive a power cut: a file that was
// written and synced is still lost when the folder entry naming it was not.
package durable

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// SyncFolder flushes the entries of dir to disk. It is called after a create,
// rename or remove inside dir and before anybody is told that it happened.
func SyncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync folder %s: %w", dir, err)
	}
	return nil
}

// MakeFolder creates dir and its missing parents with perm and syncs each parent
// that received a new entry. An existing folder is left as it is.
func MakeFolder(dir string, perm fs.FileMode) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return fmt.Errorf("%s exists and is not a folder", dir)
		}
		return nil
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := MakeFolder(parent, perm); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, perm); err != nil && !os.IsExist(err) {
		return fmt.Errorf("make folder: %w", err)
	}
	return SyncFolder(parent)
}

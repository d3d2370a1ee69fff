//go:build unix

package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ownFilesOnly makes what the program writes readable by its own account alone.
func ownFilesOnly() { syscall.Umask(0o077) }

// lockFolder keeps a second server off an SQLite file: each would hold its own memory of it.
func (a *App) lockFolder() (unlock func(), err error) {
	if a.Config.DB != "" {
		return func() {}, nil
	}
	f, err := os.OpenFile(filepath.Join(a.Config.Folder, "gezhi.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("another gezhi serves %s already: stop it first, or use PostgreSQL (GEZHI_DB) for several servers", a.Config.Folder)
		}
		return nil, err
	}
	return func() { f.Close() }, nil
}

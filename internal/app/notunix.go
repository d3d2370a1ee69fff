//go:build !unix

package app

// ownFilesOnly leaves rights to the system's own rules.
func ownFilesOnly() {}

// lockFolder does nothing where the system has no advisory locks.
func (a *App) lockFolder() (unlock func(), err error) { return func() {}, nil }

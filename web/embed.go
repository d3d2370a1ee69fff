//go:build !noweb

// Package web carries the built web application inside the binary.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files gives the built web application, rooted at its index.html. ok is false when the program was built
// without it (the tag noweb), so that the server can say so instead of answering with empty pages.
func Files() (files fs.FS, ok bool) {
	files, err := fs.Sub(dist, "dist")
	return files, err == nil
}

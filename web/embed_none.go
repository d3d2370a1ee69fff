//go:build noweb

// Package web carries the built web application inside the binary; this build leaves it out.
package web

import (
	"embed"
	"io/fs"
)

var none embed.FS

// Files gives an empty file system and false: the program was built with the tag noweb.
func Files() (files fs.FS, ok bool) {
	return none, false
}

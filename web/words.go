package web

import (
	"embed"
	"io/fs"
)

//go:embed src/i18n/zh-CN/*.json src/i18n/en/*.json
var catalogs embed.FS

// Words gives the catalogs of the screens, a folder for each language, so that what the program itself writes, such as
// the header of a table, uses the same words.
func Words() fs.FS {
	files, err := fs.Sub(catalogs, "src/i18n")
	if err != nil {
		return catalogs // cannot be: the folder is embedded
	}
	return files
}

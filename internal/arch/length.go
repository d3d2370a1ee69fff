package arch

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// longest is how many lines a hand-written file may have. A file that grows is split by noun.
const longest = 400

func checkLength(tree fs.FS, files []*file) ([]Problem, error) {
	var found []Problem
	for _, f := range files {
		if f.written && !strings.HasSuffix(f.name, "_test.go") && f.lines > longest {
			found = append(found, tooLong(f.path, f.lines))
		}
	}
	err := fs.WalkDir(tree, "web/src", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return missingIsEmpty(err, name, "web/src")
		}
		ext := path.Ext(name)
		if d.IsDir() || ext != ".ts" && ext != ".vue" || strings.HasSuffix(name, ".test.ts") {
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		if n := bytes.Count(text, []byte("\n")); n > longest && !generated(text) {
			found = append(found, tooLong(name, n))
		}
		return nil
	})
	return found, err
}

func tooLong(name string, lines int) Problem {
	return Problem{"length", name, 0, fmt.Sprintf("%d lines, at most %d: split it by noun", lines, longest)}
}

// generated tells by the first lines of a TypeScript file whether a program wrote it.
func generated(text []byte) bool {
	head := bufio.NewScanner(bytes.NewReader(text))
	for range 5 {
		if !head.Scan() {
			return false
		}
		line := strings.ToLower(head.Text())
		if strings.Contains(line, "auto-generated") || strings.Contains(line, "code generated") {
			return true
		}
	}
	return false
}

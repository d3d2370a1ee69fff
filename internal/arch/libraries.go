package arch

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// librariesFile is the page that gives the reason for each library used directly.
const librariesFile = "docs/adr/0001-libraries.md"

var required = regexp.MustCompile(`(?m)^\s+(\S+/\S+|\S+\.\S+) v\S+`)

// checkLibraries wants a line for every module that our Go files import and every package that a package.json names.
func checkLibraries(tree fs.FS, files []*file) ([]Problem, error) {
	uses, err := goModules(tree, files)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"web/package.json", "e2e/package.json"} {
		more, err := npmPackages(tree, name)
		if err != nil {
			return nil, err
		}
		maps.Copy(uses, more)
	}
	page, err := fs.ReadFile(tree, librariesFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var found []Problem
	for _, lib := range slices.Sorted(maps.Keys(uses)) {
		if !strings.Contains(string(page), "`"+lib+"`") {
			found = append(found, Problem{"library", librariesFile, 0, lib + " (" + uses[lib] + ") has no line with its reason"})
		}
	}
	return found, nil
}

// goModules gives the modules of go.mod that a file imports, each with one such file.
func goModules(tree fs.FS, files []*file) (map[string]string, error) {
	mod, err := fs.ReadFile(tree, "go.mod")
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, err
	}
	uses := map[string]string{}
	for _, m := range required.FindAllStringSubmatch(string(mod), -1) {
		for _, f := range files {
			if slices.ContainsFunc(f.imports, func(i imported) bool {
				return i.path == m[1] || strings.HasPrefix(i.path, m[1]+"/")
			}) {
				uses[m[1]] = f.path
				break
			}
		}
	}
	return uses, nil
}

func npmPackages(tree fs.FS, name string) (map[string]string, error) {
	text, err := fs.ReadFile(tree, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, err
	}
	uses := map[string]string{}
	for _, group := range []map[string]string{p.Dependencies, p.DevDependencies} {
		for lib := range group {
			uses[lib] = name
		}
	}
	return uses, nil
}

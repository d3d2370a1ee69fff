// Package arch holds the layout of the repository to its rules: who may import whom, which file may speak SQL or HTTP,
// how long a file may grow, and that exported names and folders are explained. It reads the source as text, so it
// needs no build; its test runs it on the repository.
package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Module is the path of the module whose imports are checked.
const Module = "gezhi"

// Problem is one breach of a rule.
type Problem struct {
	Rule string // import, sql, http, pure, length, doc, map, library, statement
	Path string // the file or folder, relative to the root of the tree
	Line int    // 0: the whole file
	Text string // what is wrong and what to do instead
}

// String formats the problem as path:line: text (rule).
func (p Problem) String() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d: %s (%s)", p.Path, p.Line, p.Text, p.Rule)
	}
	return fmt.Sprintf("%s: %s (%s)", p.Path, p.Text, p.Rule)
}

// file is one parsed Go file.
type file struct {
	path    string // relative to the root
	name    string // its last element
	pkg     pkg
	test    bool // a _test.go file, or a file of a package of test helpers
	imports []imported
	ast     *ast.File
	set     *token.FileSet
	lines   int
	written bool // by hand: not generated
}

type imported struct {
	path string
	line int
}

func (f *file) line(p token.Pos) int { return f.set.Position(p).Line }

// Check reads the tree and returns every breach of the rules, sorted by file.
func Check(tree fs.FS) ([]Problem, error) {
	files, err := read(tree)
	if err != nil {
		return nil, err
	}
	var found []Problem
	for _, f := range files {
		found = append(found, checkImports(f)...)
		found = append(found, checkTech(f)...)
		found = append(found, checkWords(f)...)
	}
	found = append(found, checkDocs(files)...)
	for _, check := range []func(fs.FS, []*file) ([]Problem, error){checkLength, checkMap, checkLibraries, checkStatements} {
		more, err := check(tree, files)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	slices.SortFunc(found, func(a, b Problem) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return found, nil
}

// read parses the Go files below the folders that hold the product.
func read(tree fs.FS) ([]*file, error) {
	var files []*file
	set := token.NewFileSet()
	for _, top := range []string{"cmd", "internal", "migrations"} {
		err := fs.WalkDir(tree, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(name) != ".go" {
				return missingIsEmpty(err, name, top)
			}
			f, err := parse(set, tree, name)
			if err == nil {
				files = append(files, f)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func missingIsEmpty(err error, name, top string) error {
	if err != nil && name == top {
		return fs.SkipAll
	}
	return err
}

func parse(set *token.FileSet, tree fs.FS, name string) (*file, error) {
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		return nil, err
	}
	a, err := parser.ParseFile(set, name, text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	f := &file{path: name, name: path.Base(name), ast: a, set: set, pkg: place(path.Dir(name))}
	f.test = strings.HasSuffix(name, "_test.go") || f.pkg.helper
	f.lines = strings.Count(string(text), "\n")
	f.written = !ast.IsGenerated(a)
	for _, i := range a.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return nil, err
		}
		f.imports = append(f.imports, imported{p, f.line(i.Pos())})
	}
	return f, nil
}

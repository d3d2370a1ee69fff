package arch

import (
	"errors"
	"fmt"
	"go/doc"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// MapFile is the page that holds the folder map, between the two marks.
const MapFile = "docs/architecture.md"

// The lines between which the map stands.
const (
	MapBegin = "<!-- folder map: begin (make generate) -->"
	MapEnd   = "<!-- folder map: end -->"
)

// ErrNoMarks says that the page has no place for the map.
var ErrNoMarks = errors.New(MapFile + " lacks the lines " + MapBegin + " and " + MapEnd)

// FolderMap returns the table of every folder with Go files below cmd, internal and migrations, each with the first
// sentence of its package comment.
func FolderMap(tree fs.FS) (string, error) {
	files, err := read(tree)
	if err != nil {
		return "", err
	}
	return folderMap(files), nil
}

// PutMap returns the page with the map between its marks, or ErrNoMarks.
func PutMap(page, table string) (string, error) {
	before, rest, ok := strings.Cut(page, MapBegin)
	_, after, ok2 := strings.Cut(rest, MapEnd)
	if !ok || !ok2 {
		return "", ErrNoMarks
	}
	return before + MapBegin + "\n" + table + MapEnd + after, nil
}

func folderMap(files []*file) string {
	says := synopses(files)
	var b strings.Builder
	b.WriteString("| folder | what it is |\n|---|---|\n")
	for _, dir := range folders(says) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", dir, strings.ReplaceAll(says[dir], "|", `\|`))
	}
	return b.String()
}

// synopses gives the first sentence about each folder; empty where no file has a package comment.
func synopses(files []*file) map[string]string {
	says := map[string]string{}
	for _, f := range files {
		dir := path.Dir(f.path)
		if strings.HasSuffix(f.name, "_test.go") {
			continue
		}
		if _, ok := says[dir]; !ok {
			says[dir] = ""
		}
		if f.ast.Doc != nil && says[dir] == "" {
			sentence := new(doc.Package).Synopsis(f.ast.Doc.Text())
			for _, head := range []string{"Package " + f.ast.Name.Name + " ", "Command " + path.Base(dir) + " "} {
				sentence = strings.TrimPrefix(sentence, head)
			}
			says[dir] = sentence
		}
	}
	return says
}

func folders(says map[string]string) []string {
	var dirs []string
	for dir := range says {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	return dirs
}

func checkMap(tree fs.FS, files []*file) ([]Problem, error) {
	var found []Problem
	says := synopses(files)
	for _, dir := range folders(says) {
		if says[dir] == "" {
			found = append(found, Problem{"map", dir, 0, "no package comment says what this folder is"})
		}
	}
	page, err := fs.ReadFile(tree, MapFile)
	if errors.Is(err, fs.ErrNotExist) {
		return append(found, Problem{"map", MapFile, 0, "missing"}), nil
	}
	if err != nil {
		return nil, err
	}
	want, err := PutMap(string(page), folderMap(files))
	if err != nil {
		return append(found, Problem{"map", MapFile, 0, err.Error()}), nil
	}
	if want != string(page) {
		found = append(found, Problem{"map", MapFile, 0, "the folder map is stale: make generate"})
	}
	return found, nil
}

package people

import (
	"context"
	"strings"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/words"
)

// AreaFinder finds areas as people write them: by code, by name, or by the names from above joined with slashes.
type AreaFinder interface {
	Find(text string) []string // ids; several when the text is not clear
	Path(id string) string     // names from the top down, joined with slashes
}

// Imports returns the lists of this package that can be brought in.
func Imports(s *Service, areas AreaFinder, w *words.Catalog) []bulk.Kind {
	in := importer{s, areas, w}
	return []bulk.Kind{in.accounts(), in.units()}
}

// importer turns rows of tables into accounts and units.
type importer struct {
	s     *Service
	areas AreaFinder
	words *words.Catalog
}

// area finds the one area that a cell names.
func (in importer) area(column, text string) (id string, wrong *bulk.Outcome) {
	if text == "" {
		return "", nil
	}
	return one(in.areas.Find(text), column, "area", text)
}

// one takes the only match of what a cell names.
func one(found []string, column, what, text string) (string, *bulk.Outcome) {
	var o bulk.Outcome
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		o = bulk.Wrong(column, "import."+what+"_unknown", "text", text)
	default:
		o = bulk.Wrong(column, "import."+what+"_ambiguous", "text", text, "count", len(found))
	}
	return "", &o
}

// unitIndex finds units as people write them: by code, by name, or by the names from above joined with slashes.
type unitIndex struct {
	byID   map[string]Unit
	byCode map[string]string
	byName map[string][]string
	byPath map[string][]string
}

func readUnitIndex(ctx context.Context, q db.Querier) (*unitIndex, error) {
	units, err := allUnits(ctx, q)
	if err != nil {
		return nil, err
	}
	x := &unitIndex{byID: map[string]Unit{}, byCode: map[string]string{}, byName: map[string][]string{}, byPath: map[string][]string{}}
	for _, u := range units {
		x.byID[u.ID] = u
	}
	for _, u := range units {
		x.add(u)
	}
	return x, nil
}

func (x *unitIndex) add(u Unit) {
	x.byID[u.ID] = u
	x.byCode[strings.ToLower(u.Code)] = u.ID
	x.byName[u.Name] = append(x.byName[u.Name], u.ID)
	if path := x.path(u.ID); path != u.Name {
		x.byPath[path] = append(x.byPath[path], u.ID)
	}
}

// path returns the names from the top unit down, joined with slashes.
func (x *unitIndex) path(id string) string {
	u := x.byID[id]
	names := []string{u.Name}
	for range maxUnitDepth {
		parent, ok := x.byID[u.ParentID]
		if !ok {
			break
		}
		names, u = append([]string{parent.Name}, names...), parent
	}
	return strings.Join(names, "/")
}

func (x *unitIndex) find(text string) []string {
	if id, ok := x.byCode[strings.ToLower(text)]; ok {
		return []string{id}
	}
	if found := x.byPath[strings.ReplaceAll(text, "／", "/")]; len(found) > 0 {
		return found
	}
	return x.byName[text]
}

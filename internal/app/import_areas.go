package app

import (
	"context"
	"strings"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

// areaImport brings in names, codes and kinds of areas; boundaries come from maps. An area is known by level and code.
type areaImport struct {
	app    *App
	finder *areaFinder
	words  *words.Catalog
}

func (in areaImport) kind() bulk.Kind {
	return bulk.Kind{
		Name: "areas", Path: "area-names", Need: perm.AreaManage, Chunk: rowChunk, Single: true,
		Columns: []sheet.Column{
			{Key: "level", Kind: sheet.Text, Required: true, Width: 12},
			{Key: "code", Kind: sheet.Code, Required: true, Width: 22},
			{Key: "name", Kind: sheet.Text, Required: true, Width: 26},
			{Key: "kind", Kind: sheet.Text, Width: 14},
			{Key: "parent", Kind: sheet.Text, Width: 40},
		},
		Check: func(_ context.Context, _ authz.Actor, t *sheet.Table) ([]bulk.Outcome, error) {
			return checkRows(t, in.planner(t)), nil
		},
		Write: func(ctx context.Context, actor authz.Actor, t *sheet.Table, _ bool, kept bulk.Kept) error {
			return writeRows(ctx, in.app.DB, actor, t, in.planner(t), kept)
		},
	}
}

// planner remembers what earlier rows will make, so that a row may name an area of a row above it.
func (in areaImport) planner(t *sheet.Table) func(r sheet.Row) rowPlan {
	coming := map[string]bool{}
	return func(r sheet.Row) rowPlan { return in.plan(t, r, coming) }
}

func (in areaImport) plan(t *sheet.Table, r sheet.Row, coming map[string]bool) rowPlan {
	tree := in.app.Grid.Tree()
	code, name := t.Get(r, "code"), t.Get(r, "name")
	text, ok := in.words.Named("areas.level", t.Get(r, "level"))
	level := grid.Level(text)
	switch {
	case !ok || level.Depth() < 0:
		return refusedRow("level", "import.area_level", "text", t.Get(r, "level"))
	case code == "":
		return refusedRow("code", "field.required")
	case name == "":
		return refusedRow("name", "field.required")
	}
	kind, ok := areaKind(tree, t.Get(r, "kind"))
	if !ok {
		return refusedRow("kind", "import.area_kind", "text", t.Get(r, "kind"))
	}
	if a, ok := tree.AreaByCode(level, code); ok {
		if t.Get(r, "kind") == "" {
			kind = a.Kind
		}
		if a.Name == name && a.Kind == kind {
			return rowPlan{outcome: bulk.Outcome{Result: bulk.Same}}
		}
		return rowPlan{bulk.Outcome{Result: bulk.Changed}, func(ctx context.Context, actor authz.Actor) error {
			_, err := in.app.Grid.UpdateArea(ctx, actor, a.ID, grid.AreaChange{Name: &name, Kind: &kind})
			return err
		}}
	}
	parent := t.Get(r, "parent")
	found := in.finder.Find(parent)
	switch {
	case parent != "" && len(found) == 0 && !coming[key(parent)]:
		return refusedRow("parent", "import.area_unknown", "text", parent)
	case len(found) > 1:
		return refusedRow("parent", "import.area_ambiguous", "text", parent, "count", len(found))
	}
	coming[key(code)], coming[key(name)] = true, true
	return rowPlan{bulk.Outcome{Result: bulk.Made}, func(ctx context.Context, actor authz.Actor) error {
		made := grid.NewArea{Code: code, Name: name, Level: level, Kind: kind}
		if above := in.finder.Find(parent); parent != "" && len(above) == 1 {
			made.ParentID = above[0]
		}
		_, err := in.app.Grid.CreateArea(ctx, actor, made)
		return err
	}}
}

// areaKind finds a kind by code or by name; an empty text is the general one.
func areaKind(t *grid.Tree, text string) (code string, ok bool) {
	if text == "" {
		return "", true
	}
	for _, k := range t.Kinds() {
		if k.Code == text || k.NameZH == text || strings.EqualFold(k.NameEN, text) {
			return k.Code, true
		}
	}
	return "", false
}

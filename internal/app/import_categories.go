package app

import (
	"context"
	"reflect"
	"strings"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

// categoryImport brings in categories; one is known by its code, and an empty cell keeps what is there.
type categoryImport struct {
	app   *App
	words *words.Catalog
}

func (in categoryImport) kind() bulk.Kind {
	return bulk.Kind{
		Name: "categories", Need: perm.CategoryManage, Chunk: rowChunk, Single: true,
		Columns: []sheet.Column{
			{Key: "code", Kind: sheet.Code, Required: true, Width: 24},
			{Key: "name", Kind: sheet.Text, Required: true, Width: 22},
			{Key: "name_en", Kind: sheet.Text, Width: 26},
			{Key: "kind", Kind: sheet.Text, Width: 12},
			{Key: "severity", Kind: sheet.Text, Width: 12},
			{Key: "public", Kind: sheet.Text, Width: 12},
			{Key: "words", Kind: sheet.Text, Width: 40},
			{Key: "active", Kind: sheet.Text, Width: 10},
		},
		Check: func(_ context.Context, _ authz.Actor, t *sheet.Table) ([]bulk.Outcome, error) {
			return checkRows(t, func(r sheet.Row) rowPlan { return in.plan(t, r) }), nil
		},
		Write: func(ctx context.Context, actor authz.Actor, t *sheet.Table, _ bool, kept bulk.Kept) error {
			return writeRows(ctx, in.app.DB, actor, t, func(r sheet.Row) rowPlan { return in.plan(t, r) }, kept)
		},
	}
}

func (in categoryImport) plan(t *sheet.Table, r sheet.Row) rowPlan {
	k, exists := in.app.Incident.Categories().Get(t.Get(r, "code"))
	was := k
	if !exists {
		k = incident.Category{Code: t.Get(r, "code"), Kind: "appeal", Severity: "general", Active: true, NameEN: t.Get(r, "name")}
		if above, _, below := cutLast(k.Code, "."); below {
			k.Parent = above
		}
	}
	k.NameZH = t.Get(r, "name")
	keep(&k.NameEN, t.Get(r, "name_en"))
	keep(&k.Words, strings.Join(strings.Fields(t.Get(r, "words")), " "))
	for _, choice := range []struct {
		column string
		field  *string
	}{{"kind", &k.Kind}, {"severity", &k.Severity}} {
		text := t.Get(r, choice.column)
		if text == "" {
			continue
		}
		code, ok := in.words.Named("option."+choice.column, text)
		if !ok {
			return refusedRow(choice.column, "import.choice", "text", text)
		}
		*choice.field = code
	}
	for _, yes := range []struct {
		column string
		field  *bool
	}{{"public", &k.Public}, {"active", &k.Active}} {
		text := t.Get(r, yes.column)
		if text == "" {
			continue
		}
		v, ok := sheet.ParseBool(text)
		if !ok {
			return refusedRow(yes.column, "import.yes_no", "text", text)
		}
		*yes.field = v
	}
	switch {
	case k.Code == "":
		return refusedRow("code", "field.required")
	case k.NameZH == "":
		return refusedRow("name", "field.required")
	case exists && reflect.DeepEqual(k, was):
		return rowPlan{outcome: bulk.Outcome{Result: bulk.Same}}
	}
	result := bulk.Made
	if exists {
		result = bulk.Changed
	}
	return rowPlan{bulk.Outcome{Result: result}, func(ctx context.Context, actor authz.Actor) error {
		_, err := in.app.Incident.SaveCategory(ctx, actor, k)
		return err
	}}
}

// keep takes a text over where one was written.
func keep(field *string, text string) {
	if text != "" {
		*field = text
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

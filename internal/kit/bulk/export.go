package bulk

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
)

// Lang is the part of a request that says in which language a table is wanted. Inputs of exports embed it.
type Lang struct {
	Lang string `query:"lang" enum:"zh-CN,en" default:"zh-CN" doc:"language of headers and words"`
}

// Language returns the language.
func (l *Lang) Language() string { return l.Lang }

type speaks[I any] interface {
	*I
	Language() string
}

// List is a list that can be taken out.
type List struct {
	Name    string         // of the list; the address is its path with /export.xlsx
	Path    string         // of the list itself
	ID      string         // operation
	Tag     string         // concept
	Access  web.Access     // as for the list itself
	Columns []sheet.Column // heads come from the catalog: lists.column.<key>
}

// errFull ends a list that is longer than a table may be.
var errFull = errors.New("the table is full")

// Row adds one row of a table. Its error must be returned as it is.
type Row func(values ...any) error

// Export registers GET <path>/export.xlsx: rows gives what the list would show to this person under the same filters.
// Who took it out, and how many rows, goes to the audit trail. A table ends after sheet.MaxRows rows and says so.
func Export[I any, P speaks[I]](api *web.API, d *Desk, l List, rows func(ctx context.Context, in *I, say words.Speaker, row Row) error) {
	route := web.Route{Method: http.MethodGet, Path: l.Path + "/export.xlsx", ID: l.ID, Tag: l.Tag, Summary: "The list as xlsx, as this person may see it", Access: l.Access}
	web.Register(api, route, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		say := words.Speaker{Lang: P(in).Language(), Catalog: d.Words}
		return d.table(ctx, l, say, func(row Row) error { return rows(ctx, in, say, row) })
	})
}

func (d *Desk) table(ctx context.Context, l List, say words.Speaker, fill func(Row) error) (*huma.StreamResponse, error) {
	columns := make([]sheet.Column, len(l.Columns))
	for i, c := range l.Columns {
		c.Head = say.Say("lists.column." + c.Key)
		columns[i] = c
	}
	w, err := sheet.NewWriter(columns, sheet.Style{Name: say.Say("lists.name." + l.Name), Yes: say.Say("lists.yes"), No: say.Say("lists.no")})
	if err != nil {
		return nil, err
	}
	err = fill(func(values ...any) error {
		if w.Rows() == sheet.MaxRows {
			return errFull
		}
		return w.Row(values...)
	})
	full := errors.Is(err, errFull)
	if full {
		err = w.Row(say.Say("lists.cut", "max", sheet.MaxRows))
	}
	n := w.Rows()
	var out bytes.Buffer
	if err == nil {
		err = w.Finish(&out)
	} else {
		w.Close()
	}
	if err != nil {
		return nil, err
	}
	err = d.Audit.Write(ctx, audit.Entry{Actor: web.Actor(ctx), Action: "list.export", Object: "list", ObjectID: l.Name,
		Detail: map[string]string{"rows": strconv.Itoa(n), "cut": strconv.FormatBool(full)}})
	if err != nil {
		return nil, err
	}
	return download(l.Name, &out), nil
}

// download answers with a file that no browser runs or keeps.
func download(name string, content *bytes.Buffer) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", sheet.ContentType)
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`.xlsx"`)
		hc.SetHeader("Content-Length", strconv.Itoa(content.Len()))
		hc.SetHeader("Cache-Control", "private, no-store")
		_, w := humago.Unwrap(hc)
		w.Write(content.Bytes())
	}}
}

// Pages calls read with one cursor after the other until the list ends.
func Pages(read func(cursor string) (next string, err error)) error {
	for cursor := ""; ; {
		next, err := read(cursor)
		if err != nil || next == "" {
			return err
		}
		cursor = next
	}
}

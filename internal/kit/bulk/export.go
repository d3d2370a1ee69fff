package bulk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
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
	Name    string         // of the list; the address is its path with /export.xlsx or /export.csv
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

// fill writes the rows of a list.
type fill func(ctx context.Context, say words.Speaker, row Row) error

// Export registers GET <path>/export.xlsx and export.csv, and POST of the same addresses for the background: rows gives
// what the list would show to this person under the same filters. Who took it out, and how many rows, goes to the audit
// trail. A workbook that is answered at once ends after sheet.MaxRows rows and says so, others after sheet.MaxWritten.
func Export[I any, P speaks[I]](api *web.API, d *Desk, l List, rows func(ctx context.Context, in *I, say words.Speaker, row Row) error) {
	filled := func(in *I) fill {
		return func(ctx context.Context, say words.Speaker, row Row) error { return rows(ctx, in, say, row) }
	}
	speaker := func(in *I) words.Speaker { return words.Speaker{Lang: P(in).Language(), Catalog: d.Words} }
	route := func(method string, f format, id, summary string) web.Route {
		return web.Route{Method: method, Path: l.Path + "/export." + string(f), ID: id, Tag: l.Tag, Summary: summary, Access: l.Access}
	}
	web.Register(api, route(http.MethodGet, xlsx, l.ID, "The list as xlsx, as this person may see it"),
		func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
			return d.atOnce(ctx, l, speaker(in), filled(in))
		})
	web.Register(api, route(http.MethodGet, csv, l.ID+"CSV", "The list as CSV, as this person may see it"),
		func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
			return d.streamed(ctx, l, speaker(in), filled(in)), nil
		})
	if d.Files == nil {
		return
	}
	d.takesOut(l, func(query []byte) (fill, error) {
		in := new(I)
		err := json.Unmarshal(query, in)
		return filled(in), err
	})
	for f, id := range map[format]string{xlsx: l.ID + "Later", csv: l.ID + "CSVLater"} {
		r := route(http.MethodPost, f, id, "Take the list out in the background, as this person may see it")
		r.Status, r.NoKeep = http.StatusAccepted, true
		web.Register(api, r, func(ctx context.Context, in *I) (*outAnswer, error) {
			query, err := json.Marshal(in)
			if err != nil {
				return nil, err
			}
			return outView(d.begin(ctx, web.Actor(ctx), l, f, P(in).Language(), query))
		})
	}
}

// atOnce answers with a workbook. It is sent when it is whole: a file that fails half way would look like a short list.
func (d *Desk) atOnce(ctx context.Context, l List, say words.Speaker, rows fill) (*huma.StreamResponse, error) {
	var out bytes.Buffer
	n, full, err := d.write(ctx, &out, l, xlsx, say, sheet.MaxRows, rows)
	if err != nil {
		return nil, err
	}
	if err := d.note(ctx, web.Actor(ctx), l.Name, xlsx, n, full); err != nil {
		return nil, err
	}
	return download(l.Name, &out), nil
}

// streamed answers with CSV while it is read, in little memory. When it fails half way the connection is cut, so that
// nobody takes a part for the whole.
func (d *Desk) streamed(ctx context.Context, l List, say words.Speaker, rows fill) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", sheet.CSVType)
		hc.SetHeader("Content-Disposition", `attachment; filename="`+l.Name+`.csv"`)
		hc.SetHeader("Cache-Control", "private, no-store")
		_, w := humago.Unwrap(hc)
		n, full, err := d.write(ctx, w, l, csv, say, sheet.MaxWritten, rows)
		if err == nil {
			err = d.note(ctx, web.Actor(ctx), l.Name, csv, n, full)
		}
		if err != nil {
			if ctx.Err() == nil {
				slog.Error("a list ended half way", "list", l.Name, "error", err)
			}
			panic(http.ErrAbortHandler)
		}
	}}
}

// note writes to the audit trail who took out what.
func (d *Desk) note(ctx context.Context, actor authz.Actor, list string, f format, n int, full bool) error {
	return d.Audit.Write(ctx, audit.Entry{Actor: actor, Action: "list.export", Object: "list", ObjectID: list,
		Detail: map[string]string{"rows": strconv.Itoa(n), "cut": strconv.FormatBool(full), "format": string(f)}})
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

package bulk

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/web"
)

// OutputView is a list on its way out as the API shows it.
type OutputView struct {
	ID        string   `json:"id"`
	List      string   `json:"list" doc:"name below lists.name"`
	Format    string   `json:"format" enum:"xlsx,csv"`
	State     OutState `json:"state" enum:"waiting,running,done,failed,cancelled"`
	Rows      int      `json:"rows" doc:"written so far"`
	Expected  int      `json:"expected" doc:"rows that it will have, as counted when it began; 0 where that is not known"`
	Cut       bool     `json:"cut" doc:"the list was longer than a table may be"`
	Size      int64    `json:"size" doc:"bytes, when done"`
	Fault     string   `json:"fault" doc:"why it failed; a key under errors"`
	CreatedAt int64    `json:"created_at"`
	UpdatedAt int64    `json:"updated_at"`
	Until     int64    `json:"until" doc:"how long the file can be fetched"`
}

type outAnswer struct{ Body OutputView }

type outsAnswer struct {
	Body struct {
		Items []OutputView `json:"items" nullable:"false"`
	}
}

type outInput struct {
	ID string `path:"id" maxLength:"64"`
}

func viewOf(o Output) OutputView {
	return OutputView{ID: o.ID, List: o.List, Format: string(o.Format), State: o.State, Rows: o.Written, Expected: o.Expected, Cut: o.Cut, Size: o.Size, Fault: o.Fault,
		CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt, Until: o.UpdatedAt + keptOut.Milliseconds()}
}

func outView(o Output, err error) (*outAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &outAnswer{viewOf(o)}, nil
}

// OutputRoutes registers what a person took out in the background: each sees their own.
func OutputRoutes(api *web.API, d *Desk) {
	route := func(method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/exports" + path, ID: id, Tag: "exports", Summary: summary, Access: web.SignedIn(), NoKeep: true}
	}
	web.Register(api, route(http.MethodGet, "", "listExports", "Lists taken out in the background, newest first"), func(ctx context.Context, _ *struct{}) (*outsAnswer, error) {
		list, err := d.Outputs(ctx, web.Actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &outsAnswer{}
		out.Body.Items = make([]OutputView, len(list))
		for i, o := range list {
			out.Body.Items[i] = viewOf(o)
		}
		return out, nil
	})
	web.Register(api, route(http.MethodGet, "/{id}", "getExport", "How far a list is"), func(ctx context.Context, in *outInput) (*outAnswer, error) {
		return outView(d.Output(ctx, web.Actor(ctx), in.ID))
	})
	web.Register(api, route(http.MethodDelete, "/{id}", "dropExport", "Stop what runs, or remove what is done"), func(ctx context.Context, in *outInput) (*struct{}, error) {
		return nil, d.DropOutput(ctx, web.Actor(ctx), in.ID)
	})
	web.Register(api, route(http.MethodGet, "/{id}/file", "fetchExport", "The file"), d.fetch)
}

func (d *Desk) fetch(ctx context.Context, in *outInput) (*huma.StreamResponse, error) {
	o, content, err := d.OpenOutput(ctx, web.Actor(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer content.Close()
		hc.SetHeader("Content-Type", o.Format.contentType())
		hc.SetHeader("Content-Disposition", `attachment; filename="`+o.List+"."+string(o.Format)+`"`)
		hc.SetHeader("Content-Length", strconv.FormatInt(o.Size, 10))
		hc.SetHeader("Cache-Control", "private, no-store")
		_, w := humago.Unwrap(hc)
		if _, err := io.Copy(w, content); err != nil {
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

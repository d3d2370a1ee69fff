package report

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// TableView is a kept table.
type TableView struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Definition Definition `json:"definition"`
	Owner      string     `json:"owner"`
	Mine       bool       `json:"mine"`
	MayChange  bool       `json:"may_change"`
	Shared     bool       `json:"shared"`
	Version    int64      `json:"version"`
	UpdatedAt  int64      `json:"updated_at"`
}

// TableBody is a table to be kept.
type TableBody struct {
	Name       string     `json:"name" maxLength:"200"`
	Definition Definition `json:"definition"`
	Shared     bool       `json:"shared,omitempty" doc:"needs report.manage"`
	Version    int64      `json:"version,omitempty" doc:"of the one that is changed"`
}

type tableOut struct{ Body TableView }

func tableView(ctx context.Context, t Table) TableView {
	actor := web.Actor(ctx)
	mine := t.OwnerID == actor.AccountID
	return TableView{t.ID, t.Name, t.Definition, t.OwnerName, mine, mine || actor.Can(perm.ReportManage), t.Shared, t.Version, t.UpdatedAt}
}

func tableAnswer(ctx context.Context, t Table, err error) (*tableOut, error) {
	if err != nil {
		return nil, err
	}
	return &tableOut{tableView(ctx, t)}, nil
}

func tableRoutes(api *web.API, s *Service) {
	const tag = "tables"
	type tableListOut struct {
		Body struct {
			Items []TableView `json:"items" nullable:"false"`
		}
	}
	type idIn struct {
		ID string `path:"id" maxLength:"64"`
	}
	web.Register(api, route(http.MethodGet, "tables", "listTables", tag, "My tables and those that are shared"), func(ctx context.Context, _ *struct{}) (*tableListOut, error) {
		list, err := s.Tables(ctx, web.Actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &tableListOut{}
		out.Body.Items = make([]TableView, len(list))
		for i, t := range list {
			out.Body.Items[i] = tableView(ctx, t)
		}
		return out, nil
	})
	add := route(http.MethodPost, "tables", "addTable", tag, "Keep a new table")
	add.Status = http.StatusCreated
	web.Register(api, add, func(ctx context.Context, in *struct{ Body TableBody }) (*tableOut, error) {
		t, err := s.Keep(ctx, web.Actor(ctx), Table{Name: in.Body.Name, Definition: in.Body.Definition, Shared: in.Body.Shared})
		return tableAnswer(ctx, t, err)
	})
	web.Register(api, route(http.MethodPut, "tables/{id}", "putTable", tag, "Change a table"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"64"`
		Body TableBody
	}) (*tableOut, error) {
		t, err := s.Keep(ctx, web.Actor(ctx), Table{ID: in.ID, Name: in.Body.Name, Definition: in.Body.Definition, Shared: in.Body.Shared, Version: in.Body.Version})
		return tableAnswer(ctx, t, err)
	})
	web.Register(api, route(http.MethodDelete, "tables/{id}", "dropTable", tag, "Delete a table; it can be taken back for a month"), func(ctx context.Context, in *idIn) (*struct{}, error) {
		return nil, s.Drop(ctx, web.Actor(ctx), in.ID)
	})
	web.Register(api, route(http.MethodPost, "tables/{id}/restore", "restoreTable", tag, "Take back that a table was deleted"), func(ctx context.Context, in *idIn) (*tableOut, error) {
		t, err := s.Restore(ctx, web.Actor(ctx), in.ID)
		return tableAnswer(ctx, t, err)
	})
	type tableOptionsOut struct {
		Body struct {
			Dimensions []string    `json:"dimensions" nullable:"false"`
			Incidents  []Indicator `json:"incidents" nullable:"false"`
			Orders     []Indicator `json:"orders" nullable:"false"`
			MayShare   bool        `json:"may_share"`
		}
	}
	web.Register(api, route(http.MethodGet, "tables/options", "tableOptions", tag, "Of what tables can be built"), func(ctx context.Context, _ *struct{}) (*tableOptionsOut, error) {
		out := &tableOptionsOut{}
		out.Body.Dimensions, out.Body.Incidents, out.Body.Orders, out.Body.MayShare = Dimensions, s.indicators, orderIndicators, web.Actor(ctx).Can(perm.ReportManage)
		return out, nil
	})
	countRoutes(api, s)
}

// countRoutes count a table that need not be kept.
func countRoutes(api *web.API, s *Service) {
	const tag = "tables"
	type countedOut struct{ Body Grid }
	count := route(http.MethodPost, "tables/count", "countTable", tag, "Count a table of what the caller may see")
	count.NoKeep = true
	web.Register(api, count, func(ctx context.Context, in *struct{ Body Definition }) (*countedOut, error) {
		g, err := s.Count(ctx, web.Actor(ctx), in.Body)
		if err != nil {
			return nil, err
		}
		return &countedOut{g}, nil
	})
	for _, one := range []struct{ end, id, kind string }{{"xlsx", "exportTable", sheet.ContentType}, {"csv", "exportTableCSV", sheet.CSVType}} {
		web.Register(api, route(http.MethodGet, "tables/export."+one.end, one.id, tag, "A counted table as a file"), func(ctx context.Context, in *struct {
			bulk.Lang
			Definition string `query:"definition" required:"true" maxLength:"4000" doc:"as JSON"`
			Name       string `query:"name" maxLength:"200"`
		}) (*huma.StreamResponse, error) {
			var d Definition
			if json.Unmarshal([]byte(in.Definition), &d) != nil {
				var wrong fault.Fields
				wrong.Add("definition", "field.type")
				return nil, wrong.Err()
			}
			g, err := s.Count(ctx, web.Actor(ctx), d)
			if err != nil {
				return nil, err
			}
			content, err := s.Spreadsheet(g, d, in.Name, one.end, in.Language())
			if err != nil {
				return nil, err
			}
			return file("table-"+g.From+"."+one.end, one.kind, content), nil
		})
	}
}

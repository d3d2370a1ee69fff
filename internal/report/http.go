package report

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/pdf"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// ReportView is a report in a list.
type ReportView struct {
	ID        string `json:"id"`
	Kind      Kind   `json:"kind" enum:"daily,weekly,monthly"`
	AreaID    string `json:"area_id"`
	AreaName  string `json:"area_name"`
	From      string `json:"from" doc:"first day"`
	To        string `json:"to" doc:"last day"`
	Version   int64  `json:"version" doc:"of this period; the highest is the newest"`
	Scheduled bool   `json:"scheduled"`
	MadeBy    string `json:"made_by" doc:"who asked for it; '' for the schedule"`
	MadeAt    int64  `json:"made_at"`
	Position  int64  `json:"position" doc:"of the feed up to which it counts"`
	MayDelete bool   `json:"may_delete"`
}

// ReportPage is a report with what it says.
type ReportPage struct {
	ReportView
	Title     string   `json:"title"`
	Sentences []string `json:"sentences" nullable:"false"`
	Brief     Brief    `json:"brief"`
}

type reportIn struct {
	bulk.Lang
	ID string `path:"id" maxLength:"64"`
}

type reportOut struct{ Body ReportPage }

func (s *Service) view(ctx context.Context, r Report) ReportView {
	actor := web.Actor(ctx)
	return ReportView{ID: r.ID, Kind: r.Kind, AreaID: r.AreaID, AreaName: r.AreaName, From: r.From, To: r.To, Version: r.Version, Scheduled: r.Scheduled, MadeBy: r.MadeName,
		MadeAt: r.MadeAt, Position: r.Position, MayDelete: !r.Scheduled && (r.MadeBy == actor.AccountID || actor.Can(perm.ReportManage))}
}

func (s *Service) page(ctx context.Context, r Report, lang string) *reportOut {
	return &reportOut{ReportPage{s.view(ctx, r), s.Title(r, lang), s.Sentences(r, lang), r.Brief}}
}

func route(method, path, id, tag, summary string) web.Route {
	return web.Route{Method: method, Path: "/api/v1/" + path, ID: id, Tag: tag, Summary: summary, Access: web.Need(perm.FiguresRead)}
}

// Routes registers the routes of reports, their schedules, and tables.
func Routes(api *web.API, s *Service) {
	const tag = "reports"
	type reportListOut struct {
		Body struct {
			Items []ReportView `json:"items" nullable:"false"`
			Next  string       `json:"next,omitempty"`
			Today string       `json:"today" doc:"the day of the office"`
		}
	}
	web.Register(api, route(http.MethodGet, "reports", "listReports", tag, "Reports, those of the newest periods first"), func(ctx context.Context, in *struct {
		Kind   string `query:"kind" enum:"daily,weekly,monthly"`
		Area   string `query:"area" maxLength:"64"`
		Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		Cursor string `query:"cursor" maxLength:"400"`
	}) (*reportListOut, error) {
		list, next, err := s.List(ctx, web.Actor(ctx), Filter{Kind: Kind(in.Kind), AreaID: in.Area, Limit: in.Limit}, in.Cursor)
		if err != nil {
			return nil, err
		}
		out := &reportListOut{}
		out.Body.Items, out.Body.Next, out.Body.Today = make([]ReportView, len(list)), next, s.Today()
		for i, r := range list {
			out.Body.Items[i] = s.view(ctx, r)
		}
		return out, nil
	})
	create := route(http.MethodPost, "reports", "makeReport", tag, "Make the report of the period in which a day lies; again for a new version")
	create.Status = http.StatusCreated
	web.Register(api, create, func(ctx context.Context, in *struct {
		bulk.Lang
		Body struct {
			Kind Kind   `json:"kind" enum:"daily,weekly,monthly"`
			Area string `json:"area" maxLength:"64"`
			Day  string `json:"day" maxLength:"10" doc:"2026-11-22"`
		}
	}) (*reportOut, error) {
		r, err := s.Make(ctx, web.Actor(ctx), in.Body.Kind, in.Body.Area, in.Body.Day)
		if err != nil {
			return nil, err
		}
		return s.page(ctx, r, in.Language()), nil
	})
	web.Register(api, route(http.MethodGet, "reports/{id}", "getReport", tag, "A report with what it says"), func(ctx context.Context, in *reportIn) (*reportOut, error) {
		r, err := s.Get(ctx, web.Actor(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return s.page(ctx, r, in.Language()), nil
	})
	web.Register(api, route(http.MethodDelete, "reports/{id}", "deleteReport", tag, "Remove a version that somebody asked for"), func(ctx context.Context, in *reportIn) (*struct{}, error) {
		return nil, s.Delete(ctx, web.Actor(ctx), in.ID)
	})
	fileRoutes(api, s)
	scheduleRoutes(api, s)
	tableRoutes(api, s)
}

// fileRoutes give a report as a file.
func fileRoutes(api *web.API, s *Service) {
	for _, one := range []struct {
		end, id, summary, kind string
		write                  func(Report, string) ([]byte, error)
	}{{"pdf", "reportPDF", "The report as PDF", pdf.ContentType, s.PDF}, {"xlsx", "reportXLSX", "The report as a workbook with charts", sheet.ContentType, s.Workbook}} {
		web.Register(api, route(http.MethodGet, "reports/{id}/report."+one.end, one.id, "reports", one.summary), func(ctx context.Context, in *reportIn) (*huma.StreamResponse, error) {
			r, err := s.Get(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			content, err := one.write(r, in.Language())
			if err != nil {
				return nil, err
			}
			return file(string(r.Kind)+"-"+r.From+"."+one.end, one.kind, content), nil
		})
	}
}

// file answers with a file that browsers hand to the person and do not keep.
func file(name, kind string, content []byte) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", kind)
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		hc.SetHeader("Content-Length", strconv.Itoa(len(content)))
		hc.SetHeader("Cache-Control", "private, no-store")
		_, w := humago.Unwrap(hc)
		w.Write(content)
	}}
}

package stats

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Selectors are the parameters of a request that say which incidents count.
type Selectors struct {
	Area        string `query:"area" maxLength:"64" doc:"id; left out: everything that the caller may see"`
	Unit        string `query:"unit" maxLength:"64"`
	Person      string `query:"person" maxLength:"64"`
	Category    string `query:"category" maxLength:"100" doc:"with all below it"`
	Channel     string `query:"channel" maxLength:"40"`
	From        string `query:"from" maxLength:"10" doc:"first day, 2026-11-22, in the office's zone; left out: today"`
	To          string `query:"to" maxLength:"10" doc:"last day; left out: today"`
	WorkingDays bool   `query:"working_days" doc:"only what was received on working days"`
}

func (s Selectors) query() Query {
	return Query{Area: s.Area, Unit: s.Unit, Person: s.Person, Category: s.Category, Channel: s.Channel, From: s.From, To: s.To, WorkingDays: s.WorkingDays}
}

func route(path, id, summary string) web.Route {
	return web.Route{Method: http.MethodGet, Path: "/api/v1/figures" + path, ID: id, Tag: "figures", Summary: summary, Access: web.Need(perm.FiguresRead)}
}

// Routes registers the routes of figures. Each keeps to the scope in which the caller holds figures.read.
func Routes(api *web.API, s *Service) {
	tableRoute(api, s)
	boardRoutes(api, s)
	type definitionsOut struct {
		Body struct {
			Measures []Measure `json:"measures"`
			KPIs     []KPI     `json:"kpis"`
		}
	}
	web.Register(api, route("/definitions", "figureDefinitions", "What is counted, and of which figures the KPIs are made"),
		func(context.Context, *struct{}) (*definitionsOut, error) {
			out := &definitionsOut{}
			out.Body.Measures, out.Body.KPIs = Measures, KPIs
			return out, nil
		})
	type factsOut struct {
		Body struct {
			Items []Fact `json:"items"`
			Next  string `json:"next,omitempty"`
		}
	}
	web.Register(api, route("/incidents", "figureIncidents", "The incidents behind the figures, without personal data"),
		func(ctx context.Context, in *struct {
			Selectors
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit" doc:"at most 1000"`
		}) (*factsOut, error) {
			list, next, err := s.Facts(ctx, web.Actor(ctx), in.query(), in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := &factsOut{}
			out.Body.Items, out.Body.Next = list, next
			return out, nil
		})
}

func tableRoute(api *web.API, s *Service) {
	type resultOut struct{ Body Result }
	web.Register(api, route("", "figures", "A table of figures"),
		func(ctx context.Context, in *struct {
			Selectors
			By           string   `query:"by" enum:"none,area,unit,person,category,channel,day,week,month" default:"none"`
			Level        string   `query:"level" maxLength:"20" doc:"of the rows by area; left out: right below the area"`
			Compare      string   `query:"compare" enum:"none,previous,year,baseline" default:"none"`
			BaselineFrom string   `query:"baseline_from" maxLength:"10"`
			BaselineTo   string   `query:"baseline_to" maxLength:"10"`
			Top          int      `query:"top" doc:"rows at most; 0 for all"`
			Sort         string   `query:"sort" maxLength:"40" doc:"a measure, a KPI (kpi.overdue where a measure has the same name) or name; most first, with a dash in front least first"`
			KPIs         []string `query:"kpis" doc:"which; left out: all"`
			Percentiles  bool     `query:"percentiles" doc:"also where there are more than 10,000 incidents, up to 200,000"`
		}) (*resultOut, error) {
			q := in.query()
			q.By, q.Level, q.Compare, q.BaselineFrom, q.BaselineTo = in.By, in.Level, in.Compare, in.BaselineFrom, in.BaselineTo
			q.Top, q.Sort, q.KPIs, q.Percentiles = in.Top, in.Sort, in.KPIs, in.Percentiles
			result, err := s.Table(ctx, web.Actor(ctx), q)
			if err != nil {
				return nil, err
			}
			return &resultOut{result}, nil
		})
}

func boardRoutes(api *web.API, s *Service) {
	type boardOut struct{ Body Board }
	web.Register(api, route("/board", "figureBoard", "Everything that a wall shows beside the map"),
		func(ctx context.Context, in *struct {
			Area string `query:"area" maxLength:"64"`
			Day  string `query:"day" maxLength:"10" doc:"left out: today"`
		}) (*boardOut, error) {
			board, err := s.Board(ctx, web.Actor(ctx), in.Area, in.Day)
			if err != nil {
				return nil, err
			}
			return &boardOut{*board}, nil
		})
	type lateOut struct{ Body LateReport }
	web.Register(api, route("/late", "figureLate", "Why it was late"),
		func(ctx context.Context, in *struct {
			Selectors
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit"`
		}) (*lateOut, error) {
			report, err := s.Late(ctx, web.Actor(ctx), LateQuery{Area: in.Area, Unit: in.Unit, Person: in.Person, Category: in.Category, Channel: in.Channel,
				From: in.From, To: in.To, WorkingDays: in.WorkingDays, Cursor: in.Cursor, Limit: in.Limit})
			if err != nil {
				return nil, err
			}
			return &lateOut{report}, nil
		})
}

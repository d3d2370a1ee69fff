package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

type clustersIn struct {
	Area     string `query:"area" doc:"with everything below it"`
	Category string `query:"category" doc:"with everything below it"`
	From     int64  `query:"from" doc:"received at or after, unix ms; without from and to the last 14 days"`
	To       int64  `query:"to" doc:"received before, unix ms"`
	People   int64  `query:"people" default:"2" minimum:"2" maximum:"1000" doc:"how many at least reported it"`
}

type clustersOut struct {
	Body struct {
		Items []ClusterView `json:"items" nullable:"false"`
		Full  bool          `json:"full" doc:"there are more; the newest incidents and the largest groups are shown"`
	}
}

// HotSpotSearch are the filters of the list of hot spots.
type HotSpotSearch struct {
	Day      string `query:"day" doc:"as 2026-03-02; today without it"`
	Area     string `query:"area" doc:"with everything below it"`
	Category string `query:"category" doc:"with everything below it"`
}

type hotSpotsOut struct {
	Body struct {
		Items []HotSpot `json:"items" nullable:"false"`
	}
}

type hotSpotsExportIn struct {
	bulk.Lang
	HotSpotSearch
}

func clusterRoutes(api *web.API, s *Service) {
	const tag = "incident"
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/clusters", ID: "listClusters", Tag: tag,
		Summary: "Open matters that several people report: of one category, close together in place and time", Access: web.Need(perm.IncidentRead)},
		func(ctx context.Context, in *clustersIn) (*clustersOut, error) {
			out := &clustersOut{}
			var err error
			out.Body.Items, out.Body.Full, err = s.Clusters(ctx, web.Actor(ctx), Filter{Area: in.Area, Category: in.Category, From: in.From, To: in.To}, in.People)
			return out, err
		})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/hotspots", ID: "listHotSpots", Tag: tag,
		Summary: "What was reported repeatedly at one place, compared with before", Access: web.Need(perm.IncidentRead)},
		func(ctx context.Context, in *HotSpotSearch) (*hotSpotsOut, error) {
			out := &hotSpotsOut{}
			var err error
			out.Body.Items, err = s.HotSpots(ctx, web.Actor(ctx), in.Day, Filter{Area: in.Area, Category: in.Category})
			return out, err
		})
}

func hotSpotExport(api *web.API, s *Service, d *bulk.Desk) {
	bulk.Export(api, d, bulk.List{Name: "hotspots", Path: "/api/v1/hotspots", ID: "exportHotSpots", Tag: "incident", Access: web.Need(perm.IncidentRead),
		Columns: []sheet.Column{{Key: "category", Width: 18}, {Key: "area", Width: 32}, {Key: "road", Width: 24}, {Key: "day", Kind: sheet.Number}, {Key: "day_before", Kind: sheet.Number},
			{Key: "week", Kind: sheet.Number}, {Key: "week_before", Kind: sheet.Number}, {Key: "month", Kind: sheet.Number}, {Key: "month_before", Kind: sheet.Number}}},
		func(ctx context.Context, in *hotSpotsExportIn, say words.Speaker, row bulk.Row) error {
			list, err := s.HotSpots(ctx, web.Actor(ctx), in.Day, Filter{Area: in.Area, Category: in.Category})
			if err != nil {
				return err
			}
			for _, p := range list {
				category := ""
				if p.Category != nil {
					category = say.Pick(p.Category.Name, p.Category.NameEN)
				}
				if err := row(category, p.Place, p.Road, p.Day.N, p.Day.Before, p.Week.N, p.Week.Before, p.Month.N, p.Month.Before); err != nil {
					return err
				}
			}
			return nil
		})
}

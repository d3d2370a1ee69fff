package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type visitsIn struct {
	From int64 `query:"from" minimum:"0" doc:"received at or after, unix ms"`
	To   int64 `query:"to" minimum:"0" doc:"received before, unix ms; 0 for no end"`
}

type visitsOut struct {
	Body struct {
		Items []VisitCount `json:"items" nullable:"false"`
	}
}

// visitRoutes registers the count of what officials brought home from their visits.
func visitRoutes(api *web.API, s *Service) {
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/visits", ID: "countVisits", Tag: "incident",
		Summary: "What officials brought home from their visits, by the kind of official", Access: web.Need(perm.IncidentRead)},
		func(ctx context.Context, in *visitsIn) (*visitsOut, error) {
			items, err := s.Visits(ctx, web.Actor(ctx), in.From, in.To)
			if err != nil {
				return nil, err
			}
			out := &visitsOut{}
			out.Body.Items = items
			return out, nil
		})
}

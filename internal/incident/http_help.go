package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type helpIn struct {
	Key  string `header:"Idempotency-Key"`
	Body struct {
		Lon   *float64 `json:"lon,omitempty"`
		Lat   *float64 `json:"lat,omitempty"`
		Datum string   `json:"datum,omitempty" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
		Note  string   `json:"note,omitempty" maxLength:"500"`
	}
	RawBody []byte
}

func helpRoutes(api *web.API, s *Service) {
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/help", ID: "callHelp", Tag: "incident",
		Summary: "I need help: an urgent emergency for my station", Access: web.Need(perm.IncidentReport), Status: http.StatusCreated, NoKeep: true},
		func(ctx context.Context, in *helpIn) (*incidentOut, error) {
			repeat, err := repeatOf(ctx, "help", in.Key, in.RawBody)
			if err != nil {
				return nil, err
			}
			b := in.Body
			inc, err := s.CallHelp(ctx, web.Actor(ctx), Help{Lon: b.Lon, Lat: b.Lat, Datum: b.Datum, Note: b.Note}, repeat)
			if err != nil {
				return nil, err
			}
			return &incidentOut{s.View(web.Actor(ctx), inc)}, nil
		})
}

package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
)

type additionIn struct {
	Code      string `path:"code"`
	Key       string `header:"Idempotency-Key"`
	Challenge string `header:"X-Gezhi-Challenge"`
	Body      struct {
		Text  string   `json:"text,omitempty" maxLength:"2000"`
		Files []string `json:"files,omitempty"`
	}
	RawBody []byte
}

type withdrawIn struct {
	Code      string `path:"code"`
	Key       string `header:"Idempotency-Key"`
	Challenge string `header:"X-Gezhi-Challenge"`
	Body      struct {
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
	RawBody []byte
}

// publicActRoutes adds what whoever holds a tracking code may do with their report.
func publicActRoutes(api *web.API, s *Service, gate *web.Gate) {
	route := func(path, id, summary string) web.Route {
		return web.Route{Method: http.MethodPost, Path: "/api/v1/public/reports/{code}/" + path, ID: id, Tag: "resident", Summary: summary,
			Access: web.Open(), MaxBody: maxBody, NoKeep: true}
	}
	web.Register(api, route("additions", "addToReport", "Add words or pictures to a report"), func(ctx context.Context, in *additionIn) (*letterOut, error) {
		repeat, err := repeatOf(ctx, "add "+in.Code, in.Key, in.RawBody)
		if err != nil {
			return nil, err
		}
		if err := gate.Pass(ctx, in.Challenge); err != nil {
			return nil, err
		}
		return letterOf(s.AddWords(ctx, in.Code, in.Body.Text, in.Body.Files, repeat))
	})
	web.Register(api, route("withdraw", "withdrawReport", "Take a report back"), func(ctx context.Context, in *withdrawIn) (*letterOut, error) {
		repeat, err := repeatOf(ctx, "withdraw "+in.Code, in.Key, in.RawBody)
		if err != nil {
			return nil, err
		}
		if err := gate.Pass(ctx, in.Challenge); err != nil {
			return nil, err
		}
		return letterOf(s.Withdraw(ctx, in.Code, in.Body.Reason, repeat))
	})
}

func letterOf(l *Letter, err error) (*letterOut, error) {
	if err != nil {
		return nil, err
	}
	return &letterOut{*l}, nil
}

type nearbyIn struct {
	Lon   float64 `query:"lon" required:"true"`
	Lat   float64 `query:"lat" required:"true"`
	Datum string  `query:"datum" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
}

type nearbyOut struct{ Body Surroundings }

// publicNearbyRoutes adds what anybody may know of a place.
func publicNearbyRoutes(api *web.API, s *Service, gate *web.Gate) {
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/public/nearby", ID: "nearby", Tag: "resident",
		Summary: "Whether the office looks after a place, and what of public interest is open within 300 m", Access: web.Open()},
		func(ctx context.Context, in *nearbyIn) (*nearbyOut, error) {
			if err := gate.Look(ctx); err != nil {
				return nil, err
			}
			around, err := s.Nearby(ctx, in.Lon, in.Lat, in.Datum)
			if err != nil {
				return nil, err
			}
			return &nearbyOut{*around}, nil
		})
}

package notice

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// wallRoutes are for screens on walls.
func wallRoutes(api *web.API, s *Service) {
	report := route(web.Need(perm.FiguresRead), http.MethodPost, "/walls", "reportWall", "This wall is on, and shows these notices; once a minute")
	report.NoKeep = true
	web.Register(api, report, func(ctx context.Context, in *struct {
		Body struct {
			Showing []string `json:"showing"`
		}
	}) (*struct{}, error) {
		return nil, s.Report(ctx, web.Actor(ctx), in.Body.Showing)
	})
}

// PublicRoutes registers what residents see of notices. It tells nothing of who else reads them.
func PublicRoutes(api *web.API, s *Service, gate *web.Gate) {
	open := func(method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/public/notices" + path, ID: id, Tag: "resident", Summary: summary, Access: web.Open(), NoKeep: true}
	}
	type publicOut struct {
		Body struct {
			Items []Shown `json:"items" nullable:"false"`
		}
	}
	web.Register(api, open(http.MethodGet, "", "publicNotices", "Notices for residents that hold now: emergencies first, then the newest"),
		func(ctx context.Context, _ *struct{}) (*publicOut, error) {
			list, err := s.Public(ctx)
			if err != nil {
				return nil, err
			}
			out := &publicOut{}
			out.Body.Items = s.allShown(list)
			return out, nil
		})
	web.Register(api, open(http.MethodPost, "/seen", "countNotices", "This device shows these notices; it says so once for each, and not who it is"),
		func(ctx context.Context, in *struct {
			Body struct {
				IDs []string `json:"ids"`
			}
		}) (*struct{}, error) {
			if err := gate.Look(ctx); err != nil {
				return nil, err
			}
			return nil, s.CountDevice(ctx, in.Body.IDs)
		})
}

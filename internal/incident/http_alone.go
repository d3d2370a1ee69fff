package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type aloneIO struct {
	Body Alone
}

func aloneRoutes(api *web.API, s *Service) {
	const tag = "incident"
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/categories/alone", ID: "getAlone", Tag: tag,
		Summary: "Whether the model may give a report its category by itself", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, _ *struct{}) (*aloneIO, error) {
		alone, err := s.Alone(ctx)
		return &aloneIO{alone}, err
	})
	web.Register(api, web.Route{Method: http.MethodPut, Path: "/api/v1/categories/alone", ID: "updateAlone", Tag: tag,
		Summary: "Let the model give reports their category above a confidence, or never", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, in *aloneIO) (*aloneIO, error) {
		return in, s.SetAlone(ctx, web.Actor(ctx), in.Body)
	})
}

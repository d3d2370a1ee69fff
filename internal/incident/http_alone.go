package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type aloneIn struct {
	Body Alone
}

type aloneOut struct {
	Body struct {
		Alone
		Model *ModelView `json:"model,omitempty" doc:"missing while there is none"`
	}
}

func aloneRoutes(api *web.API, s *Service) {
	const tag = "incident"
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/categories/alone", ID: "getAlone", Tag: tag,
		Summary: "Whether the model may give a report its category by itself", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, _ *struct{}) (*aloneOut, error) {
		alone, err := s.Alone(ctx)
		return s.aloneOut(alone), err
	})
	web.Register(api, web.Route{Method: http.MethodPut, Path: "/api/v1/categories/alone", ID: "updateAlone", Tag: tag,
		Summary: "Let the model give reports their category above a confidence, or never", Access: web.Need(perm.CategoryManage)}, func(ctx context.Context, in *aloneIn) (*aloneOut, error) {
		return s.aloneOut(in.Body), s.SetAlone(ctx, web.Actor(ctx), in.Body)
	})
}

func (s *Service) aloneOut(alone Alone) *aloneOut {
	out := &aloneOut{}
	out.Body.Alone = alone
	if s.Reader != nil {
		out.Body.Model = s.Reader.Model()
	}
	return out
}

package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
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
	aloneRoute(api, s, LearnedCategory, "/api/v1/categories/alone", "Alone", "give a report its category")
	aloneRoute(api, s, LearnedUnit, "/api/v1/rules/alone", "UnitAlone", "send a report that no rule knows")
}

// aloneRoute reads and changes what a model may do by itself.
func aloneRoute(api *web.API, s *Service, of Learned, path, id, deed string) {
	const tag = "incident"
	access := web.Need(lones[of].needs)
	web.Register(api, web.Route{Method: http.MethodGet, Path: path, ID: "get" + id, Tag: tag,
		Summary: "Whether the model may " + deed + " by itself", Access: access}, func(ctx context.Context, _ *struct{}) (*aloneOut, error) {
		alone, err := s.Alone(ctx, of)
		return s.aloneOut(of, alone), err
	})
	web.Register(api, web.Route{Method: http.MethodPut, Path: path, ID: "update" + id, Tag: tag,
		Summary: "Let the model " + deed + " above a confidence, or never", Access: access}, func(ctx context.Context, in *aloneIn) (*aloneOut, error) {
		return s.aloneOut(of, in.Body), s.SetAlone(ctx, web.Actor(ctx), of, in.Body)
	})
}

func (s *Service) aloneOut(of Learned, alone Alone) *aloneOut {
	out := &aloneOut{}
	out.Body.Alone = alone
	if s.Reader != nil {
		out.Body.Model = s.Reader.Model(of)
	}
	return out
}

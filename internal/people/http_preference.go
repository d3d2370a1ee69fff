package people

import (
	"context"
	"encoding/json"
	"net/http"

	"gezhi/internal/kit/web"
)

type preferencesOutput struct {
	Body struct {
		Values map[string]json.RawMessage `json:"values" doc:"what was kept, by name"`
	}
}

type preferenceInput struct {
	Name string `path:"name" maxLength:"60" doc:"small letters, digits, dots and lines"`
	Body struct {
		Value json.RawMessage `json:"value" doc:"any JSON up to 16 KB; null forgets it"`
	}
}

func (h *handlers) preferenceRoutes(api *web.API) {
	route := func(method, path, id, summary string, status int) web.Route {
		return web.Route{Method: method, Path: "/api/v1/me/preferences" + path, ID: id, Tag: "me", Summary: summary,
			Access: web.SignedIn(), Status: status, MaxBody: 2 * maxPreference, NoKeep: true}
	}
	web.Register(api, route(http.MethodGet, "", "listPreferences", "What I keep of my screens", 0),
		func(ctx context.Context, _ *struct{}) (*preferencesOutput, error) {
			values, err := h.s.Preferences(ctx, web.Actor(ctx))
			if err != nil {
				return nil, err
			}
			out := &preferencesOutput{}
			out.Body.Values = values
			return out, nil
		})
	web.Register(api, route(http.MethodPut, "/{name}", "setPreference", "Keep something of my screens", http.StatusNoContent),
		func(ctx context.Context, in *preferenceInput) (*empty, error) {
			return nil, h.s.SetPreference(ctx, web.Actor(ctx), in.Name, in.Body.Value)
		})
}

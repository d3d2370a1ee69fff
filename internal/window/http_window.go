package window

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Fields are what a person may set of a window.
type Fields struct {
	Office  string `json:"office"`
	Name    string `json:"name"`
	Kind    string `json:"kind" enum:"general,legal,enforcement,mediation"`
	Counter int64  `json:"counter"`
	Open    bool   `json:"open"`
}

func (f Fields) window() Window {
	return Window{Office: f.Office, Name: f.Name, Kind: f.Kind, Counter: f.Counter, Open: f.Open}
}

type windowsOut struct {
	Body struct {
		Items   []View   `json:"items" nullable:"false"`
		Offices []Office `json:"offices" nullable:"false" doc:"for which the person may make windows"`
	}
}

type windowOut struct{ Body View }

func windowRoutes(api *web.API, s *Service) {
	route := func(method, path, id, summary string, any ...authz.Permission) web.Route {
		return web.Route{Method: method, Path: "/api/v1/window/windows" + path, ID: id, Tag: "window", Summary: summary, Access: web.Need(any...)}
	}
	web.Register(api, route(http.MethodGet, "", "listWindows", "All windows that the person serves or manages", perm.WindowServe, perm.WindowManage),
		func(ctx context.Context, _ *struct{}) (*windowsOut, error) {
			list, err := s.List(ctx, web.Actor(ctx))
			if err != nil {
				return nil, err
			}
			out := &windowsOut{}
			out.Body.Items, out.Body.Offices = []View{}, s.ManagedOffices(web.Actor(ctx))
			for _, w := range list {
				out.Body.Items = append(out.Body.Items, viewOf(w))
			}
			return out, nil
		})
	create := route(http.MethodPost, "", "createWindow", "Add a window", perm.WindowManage)
	create.Status = http.StatusCreated
	web.Register(api, create, func(ctx context.Context, in *struct{ Body Fields }) (*windowOut, error) {
		return shownWindow(s.Create(ctx, web.Actor(ctx), in.Body.window()))
	})
	web.Register(api, route(http.MethodPut, "/{id}", "updateWindow", "Change a window", perm.WindowManage), func(ctx context.Context, in *struct {
		ID   string `path:"id"`
		Body struct {
			Fields
			Version int64 `json:"version"`
		}
	}) (*windowOut, error) {
		w := in.Body.window()
		w.ID, w.Version = in.ID, in.Body.Version
		return shownWindow(s.Update(ctx, web.Actor(ctx), w))
	})
	web.Register(api, route(http.MethodDelete, "/{id}", "deleteWindow", "Remove a window", perm.WindowManage), func(ctx context.Context, in *struct {
		ID      string `path:"id"`
		Version int64  `query:"version" required:"true"`
	}) (*struct{}, error) {
		return nil, s.Delete(ctx, web.Actor(ctx), in.ID, in.Version)
	})
	web.Register(api, route(http.MethodPost, "/{id}/open", "openWindow", "Open or close a window", perm.WindowServe, perm.WindowManage), func(ctx context.Context, in *struct {
		ID   string `path:"id"`
		Body struct {
			Open    bool  `json:"open"`
			Version int64 `json:"version"`
		}
	}) (*windowOut, error) {
		return shownWindow(s.SetOpen(ctx, web.Actor(ctx), in.ID, in.Body.Version, in.Body.Open))
	})
}

func shownWindow(w Window, err error) (*windowOut, error) {
	if err != nil {
		return nil, err
	}
	return &windowOut{viewOf(w)}, nil
}

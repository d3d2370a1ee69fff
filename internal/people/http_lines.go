package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type linesInput struct{ Body Lines }

func (h *handlers) linesRoutes(api *web.API) {
	route := func(method, id, summary string, access web.Access) web.Route {
		return web.Route{Method: method, Path: "/api/v1/office/lines", ID: id, Tag: "office", Summary: summary, Access: access}
	}
	web.Register(api, route(http.MethodGet, "getLines", "Telephone numbers that residents are told", web.SignedIn()),
		func(ctx context.Context, _ *struct{}) (*answer[Lines], error) {
			l, err := h.s.Lines(ctx)
			if err != nil {
				return nil, err
			}
			return bodyOf(l), nil
		})
	web.Register(api, route(http.MethodPut, "updateLines", "Change the telephone numbers that residents are told", web.Need(perm.SettingsManage)),
		func(ctx context.Context, in *linesInput) (*answer[Lines], error) {
			l, err := h.s.UpdateLines(ctx, web.Actor(ctx), in.Body)
			if err != nil {
				return nil, err
			}
			return bodyOf(l), nil
		})
}

package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type screenPagesInput struct{ Body ScreenPages }

func (h *handlers) screenRoutes(api *web.API) {
	route := func(method, id, summary string, access web.Access) web.Route {
		return web.Route{Method: method, Path: "/api/v1/screen/pages", ID: id, Tag: "office", Summary: summary, Access: access}
	}
	web.Register(api, route(http.MethodGet, "getScreenPages", "Pages of partners that the command screen may show", web.Need(perm.FiguresRead, perm.SettingsManage)),
		func(ctx context.Context, _ *struct{}) (*answer[ScreenPages], error) {
			l, err := h.s.ScreenPages(ctx)
			if err != nil {
				return nil, err
			}
			return bodyOf(l), nil
		})
	web.Register(api, route(http.MethodPut, "updateScreenPages", "Change the pages of partners that the command screen may show", web.Need(perm.SettingsManage)),
		func(ctx context.Context, in *screenPagesInput) (*answer[ScreenPages], error) {
			l, err := h.s.UpdateScreenPages(ctx, web.Actor(ctx), in.Body)
			if err != nil {
				return nil, err
			}
			return bodyOf(l), nil
		})
}

package window

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type dayIn struct {
	Office string `query:"office" doc:"a unit; without it the first one that the person serves"`
}

type dayOut struct{ Body DayView }

type numberOut struct{ Body NumberView }

type takeIn struct {
	Body struct {
		Office string `json:"office,omitempty"`
		Kind   string `json:"kind" enum:"general,legal,enforcement,mediation"`
	}
}

type takenOut struct {
	Body struct {
		NumberView
		Before int64 `json:"before" doc:"how many wait before it"`
	}
}

type linkedOut struct {
	Body struct {
		NumberView
		Code string `json:"code" doc:"the tracking code, for the visitor's slip"`
	}
}

// Routes registers the routes of the windows and their queues.
func Routes(api *web.API, s *Service) {
	windowRoutes(api, s)
	route := func(method, path, id, summary string, any ...authz.Permission) web.Route {
		return web.Route{Method: method, Path: "/api/v1/window" + path, ID: id, Tag: "window", Summary: summary, Access: web.Need(any...)}
	}
	web.Register(api, route(http.MethodGet, "/day", "windowDay", "The queue of today, who is where, and the figures", perm.WindowServe),
		func(ctx context.Context, in *dayIn) (*dayOut, error) {
			d, err := s.Today(ctx, web.Actor(ctx), in.Office)
			if err != nil {
				return nil, err
			}
			return &dayOut{s.dayView(web.Actor(ctx), d)}, nil
		})
	take := route(http.MethodPost, "/numbers", "takeNumber", "Draw the next number", perm.WindowServe)
	take.Status = http.StatusCreated
	web.Register(api, take, func(ctx context.Context, in *takeIn) (*takenOut, error) {
		n, before, err := s.Take(ctx, web.Actor(ctx), in.Body.Office, in.Body.Kind)
		if err != nil {
			return nil, err
		}
		s.settle(n)
		out := &takenOut{}
		out.Body.NumberView, out.Body.Before = s.numberView(web.Actor(ctx), n), before
		return out, nil
	})
	web.Register(api, route(http.MethodPost, "/windows/{id}/next", "callNext", "Call the next number to a window", perm.WindowServe),
		func(ctx context.Context, in *struct {
			ID string `path:"id"`
		}) (*numberOut, error) {
			return s.shown(ctx)(s.CallNext(ctx, web.Actor(ctx), in.ID))
		})
	web.Register(api, route(http.MethodPost, "/numbers/{id}/actions/{do}", "actOnNumber", "Take one of the moves that a number offers", perm.WindowServe),
		func(ctx context.Context, in *struct {
			ID   string `path:"id"`
			Do   string `path:"do"`
			Body struct {
				Window string `json:"window,omitempty" doc:"to which it is called back"`
			}
		}) (*numberOut, error) {
			return s.shown(ctx)(s.Act(ctx, web.Actor(ctx), in.ID, in.Do, in.Body.Window))
		})
	link := route(http.MethodPost, "/numbers/{id}/incident", "linkNumber", "Note which incident was taken in for a number", perm.WindowServe)
	link.NoKeep = true // the code is in the answer
	web.Register(api, link,
		func(ctx context.Context, in *struct {
			ID   string `path:"id"`
			Body struct {
				Incident string `json:"incident"`
			}
		}) (*linkedOut, error) {
			n, code, err := s.Link(ctx, web.Actor(ctx), in.ID, in.Body.Incident)
			if err != nil {
				return nil, err
			}
			s.settle(n)
			out := &linkedOut{}
			out.Body.NumberView, out.Body.Code = s.numberView(web.Actor(ctx), n), code
			return out, nil
		})
}

func (s *Service) shown(ctx context.Context) func(*QueueNumber, error) (*numberOut, error) {
	return func(n *QueueNumber, err error) (*numberOut, error) {
		if err != nil {
			return nil, err
		}
		s.settle(n)
		return &numberOut{s.numberView(web.Actor(ctx), n)}, nil
	}
}

package notice

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type oneOut struct{ Body View }

type byID struct {
	ID string `path:"id" maxLength:"64"`
}

type listInput struct {
	State  State  `query:"state" enum:"planned,current,ended,withdrawn"`
	Q      string `query:"q" doc:"in title and text"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit"`
}

func (in *listInput) filter() Filter {
	return Filter{State: in.State, Search: in.Q, Cursor: in.Cursor, Limit: in.Limit}
}

func route(access web.Access, method, path, id, summary string) web.Route {
	return web.Route{Method: method, Path: "/api/v1/notices" + path, ID: id, Tag: "notice", Summary: summary, Access: access}
}

// Routes registers the routes of notices for staff. Reading them is open to everybody whom one concerns.
func Routes(api *web.API, s *Service) {
	readRoutes(api, s)
	publishRoutes(api, s)
	progressRoutes(api, s)
	wallRoutes(api, s)
}

func readRoutes(api *web.API, s *Service) {
	type noticesOut struct {
		Body struct {
			Items []View `json:"items" nullable:"false"`
			Next  string `json:"next,omitempty"`
		}
	}
	web.Register(api, route(web.SignedIn(), http.MethodGet, "", "listNotices", "Notices that concern me, the newest first; for publishers also planned and withdrawn ones"),
		func(ctx context.Context, in *listInput) (*noticesOut, error) {
			out := &noticesOut{}
			var err error
			out.Body.Items, out.Body.Next, err = s.views(ctx, web.Actor(ctx), in.filter())
			return out, err
		})
	type currentOut struct {
		Body struct {
			Items []Shown `json:"items" nullable:"false"`
			More  int64   `json:"more" doc:"how many there are beyond these"`
		}
	}
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/current", "currentNotices", "What is to be shown now on a face: emergencies first, then the newest"),
		func(ctx context.Context, in *struct {
			On string `query:"on" enum:"screens,desks,phones" required:"true"`
		}) (*currentOut, error) {
			list, more, err := s.Current(ctx, web.Actor(ctx), in.On)
			if err != nil {
				return nil, err
			}
			out := &currentOut{}
			out.Body.Items, out.Body.More = s.allShown(list), more
			return out, nil
		})
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/{id}", "getNotice", "One notice"),
		func(ctx context.Context, in *byID) (*oneOut, error) {
			return s.answer(ctx)(s.Get(ctx, web.Actor(ctx), in.ID))
		})
	web.Register(api, route(web.SignedIn(), http.MethodPost, "/{id}/read", "readNotice", "I have read it"),
		func(ctx context.Context, in *byID) (*oneOut, error) {
			return s.answer(ctx)(s.Read(ctx, web.Actor(ctx), in.ID))
		})
}

func progressRoutes(api *web.API, s *Service) {
	type progressOut struct{ Body ProgressView }
	web.Register(api, route(web.Need(perm.NoticePublish), http.MethodGet, "/{id}/progress", "noticeProgress", "How many have read a notice, by area and role, and where it is shown"),
		func(ctx context.Context, in *byID) (*progressOut, error) {
			p, err := s.Progress(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			n, err := s.Get(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return &progressOut{ProgressView{Reached: p.Reached, Read: p.Read, Areas: s.shareViews(p.Areas, true), Roles: s.shareViews(p.Roles, false),
				Screens: p.Screens, Walls: p.Walls, Devices: n.Devices}}, nil
		})
	type unreadOut struct {
		Body struct {
			Items []PersonView `json:"items" nullable:"false"`
			Next  string       `json:"next,omitempty"`
		}
	}
	web.Register(api, route(web.Need(perm.NoticePublish), http.MethodGet, "/{id}/unread", "noticeUnread", "Who has not read a notice, within the own areas"),
		func(ctx context.Context, in *struct {
			ID     string `path:"id" maxLength:"64"`
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit"`
		}) (*unreadOut, error) {
			list, next, err := s.Unread(ctx, web.Actor(ctx), in.ID, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := &unreadOut{}
			out.Body.Items, out.Body.Next = make([]PersonView, len(list)), next
			for n, p := range list {
				out.Body.Items[n] = s.personView(p)
			}
			return out, nil
		})
}

func (s *Service) views(ctx context.Context, actor authz.Actor, f Filter) ([]View, string, error) {
	list, next, err := s.List(ctx, actor, f)
	if err != nil {
		return nil, "", err
	}
	readers, err := countReaders(ctx, s.DB.Read(), list)
	if err != nil {
		return nil, "", err
	}
	out := make([]View, len(list))
	for i, n := range list {
		out[i] = s.shape(actor, n, readers[n.ID])
	}
	return out, next, nil
}

func (s *Service) allShown(list []*Notice) []Shown {
	out := make([]Shown, len(list))
	for i, n := range list {
		out[i] = s.shown(n)
	}
	return out
}

func (s *Service) answer(ctx context.Context) func(*Notice, error) (*oneOut, error) {
	return func(n *Notice, err error) (*oneOut, error) {
		if err != nil {
			return nil, err
		}
		readers, err := countReaders(ctx, s.DB.Read(), []*Notice{n})
		if err != nil {
			return nil, err
		}
		return &oneOut{s.shape(web.Actor(ctx), n, readers[n.ID])}, nil
	}
}

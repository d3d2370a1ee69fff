package notify

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type sendersOut struct {
	Body struct {
		Items   []SenderView `json:"items" nullable:"false"`
		Presets []Fields     `json:"presets" nullable:"false" doc:"filled-in forms to begin with"`
		Notices []string     `json:"notices" nullable:"false" doc:"what a sender may carry"`
		Public  []string     `json:"public" nullable:"false" doc:"those of them that go to whoever reported"`
	}
}

type senderOut struct{ Body SenderView }

type senderIn struct {
	Body struct {
		Fields
		Secret string `json:"secret,omitempty"`
	}
}

type senderChangeIn struct {
	ID   string `path:"id"`
	Body struct {
		Fields
		Secret  *string `json:"secret,omitempty" doc:"missing: stays as it is; empty: none"`
		Version int64   `json:"version"`
	}
}

type settingsIO struct{ Body Settings }

// Routes registers what administrators and the people themselves set, and what residents may ask.
func Routes(api *web.API, s *Service, gate *web.Gate) {
	senderRoutes(api, s)
	messageRoutes(api, s)
	ownRoutes(api, s)
	publicRoutes(api, s, gate)
}

func senderRoutes(api *web.API, s *Service) {
	route := func(method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/notify" + path, ID: id, Tag: "notify", Summary: summary, Access: web.Need(perm.SettingsManage), NoKeep: true}
	}
	web.Register(api, route(http.MethodGet, "/settings", "getNotifySettings", "What holds for all messages"), func(ctx context.Context, _ *struct{}) (*settingsIO, error) {
		out, err := s.Settings(ctx)
		return &settingsIO{out}, err
	})
	web.Register(api, route(http.MethodPut, "/settings", "updateNotifySettings", "Change what holds for all messages"), func(ctx context.Context, in *settingsIO) (*settingsIO, error) {
		out, err := s.UpdateSettings(ctx, web.Actor(ctx), in.Body)
		return &settingsIO{out}, err
	})
	web.Register(api, route(http.MethodGet, "/senders", "listSenders", "All senders, and what they can be made from"), func(ctx context.Context, _ *struct{}) (*sendersOut, error) {
		list, err := s.Senders(ctx, web.Actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &sendersOut{}
		out.Body.Items, out.Body.Presets, out.Body.Notices, out.Body.Public = []SenderView{}, []Fields{}, Notices, residentNotices
		for _, c := range list {
			v, err := s.viewed(ctx, c)
			if err != nil {
				return nil, err
			}
			out.Body.Items = append(out.Body.Items, v)
		}
		for _, c := range Presets() {
			out.Body.Presets = append(out.Body.Presets, fieldsOf(c))
		}
		return out, nil
	})
	create := route(http.MethodPost, "/senders", "createSender", "Add a sender")
	create.Status = http.StatusCreated
	web.Register(api, create, func(ctx context.Context, in *senderIn) (*senderOut, error) {
		return s.shown(ctx)(s.CreateSender(ctx, web.Actor(ctx), in.Body.config(), in.Body.Secret))
	})
	web.Register(api, route(http.MethodGet, "/senders/{id}", "getSender", "A sender"), func(ctx context.Context, in *struct {
		ID string `path:"id"`
	}) (*senderOut, error) {
		return s.shown(ctx)(s.Sender(ctx, web.Actor(ctx), in.ID))
	})
	web.Register(api, route(http.MethodPut, "/senders/{id}", "updateSender", "Change a sender"), func(ctx context.Context, in *senderChangeIn) (*senderOut, error) {
		c := in.Body.config()
		c.ID, c.Version = in.ID, in.Body.Version
		return s.shown(ctx)(s.UpdateSender(ctx, web.Actor(ctx), c, in.Body.Secret))
	})
	web.Register(api, route(http.MethodDelete, "/senders/{id}", "deleteSender", "Remove a sender"), func(ctx context.Context, in *struct {
		ID      string `path:"id"`
		Version int64  `query:"version" required:"true"`
	}) (*struct{}, error) {
		return nil, s.DeleteSender(ctx, web.Actor(ctx), in.ID, in.Version)
	})
	web.Register(api, route(http.MethodPost, "/senders/{id}/test", "testSender", "Send one test message at once"), func(ctx context.Context, in *struct {
		ID   string `path:"id"`
		Body struct {
			To string `json:"to,omitempty" doc:"telephone number, for a sender to phones; it is not kept"`
		}
	}) (*struct{ Body Tried }, error) {
		out, err := s.Try(ctx, web.Actor(ctx), in.ID, in.Body.To)
		if err != nil {
			return nil, err
		}
		return &struct{ Body Tried }{out}, nil
	})
}

func (s *Service) shown(ctx context.Context) func(Config, error) (*senderOut, error) {
	return func(c Config, err error) (*senderOut, error) {
		if err != nil {
			return nil, err
		}
		v, err := s.viewed(ctx, c)
		return &senderOut{v}, err
	}
}

func (s *Service) viewed(ctx context.Context, c Config) (SenderView, error) {
	health, err := readHealth(ctx, s.DB.Read())
	if err != nil {
		return SenderView{}, err
	}
	waiting, err := countMessages(ctx, s.DB.Read(), Waiting)
	if err != nil {
		return SenderView{}, err
	}
	dead, err := countMessages(ctx, s.DB.Read(), Dead)
	return viewOf(c, health[c.ID], waiting[c.ID], dead[c.ID]), err
}

package live

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
)

type presenceInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Typing bool `json:"typing,omitempty" doc:"is writing something there"`
	}
}

// PresentView is somebody else who has the incident open.
type PresentView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Since  int64  `json:"since" doc:"unix ms"`
	Typing bool   `json:"typing"`
}

type presenceOutput struct {
	Body struct {
		Others []PresentView `json:"others" nullable:"false"`
	}
}

// PresentAtView is somebody else who has a certain incident open.
type PresentAtView struct {
	Incident string `json:"incident"`
	PresentView
}

type aroundOutput struct {
	Body struct {
		Items []PresentAtView `json:"items" nullable:"false"`
	}
}

type leaveInput struct {
	ID string `path:"id" maxLength:"64"`
}

// PresenceRoutes registers who has an incident open. It is open to whoever holds the permission and may read the
// incident.
func PresenceRoutes(api *web.API, p *Presence, read authz.Permission) {
	route := func(method, id, summary string, status int) web.Route {
		return web.Route{Method: method, Path: "/api/v1/incidents/{id}/presence", ID: id, Tag: "live", Summary: summary,
			Access: web.Need(read), Status: status, NoKeep: true}
	}
	web.Register(api, route(http.MethodPost, "stayPresent", "Say every 20 s that I have it open; answers who else has", 0),
		func(ctx context.Context, in *presenceInput) (*presenceOutput, error) {
			others, err := p.Stay(ctx, web.Actor(ctx), in.ID, in.Body.Typing)
			if err != nil {
				return nil, err
			}
			out := &presenceOutput{}
			out.Body.Others = make([]PresentView, len(others))
			for n, o := range others {
				out.Body.Others[n] = PresentView{o.Account, o.Name, o.Since, o.Typing}
			}
			return out, nil
		})
	web.Register(api, route(http.MethodDelete, "leavePresence", "Say that I closed it", http.StatusNoContent),
		func(ctx context.Context, in *leaveInput) (*struct{}, error) {
			return nil, p.Leave(ctx, web.Actor(ctx), in.ID)
		})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/presence", ID: "listPresence", Tag: "live",
		Summary: "Who else has which incident open now, for the rows of a list", Access: web.Need(read)},
		func(ctx context.Context, _ *struct{}) (*aroundOutput, error) {
			present, err := p.Around(ctx, web.Actor(ctx))
			if err != nil {
				return nil, err
			}
			out := &aroundOutput{}
			out.Body.Items = make([]PresentAtView, len(present))
			for n, o := range present {
				out.Body.Items[n] = PresentAtView{o.Item, PresentView{o.Account, o.Name, o.Since, o.Typing}}
			}
			return out, nil
		})
}

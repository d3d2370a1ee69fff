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
}

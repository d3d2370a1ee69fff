package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type resetInput struct {
	ByID
	Body struct {
		Password string `json:"password,omitempty" maxLength:"512" doc:"made when missing"`
	}
}

// FirstPassword is shown once.
type FirstPassword struct {
	Password string `json:"password"`
}

// PartnerToken is shown once.
type PartnerToken struct {
	Token string `json:"token" doc:"for Authorization: Bearer"`
}

type phoneInput struct {
	ByID
	Body struct {
		Purpose string `json:"purpose" maxLength:"200" doc:"why; goes into the audit trail"`
	}
}

// FullPhone is a phone number that somebody asked for with a purpose.
type FullPhone struct {
	Phone string `json:"phone"`
}

// secretRoutes answers with what is shown once or only with a record; no such answer is kept for a repeat.
func (h *handlers) secretRoutes(api *web.API) {
	route := func(method, path, id, summary string, access web.Access) web.Route {
		r := accountRoute(method, path, id, summary, access)
		r.NoKeep = true
		return r
	}
	manage := web.Need(perm.AccountManage)
	web.Register(api, route(http.MethodPost, "/{id}/reset-password", "resetPassword", "Give a person a new first password", manage),
		func(ctx context.Context, in *resetInput) (*answer[FirstPassword], error) {
			password, err := h.s.ResetPassword(ctx, web.Actor(ctx), in.ID, in.Body.Password)
			if err != nil {
				return nil, err
			}
			return bodyOf(FirstPassword{password}), nil
		})
	web.Register(api, route(http.MethodPost, "/{id}/token", "issueToken", "Give a partner a new token", manage),
		func(ctx context.Context, in *ByID) (*answer[PartnerToken], error) {
			token, err := h.s.IssueToken(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return bodyOf(PartnerToken{token}), nil
		})
	web.Register(api, route(http.MethodDelete, "/{id}/token", "revokeToken", "End a partner's token", manage),
		func(ctx context.Context, in *ByID) (*empty, error) {
			return nil, h.s.RevokeToken(ctx, web.Actor(ctx), in.ID)
		})
	web.Register(api, route(http.MethodPost, "/{id}/phone", "viewPhone", "See a phone number in full", web.Need(perm.AccountManage, perm.IncidentDispatch)),
		func(ctx context.Context, in *phoneInput) (*answer[FullPhone], error) {
			phone, err := h.s.Phone(ctx, web.Actor(ctx), in.ID, in.Body.Purpose)
			if err != nil {
				return nil, err
			}
			return bodyOf(FullPhone{phone}), nil
		})
}

package people

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/web"
)

// maxSignInBody bounds the body of a request that a stranger may send here.
const maxSignInBody = 16 << 10

// scheme learns whether the browser came over TLS, so that the cookie never travels without it.
type scheme struct{ secure bool }

// Resolve reads the scheme of the request.
func (c *scheme) Resolve(hc huma.Context) []error {
	c.secure = hc.TLS() != nil || strings.EqualFold(hc.Header("X-Forwarded-Proto"), "https")
	return nil
}

type signInInput struct {
	scheme
	Body struct {
		Login    string `json:"login" maxLength:"200"`
		Password string `json:"password" maxLength:"512"`
	}
}

type sessionOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Token   string  `json:"token" doc:"for Authorization: Bearer"`
		Account *MeView `json:"account"`
	}
}

type meOutput struct {
	Body struct {
		Account *MeView `json:"account" doc:"null when nobody is signed in"`
	}
}

type signOutInput struct{ scheme }

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

type passwordInput struct {
	Body struct {
		Old string `json:"old" maxLength:"512"`
		New string `json:"new" maxLength:"512"`
	}
}

func (h *handlers) sessionRoutes(api *web.API) {
	route := func(method, path, id, summary string, access web.Access) web.Route {
		return web.Route{Method: method, Path: path, ID: id, Tag: "session", Summary: summary, Access: access, MaxBody: maxSignInBody, NoKeep: true}
	}
	web.Register(api, route(http.MethodPost, "/api/v1/session", "signIn", "Sign in", web.Open()), h.signIn)
	web.Register(api, route(http.MethodGet, "/api/v1/session", "whoAmI", "Who am I", web.Open()), h.whoAmI)
	web.Register(api, route(http.MethodDelete, "/api/v1/session", "signOut", "Sign out", web.Open()), h.signOut)
	web.Register(api, route(http.MethodPost, "/api/v1/session/password", "changePassword", "Change the own password",
		web.SignedIn().EvenBarred()), h.changePassword)
}

func (h *handlers) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	token, me, err := h.s.SignIn(ctx, web.Client(ctx), in.Body.Login, in.Body.Password)
	if err != nil {
		return nil, err
	}
	out := &sessionOutput{SetCookie: web.SessionCookie(token, in.secure || h.s.opts.SecureCookie)}
	out.Body.Token, out.Body.Account = token, h.s.meView(me)
	return out, nil
}

func (h *handlers) whoAmI(ctx context.Context, _ *struct{}) (*meOutput, error) {
	out := &meOutput{}
	actor := web.Actor(ctx)
	if actor.AccountID == "" {
		return out, nil
	}
	me, err := h.s.Me(ctx, actor.AccountID)
	if err != nil {
		return nil, err
	}
	out.Body.Account = h.s.meView(me)
	return out, nil
}

func (h *handlers) signOut(ctx context.Context, in *signOutInput) (*signOutOutput, error) {
	if err := h.s.SignOut(ctx, web.Actor(ctx).SessionID); err != nil {
		return nil, err
	}
	return &signOutOutput{SetCookie: web.SessionCookie("", in.secure || h.s.opts.SecureCookie)}, nil
}

func (h *handlers) changePassword(ctx context.Context, in *passwordInput) (*empty, error) {
	return nil, h.s.ChangePassword(ctx, web.Actor(ctx), in.Body.Old, in.Body.New)
}

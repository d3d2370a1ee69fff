package web

import (
	"net/http"
	"net/url"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// CookieName is the cookie that carries a browser's session token.
const CookieName = "gezhi_session"

// Token returns the session token of a request and whether it came in the cookie.
func Token(r *http.Request) (token string, cookie bool) {
	if h := r.Header.Get("Authorization"); h != "" {
		if scheme, rest, ok := strings.Cut(h, " "); ok && strings.EqualFold(scheme, "Bearer") {
			return strings.TrimSpace(rest), false
		}
		return "", false
	}
	if c, err := r.Cookie(CookieName); err == nil {
		return c.Value, true
	}
	return "", false
}

// SessionCookie returns the cookie for a token; an empty token clears it. It lives as long as the server's session.
func SessionCookie(token string, secure bool) http.Cookie {
	c := http.Cookie{Name: CookieName, Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: 30 * 24 * 3600}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// actorOf finds who calls. A writing request that brings the cookie from another site is refused.
func (a *API) actorOf(r *http.Request) (authz.Actor, error) {
	token, cookie := Token(r)
	if token == "" {
		return authz.Actor{}, nil
	}
	if cookie && !safe(r.Method) && !sameOrigin(r) {
		return authz.Actor{}, fault.New(fault.Forbidden, "session.origin")
	}
	actor, ok, err := a.auth(r.Context(), token)
	if err != nil || !ok {
		return authz.Actor{}, err
	}
	return actor, nil
}

// Identify returns the actor of a request outside the API's own routes. An actor who must do something else first is
// refused.
func (a *API) Identify(r *http.Request) (authz.Actor, error) {
	actor, err := a.actorOf(r)
	if err == nil && actor.Barred != "" {
		return authz.Actor{}, fault.New(fault.Forbidden, actor.Barred)
	}
	return actor, err
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true // not a browser's request from elsewhere: browsers always say
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}

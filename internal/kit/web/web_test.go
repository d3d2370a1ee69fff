package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

const may authz.Permission = "thing.make"

type thingIn struct {
	Body struct {
		Name string  `json:"name" minLength:"1" maxLength:"5"`
		Size float64 `json:"size,omitempty" minimum:"1"`
	}
}

type thingOut struct {
	Body struct {
		Name  string `json:"name"`
		Count int64  `json:"count"`
	}
}

// server is a small API with one thing in it. Token "maker" may make things, "looker" may not.
type server struct {
	http.Handler
	api   *web.API
	clock *now.Manual
	made  atomic.Int64
	gate  chan struct{} // when set, making waits for it
}

func newServer(t *testing.T, d *db.DB) *server {
	t.Helper()
	s := &server{clock: now.NewManual(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))}
	auth := func(_ context.Context, token string) (authz.Actor, bool, error) {
		switch token {
		case "maker":
			return authz.Actor{AccountID: "m", Posts: []authz.Post{{Permissions: map[authz.Permission]bool{may: true}}}}, true, nil
		case "looker":
			return authz.Actor{AccountID: "l"}, true, nil
		case "broken":
			return authz.Actor{}, false, errors.New("the store is down: secret detail")
		}
		return authz.Actor{}, false, nil
	}
	s.api = web.New("test", s.clock, auth, web.Answers{DB: d})
	web.Register(s.api, web.Route{Method: "POST", Path: "/api/v1/things", ID: "makeThing", Tag: "thing", Access: web.Need(may), Status: 201},
		func(_ context.Context, in *thingIn) (*thingOut, error) {
			if s.gate != nil {
				<-s.gate
			}
			switch in.Body.Name {
			case "panic":
				panic("a secret detail")
			case "fail":
				return nil, errors.New("a secret detail")
			case "held":
				return nil, &fault.Error{Kind: fault.Conflict, Code: "thing.held", Current: map[string]string{"name": "as it is"}}
			}
			out := &thingOut{}
			out.Body.Name, out.Body.Count = in.Body.Name, s.made.Add(1)
			return out, nil
		})
	web.Register(s.api, web.Route{Method: "GET", Path: "/api/v1/public/hello", ID: "hello", Tag: "thing", Access: web.Open()},
		func(context.Context, *struct{}) (*thingOut, error) { return &thingOut{}, nil })
	s.Handler = s.api.Handler(false, nil)
	return s
}

type answer struct {
	*httptest.ResponseRecorder
	Problem web.Problem
}

func (s *server) send(t *testing.T, method, path, body string, set ...func(*http.Request)) answer {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, f := range set {
		f(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	a := answer{ResponseRecorder: w}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &a.Problem))
	}
	return a
}

func as(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func TestWhoMayCallIsDecidedBeforeTheInput(t *testing.T) {
	s := newServer(t, dbtest.Lite(t))
	for _, c := range []struct {
		token  string
		status int
		code   string
	}{{"", 401, "session.required"}, {"stale", 401, "session.required"}, {"looker", 403, "forbidden"}, {"broken", 500, "internal"}} {
		a := s.send(t, "POST", "/api/v1/things", "not even json", as(c.token))
		require.Equal(t, c.status, a.Code, c.token)
		require.Equal(t, c.code, a.Problem.Code)
		require.NotContains(t, a.Body.String(), "secret")
		require.NotEmpty(t, a.Problem.RequestID)
	}
	require.Equal(t, 200, s.send(t, "GET", "/api/v1/public/hello", "").Code)
}

func TestARouteWithoutAPermissionDoesNotStart(t *testing.T) {
	s := newServer(t, dbtest.Lite(t))
	nothing := func(context.Context, *struct{}) (*struct{}, error) { return nil, nil }
	require.Panics(t, func() { web.Register(s.api, web.Route{Method: "GET", Path: "/api/v1/x", ID: "x"}, nothing) })
	require.Panics(t, func() {
		web.Register(s.api, web.Route{Method: "GET", Path: "/api/v1/y", ID: "y", Access: web.Open()}, nothing)
	}, "open, but not under a public path")
}

func TestInputErrorsComeAllAtOnceWithCodes(t *testing.T) {
	s := newServer(t, dbtest.Lite(t))
	a := s.send(t, "POST", "/api/v1/things", `{"size":0,"extra":1}`, as("maker"))
	require.Equal(t, 422, a.Code)
	codes := map[string]string{}
	for _, f := range a.Problem.Errors {
		codes[f.Field] = f.Code
	}
	require.Equal(t, map[string]string{"name": "field.required", "size": "field.too_small", "extra": "field.unknown"}, codes)
	for body, want := range map[string]int{
		`{"name":5}`: 422, `{"name":"toolong"}`: 422, `{"name":"x","size":"1"}`: 422, `[]`: 422, `{`: 400, ``: 400, "{\"name\":\"\xff\"}": 400,
		`{"name":"` + strings.Repeat("x", 2<<20) + `"}`: 413, `{"name":NaN}`: 400,
	} {
		a := s.send(t, "POST", "/api/v1/things", body, as("maker"))
		require.Equal(t, want, a.Code, "%.40s", body)
		require.NotEmpty(t, a.Problem.Code)
	}
	require.Zero(t, s.made.Load())
}

func TestOurMistakesAreHidden(t *testing.T) {
	s := newServer(t, dbtest.Lite(t))
	for _, name := range []string{"panic", "fail"} {
		a := s.send(t, "POST", "/api/v1/things", `{"name":"`+name+`"}`, as("maker"))
		require.Equal(t, 500, a.Code)
		require.Equal(t, "internal", a.Problem.Code)
		require.NotContains(t, a.Body.String(), "secret")
	}
	a := s.send(t, "POST", "/api/v1/things", `{"name":"held"}`, as("maker"))
	require.Equal(t, 409, a.Code)
	require.Equal(t, map[string]any{"name": "as it is"}, a.Problem.Current)
}

func TestACookieFromAnotherSiteWritesNothing(t *testing.T) {
	s := newServer(t, dbtest.Lite(t))
	cookie := func(r *http.Request) { c := web.SessionCookie("maker", false); r.AddCookie(&c) }
	for _, set := range []func(*http.Request){header("Origin", "https://evil.example"), header("Sec-Fetch-Site", "cross-site"), header("Origin", "null")} {
		a := s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, cookie, set)
		require.Equal(t, 403, a.Code)
		require.Equal(t, "session.origin", a.Problem.Code)
	}
	require.Equal(t, 201, s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, cookie, header("Origin", "http://example.com")).Code)
	require.Equal(t, 201, s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, as("maker"), header("Origin", "https://evil.example")).Code, "a bearer token is not sent by itself")
}

func TestARepeatedRequestGetsTheFirstAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		key := header("Idempotency-Key", "k1")
		first := s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, as("maker"), key)
		require.Equal(t, 201, first.Code)
		again := s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, as("maker"), key)
		require.Equal(t, 201, again.Code)
		require.JSONEq(t, first.Body.String(), again.Body.String())
		other := s.send(t, "POST", "/api/v1/things", `{"name":"y"}`, as("maker"), key)
		require.Equal(t, 409, other.Code)
		require.Equal(t, "request.key_reused", other.Problem.Code)
		require.EqualValues(t, 1, s.made.Load())

		refused := s.send(t, "POST", "/api/v1/things", `{"name":"held"}`, as("maker"), header("Idempotency-Key", "k2"))
		require.Equal(t, 409, refused.Code)
		require.Equal(t, "thing.held", s.send(t, "POST", "/api/v1/things", `{"name":"held"}`, as("maker"), header("Idempotency-Key", "k2")).Problem.Code, "a refusal may be tried again")
		require.Equal(t, 422, s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, as("maker"), header("Idempotency-Key", strings.Repeat("k", 300))).Code)
	})
}

func TestTheSameRequestAtOnceIsDoneOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.gate = make(chan struct{})
		var wg sync.WaitGroup
		var made, told atomic.Int64
		for range 8 {
			wg.Go(func() {
				a := s.send(t, "POST", "/api/v1/things", `{"name":"x"}`, as("maker"), header("Idempotency-Key", "k"))
				switch {
				case a.Code == 201:
					made.Add(1)
				case a.Problem.Code == "request.running":
					told.Add(1)
				}
			})
		}
		require.Eventually(t, func() bool { return told.Load() == 7 }, 10*time.Second, time.Millisecond)
		close(s.gate)
		wg.Wait()
		require.EqualValues(t, 1, made.Load())
		require.EqualValues(t, 1, s.made.Load())

		s.clock.Advance(8 * 24 * time.Hour)
		require.NoError(t, web.Answers{DB: d}.Purge(t.Context(), s.clock.Now().UnixMilli()))
		require.Equal(t, 201, s.send(t, "POST", "/api/v1/things", `{"name":"y"}`, as("maker"), header("Idempotency-Key", "k")).Code)
	})
}

func TestEveryAnswerIsProtected(t *testing.T) {
	s := newServer(t, dbtest.Lite(t))
	a := s.send(t, "GET", "/api/v1/public/hello", "")
	require.Equal(t, "nosniff", a.Header().Get("X-Content-Type-Options"))
	require.Equal(t, "no-store", a.Header().Get("Cache-Control"))
	doc, err := s.api.OpenAPI().MarshalJSON()
	require.NoError(t, err)
	require.True(t, bytes.Contains(doc, []byte(`"makeThing"`)))
}

package app

import (
	"context"
	"net/http"
	"time"

	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

// maxTurn bounds by how much a clock is turned on at once, in ms: a year.
const maxTurn = 366 * 24 * 3600 * 1000

type turnIn struct {
	Body struct {
		AdvanceMs int64 `json:"advance_ms" minimum:"1" maximum:"31622400000" doc:"by how much the clock goes on, in ms"`
	}
}

type turnOut struct {
	Body struct {
		Now int64 `json:"now" doc:"unix ms"`
	}
}

// clockRoutes lets a test turn the clock of a demo on, for limits of hours and days. They exist only where a demo is
// served with GEZHI_TEST_CLOCK=1.
func (a *App) clockRoutes(api *web.API) {
	if a.turn == nil {
		return
	}
	web.Register(api, web.Route{ID: "demo-clock", Method: http.MethodPost, Path: "/api/v1/demo/clock", Tag: "demo",
		Summary: "Turn the clock of a demo under test on", Access: web.SignedIn()},
		func(_ context.Context, in *turnIn) (*turnOut, error) {
			a.turn.Advance(time.Duration(min(in.Body.AdvanceMs, maxTurn)) * time.Millisecond)
			out := &turnOut{}
			out.Body.Now = now.Ms(a.Clock)
			return out, nil
		})
}

// dated lets answers carry the time of a clock that was turned, because pages learn the server's time from there.
func (a *App) dated(h http.Handler) http.Handler {
	if a.turn == nil {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", a.Clock.Now().UTC().Format(http.TimeFormat))
		h.ServeHTTP(w, r)
	})
}

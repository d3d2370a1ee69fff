package app

import (
	"context"
	"errors"
	"net/http"

	"gezhi/internal/app/demo"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

// DayView is how fast the demo's living day goes.
type DayView struct {
	Speed  float64 `json:"speed" doc:"1 is real time, 60 an hour in a minute; from 0.1 to 600"`
	Paused bool    `json:"paused"`
}

type dayOut struct{ Body DayView }

// demoRoutes lets whoever is signed in to a demo that lives see and change how fast it does. They do not exist elsewhere.
func (a *App) demoRoutes(api *web.API) {
	if a.day == nil {
		return
	}
	web.Register(api, web.Route{ID: "demo-day", Method: http.MethodGet, Path: "/api/v1/demo/day", Tag: "demo",
		Summary: "How fast the living day of the demo goes", Access: web.SignedIn()},
		func(context.Context, *struct{}) (*dayOut, error) { return a.dayNow(), nil })
	web.Register(api, web.Route{ID: "demo-day-set", Method: http.MethodPut, Path: "/api/v1/demo/day", Tag: "demo",
		Summary: "Pause the living day of the demo, or change its speed, for everybody", Access: web.SignedIn()},
		func(_ context.Context, in *struct{ Body DayView }) (*dayOut, error) {
			err := a.day.Set(in.Body.Speed, in.Body.Paused)
			if errors.Is(err, demo.ErrSpeed) {
				var f fault.Fields
				f.Add("speed", "field.range", "min", demo.SlowestSpeed, "max", demo.FastestSpeed)
				return nil, f.Err()
			}
			return a.dayNow(), err
		})
}

func (a *App) dayNow() *dayOut {
	speed, paused := a.day.Speed()
	return &dayOut{DayView{speed, paused}}
}

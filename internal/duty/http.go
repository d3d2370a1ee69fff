package duty

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

func route(access web.Access, method, path, id, summary string) web.Route {
	return web.Route{Method: method, Path: "/api/v1" + path, ID: id, Tag: "duty", Summary: summary, Access: access}
}

// Routes registers the routes of shifts, duty, positions and handovers.
func Routes(api *web.API, s *Service) {
	shiftRoutes(api, s)
	ownRoutes(api, s)
	positionRoutes(api, s)
	handoverRoutes(api, s)
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/now", "dutyNow", "Who is on duty now, by unit"),
		func(ctx context.Context, in *struct {
			Unit string `query:"unit" maxLength:"64"`
			Area string `query:"area" maxLength:"64" doc:"units that lie in it"`
		}) (*dutyNowOut, error) {
			list, err := s.Now(ctx, web.Actor(ctx), in.Unit, in.Area)
			if err != nil {
				return nil, err
			}
			out := &dutyNowOut{}
			out.Body.Items, out.Body.At = make([]UnitNowView, len(list)), s.Clock.Now().UnixMilli()
			for n, one := range list {
				out.Body.Items[n] = s.nowView(one)
			}
			return out, nil
		})
}

type dutyNowOut struct {
	Body struct {
		Items []UnitNowView `json:"items" nullable:"false"`
		At    int64         `json:"at" doc:"unix ms"`
	}
}

// ownRoutes are for everybody: a worker goes on and off duty by themselves.
func ownRoutes(api *web.API, s *Service) {
	type ownDutyOut struct{ Body OwnView }
	own := func(ctx context.Context, err error) (*ownDutyOut, error) {
		if err != nil {
			return nil, err
		}
		return &ownDutyOut{s.ownView(web.Actor(ctx))}, nil
	}
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/me/duty", "getOwnDuty", "My duty now, and my next shifts"),
		func(ctx context.Context, _ *struct{}) (*ownDutyOut, error) { return own(ctx, nil) })
	web.Register(api, route(web.Need(perm.IncidentRead), http.MethodPost, "/me/duty", "goOnDuty", "I am on duty from now on"),
		func(ctx context.Context, in *struct {
			Body struct {
				Unit  string `json:"unit,omitempty" maxLength:"64" doc:"for which; missing: that of the shift, or the first"`
				Until int64  `json:"until,omitempty" doc:"unix ms; missing: the end of the shift, or in eight hours"`
			}
		}) (*ownDutyOut, error) {
			return own(ctx, s.GoOn(ctx, web.Actor(ctx), in.Body.Unit, in.Body.Until))
		})
	web.Register(api, route(web.SignedIn(), http.MethodDelete, "/me/duty", "goOffDuty", "I am off duty; my position is dropped"),
		func(ctx context.Context, _ *struct{}) (*ownDutyOut, error) {
			return own(ctx, s.GoOff(ctx, web.Actor(ctx)))
		})
}

func positionRoutes(api *web.API, s *Service) {
	type keptPositionOut struct {
		Body struct {
			Until int64 `json:"until" doc:"unix ms, when it is dropped unless a newer one comes"`
		}
	}
	put := route(web.SignedIn(), http.MethodPut, "/me/position", "putPosition", "Where I am, while I am on duty; only the last one is kept, for some minutes")
	put.NoKeep = true // what is kept of an answer would outlive the position
	web.Register(api, put, func(ctx context.Context, in *struct {
		Body struct {
			Lon      *float64 `json:"lon"`
			Lat      *float64 `json:"lat"`
			Datum    string   `json:"datum,omitempty" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
			Accuracy float64  `json:"accuracy,omitempty" doc:"metres"`
		}
	}) (*keptPositionOut, error) {
		p, err := newPosition(in.Body.Lon, in.Body.Lat, in.Body.Datum, in.Body.Accuracy)
		if err != nil {
			return nil, err
		}
		out := &keptPositionOut{}
		out.Body.Until, err = s.SetPosition(ctx, web.Actor(ctx), p)
		return out, err
	})
	type positionsOut struct {
		Body struct {
			Items []PointView `json:"items" nullable:"false"`
		}
	}
	web.Register(api, route(web.Need(perm.DutyRead), http.MethodGet, "/duty/positions", "listPositions", "Where those on duty were last; the look is recorded"),
		func(ctx context.Context, _ *struct{}) (*positionsOut, error) {
			list, err := s.Positions(ctx, web.Actor(ctx))
			if err != nil {
				return nil, err
			}
			out := &positionsOut{}
			out.Body.Items = make([]PointView, len(list))
			for n, p := range list {
				out.Body.Items[n] = s.pointView(p)
			}
			return out, nil
		})
	settingRoutes(api, s)
}

// settingRoutes say for how long a position is kept.
func settingRoutes(api *web.API, s *Service) {
	type dutySettings struct {
		Minutes int `json:"minutes" doc:"for which a position is kept, 5 to 60"`
	}
	type dutySettingsOut struct{ Body dutySettings }
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/duty/settings", "dutySettings", "For how long a position is kept"),
		func(context.Context, *struct{}) (*dutySettingsOut, error) {
			return &dutySettingsOut{dutySettings{s.Keep()}}, nil
		})
	web.Register(api, route(web.Need(perm.SettingsManage), http.MethodPut, "/duty/settings", "setDutySettings", "Change for how long a position is kept"),
		func(ctx context.Context, in *struct{ Body dutySettings }) (*dutySettingsOut, error) {
			if err := s.SetKeep(ctx, web.Actor(ctx), in.Body.Minutes); err != nil {
				return nil, err
			}
			return &dutySettingsOut{dutySettings{s.Keep()}}, nil
		})
}

// ShiftFields are what a person sets of a shift.
type ShiftFields struct {
	Unit    string   `json:"unit,omitempty" doc:"taken when a shift is made; a shift stays in its unit"`
	Name    string   `json:"name"`
	From    int64    `json:"from" doc:"unix ms, inclusive"`
	To      int64    `json:"to" doc:"unix ms, exclusive"`
	Leader  string   `json:"leader,omitempty" doc:"one of the members"`
	Members []string `json:"members"`
}

func (b ShiftFields) shift() Shift {
	return Shift{Unit: b.Unit, Name: b.Name, From: b.From, To: b.To, Leader: b.Leader, Members: b.Members}
}

type shiftOut struct{ Body ShiftView }

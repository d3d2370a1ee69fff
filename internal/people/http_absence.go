package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
)

// AbsenceBody says when I am away and who takes my orders meanwhile.
type AbsenceBody struct {
	From     int64  `json:"from" doc:"unix ms"`
	To       int64  `json:"to" doc:"unix ms"`
	Delegate string `json:"delegate,omitempty" maxLength:"64" doc:"account of a colleague; missing: nobody"`
	Note     string `json:"note,omitempty" maxLength:"200"`
}

// AbsenceView is an absence as it is shown.
type AbsenceView struct {
	From     int64      `json:"from" doc:"unix ms"`
	To       int64      `json:"to" doc:"unix ms"`
	Delegate *PlaceName `json:"delegate,omitempty" doc:"missing: nobody"`
	Note     string     `json:"note"`
	Now      bool       `json:"now" doc:"it has begun"`
}

// StandingIn is somebody who is away and for whom I stand in.
type StandingIn struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Until int64  `json:"until" doc:"unix ms"`
}

type absenceOutput struct {
	Body struct {
		Absence   *AbsenceView `json:"absence" doc:"null when none is planned"`
		StandsFor []StandingIn `json:"stands_for" nullable:"false" doc:"who is away now and named me"`
	}
}

type absenceInput struct{ Body AbsenceBody }

type handOverInput struct {
	Body struct {
		HandOver bool `json:"hand_over" doc:"true: hand my open orders on at once"`
	}
}

type handOverOutput struct {
	Body struct {
		To   int `json:"to" doc:"orders that the delegate has now"`
		Back int `json:"back" doc:"orders that their unit has again"`
	}
}

func (h *handlers) absenceRoutes(api *web.API) {
	route := func(method, id, summary string, status int) web.Route {
		return web.Route{Method: method, Path: "/api/v1/me/absence", ID: id, Tag: "me", Summary: summary, Access: web.SignedIn(), Status: status}
	}
	web.Register(api, route(http.MethodGet, "getAbsence", "When I am away, and for whom I stand in", 0),
		func(ctx context.Context, _ *struct{}) (*absenceOutput, error) { return h.absence(ctx) })
	web.Register(api, route(http.MethodPut, "setAbsence", "Plan when I am away", 0),
		func(ctx context.Context, in *absenceInput) (*absenceOutput, error) {
			b := in.Body
			if _, err := h.s.SetAbsence(ctx, web.Actor(ctx), Absence{From: b.From, To: b.To, DelegateID: b.Delegate, Note: b.Note}); err != nil {
				return nil, err
			}
			return h.absence(ctx)
		})
	web.Register(api, route(http.MethodDelete, "endAbsence", "I am back, or not going", http.StatusNoContent),
		func(ctx context.Context, _ *struct{}) (*empty, error) {
			return nil, h.s.EndAbsence(ctx, web.Actor(ctx))
		})
	web.Register(api, route(http.MethodPost, "handOver", "Hand my open orders on now", 0),
		func(ctx context.Context, in *handOverInput) (*handOverOutput, error) {
			out := &handOverOutput{}
			if !in.Body.HandOver {
				return out, nil
			}
			var err error
			out.Body.To, out.Body.Back, err = h.s.HandOver(ctx, web.Actor(ctx))
			return out, err
		})
}

func (h *handlers) absence(ctx context.Context) (*absenceOutput, error) {
	actor, dir := web.Actor(ctx), h.s.directory
	a, ok, err := h.s.Absence(ctx, actor)
	if err != nil {
		return nil, err
	}
	out := &absenceOutput{}
	if ok {
		out.Body.Absence = &AbsenceView{From: a.From, To: a.To, Note: a.Note, Now: a.Holds(h.s.Clock.Now().UnixMilli())}
		if a.DelegateID != "" {
			out.Body.Absence.Delegate = &PlaceName{ID: a.DelegateID, Name: dir.PersonName(a.DelegateID)}
		}
	}
	out.Body.StandsFor = []StandingIn{}
	for _, id := range dir.StandsFor(actor.AccountID) {
		away, _ := dir.AbsenceOf(id)
		out.Body.StandsFor = append(out.Body.StandsFor, StandingIn{ID: id, Name: dir.PersonName(id), Until: away.To})
	}
	return out, nil
}

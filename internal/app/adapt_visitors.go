package app

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"gezhi/internal/app/demo"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// alwaysOn are the demo accounts that are on duty whenever a visitor comes, so that work reaches them.
var alwaysOn = []string{"duty", "station", "worker"}

// visitorShift is for how long they go on duty at a time.
const visitorShift = 12 * time.Hour

// loadDemoShifts gives the demo's centre and stations their rosters, with handovers of the last days.
func (a *App) loadDemoShifts(ctx context.Context, clock *demo.Clock) error {
	until := clock.Now()
	defer clock.Release()
	visitors, err := a.visitors(ctx)
	if err != nil {
		return err
	}
	isVisitor := func(account string) bool {
		return slices.ContainsFunc(visitors, func(v authz.Actor) bool { return v.AccountID == account })
	}
	if err := demo.LoadShifts(ctx, a.Duty, a.People.Directory(), clock, isVisitor, until); err != nil {
		return err
	}
	return a.keepVisitorsOn(ctx)
}

// visitors are the accounts of the demo's sign-in page, with the units of their posts.
func (a *App) visitors(ctx context.Context) ([]authz.Actor, error) {
	var out []authz.Actor
	for _, d := range demo.Accounts() {
		list, _, err := a.People.Accounts(ctx, authz.System("demo"), people.AccountQuery{Text: d.Login, Limit: 50})
		if err != nil {
			return nil, err
		}
		for _, one := range list {
			if one.Login != d.Login {
				continue
			}
			actor := authz.Actor{AccountID: one.ID, Login: one.Login, Name: one.Name}
			for _, p := range a.People.Directory().PostsOf(one.ID, now.Ms(a.Clock)) {
				actor.Posts = append(actor.Posts, authz.Post{UnitID: p.UnitID})
			}
			out = append(out, actor)
		}
	}
	return out, nil
}

// keepVisitorsOn puts those on duty of whom neither they themselves nor a roster says otherwise.
func (a *App) keepVisitorsOn(ctx context.Context) error {
	visitors, err := a.visitors(ctx)
	if err != nil {
		return err
	}
	for _, v := range visitors {
		if own := a.Duty.Own(v); !slices.Contains(alwaysOn, v.Login) || own.Mark != nil || own.Shift != nil {
			continue
		}
		if err := a.Duty.GoOn(ctx, v, "", a.Clock.Now().Add(visitorShift).UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

// playVisitors keeps the visitors' accounts on duty while the demo is served. Who goes off stays off for some while.
func (a *App) playVisitors(ctx context.Context) {
	if err := a.keepVisitorsOn(ctx); err != nil && ctx.Err() == nil {
		slog.Error("put the demo accounts on duty", "error", err)
	}
	every(ctx, time.Hour, "put the demo accounts on duty", a.keepVisitorsOn)
}

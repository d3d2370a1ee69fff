package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"gezhi/internal/app/demo"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

func demoAccounts() []people.DemoAccount { return demo.Accounts() }

// demoServices are what the demo works with; clock is the clock of the services.
func (a *App) demoServices(clock *demo.Clock) demo.Services {
	return demo.Services{Grid: a.Grid, People: a.People, Dispatch: a.Dispatch, Incident: a.Incident, Window: a.Window, Clock: clock}
}

// loadDemo fills an empty store with the demo and marks it; a store that holds the demo already is left as it is.
func (a *App) loadDemo(ctx context.Context, clock *demo.Clock) error {
	if a.demo {
		return nil
	}
	slog.Info("loading the demo: an invented street with two months of history; this takes some seconds")
	err := demo.Load(ctx, a.demoServices(clock), demo.Full)
	if errors.Is(err, demo.ErrNotEmpty) {
		return err
	}
	if err != nil {
		return errors.Join(err, errors.New("the folder now holds half a demo: remove it and start again"))
	}
	if err := a.loadDemoWindows(ctx, clock); err != nil {
		return err
	}
	if err := a.loadDemoShifts(ctx, clock); err != nil {
		return err
	}
	if err := a.loadDemoNotices(ctx, clock); err != nil {
		return err
	}
	if err := demo.LoadCameras(ctx, a.demoServices(clock), a.Video); err != nil {
		return err
	}
	if err := a.relayAll(ctx); err != nil {
		return err
	}
	if err := a.loadDemoReports(ctx); err != nil {
		return err
	}
	err = a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return db.PutSetting(ctx, tx, demoSetting, Version, now.Ms(a.Clock))
	})
	a.demo = err == nil
	return err
}

// demoActor returns who holds a post of a role in the demo, always the same one; nobody when there is none.
func (a *App) demoActor(ctx context.Context, role string) (authz.Actor, error) {
	var found authz.Actor
	for _, p := range a.People.Directory().Posts(now.Ms(a.Clock)) {
		if p.Role != role || found.Known() && found.AccountID < p.AccountID {
			continue
		}
		actor, ok, err := a.People.ActorOf(ctx, p.AccountID)
		if err != nil {
			return authz.Actor{}, err
		}
		if ok {
			found = actor
		}
	}
	return found, nil
}

// demoReports is for how long the demo's office has had its reports.
const demoReports = 8 * 7 * 24 * time.Hour

// loadDemoReports counts the figures of the demo's past, has the reports of its last weeks made and lets its leader
// share some tables.
func (a *App) loadDemoReports(ctx context.Context) error {
	for done := false; !done; {
		var err error
		if done, err = a.Stats.Fill(ctx); err != nil {
			return err
		}
	}
	leader, err := a.demoActor(ctx, "leader")
	if err != nil || !leader.Known() {
		return err
	}
	if err := a.Report.Begin(ctx, a.Clock.Now().Add(-demoReports)); err != nil {
		return err
	}
	return errors.Join(a.Report.RunDue(ctx), demo.LoadTables(ctx, a.Report, leader))
}

// relayAll brings the feed and everything that follows it up to the store.
func (a *App) relayAll(ctx context.Context) error {
	for {
		n, err := a.Relay.Once(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	for _, c := range a.Incident.Consumers() {
		for {
			n, err := a.Feed.Step(ctx, c)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	return nil
}

// openDemo opens the store with the demo's own clock, loads the demo if the store is empty, and returns the program.
func openDemo(ctx context.Context, c Config) (*App, *demo.Clock, error) {
	if !loopback(c.Addr) {
		return nil, nil, errors.New("the demo serves this machine only: set GEZHI_ADDR to 127.0.0.1:8080")
	}
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return nil, nil, err
	}
	clock := &demo.Clock{}
	a, err := Open(ctx, c, clock)
	if err != nil {
		return nil, nil, err
	}
	if err := a.loadDemo(ctx, clock); err != nil {
		a.Close()
		return nil, nil, err
	}
	return a, clock, nil
}

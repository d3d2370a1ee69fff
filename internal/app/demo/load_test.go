package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
	"gezhi/internal/app/demo"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/seal"
)

// until is the present of the demos in these tests: a Thursday afternoon.
var until = time.Date(2024, 5, 16, 15, 20, 0, 0, time.FixedZone("", 8*3600))

var machine = authz.System("test")

// each runs fn on both engines with an empty program that has the clock of a demo.
func each(t *testing.T, fn func(t *testing.T, a *app.App, clock *demo.Clock)) {
	run := func(url string) func(t *testing.T) {
		return func(t *testing.T) {
			if url != "" {
				url = dbtest.FreshDatabase(t, url, "")
			}
			a, clock := open(t, url)
			fn(t, a, clock)
		}
	}
	t.Run("sqlite", run(""))
	if url, ok := dbtest.PostgresURL(t); ok {
		t.Run("postgres", run(url))
	}
}

func open(t *testing.T, url string) (*app.App, *demo.Clock) {
	t.Helper()
	dir := t.TempDir()
	clock := &demo.Clock{}
	clock.Set(until)
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	a, err := app.Open(context.Background(), app.Config{DB: url, Folder: dir, KeyFile: filepath.Join(dir, "key"), Suite: seal.AES, Zone: zone, Demo: true}, clock)
	require.NoError(t, err)
	t.Cleanup(func() { a.Close() })
	return a, clock
}

func services(a *app.App, clock *demo.Clock) demo.Services {
	return demo.Services{Grid: a.Grid, People: a.People, Dispatch: a.Dispatch, Incident: a.Incident, Window: a.Window, Clock: clock}
}

func all(t *testing.T, a *app.App) []*incident.Incident {
	t.Helper()
	var out []*incident.Incident
	for cursor := ""; ; {
		list, next, err := a.Incident.List(context.Background(), machine, incident.Filter{Limit: 200, Cursor: cursor})
		require.NoError(t, err)
		out = append(out, list...)
		if cursor = next; next == "" {
			return out
		}
	}
}

// TestLoad loads the demo on both engines, which must give the very same one, and lives on with it for three hours.
func TestLoad(t *testing.T) {
	var tellings []string
	load := func(t *testing.T, a *app.App, clock *demo.Clock) {
		ctx := context.Background()
		begun := time.Now()
		require.NoError(t, demo.Load(ctx, services(a, clock), demo.Small))
		t.Log("loaded in", time.Since(begun))
		clock.Set(until)

		list := all(t, a)
		require.Len(t, list, 303)
		seen := map[string]int{}
		open := 0
		for _, i := range list {
			note(seen, i)
			if incident.Flow.Phase(i.State) == flow.Open {
				open++
			}
			require.LessOrEqual(t, i.EntryAt, until.UnixMilli(), i.ExternalID)
			require.GreaterOrEqual(t, i.ReceivedAt, until.AddDate(0, 0, -17).UnixMilli())
		}
		require.True(t, open >= 60 && open <= 140, "%d open", open)
		for _, s := range incident.Flow.States {
			require.NotZero(t, seen["state "+string(s.Name)], s.Name)
		}
		for _, c := range a.Incident.Categories().All() {
			if c.Parent != "" {
				require.NotZero(t, seen["category "+c.Code], c.Code)
			}
		}
		for _, want := range wanted() {
			require.NotZero(t, seen[want], want)
		}
		actions(t, a, list, seen)
		for _, m := range append(names(incident.Flow.Moves), names(incident.OrderFlow.Moves)...) {
			require.NotZero(t, seen["do "+m], m)
		}

		v, err := a.Incident.Verify(ctx)
		require.NoError(t, err)
		require.Empty(t, v.Broken)
		require.EqualValues(t, len(list), v.Incidents)
		require.ErrorIs(t, demo.Load(ctx, services(a, clock), demo.Small), demo.ErrNotEmpty)
		require.Equal(t, 3, absent(t, a), "some are away, and colleagues stand in")
		tellings = append(tellings, telling(t, a))
		clock.Set(until)
		t.Run("play", func(t *testing.T) { play(t, a, clock) })
	}
	each(t, load)
	if len(tellings) == 1 { // one engine only: the second demo is made on it as well
		a, clock := open(t, "")
		require.NoError(t, demo.Load(context.Background(), services(a, clock), demo.Small))
		clock.Set(until)
		tellings = append(tellings, telling(t, a))
	}
	same(t, tellings)
}

// wanted is what the demo must show beside the states.
func wanted() []string {
	list := []string{"unplaced", "urgent", "confidential", "returned", "reworked", "reopened", "satisfied", "unsatisfied",
		"order pooled", "order sent", "order accepted", "order arrived", "order handled", "order returned", "order withdrawn", "assist"}
	for _, k := range incident.Kinds {
		list = append(list, "kind "+k)
	}
	for c := range incident.ChannelGroups {
		list = append(list, "channel "+c)
	}
	return append(list, "severity general", "severity major", "severity emergency")
}

// note counts what an incident shows.
func note(seen map[string]int, i *incident.Incident) {
	for _, what := range append(i.Flags(), "state "+string(i.State), "category "+i.Category, "kind "+i.Kind, "channel "+i.Channel, "severity "+i.Severity) {
		seen[what]++
	}
	if i.Returned > 0 {
		seen["returned"]++
	}
	if i.Solved != nil {
		seen[map[bool]string{true: "satisfied", false: "unsatisfied"}[*i.Solved]]++
	}
	for _, o := range i.Orders {
		seen["order "+string(o.State)]++
		seen[string(o.Role)]++
	}
}

// actions counts what stands in the timelines.
func actions(t *testing.T, a *app.App, list []*incident.Incident, seen map[string]int) {
	for _, i := range list {
		entries, _, err := a.Incident.Timeline(context.Background(), machine, i.ID, 0, 100)
		require.NoError(t, err)
		shown := false
		for _, e := range entries {
			seen["do "+e.Do]++
			shown = shown || len(e.Files) > 0
		}
		if shown {
			seen["photographed"]++
		}
	}
	require.GreaterOrEqual(t, seen["photographed"], 50)
}

// names lists the actions that people take.
func names[S ~string, T any](moves []flow.Move[S, T]) []string {
	var out []string
	for _, m := range moves {
		if !m.Auto {
			out = append(out, m.Do)
		}
	}
	return out
}

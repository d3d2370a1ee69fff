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
	return demo.Services{Grid: a.Grid, People: a.People, Incident: a.Incident, Clock: clock}
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

func TestLoad(t *testing.T) {
	each(t, func(t *testing.T, a *app.App, clock *demo.Clock) {
		begun := time.Now()
		require.NoError(t, demo.Load(context.Background(), services(a, clock)))
		t.Log("loaded in", time.Since(begun))
		list := all(t, a)
		states := map[string]int{}
		for _, i := range list {
			states[string(i.State)]++
		}
		t.Log(len(list), states)
	})
}

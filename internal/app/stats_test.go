package app

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/bench"
	"gezhi/internal/kit/authz"
	"gezhi/internal/stats"
)

// TestFiguresAreRightBesideARunningServer lets people work over HTTP, counts everything anew again and again beside
// them, and then compares with a count made by other means.
func TestFiguresAreRightBesideARunningServer(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		office, err := a.benchOffice(t.Context())
		require.NoError(t, err)
		a.Config.Addr = "127.0.0.1:0"
		recounts := 0
		require.NoError(t, a.served(t.Context(), func(addr string) error {
			office.Addr = addr
			var working sync.WaitGroup
			var failed error
			working.Go(func() { _, failed = bench.HTTP(office, 2, time.Second) })
			over := make(chan struct{})
			go func() { working.Wait(); close(over) }()
			for {
				r, err := a.Stats.Recount(t.Context(), nil)
				require.NoError(t, err)
				require.Empty(t, r.Differences)
				recounts++
				select {
				case <-over:
					return failed
				default:
				}
			}
		}))
		require.Positive(t, recounts)
		catchUp(t, a)
		r, err := a.Stats.Recount(t.Context(), nil)
		require.NoError(t, err)
		require.Empty(t, r.Differences)
		require.Zero(t, r.Waiting)
		require.Positive(t, r.Facts)
		table, err := a.Stats.Table(t.Context(), authz.System("test"), stats.Query{By: "area", Level: "microgrid"})
		require.NoError(t, err)
		for name, query := range map[string]string{"received": `SELECT count(*) FROM incidents`, "dispatched": `SELECT count(*) FROM incidents WHERE dispatched_at IS NOT NULL`,
			"handled": `SELECT count(*) FROM incidents WHERE state = 'checked' OR state = 'checking'`, "open": `SELECT count(*) FROM incidents WHERE closed_at IS NULL`,
			"ms_dispatch": `SELECT CAST(sum(dispatched_at - received_at) AS BIGINT) FROM incidents WHERE dispatched_at IS NOT NULL`} {
			var want int64
			require.NoError(t, a.DB.Read().QueryRowContext(t.Context(), query).Scan(&want))
			require.Equal(t, want, table.Total.Measures[name], name)
		}
	})
}

// catchUp relays what waits and lets the figures catch up.
func catchUp(t *testing.T, a *App) {
	t.Helper()
	for _, step := range []func(context.Context) (int, error){a.Relay.Once, func(ctx context.Context) (int, error) { return a.Feed.Step(ctx, a.Stats.Consumer()) }} {
		for {
			n, err := step(t.Context())
			require.NoError(t, err)
			if n == 0 {
				break
			}
		}
	}
}

// TestFiguresCanBeMeasured runs the measurement with few incidents.
func TestFiguresCanBeMeasured(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		a.Config.Addr = "127.0.0.1:0"
		cmd := figuresBenchCmd{Incidents: 120, Days: 40, Times: 2}
		require.NoError(t, cmd.measure(t.Context(), a, string(a.DB.Engine())))
	})
}

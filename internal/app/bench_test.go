package app

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/bench"
	"gezhi/internal/kit/db"
	"gezhi/migrations"
)

// The measured loop and the bare one both run, and the bare one writes the same number of rows for each incident.
func TestBenchMeasuresBothPrograms(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		office, err := a.benchOffice(t.Context())
		require.NoError(t, err)
		ready := make(chan string, 1)
		a.Config.Addr = "127.0.0.1:0"
		ctx, stop := context.WithCancel(t.Context())
		served := make(chan error, 1)
		go func() { served <- a.Serve(ctx, func(addr string) { ready <- addr }) }()
		office.Addr = <-ready
		r, err := bench.HTTP(office, 2, 3*time.Second)
		require.NoError(t, err)
		require.Positive(t, r.Loops)
		for _, name := range bench.Calls {
			require.Positive(t, r.Calls[name].N, name)
		}
		stop()
		require.NoError(t, <-served)
		sample, err := bench.TakeSample(t.Context(), a.DB.Pool())
		require.NoError(t, err)
		url := ""
		if a.DB.Engine() == "postgres" {
			stores := bench.Stores{Admin: a.Config.DB}
			t.Cleanup(func() { stores.Drop(context.WithoutCancel(t.Context())) })
			url, err = stores.Make(t.Context())
			require.NoError(t, err)
		}
		b, err := db.Open(t.Context(), url, t.TempDir())
		require.NoError(t, err)
		t.Cleanup(func() { b.Close() })
		require.NoError(t, b.Migrate(t.Context(), migrations.Tree))
		bare, err := bench.Bare(t.Context(), b.Pool(), string(b.Engine()), sample, 2, 3*time.Second)
		require.NoError(t, err)
		require.Positive(t, bare.Loops)
		for table, each := range map[string]int{"orders": 1, "entries": 5, "outbox": 5, "feed": 5, "counted": 1} {
			var incidents, rows int
			require.NoError(t, b.Pool().QueryRow(`SELECT count(*) FROM incidents`).Scan(&incidents))
			require.NoError(t, b.Pool().QueryRow(`SELECT count(*) FROM `+table).Scan(&rows))
			require.Equal(t, incidents*each, rows, table)
		}
	})
}

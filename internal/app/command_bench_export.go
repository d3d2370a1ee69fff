package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"gezhi/internal/app/bench"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

type exportBenchCmd struct {
	Rows   int    `help:"Incidents that are taken out." default:"100000"`
	Engine string `help:"Engine to measure: sqlite, postgres or both." enum:"sqlite,postgres,both" default:"sqlite"`
}

// Run measures on empty stores of its own, which it removes afterwards.
func (cmd *exportBenchCmd) Run(ctx context.Context) error {
	logTo(slog.LevelWarn)
	fmt.Println("command:", strings.Join(os.Args, " "))
	return eachEngine(ctx, cmd.Engine, cmd.measure)
}

func (cmd *exportBenchCmd) measure(ctx context.Context, a *App, engine string) error {
	office, err := a.benchOffice(ctx)
	if err != nil {
		return err
	}
	if err := a.benchReports(ctx, office, cmd.Rows); err != nil {
		return err
	}
	return a.served(ctx, func(addr string) error {
		office.Addr = addr
		for _, one := range []struct {
			name string
			take func(*bench.Office) (int64, error)
		}{
			{"CSV while it is read", func(o *bench.Office) (int64, error) { return fetched(ctx, o, "/api/v1/incidents/export.csv") }},
			{"CSV in the background", func(o *bench.Office) (int64, error) { return takenLater(ctx, o, "csv") }},
			{"xlsx in the background", func(o *bench.Office) (int64, error) { return takenLater(ctx, o, "xlsx") }},
		} {
			debug.FreeOSMemory()
			peak := watchMemory()
			begun := time.Now()
			size, err := one.take(office)
			took := time.Since(begun)
			most := peak()
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			fmt.Printf("%-9s %d rows, %-22s %.1f s, %.1f MB; the heap grew to %.0f MB\n", engine, cmd.Rows, one.name+":", took.Seconds(), float64(size)/1e6, float64(most)/1e6)
		}
		return nil
	})
}

// watchMemory looks at the heap until the returned function is called, which tells the most that was in use.
func watchMemory() (peak func() uint64) {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		var highest uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			highest = max(highest, m.HeapInuse)
			select {
			case <-stop:
				most <- highest
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}

func ask(ctx context.Context, o *bench.Office, method, path string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+o.Addr+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+o.Reporter[0])
	answer, err := http.DefaultClient.Do(r)
	if err == nil && answer.StatusCode >= 300 {
		answer.Body.Close()
		err = fmt.Errorf("%s %s: %s", method, path, answer.Status)
	}
	return answer, err
}

// fetched reads an answer to its end and tells its size.
func fetched(ctx context.Context, o *bench.Office, path string) (int64, error) {
	answer, err := ask(ctx, o, http.MethodGet, path)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	return io.Copy(io.Discard, answer.Body)
}

// takenLater lets the list be written in the background and fetches it when it is done.
func takenLater(ctx context.Context, o *bench.Office, format string) (int64, error) {
	path, method := "/api/v1/incidents/export."+format, http.MethodPost
	for {
		answer, err := ask(ctx, o, method, path)
		if err != nil {
			return 0, err
		}
		var out struct{ ID, State, Fault string }
		err = errors.Join(json.NewDecoder(answer.Body).Decode(&out), answer.Body.Close())
		switch {
		case err != nil:
			return 0, err
		case out.State == "failed":
			return 0, errors.New(out.Fault)
		case out.State == "done":
			return fetched(ctx, o, "/api/v1/exports/"+out.ID+"/file")
		}
		path, method = "/api/v1/exports/"+out.ID, http.MethodGet
		time.Sleep(50 * time.Millisecond)
	}
}

// benchReports writes incidents until there are so many.
func (a *App) benchReports(ctx context.Context, office *bench.Office, n int) error {
	ledger := a.Incident.Ledger(a.Clock)
	machine := authz.System("bench")
	var lives []*incident.Life
	for i := range n {
		place := office.Places[i%len(office.Places)]
		life, err := ledger.Report(machine, incident.Report{Text: "小区门口的路灯不亮，晚上看不清路，请派人来修。", Channel: "hotline", Category: "environment.light",
			Lon: &place[0], Lat: &place[1], ExternalID: fmt.Sprintf("bench-%d", i)})
		if err != nil {
			return err
		}
		if lives = append(lives, life); len(lives) == 500 || i == n-1 {
			if err := ledger.WritePast(ctx, lives, func(context.Context, db.Tx) error { return nil }); err != nil {
				return err
			}
			lives = nil
		}
	}
	return nil
}

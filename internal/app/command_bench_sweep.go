package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"gezhi/internal/app/bench"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

// burst is how many clocks are due at once when a machine wakes that slept for a day.
const burst = 10_000

type sweepBenchCmd struct {
	Clocks  int    `help:"Open clocks." default:"1000000"`
	Rate    int    `help:"Clocks that become due in a second." default:"100"`
	Seconds int    `help:"Length of the measurement." default:"30"`
	Engine  string `help:"Engine to measure: sqlite, postgres or both." enum:"sqlite,postgres,both" default:"sqlite"`
}

// Run measures on empty stores of its own, which it removes afterwards.
func (cmd *sweepBenchCmd) Run(ctx context.Context) error {
	logTo(slog.LevelWarn)
	fmt.Println("command:", strings.Join(os.Args, " "))
	return eachEngine(ctx, cmd.Engine, cmd.measure)
}

func (cmd *sweepBenchCmd) measure(ctx context.Context, a *App, engine string) error {
	office, err := a.benchOffice(ctx)
	if err != nil {
		return err
	}
	if err := a.benchClocks(ctx, office, cmd.Clocks); err != nil {
		return err
	}
	open, err := bench.Quiet(ctx, a.DB.Pool())
	if err != nil {
		return err
	}
	return a.served(ctx, func(addr string) error {
		office.Addr = addr
		due := cmd.Rate * cmd.Seconds
		from := time.Now().Add(2*time.Second + time.Duration(due)*time.Millisecond)
		if err := bench.SpreadDue(ctx, a.DB.Pool(), due, from, time.Second/time.Duration(cmd.Rate)); err != nil {
			return err
		}
		time.Sleep(time.Until(from.Add(time.Duration(cmd.Seconds)*time.Second + 5*time.Second)))
		delays, _, err := bench.Delays(ctx, a.DB.Pool(), from)
		if err != nil {
			return err
		}
		fmt.Printf("%-9s %d clocks open, %d due a second: %d of %d acted on; due to action p50 %.0f p95 %.0f p99 %.0f ms\n", engine, open, cmd.Rate, delays.N, due,
			msOf(delays.P50), msOf(delays.P95), msOf(delays.P99))
		return cmd.wake(ctx, a, engine, office)
	})
}

// wake lets many clocks become due at one moment, and reports go on beside them.
func (cmd *sweepBenchCmd) wake(ctx context.Context, a *App, engine string, office *bench.Office) error {
	due := time.Now().Add(3 * time.Second).Truncate(time.Millisecond)
	if err := bench.SpreadDue(ctx, a.DB.Pool(), burst, due, 0); err != nil {
		return err
	}
	p, err := bench.Reports(office, 50, 20*time.Second)
	if err != nil {
		return err
	}
	delays, last, err := bench.Delays(ctx, a.DB.Pool(), due)
	if err != nil {
		return err
	}
	fmt.Printf("%-9s %d clocks due at one moment: %d acted on after %.1f s; meanwhile 50 reports/s were answered in p50 %.0f p95 %.0f p99 %.0f ms\n", engine, burst, delays.N,
		last.Sub(due).Seconds(), msOf(p.P50), msOf(p.P95), msOf(p.P99))
	return nil
}

func msOf(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// benchClocks writes incidents that wait to be dispatched until so many clocks run.
func (a *App) benchClocks(ctx context.Context, office *bench.Office, clocks int) error {
	ledger := a.Incident.Ledger(a.Clock)
	machine := authz.System("bench")
	var lives []*incident.Life
	write := func() error {
		err := ledger.WritePast(ctx, lives, func(context.Context, db.Tx) error { return nil })
		lives = nil
		return err
	}
	for n, running := 0, 0; running < clocks; n++ {
		place := office.Places[n%len(office.Places)]
		life, err := ledger.Report(machine, incident.Report{Text: "小区门口的路灯不亮。", Channel: "hotline", Category: "environment.light", Lon: &place[0], Lat: &place[1],
			ExternalID: fmt.Sprintf("bench-%d", n)})
		if err != nil {
			return err
		}
		if len(life.Clocks) == 0 {
			return fmt.Errorf("a report has no clock: the limits of a new store are missing")
		}
		running += len(life.Clocks)
		if lives = append(lives, life); len(lives) == 500 {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}

package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/web"
	"gezhi/internal/live"
	site "gezhi/web"
)

// poll is how often a node looks for what other nodes wrote; its own writes wake it at once.
const poll = 500 * time.Millisecond

// garbage is by how much of what lives the memory may grow before the collector runs, in percent. A server lives on
// some ten MB, so three times that is little memory for much less collecting.
const garbage = 300

// Serve runs the server and its background loops until the context ends, then lets requests finish.
func (a *App) Serve(ctx context.Context, ready func(addr string)) error {
	if a.demo && !a.Config.Demo {
		slog.Warn("this store holds the demo: nobody can sign in without --demo")
	}
	if a.demo && !loopback(a.Config.Addr) {
		return fmt.Errorf("a store that holds the demo serves this machine only: set GEZHI_ADDR to 127.0.0.1:8080, or use an empty GEZHI_DATA folder for real work")
	}
	listener, err := net.Listen("tcp", a.Config.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; another program may be using the port, choose one with GEZHI_ADDR", a.Config.Addr, err)
	}
	if files, ok := site.Files(); ok {
		if err := a.Grid.LoadPlaces(files); err != nil {
			slog.Warn("no place names from the base map", "error", err)
		}
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	hub, err := a.hub(ctx)
	if err != nil {
		return err
	}
	a.live.Store(hub)
	loops := a.loops(ctx, hub)
	server := &http.Server{Handler: a.handler(hub), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() {
		if a.Config.TLSCert != "" {
			failed <- server.ServeTLS(listener, a.Config.TLSCert, a.Config.TLSKey)
			return
		}
		failed <- server.Serve(listener)
	}()
	ready(listener.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err = server.Shutdown(closing)
	loops.Wait()
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	return err
}

// loops starts everything that runs beside requests.
func (a *App) loops(ctx context.Context, hub *live.Hub) *sync.WaitGroup {
	var wg sync.WaitGroup
	run := func(f func()) { wg.Go(f) }
	run(func() { a.Relay.Run(ctx, poll) })
	for _, c := range a.Incident.Consumers() {
		run(func() { a.Feed.Follow(ctx, c, 2*poll) })
	}
	run(func() { a.Feed.Follow(ctx, a.Notify.Consumer(incident.Topic), 2*poll) })
	run(func() { a.Notify.Run(ctx, time.Second) })
	run(func() { a.Stats.Run(ctx, a.Feed, 2*poll) })
	run(func() { hub.Run(ctx, poll) })
	run(func() { a.Incident.RunSweep(ctx, poll) })
	run(func() { a.Incident.RunLinks(ctx, 5*time.Second) })
	run(func() { a.People.Run(ctx, 5*time.Second) })
	run(func() { a.Grid.Run(ctx) })
	run(func() { a.Dispatch.Run(ctx, 5*time.Second) })
	run(func() { every(ctx, 5*time.Second, "follow the roster", a.Duty.Follow) })
	run(func() { a.load.run(ctx, 2*poll) })
	run(func() { every(ctx, 5*time.Second, "reading the limits", a.Limits.Reload) })
	run(func() { every(ctx, time.Second, "periods of notices", a.Notice.Follow) })
	run(func() { a.Audit.Run(ctx, 5*time.Second) })
	run(func() { a.Bulk.Run(ctx, 5*time.Second) })
	run(func() { a.Bulk.RunOutputs(ctx, 5*time.Second) })
	run(func() { every(ctx, 5*time.Second, "leavers", a.People.CarryOutLeavings) })
	run(func() { a.Upkeep.Run(ctx, time.Minute) })
	if a.demo {
		run(func() { a.playVisitors(ctx) })
	}
	run(func() { every(ctx, time.Minute, "reports", a.Report.RunDue) })
	run(func() { every(ctx, time.Hour, "clean up", a.cleanUp) })
	run(func() { every(ctx, 10*time.Second, "reload categories", a.Incident.ReloadCategories) })
	return &wg
}

// cleanUp removes uploads that nothing took and kept answers that are old.
func (a *App) cleanUp(ctx context.Context) error {
	return errors.Join(a.Incident.CollectFiles(ctx), a.Notify.Purge(ctx), a.Report.Purge(ctx), web.Answers{DB: a.DB}.Purge(ctx, a.Clock.Now().UnixMilli()))
}

func every(ctx context.Context, d time.Duration, what string, f func(context.Context) error) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := f(ctx); err != nil && ctx.Err() == nil {
				slog.Error(what, "error", err)
			}
		}
	}
}

// logTo sends the log to a writer as plain lines.
func logTo(level slog.Level) {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
}

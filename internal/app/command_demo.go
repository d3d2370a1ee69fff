package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"gezhi/internal/app/demo"
)

type demoCmd struct {
	Speed     float64 `help:"How fast the living day goes: 1 is real time, 60 an hour in a minute." default:"1"`
	Incidents int     `help:"Make this much closed history in bulk instead of serving, for tests of size. Ctrl+C stops it; the same command goes on." placeholder:"N"`
	Data      string  `help:"Folder of the demo; default: GEZHI_DATA." placeholder:"DIR"`
}

// Run loads the demo into an empty store and serves it, or makes history in bulk.
func (cmd *demoCmd) Run(ctx context.Context) error {
	if cmd.Data != "" {
		if err := os.Setenv("GEZHI_DATA", cmd.Data); err != nil {
			return err
		}
	}
	if cmd.Incidents < 0 || cmd.Incidents > demo.MaxBulk {
		return fmt.Errorf("--incidents is a number from 1 to %d", demo.MaxBulk)
	}
	if cmd.Incidents == 0 {
		return serveDemo(ctx, cmd.Speed)
	}
	c, err := FromEnv()
	if err != nil {
		return err
	}
	c.Demo = true
	a, clock, err := openDemo(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close()
	unlock, err := a.lockFolder()
	if err != nil {
		return err
	}
	defer unlock()
	line := &progressLine{out: os.Stderr}
	done, err := demo.Bulk(ctx, a.demoServices(clock), a.DB, cmd.Incidents, line.show)
	line.end(done)
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped: what was made is whole; the same command goes on from here")
	}
	return err
}

// serveDemo serves the demo with a living day of a speed.
func serveDemo(ctx context.Context, speed float64) error {
	day, err := demo.NewDay(speed)
	if err != nil {
		return err
	}
	c, err := FromEnv()
	if err != nil {
		return err
	}
	c.Demo = true
	a, clock, err := openDemo(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close()
	a.day = day
	if c.TestClock {
		a.turn = clock
	}
	unlock, err := a.lockFolder()
	if err != nil {
		return err
	}
	defer unlock()
	go demo.Play(ctx, a.demoServices(clock), day)
	return a.serve(ctx)
}

// progressLine tells how far a bulk has come, once a second and at the end.
type progressLine struct {
	out  io.Writer
	last time.Time
}

func (l *progressLine) show(p demo.Progress) {
	if time.Since(l.last) < time.Second {
		return
	}
	l.last = time.Now()
	fmt.Fprintf(l.out, "\r%d of %d incidents (%.1f %%), %.0f a second, %s left   ", p.Done, p.Total, 100*float64(p.Done)/float64(p.Total), p.Rate(), p.Left().Round(time.Second))
}

func (l *progressLine) end(p demo.Progress) {
	fmt.Fprintf(l.out, "\r%d incidents of bulk history; %d made now in %s, %.0f a second          \n", p.Done, p.Fresh, p.Took.Round(time.Second/10), p.Rate())
}

package demo

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"sync"
	"time"
)

// Speeds of a living day: 1 is real time, 60 an hour in a minute.
const (
	SlowestSpeed = 0.1
	FastestSpeed = 600
)

// ErrSpeed says that a speed is out of bounds.
var ErrSpeed = errors.New("the speed is a number from 0.1 to 600")

// Day is how fast a living day goes. It may be changed while the day is played. It is safe for concurrent use.
type Day struct {
	mu      sync.Mutex
	speed   float64
	paused  bool
	changed chan struct{}
}

// NewDay returns a day of a speed that is not paused.
func NewDay(speed float64) (*Day, error) {
	d := &Day{changed: make(chan struct{})}
	return d, d.Set(speed, false)
}

// Speed tells how fast the day goes, and whether it is paused.
func (d *Day) Speed() (speed float64, paused bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.speed, d.paused
}

// Set changes speed and pause. It takes effect at once. ErrSpeed for a speed out of bounds.
func (d *Day) Set(speed float64, paused bool) error {
	if math.IsNaN(speed) || speed < SlowestSpeed || speed > FastestSpeed {
		return ErrSpeed
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.speed, d.paused = speed, paused
	close(d.changed)
	d.changed = make(chan struct{})
	return nil
}

func (d *Day) news() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changed
}

// Between two things of a living day pass so many seconds, in real time.
const (
	shortest = 15 * time.Second
	spread   = 25 * time.Second
)

// fastest bounds how often something happens, whatever the speed: a visitor must be able to follow.
const fastest = 150 * time.Millisecond

// Play lets a living day go on in a store that holds the demo, until the context ends: every 15 to 40 seconds, divided
// by the day's speed, one thing happens: something is reported, or somebody takes the next step of their work. It never
// touches what visitors reported or acted on, what lies in their hands, or the walk-through incidents. When somebody
// else was faster, it goes on with something else.
func Play(ctx context.Context, s Services, day *Day) error {
	p, err := NewPlayer(ctx, s)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	for {
		changed := day.news()
		speed, paused := day.Speed()
		wait := max(time.Duration(float64(shortest+time.Duration(p.rng.Int64N(int64(spread))))/speed), fastest)
		if paused {
			wait = math.MaxInt64
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-changed:
			timer.Stop()
			continue
		case <-timer.C:
		}
		p.Speed = speed
		if _, err := p.Step(ctx); err != nil && ctx.Err() == nil {
			slog.Debug("the living day", "error", err)
		}
	}
}

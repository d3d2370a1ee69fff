package demo

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/window"
)

const (
	leftWaiting = 3   // so many numbers are left to a visitor to call
	mostWaiting = 7   // from it on nobody draws another
	perHallDay  = 160 // numbers of one day
	atCounter   = 4 * time.Minute
)

// hall lets one thing happen at the service windows while they are open, and returns its name: a number is drawn,
// called, served, or done. What a visitor called is theirs.
func (p *Player) hall(ctx context.Context) (string, error) {
	at := p.services.Clock.Now()
	if p.services.Window == nil || at.Hour() < 8 || at.Hour() >= 19 {
		return "", nil
	}
	day, err := p.services.Window.Today(ctx, machine, p.units[unitCentre])
	if err != nil {
		return "", err
	}
	busy, waiting := map[string]bool{}, 0
	for _, n := range day.Numbers {
		switch {
		case n.State == window.Waiting:
			waiting++
			continue
		case n.State != window.Called && n.State != window.Serving:
			continue
		}
		busy[n.Window] = true
		if do := p.atCounter(n, at); do != "" {
			_, err := p.services.Window.Act(ctx, machine, n.ID, do, "")
			return do, err
		}
	}
	if waiting > leftWaiting {
		for _, w := range day.Windows {
			if w.Open && !busy[w.ID] && hasWaiting(day, w.Kind) {
				_, err := p.services.Window.CallNext(ctx, machine, w.ID)
				return "call", err
			}
		}
	}
	kind := pick(p.rng, drawn)
	if waiting < mostWaiting && len(day.Numbers) < perHallDay && slices.ContainsFunc(day.Windows, func(w window.Window) bool { return w.Open && w.Kind == kind }) {
		_, _, err := p.services.Window.Take(ctx, machine, p.units[unitCentre], kind)
		return "take", err
	}
	return "", nil
}

// atCounter tells what comes next for a number at a counter: nothing when it is not time yet, or a visitor has it.
func (p *Player) atCounter(n *window.QueueNumber, at time.Time) string {
	switch {
	case n.Clerk != "" && !p.crew.isStaff(n.Clerk):
		return ""
	case n.State == window.Called && at.UnixMilli()-n.CalledAt > p.shorter(30*time.Second).Milliseconds():
		return "serve"
	case n.State == window.Serving && at.UnixMilli()-n.ServingAt > p.shorter(atCounter).Milliseconds():
		return "done"
	}
	return ""
}

func hasWaiting(day *window.Day, kind string) bool {
	for _, f := range day.Figures {
		if f.Kind == kind {
			return f.Waiting > 0
		}
	}
	return false
}

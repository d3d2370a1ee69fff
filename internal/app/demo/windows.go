package demo

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/people"
	"gezhi/internal/window"
)

// counters are the windows of the demo's centre.
var counters = []window.Window{
	{Name: "综合服务", Kind: "general", Counter: 1, Open: true},
	{Name: "综合服务", Kind: "general", Counter: 2, Open: true},
	{Name: "法律服务", Kind: "legal", Counter: 3, Open: true},
	{Name: "综合执法", Kind: "enforcement", Counter: 4, Open: true},
	{Name: "人民调解", Kind: "mediation", Counter: 5, Open: true},
}

// drawn are the kinds of the numbers that were drawn in the last hour and a half, in order.
var drawn = []string{"general", "legal", "general", "mediation", "general", "enforcement", "general", "legal", "general", "mediation", "general", "legal"}

// LoadWindows gives an office its windows of all four kinds, and a queue as it stands in the middle of a morning: some
// were served, two are at the counters, and the others wait. It turns the clock and leaves it at until.
func LoadWindows(ctx context.Context, w *window.Service, clock *Clock, office string, until time.Time) error {
	actor := authz.System("demo")
	const gap = 7 * time.Minute
	start := until.Add(-gap * time.Duration(len(drawn)+1))
	clock.Set(start)
	byKind := map[string][]window.Window{}
	for _, one := range counters {
		one.Office = office
		made, err := w.Create(ctx, actor, one)
		if err != nil {
			return err
		}
		byKind[made.Kind] = append(byKind[made.Kind], made)
	}
	for n, kind := range drawn {
		clock.Set(start.Add(gap * time.Duration(n)))
		if _, _, err := w.Take(ctx, actor, office, kind); err != nil {
			return err
		}
		if n%3 != 2 {
			if err := serveOne(ctx, w, clock, byKind[kind][0].ID, n < len(drawn)/2); err != nil {
				return err
			}
		}
	}
	clock.Set(until)
	return nil
}

// serveOne calls the next to a window and serves them, to the end or not.
func serveOne(ctx context.Context, w *window.Service, clock *Clock, at string, done bool) error {
	actor := authz.System("demo")
	clock.Set(clock.Now().Add(3 * time.Minute))
	n, err := w.CallNext(ctx, actor, at)
	if fault.Is(err, "window.busy") || fault.Is(err, "window.nobody") {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err = w.Act(ctx, actor, n.ID, "serve", ""); err != nil || !done {
		return err
	}
	clock.Set(clock.Now().Add(3 * time.Minute))
	_, err = w.Act(ctx, actor, n.ID, "done", "")
	return err
}

// Lines are the telephone numbers of the demo; nobody answers them.
var Lines = people.Lines{Phone: "000-8000 1234", Neighbours: []people.Line{
	{Name: "东邻街道治理中心", Phone: "000-8000 2201"}, {Name: "西邻街道治理中心", Phone: "000-8000 2202"}, {Name: "政务服务便民热线", Phone: "12345"},
}}

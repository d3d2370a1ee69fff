package app

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"gezhi/internal/incident"
)

// workloadBatch is how many events of the feed are followed at once.
const workloadBatch = 500

// workload counts in memory how many open orders everybody has, because decisions ask for it inside transactions. It
// follows the feed, so it is right on every node a moment after each change.
type workload struct {
	app  *App
	mu   sync.RWMutex
	open map[string][]incident.InHand // by incident
	has  map[string]int64             // by unit and by person; ids of both never meet
	head int64                        // of the feed
}

func newWorkload(a *App) *workload {
	return &workload{app: a, open: map[string][]incident.InHand{}, has: map[string]int64{}}
}

func (w *workload) OfUnit(unit string) int64     { return w.of(unit) }
func (w *workload) OfPerson(person string) int64 { return w.of(person) }

func (w *workload) of(id string) int64 {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.has[id]
}

// begin counts everything once, from where it follows afterwards.
func (w *workload) begin(ctx context.Context) error {
	head, err := w.app.Feed.Head(ctx, incident.Topic)
	if err != nil {
		return err
	}
	all, err := w.app.Incident.OrdersInHand(ctx, nil)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.head = head
	clear(w.open)
	clear(w.has)
	w.add(all)
	return nil
}

func (w *workload) add(orders []incident.InHand) {
	for _, o := range orders {
		w.open[o.IncidentID] = append(w.open[o.IncidentID], o)
		w.count(o, 1)
	}
}

func (w *workload) count(o incident.InHand, by int64) {
	for _, id := range []string{o.UnitID, o.PersonID} {
		if id == "" {
			continue
		}
		if w.has[id] += by; w.has[id] == 0 {
			delete(w.has, id)
		}
	}
}

// follow counts anew the incidents of the next batch of events; false when there was none.
func (w *workload) follow(ctx context.Context) (bool, error) {
	events, err := w.app.Feed.After(ctx, incident.Topic, w.head, workloadBatch)
	if err != nil || len(events) == 0 {
		return false, err
	}
	var changed []string
	for _, e := range events {
		changed = append(changed, e.Aggregate)
	}
	slices.Sort(changed)
	changed = slices.Compact(changed)
	orders, err := w.app.Incident.OrdersInHand(ctx, changed)
	if err != nil {
		return false, err
	}
	w.replace(changed, orders)
	w.head = events[len(events)-1].Position // only this loop reads it
	return true, nil
}

// replace counts some incidents anew.
func (w *workload) replace(incidents []string, orders []incident.InHand) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range incidents {
		for _, o := range w.open[id] {
			w.count(o, -1)
		}
		delete(w.open, id)
	}
	w.add(orders)
}

// run follows the feed until the context ends.
func (w *workload) run(ctx context.Context, every time.Duration) {
	begun := false
	for ctx.Err() == nil {
		news := w.app.Feed.News()
		more := false
		var err error
		if begun {
			more, err = w.follow(ctx)
		} else if err = w.begin(ctx); err == nil {
			begun, more = true, true
		}
		if err != nil && ctx.Err() == nil {
			slog.Error("counting open orders failed", "error", err)
		}
		if more {
			continue
		}
		select {
		case <-ctx.Done():
		case <-news:
		case <-time.After(every):
		}
	}
}

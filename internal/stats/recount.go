package stats

import (
	"context"
	"fmt"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/outbox"
)

// Recounted says what a full count found.
type Recounted struct {
	Position    int64 // how far in the feed the figures had come
	Facts       int64 // that were compared with their incidents
	Waiting     int64 // incidents of which the figures have still to learn something, by the feed or by the filling
	Filling     bool
	Differences []string // one sentence each
}

const (
	maxDifferences = 50
	recountBatch   = 500
)

func (r *Recounted) say(format string, args ...any) {
	if len(r.Differences) < maxDifferences {
		r.Differences = append(r.Differences, fmt.Sprintf(format, args...))
	}
}

// Recount counts everything anew on one unchanging view of the store and compares: every sum with the facts, and every
// fact with its incident. At the position where the figures stand nothing may differ: an incident may be ahead of its
// fact only while an event of it lies behind that position. It may run beside a server. It reads every fact once, and
// keeps in memory no more than the sums of a month. Days are those of the zone by which the store counts. tell, which
// may be nil, hears now and then how many facts of how many are counted.
func (s *Service) Recount(ctx context.Context, tell func(facts, of int64)) (Recounted, error) {
	var r Recounted
	err := s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		r = Recounted{}
		if r.Position, err = followedTo(ctx, q, s.Topic); err != nil {
			return err
		}
		c := &recount{Service: s, Recounted: &r, q: q, left: moves{}, tell: tell}
		if c.state, err = readState(ctx, q); err != nil {
			return err
		}
		if c.zone, err = s.named(c.state.zone); err != nil {
			return err
		}
		r.Filling = !c.state.filled
		if c.waiting, err = outbox.Behind(ctx, q, s.Topic, r.Position); err != nil {
			return err
		}
		if err := c.facts(ctx); err != nil {
			return err
		}
		return c.incidents(ctx)
	})
	return r, err
}

// incidents looks for those that were never counted.
func (c *recount) incidents(ctx context.Context) error {
	for after := ""; ; {
		ids, err := c.Source.After(ctx, c.q, after, recountBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		counted, err := countedAmong(ctx, c.q, after, ids[len(ids)-1])
		if err != nil {
			return err
		}
		for _, id := range ids {
			switch {
			case counted[id]:
			case c.waiting[id] || !c.state.filled && id > c.state.after:
				c.Waiting++
			default:
				c.say("incident %s: it was never counted", id)
			}
		}
		after = ids[len(ids)-1]
	}
}

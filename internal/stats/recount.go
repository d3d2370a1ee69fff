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
// fact only while an event of it lies behind that position. It may run beside a server.
func (s *Service) Recount(ctx context.Context) (Recounted, error) {
	var r Recounted
	err := s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		r = Recounted{}
		if r.Position, err = followedTo(ctx, q, s.Topic); err != nil {
			return err
		}
		state, err := readState(ctx, q)
		if err != nil {
			return err
		}
		r.Filling = !state.filled
		if err := recountSums(ctx, q, &r); err != nil {
			return err
		}
		waiting, err := outbox.Behind(ctx, q, s.Topic, r.Position)
		if err != nil {
			return err
		}
		return s.recountFacts(ctx, q, &r, state, waiting)
	})
	return r, err
}

// recountFacts compares every fact with its incident.
func (s *Service) recountFacts(ctx context.Context, q db.Querier, r *Recounted, state fillState, waiting map[string]bool) error {
	incidents := int64(0)
	for after := ""; ; {
		ids, err := s.Source.After(ctx, q, after, recountBatch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		after = ids[len(ids)-1]
		incidents += int64(len(ids))
		if err := s.recountBatch(ctx, q, ids, r, state, waiting); err != nil {
			return err
		}
	}
	facts, err := countFacts(ctx, q)
	if err == nil && facts > incidents {
		r.say("there are %d facts of %d incidents", facts, incidents)
	}
	return err
}

func (s *Service) recountBatch(ctx context.Context, q db.Querier, ids []string, r *Recounted, state fillState, waiting map[string]bool) error {
	facts, err := readFacts(ctx, q, ids)
	if err != nil {
		return err
	}
	matters, err := s.Source.Matters(ctx, q, ids)
	if err != nil {
		return err
	}
	for _, m := range matters {
		f := facts[m.ID]
		switch {
		case f != nil && f.Seq == m.Seq:
			r.Facts++
			if err := s.recountFact(ctx, m, f, r); err != nil {
				return err
			}
		case waiting[m.ID] || f == nil && !state.filled && m.ID > state.after:
			r.Waiting++
		case f == nil:
			r.say("incident %s: it was never counted", m.ID)
		default:
			r.say("incident %s: it has %d entries, counted were %d, and no event of it is still to come", m.ID, m.Seq, f.Seq)
		}
	}
	return nil
}

// recountFact compares one fact with its incident. Where it was filed stays as it was found first; the area itself is
// the incident's own word.
func (s *Service) recountFact(ctx context.Context, m *Matter, f *Fact, r *Recounted) error {
	if f.Area != m.FiledArea {
		r.say("incident %s: it was filed in area %q, counted in %q", m.ID, m.FiledArea, f.Area)
		return nil
	}
	fresh, err := s.factOf(ctx, m, f)
	if err != nil {
		return err
	}
	if *fresh != *f {
		r.say("incident %s: counted %+v, is %+v", m.ID, *f, *fresh)
	}
	return nil
}

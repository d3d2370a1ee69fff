package stats

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/outbox"
)

// Count brings the facts of some incidents and the sums over them up to date, in the transaction of whoever asks: each
// old fact leaves the sums, the new one enters them. It reads the incidents as they are now and may be called for the
// same ones at any time and by any node.
func (s *Service) Count(ctx context.Context, tx db.Tx, incidents []string) error {
	ids := slices.Compact(slices.Sorted(slices.Values(incidents)))
	name, err := takeTurn(ctx, tx, s.zone().String())
	if err != nil {
		return err
	}
	zone, err := s.named(name)
	if err != nil {
		return err
	}
	old, err := readFacts(ctx, tx, ids)
	if err != nil {
		return err
	}
	matters, err := s.Source.Matters(ctx, tx, ids)
	if err != nil {
		return err
	}
	moved := moves{}
	var changed []*Fact
	for _, m := range matters {
		was := old[m.ID]
		is, err := s.factOf(ctx, m, was, zone)
		if err != nil {
			return err
		}
		if was != nil && *was == *is {
			continue
		}
		changed = append(changed, is)
		moved.add(is, 1)
		if was != nil {
			moved.add(was, -1)
		}
	}
	if err := saveFacts(ctx, tx, changed); err != nil {
		return err
	}
	return saveMoves(ctx, tx, moved)
}

// factOf makes the fact of a matter by the days of a zone. Where it was filed is found once and then stays, whatever is
// redrawn.
func (s *Service) factOf(ctx context.Context, m *Matter, was *Fact, zone *time.Location) (*Fact, error) {
	area, levels := m.FiledArea, m.Levels
	switch {
	case area == "": // to be placed: it counts where it waits
	case was != nil && was.Area != "":
		area, levels = was.Area, was.Levels
	default:
		path, ok, err := s.Places.Filed(ctx, area, m.ReceivedAt)
		if err != nil {
			return nil, err
		}
		if ok {
			levels = path
		}
	}
	return m.fact(zone, area, levels), nil
}

// Rest is how long the figures wait after a batch, so that under load what happens to an incident in one go is counted
// once. A wall is told of a change well within a second all the same.
const Rest = 150 * time.Millisecond

// Run counts what is there already and then follows the feed until the context ends. A store whose days were counted in
// another zone is counted anew first.
func (s *Service) Run(ctx context.Context, feed *outbox.Feed, poll time.Duration) {
	for !s.settled(ctx) || !s.fillAll(ctx) {
		if !sleep(ctx, poll) {
			return
		}
	}
	feed.FollowEvery(ctx, s.Consumer(), poll, Rest)
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

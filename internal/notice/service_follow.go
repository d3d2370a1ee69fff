package notice

import (
	"context"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
)

// dueBatch is how many notices one look at the periods takes.
const dueBatch = 50

// Follow tells of every notice whose period began or ended since. Every node may run it: each change is told once.
func (s *Service) Follow(ctx context.Context) error {
	due, err := dueBulletins(ctx, s.DB.Read(), now.Ms(s.Clock), dueBatch)
	if err != nil || len(due) == 0 {
		return err
	}
	posts := s.World.Everybody()
	for _, notice := range due {
		if err := s.turn(ctx, notice, posts); err != nil {
			return err
		}
	}
	s.wake()
	return nil
}

func (s *Service) turn(ctx context.Context, notice string, posts []Post) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err := lockBulletin(ctx, tx, notice)
		if err != nil {
			return err
		}
		state := n.State(now.Ms(s.Clock))
		if state == Withdrawn || state == n.told {
			return nil // another node was first
		}
		n.told = state
		c, do := s.crowd(n, posts), "begin"
		if state == Ended {
			do = "over"
		}
		if err := s.tell(ctx, tx, n, do, append(c.seen, n.Publisher)); err != nil {
			return err
		}
		if err := s.begin(ctx, tx, n, c); err != nil {
			return err
		}
		return saveBulletin(ctx, tx, n)
	})
}

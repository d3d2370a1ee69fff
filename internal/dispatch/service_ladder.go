package dispatch

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// Climb returns before whom an overdue stage is put next by the ladders as they are now, as Ladders.Next. It does not
// touch the store and is safe for concurrent use.
func (s *Service) Climb(c Climb) (Step, bool) {
	if c.At == 0 {
		c.At = now.Ms(s.Clock)
	}
	return s.ladders.Load().Next(c, s.force())
}

// ListLadders returns all ladders in the order in which they count, also those that are switched off.
func (s *Service) ListLadders(ctx context.Context, actor authz.Actor) ([]Ladder, error) {
	if err := mayRead(actor); err != nil {
		return nil, err
	}
	list, err := readLadders(ctx, s.DB.Read())
	return NewLadders(list).list, err
}

// GetLadder returns one ladder.
func (s *Service) GetLadder(ctx context.Context, actor authz.Actor, ladderID string) (Ladder, error) {
	if err := mayRead(actor); err != nil {
		return Ladder{}, err
	}
	return readLadder(ctx, s.DB.Read(), ladderID)
}

// CreateLadder adds a ladder. Id and version of what is given do not count.
func (s *Service) CreateLadder(ctx context.Context, actor authz.Actor, l Ladder) (Ladder, error) {
	if err := mayManage(actor); err != nil {
		return Ladder{}, err
	}
	if err := l.validate(s.Words); err != nil {
		return Ladder{}, err
	}
	l.ID, l.Version = id.New(s.Clock.Now()), 1
	return l, s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		n, err := countLadders(ctx, tx)
		if err != nil {
			return err
		}
		if n >= maxLadders {
			return fault.New(fault.Conflict, "ladder.too_many", "max", maxLadders)
		}
		if err := insertLadder(ctx, tx, l); err != nil {
			return err
		}
		return s.recordLadder(ctx, tx, actor, "ladder.create", l)
	})
}

// UpdateLadder writes a ladder over the version that was read; a newer one is answered with "ladder.stale" and the
// ladder as it is now.
func (s *Service) UpdateLadder(ctx context.Context, actor authz.Actor, l Ladder) (Ladder, error) {
	if err := mayManage(actor); err != nil {
		return Ladder{}, err
	}
	if err := l.validate(s.Words); err != nil {
		return Ladder{}, err
	}
	return l, s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		current, err := readLadder(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		written, err := updateLadder(ctx, tx, l)
		if err != nil {
			return err
		}
		if !written {
			return staleLadder(current)
		}
		l.Version++
		return s.recordLadder(ctx, tx, actor, "ladder.update", l)
	})
}

// DeleteLadder removes a ladder, under the same condition as UpdateLadder.
func (s *Service) DeleteLadder(ctx context.Context, actor authz.Actor, ladderID string, version int64) error {
	if err := mayManage(actor); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		current, err := readLadder(ctx, tx, ladderID)
		if err != nil {
			return err
		}
		gone, err := deleteLadder(ctx, tx, ladderID, version)
		if err != nil {
			return err
		}
		if !gone {
			return staleLadder(current)
		}
		return s.recordLadder(ctx, tx, actor, "ladder.delete", current)
	})
}

func (s *Service) recordLadder(ctx context.Context, tx db.Tx, actor authz.Actor, action string, l Ladder) error {
	return s.Audit.Record(ctx, tx, actor, action, "ladder", l.ID,
		map[string]any{"name": l.Name, "stage": l.Stage, "severity": l.Severity, "category": l.Category, "active": l.Active, "version": l.Version})
}

func staleLadder(current Ladder) error {
	f := fault.New(fault.Conflict, "ladder.stale")
	f.Current = current
	return f
}

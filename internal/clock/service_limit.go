package clock

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// List returns all limits, also those that are switched off or past, by stage and conditions.
func (s *Service) List(ctx context.Context) ([]Limit, error) { return readLimits(ctx, s.DB.Read()) }

// Get returns one limit.
func (s *Service) Get(ctx context.Context, limitID string) (Limit, error) {
	return readLimit(ctx, s.DB.Read(), limitID)
}

// Create adds a limit. Id and version of what is given do not count. It refuses what does not hold, and a limit for
// the same stage and conditions as another at the same time.
func (s *Service) Create(ctx context.Context, actor authz.Actor, l Limit) (Limit, error) {
	if err := mayManage(actor); err != nil {
		return Limit{}, err
	}
	if err := l.validate(s.Words, s.Areas); err != nil {
		return Limit{}, err
	}
	l.ID, l.Version = id.New(s.Clock.Now()), 1
	return l, s.change(ctx, actor, func(ctx context.Context, tx db.Tx) error {
		n, err := countLimits(ctx, tx)
		if err != nil {
			return err
		}
		if n >= maxLimits {
			return fault.New(fault.Conflict, "limit.too_many", "max", maxLimits)
		}
		if err := alone(ctx, tx, l); err != nil {
			return err
		}
		if err := insertLimit(ctx, tx, l); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "limit.create", l)
	})
}

// Update writes a limit over the version that was read, under the same conditions as Create; a newer one is answered
// with "limit.stale" and the limit as it is now. Clocks that run already keep the due time that they have.
func (s *Service) Update(ctx context.Context, actor authz.Actor, l Limit) (Limit, error) {
	if err := mayManage(actor); err != nil {
		return Limit{}, err
	}
	if err := l.validate(s.Words, s.Areas); err != nil {
		return Limit{}, err
	}
	out := l
	err := s.change(ctx, actor, func(ctx context.Context, tx db.Tx) error {
		if _, err := readLimit(ctx, tx, l.ID); err != nil {
			return err
		}
		if err := alone(ctx, tx, l); err != nil {
			return err
		}
		written, err := updateLimit(ctx, tx, l)
		if err != nil {
			return err
		}
		if !written {
			return staleLimit(ctx, tx, l.ID)
		}
		out.Version = l.Version + 1
		return s.record(ctx, tx, actor, "limit.update", out)
	})
	return out, err
}

// Delete removes a limit, under the same condition as Update. Clocks that run already keep their due time.
func (s *Service) Delete(ctx context.Context, actor authz.Actor, limitID string, version int64) error {
	return s.change(ctx, actor, func(ctx context.Context, tx db.Tx) error {
		old, err := readLimit(ctx, tx, limitID)
		if err != nil {
			return err
		}
		gone, err := deleteLimit(ctx, tx, limitID, version)
		if err != nil {
			return err
		}
		if !gone {
			return staleLimit(ctx, tx, limitID)
		}
		return s.record(ctx, tx, actor, "limit.delete", old)
	})
}

// alone refuses a limit beside which another holds for the same cases at the same time.
func alone(ctx context.Context, tx db.Tx, l Limit) error {
	alike, err := readAlike(ctx, tx, l)
	if err != nil {
		return err
	}
	for _, o := range alike {
		if l.rivals(&o) {
			var f fault.Fields
			f.Add("from", "limit.overlap", "id", o.ID)
			return f.Err()
		}
	}
	return nil
}

func (s *Service) record(ctx context.Context, tx db.Tx, actor authz.Actor, action string, l Limit) error {
	return s.Audit.Record(ctx, tx, actor, action, "limit", l.ID, map[string]any{"stage": string(l.Stage), "category": l.Category, "severity": l.Severity,
		"channel": l.Channel, "area": l.Area, "unit": string(l.Unit), "amount": l.Amount, "every": l.Every, "from": l.From, "to": l.To,
		"active": l.Active, "version": l.Version})
}

// staleLimit is the answer to a change that was made on another version than the present one, which it carries.
func staleLimit(ctx context.Context, tx db.Tx, limitID string) error {
	now, err := readLimit(ctx, tx, limitID)
	if err != nil {
		return err
	}
	return stale("limit.stale", now)
}

package people

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Absence returns when the actor is or will be away; ok is false when nothing is planned.
func (s *Service) Absence(ctx context.Context, actor authz.Actor) (a Absence, ok bool, err error) {
	a, ok, err = absenceOf(ctx, s.DB.Read(), actor.AccountID)
	return a, ok && a.To > s.Clock.Now().UnixMilli(), err
}

// SetAbsence plans when the actor is away, in place of what was planned before. The delegate must be a colleague: an
// enabled person with a post in one of the actor's units or areas.
func (s *Service) SetAbsence(ctx context.Context, actor authz.Actor, a Absence) (Absence, error) {
	a.AccountID = actor.AccountID
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		var f fault.Fields
		a.Validate(&f, at.UnixMilli())
		if a.DelegateID != "" && !id.Valid(a.DelegateID) {
			f.Add("delegate", "absence.delegate_unknown")
		} else if a.DelegateID != "" && a.DelegateID != a.AccountID {
			ok, err := colleagues(ctx, tx, a.AccountID, a.DelegateID, at.UnixMilli())
			if err != nil {
				return err
			}
			if !ok {
				f.Add("delegate", "absence.delegate_unknown")
			}
		}
		if err := f.Err(); err != nil {
			return err
		}
		if err := putAbsence(ctx, tx, a, at.UnixMilli()); err != nil {
			return err
		}
		return record(ctx, tx, at, actor, "absence.set", "account", a.AccountID, "from", strconv.FormatInt(a.From, 10),
			"to", strconv.FormatInt(a.To, 10), "delegate", a.DelegateID)
	})
	return a, err
}

// EndAbsence takes back what was planned, or ends it now. Without an absence nothing happens.
func (s *Service) EndAbsence(ctx context.Context, actor authz.Actor) error {
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		gone, err := deleteAbsence(ctx, tx, actor.AccountID)
		if err != nil || !gone {
			return err
		}
		return record(ctx, tx, at, actor, "absence.end", "account", actor.AccountID)
	})
}

// HandOver puts the actor's open orders into the delegate's hands now, or gives them back to their units without one.
// Without a planned absence it is refused with "absence.none".
func (s *Service) HandOver(ctx context.Context, actor authz.Actor) (to, back int, err error) {
	a, ok, err := s.Absence(ctx, actor)
	if err != nil {
		return 0, 0, err
	}
	if !ok || s.work == nil {
		return 0, 0, fault.New(fault.Conflict, "absence.none")
	}
	return s.work.HandOn(ctx, actor, actor.AccountID, a.DelegateID)
}

// colleagues tells whether two accounts are persons who hold posts in one unit or area at an instant, the second
// being able to sign in.
func colleagues(ctx context.Context, q db.Querier, one, other string, at int64) (bool, error) {
	b, ok, err := readAccount(ctx, q, other)
	if err != nil || !ok || b.Disabled || b.Kind != PersonAccount {
		return false, err
	}
	a, ok, err := readAccount(ctx, q, one)
	if err != nil || !ok {
		return false, err
	}
	return slices.ContainsFunc(a.Posts, func(p Post) bool {
		return p.Holds(at) && slices.ContainsFunc(b.Posts, func(o Post) bool {
			return o.Holds(at) && (p.UnitID != "" && o.UnitID == p.UnitID || p.AreaID != "" && o.AreaID == p.AreaID)
		})
	}), nil
}

package duty

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// longestLook bounds the time of which shifts are listed at once.
const longestLook = 93 * 24 * time.Hour

// Shifts returns the shifts of a unit that hold at some instant in [from, to), in order of their beginning.
func (s *Service) Shifts(ctx context.Context, actor authz.Actor, unit string, from, to int64) ([]Shift, error) {
	if _, err := s.seen(actor, unit); err != nil {
		return nil, err
	}
	var f fault.Fields
	if to <= from || to-from > longestLook.Milliseconds() {
		f.Add("to", "duty.look_long", "days", int(longestLook.Hours()/24))
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	return shiftsBetween(ctx, s.DB.Read(), unit, from, to)
}

// Units returns the units whose roster the actor may read, and whether they may plan it.
func (s *Service) UnitsOf(actor authz.Actor) (list []Unit, manages map[string]bool) {
	manages = map[string]bool{}
	for _, u := range s.Units.Units() {
		if !s.sees(actor, u.ID) {
			continue
		}
		list = append(list, u)
		manages[u.ID] = s.covers(actor, perm.ShiftManage, u.ID)
	}
	return list, manages
}

// CreateShift plans a shift. Refused with field errors; somebody who is planned elsewhere at the same time is
// "duty.overlap" with the person and the other shift.
func (s *Service) CreateShift(ctx context.Context, actor authz.Actor, shift Shift) (Shift, error) {
	if err := s.check(actor, &shift); err != nil {
		return shift, err
	}
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		shift.ID, shift.Version = id.New(at), 1
		if err := s.claim(ctx, tx, shift); err != nil {
			return err
		}
		if err := insertShift(ctx, tx, shift, at.UnixMilli()); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "shift.create", "shift", shift.ID, map[string]string{"unit": shift.Unit, "name": shift.Name})
	})
	return shift, err
}

// UpdateShift changes a shift over the version that was read; a stale one is "duty.stale" with the shift as it is. One
// that is over stays as it was ("duty.over"), and one that has begun keeps its beginning.
func (s *Service) UpdateShift(ctx context.Context, actor authz.Actor, shift Shift) (Shift, error) {
	before, err := s.managed(ctx, actor, shift.ID)
	if err != nil {
		return shift, err
	}
	at := s.Clock.Now().UnixMilli()
	if before.To <= at {
		return shift, fault.New(fault.Conflict, "duty.over")
	}
	shift.Unit = before.Unit
	if before.From <= at {
		shift.From = before.From
	}
	if err := s.check(actor, &shift); err != nil {
		return shift, err
	}
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := s.claim(ctx, tx, shift); err != nil {
			return err
		}
		ok, err := updateShift(ctx, tx, shift, at.UnixMilli())
		if err != nil {
			return err
		}
		if !ok {
			return s.stale(ctx, tx, shift.ID)
		}
		return s.record(ctx, tx, at, actor, "shift.update", "shift", shift.ID, map[string]string{"unit": shift.Unit, "name": shift.Name})
	})
	shift.Version++
	return shift, err
}

// DeleteShift takes back a shift that has not begun; one that has is "duty.begun".
func (s *Service) DeleteShift(ctx context.Context, actor authz.Actor, shift string, version int64) error {
	before, err := s.managed(ctx, actor, shift)
	if err != nil {
		return err
	}
	if before.From <= s.Clock.Now().UnixMilli() {
		return fault.New(fault.Conflict, "duty.begun")
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		ok, err := deleteShift(ctx, tx, shift, version)
		if err != nil {
			return err
		}
		if !ok {
			return s.stale(ctx, tx, shift)
		}
		return s.record(ctx, tx, at, actor, "shift.delete", "shift", shift, map[string]string{"unit": before.Unit, "name": before.Name})
	})
}

// managed returns a shift that the actor may plan; others are not there.
func (s *Service) managed(ctx context.Context, actor authz.Actor, shift string) (Shift, error) {
	before, err := readShift(ctx, s.DB.Read(), shift)
	if err == nil && !s.covers(actor, perm.ShiftManage, before.Unit) {
		err = fault.Missing("shift")
	}
	return before, err
}

func (s *Service) check(actor authz.Actor, shift *Shift) error {
	var f fault.Fields
	shift.Validate(&f)
	switch {
	case shift.Unit == "":
	case !s.covers(actor, perm.ShiftManage, shift.Unit):
		f.Add("unit", "unit.unknown")
	default:
		staff := s.People.Members(shift.Unit)
		for _, p := range shift.Members {
			if !slices.Contains(staff, p) {
				f.Add("members", "duty.not_of_unit", "person", s.People.Name(p))
			}
		}
	}
	return f.Err()
}

// claim refuses a shift whose members are planned elsewhere at the same time.
func (s *Service) claim(ctx context.Context, tx db.Tx, shift Shift) error {
	if err := lockPeople(ctx, tx, shift.Members); err != nil {
		return err
	}
	list, err := clashes(ctx, tx, shift)
	if err != nil {
		return err
	}
	var f fault.Fields
	for _, c := range list {
		f.Add("members", "duty.overlap", "person", s.People.Name(c.person), "shift", c.shift, "from", c.from, "to", c.to)
	}
	return f.Err()
}

// stale says that somebody else changed the shift meanwhile.
func (s *Service) stale(ctx context.Context, q db.Querier, shift string) error {
	now, err := readShift(ctx, q, shift)
	if err != nil {
		return err
	}
	f := fault.New(fault.Conflict, "duty.stale")
	f.Current = s.shiftView(now)
	return f
}

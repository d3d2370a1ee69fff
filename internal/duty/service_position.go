package duty

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// For how long a position may be kept, in minutes.
const (
	leastKeep   = 5
	usualKeep   = 15
	longestKeep = 60
)

// lookEvery is how often the trail notes that somebody goes on looking at the positions.
const lookEvery = 15 * time.Minute

// kept tells whether a position still counts at an instant: it is young, and the person said that they are on duty and
// has not gone off since.
func (s *Service) kept(p Position, at int64) bool {
	m, ok := s.roster.Load().marks[p.Person]
	return at-p.At < s.keep.Load() && ok && m.On && m.Holds(at)
}

// SetPosition keeps where the actor is, in place of the position before. Only who went on duty themselves shares a
// position: else it is refused with "duty.position_off_duty". It returns until when the position is kept (unix ms).
func (s *Service) SetPosition(ctx context.Context, actor authz.Actor, p Position) (until int64, err error) {
	p.Person, p.At = actor.AccountID, now.Ms(s.Clock)
	if !s.kept(p, p.At) {
		return 0, fault.New(fault.Conflict, "duty.position_off_duty")
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		m, ok, err := lockMark(ctx, tx, p.Person) // on another node somebody may have gone off duty
		if err != nil {
			return err
		}
		if !ok || !m.On || !m.Holds(p.At) {
			return fault.New(fault.Conflict, "duty.position_off_duty")
		}
		return putPosition(ctx, tx, p)
	})
	if err != nil {
		return 0, err
	}
	s.positions.put(p)
	return p.At + s.keep.Load(), nil
}

// Positions returns where those in the actor's scope are who are on duty now, the newest first. The look is recorded,
// once in a quarter of an hour.
func (s *Service) Positions(ctx context.Context, actor authz.Actor) ([]Position, error) {
	at := s.Clock.Now()
	list := slices.DeleteFunc(s.positions.all(), func(p Position) bool {
		return !s.kept(p, at.UnixMilli()) || !s.watches(actor, p.Person)
	})
	slices.SortFunc(list, func(a, b Position) int {
		if a.At != b.At {
			return int(b.At - a.At)
		}
		return strings.Compare(a.Person, b.Person)
	})
	if actor.Machine || len(list) == 0 || !s.looks.due(actor.AccountID, at) {
		return list, nil
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return s.record(ctx, tx, at, actor, "duty.positions", "duty", "", map[string]string{"people": strconv.Itoa(len(list))})
	})
	return list, err
}

// watches tells whether somebody on duty is in the actor's scope: by the unit for which they are, or by one of theirs.
func (s *Service) watches(actor authz.Actor, person string) bool {
	if actor.Scope(perm.DutyRead).All {
		return true
	}
	if m := s.roster.Load().marks[person]; m.Unit != "" {
		return s.covers(actor, perm.DutyRead, m.Unit)
	}
	return actor.Scope(perm.DutyRead).Covers(authz.Target{Areas: s.People.Areas(person)})
}

// Keep returns for how many minutes a position is kept.
func (s *Service) Keep() int { return int(s.keep.Load() / time.Minute.Milliseconds()) }

// SetKeep changes for how many minutes a position is kept: 5 to 60.
func (s *Service) SetKeep(ctx context.Context, actor authz.Actor, minutes int) error {
	var f fault.Fields
	switch {
	case minutes < leastKeep:
		f.Add("minutes", "field.too_small", "min", leastKeep)
	case minutes > longestKeep:
		f.Add("minutes", "field.too_large", "max", longestKeep)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := db.PutSetting(ctx, tx, keepSetting, strconv.Itoa(minutes), at.UnixMilli()); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "duty.keep", "duty", "", map[string]string{"minutes": strconv.Itoa(minutes)})
	})
}

// followPositions takes over what phones told other nodes, and removes what is no longer kept.
func (s *Service) followPositions(ctx context.Context) error {
	at := now.Ms(s.Clock)
	s.positions.mu.RLock()
	seen := s.positions.seen
	s.positions.mu.RUnlock()
	list, err := positionsAfter(ctx, s.DB.Read(), max(seen-overlap.Milliseconds(), at-s.keep.Load()))
	if err != nil {
		return err
	}
	for _, p := range list {
		seen = max(seen, p.At)
		s.positions.put(p)
	}
	s.positions.mu.Lock()
	s.positions.seen = seen
	s.positions.mu.Unlock()
	s.positions.keepOnly(func(p Position) bool { return s.kept(p, at) })
	gone, err := hasPositionsBefore(ctx, s.DB.Read(), at-s.keep.Load())
	if err != nil || !gone {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return dropPositionsBefore(ctx, tx, at-s.keep.Load()) })
}

// overlap is how far the look at other nodes' positions reaches back beyond the newest one seen, because clocks differ.
const overlap = 20 * time.Second

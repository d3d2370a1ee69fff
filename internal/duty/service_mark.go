package duty

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

// How long somebody may go on duty outside the roster.
const (
	usualDuty   = 8 * time.Hour
	shortestOn  = 15 * time.Minute
	longestDuty = 16 * time.Hour
)

// Own is what somebody's own duty looks like.
type Own struct {
	On       bool
	Mark     *Mark     // what they said themselves, while it counts
	Shift    *Shift    // in which they are planned now
	Next     []Shift   // that begin later, the next first
	Position *Position // that is kept of them
	Units    []string  // for which they may go on duty
	Unsigned *Shift    // theirs that ends soon or is over, and that nobody has signed over
}

// handoverSoon is how long before its end the people of a shift are asked to sign it over.
const handoverSoon = 30 * time.Minute

// Own returns the actor's own duty as it is now.
func (s *Service) Own(actor authz.Actor) Own {
	at, r := now.Ms(s.Clock), s.roster.Load()
	o := Own{Units: actor.Units()}
	o.On, _ = r.on(actor.AccountID, at)
	if m, ok := r.marks[actor.AccountID]; ok && m.Holds(at) {
		o.Mark = &m
	}
	if shift, ok := r.shiftOf(actor.AccountID, at); ok {
		o.Shift = &shift
	}
	for _, shift := range r.byPerson[actor.AccountID] {
		switch {
		case shift.From > at:
			o.Next = append(o.Next, shift)
		case shift.Handover == "" && shift.To-handoverSoon.Milliseconds() <= at && at <= shift.To+lateHandover.Milliseconds():
			o.Unsigned = &shift
		}
	}
	if p, ok := s.positions.get(actor.AccountID); ok && s.kept(p, at) {
		o.Position = &p
	}
	return o
}

// GoOn puts the actor on duty for a unit until an instant (unix ms). Without an instant it is the end of the shift in
// which they are planned, or eight hours; without a unit it is that of the shift, or their first. Who is on duty
// already stays so until the new instant.
func (s *Service) GoOn(ctx context.Context, actor authz.Actor, unit string, until int64) error {
	at := now.Ms(s.Clock)
	m := Mark{Person: actor.AccountID, On: true, Unit: unit, Since: at, Until: until}
	before := s.Own(actor)
	if m.Unit == "" && before.Shift != nil {
		m.Unit = before.Shift.Unit
	}
	if m.Unit == "" && len(before.Units) > 0 {
		m.Unit = before.Units[0]
	}
	if m.Until == 0 {
		if m.Until = at + usualDuty.Milliseconds(); before.Shift != nil {
			m.Until = max(before.Shift.To, at+shortestOn.Milliseconds())
		}
	}
	if before.Mark != nil && before.Mark.On && before.Mark.Unit == m.Unit {
		m.Since = before.Mark.Since
	}
	var f fault.Fields
	if m.Unit != "" && !slices.Contains(before.Units, m.Unit) {
		f.Add("unit", "duty.unit_other")
	}
	switch {
	case m.Until < at+shortestOn.Milliseconds():
		f.Add("until", "duty.until_past", "minutes", int(shortestOn.Minutes()))
	case m.Until > at+longestDuty.Milliseconds():
		f.Add("until", "duty.until_long", "hours", int(longestDuty.Hours()))
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx, now time.Time) error {
		if err := putMark(ctx, tx, m); err != nil {
			return err
		}
		return s.record(ctx, tx, now, actor, "duty.on", "duty", actor.AccountID, map[string]string{"unit": m.Unit})
	})
}

// GoOff takes the actor off duty, for the rest of the shift if they are planned now. Their position is dropped at once.
func (s *Service) GoOff(ctx context.Context, actor authz.Actor) error {
	own := s.Own(actor)
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		m := Mark{Person: actor.AccountID, Since: at.UnixMilli(), Until: at.UnixMilli()}
		if own.Shift != nil {
			m.Unit, m.Until = own.Shift.Unit, own.Shift.To
		}
		if err := putMark(ctx, tx, m); err != nil {
			return err
		}
		if err := dropPosition(ctx, tx, actor.AccountID); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "duty.off", "duty", actor.AccountID, nil)
	})
	if err == nil {
		s.positions.drop(actor.AccountID)
	}
	return err
}

package directive

import (
	"context"
	"strconv"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// Preview returns how many people a directive would reach, and by which roles. It refuses what Send would refuse of the
// target.
func (s *Service) Preview(actor authz.Actor, t Target) (total int, byRole map[string]int, err error) {
	d := Directive{Title: "-", Text: "-", Target: t, Deadline: now.Ms(s.Clock) + longSpanMs}
	var f fault.Fields
	d.Validate(&f, now.Ms(s.Clock))
	receipts, _ := s.resolve(actor, d.Target, &f)
	byRole = map[string]int{}
	for _, r := range receipts {
		byRole[r.Role]++
	}
	return len(receipts), byRole, f.Err()
}

// Send sends a directive to everybody whom its target reaches at this moment. Who comes to a post later does not get it.
// A target that reaches nobody is "directive.nobody".
func (s *Service) Send(ctx context.Context, actor authz.Actor, d Directive) (*Directive, error) {
	at := s.Clock.Now()
	var f fault.Fields
	d.Validate(&f, at.UnixMilli())
	receipts, areas := s.resolve(actor, d.Target, &f)
	switch {
	case len(f) > 0:
	case len(receipts) == 0:
		f.Add("areas", "directive.nobody")
	case len(receipts) > maxPeople:
		f.Add("areas", "field.too_many", "max", maxPeople)
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	d.ID, d.Sender, d.SentAt, d.Receivers = id.New(at), actor.AccountID, at.UnixMilli(), int64(len(receipts))
	persons := make([]string, len(receipts))
	for n, r := range receipts {
		persons[n] = r.Person
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		d.seq, d.seqAt = 0, 0
		if err := s.tell(ctx, tx, &d, "send", append(persons, d.Sender)); err != nil {
			return err
		}
		if err := insertDirective(ctx, tx, d); err != nil {
			return err
		}
		if err := insertAreas(ctx, tx, d.ID, areas); err != nil {
			return err
		}
		if err := insertReceipts(ctx, tx, d.ID, receipts); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "directive.send", d.ID, map[string]string{"areas": strings.Join(d.Target.Areas, " "),
			"units": strings.Join(d.Target.Units, " "), "roles": strings.Join(d.Target.Roles, " "), "receivers": strconv.Itoa(len(receipts))})
	})
	s.wake()
	return &d, err
}

// Remind tells those who have not acknowledged once more. It may be done once ("directive.reminded").
func (s *Service) Remind(ctx context.Context, actor authz.Actor, directive string) (*Directive, error) {
	return s.own(ctx, actor, directive, "remind", func(ctx context.Context, tx db.Tx, d *Directive, at int64) ([]string, error) {
		switch {
		case d.RemindedAt > 0:
			return nil, fault.New(fault.Conflict, "directive.reminded")
		case d.Acked == d.Receivers:
			return nil, fault.New(fault.Conflict, "directive.all_acked")
		}
		d.RemindedAt = at
		return unacked(ctx, tx, d.ID)
	})
}

// Withdraw takes a directive back, with a reason that the receivers see. It stays readable.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, directive, reason string) (*Directive, error) {
	var f fault.Fields
	reason = fault.CheckText(&f, "reason", reason, true, maxReason)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return s.own(ctx, actor, directive, "withdraw", func(ctx context.Context, tx db.Tx, d *Directive, at int64) ([]string, error) {
		d.WithdrawnAt, d.Withdrawn = at, reason
		return receivers(ctx, tx, d.ID)
	})
}

// own runs a step that only the sender takes, on a directive that still holds.
func (s *Service) own(ctx context.Context, actor authz.Actor, directive, do string,
	step func(ctx context.Context, tx db.Tx, d *Directive, at int64) (persons []string, err error)) (*Directive, error) {
	var out *Directive
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		at := s.Clock.Now()
		d, err := lockDirective(ctx, tx, directive)
		if err != nil {
			return err
		}
		if d.Sender != actor.AccountID {
			return fault.Missing("directive")
		}
		if d.WithdrawnAt > 0 {
			return fault.New(fault.Conflict, "directive.withdrawn")
		}
		if err := count(ctx, tx, d); err != nil {
			return err
		}
		persons, err := step(ctx, tx, d, at.UnixMilli())
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, d, do, append(persons, d.Sender)); err != nil {
			return err
		}
		out = d
		if err := saveDirective(ctx, tx, d); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "directive."+do, d.ID, nil)
	})
	s.wake()
	return out, err
}

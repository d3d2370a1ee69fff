package dispatch

import (
	"context"
	"errors"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
)

// machine is who switches rules off that lead nowhere.
var machine = authz.System("rule")

// trouble says why a rule that names a unit leads nowhere: unit_gone, unit_closed or unit_empty; ” when it does not.
func (r *Rule) trouble(dir Directory) string {
	if r.Target != ByUnit {
		return ""
	}
	switch u, known := dir.Unit(r.Value); {
	case !known:
		return "unit_gone"
	case !u.Open:
		return "unit_closed"
	case !dir.Staffed(r.Value):
		return "unit_empty"
	}
	return ""
}

// DisableBroken switches off every rule that names a closed unit, or one without people, and notes why, so that an
// administrator is told. Several nodes may do so at once: each rule is switched off and recorded once.
func (s *Service) DisableBroken(ctx context.Context) error {
	var errs []error
	for _, r := range s.Rules().All() {
		if r.Active && r.trouble(s.Directory) != "" {
			errs = append(errs, s.disable(ctx, r.ID))
		}
	}
	return errors.Join(errs...)
}

func (s *Service) disable(ctx context.Context, ruleID string) error {
	return s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		r, err := readRule(ctx, tx, ruleID)
		if err != nil {
			return err
		}
		why := r.trouble(s.Directory)
		if !r.Active || why == "" {
			return nil
		}
		r.Active, r.DisabledWhy, r.DisabledAt = false, why, now.Ms(s.Clock)
		written, err := updateRule(ctx, tx, r)
		if err != nil || !written {
			return err
		}
		r.Version++
		return s.record(ctx, tx, machine, "rule.disable", r)
	})
}

package dispatch

import (
	"context"
	"log/slog"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// List returns all rules in the order in which they are tried, also those that are switched off.
func (s *Service) List(ctx context.Context, actor authz.Actor) ([]Rule, error) {
	if err := mayRead(actor); err != nil {
		return nil, err
	}
	return readRules(ctx, s.DB.Read())
}

// Get returns one rule.
func (s *Service) Get(ctx context.Context, actor authz.Actor, ruleID string) (Rule, error) {
	if err := mayRead(actor); err != nil {
		return Rule{}, err
	}
	return readRule(ctx, s.DB.Read(), ruleID)
}

// Create adds an active rule behind all others. Id, sort, active and version of what is given do not count.
func (s *Service) Create(ctx context.Context, actor authz.Actor, r Rule) (Rule, error) {
	if err := mayManage(actor); err != nil {
		return Rule{}, err
	}
	if err := r.validate(s.Words, s.Directory); err != nil {
		return Rule{}, err
	}
	r.ID, r.Active, r.Version = id.New(s.Clock.Now()), true, 1
	r.DisabledWhy, r.DisabledAt = "", 0
	return r, s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		n, last, err := countRules(ctx, tx)
		if err != nil {
			return err
		}
		if n >= maxRules {
			return fault.New(fault.Conflict, "rule.too_many", "max", maxRules)
		}
		r.Sort = last + 10
		if err := insertRule(ctx, tx, r); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "rule.create", r)
	})
}

// Update writes name, conditions and target over the version that was read; a newer one is answered with "rule.stale"
// and the rule as it is now. Place in the order and activity do not change.
func (s *Service) Update(ctx context.Context, actor authz.Actor, r Rule) (Rule, error) {
	if err := mayManage(actor); err != nil {
		return Rule{}, err
	}
	if err := r.validate(s.Words, s.Directory); err != nil {
		return Rule{}, err
	}
	return s.alter(ctx, actor, r.ID, r.Version, "rule.update", func(old *Rule) error {
		r.Sort, r.Active = old.Sort, old.Active
		r.DisabledWhy, r.DisabledAt = old.DisabledWhy, old.DisabledAt
		*old = r
		return nil
	})
}

// SetActive switches a rule on or off, under the same condition as Update. One that leads nowhere is refused with the
// reason for which the machine would switch it off again.
func (s *Service) SetActive(ctx context.Context, actor authz.Actor, ruleID string, version int64, active bool) (Rule, error) {
	if err := mayManage(actor); err != nil {
		return Rule{}, err
	}
	action := "rule.activate"
	if !active {
		action = "rule.deactivate"
	}
	return s.alter(ctx, actor, ruleID, version, action, func(old *Rule) error {
		if why := old.trouble(s.Directory); active && why != "" {
			return fault.New(fault.Conflict, "rule."+why)
		}
		old.Active, old.DisabledWhy, old.DisabledAt = active, "", 0
		return nil
	})
}

// Delete removes a rule, under the same condition as Update. Orders keep the reason that they were given.
func (s *Service) Delete(ctx context.Context, actor authz.Actor, ruleID string, version int64) error {
	if err := mayManage(actor); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		old, err := readRule(ctx, tx, ruleID)
		if err != nil {
			return err
		}
		gone, err := deleteRule(ctx, tx, ruleID, version)
		if err != nil {
			return err
		}
		if !gone {
			return staleRule(ctx, tx, ruleID)
		}
		return s.record(ctx, tx, actor, "rule.delete", old)
	})
}

// SeenRule names a rule in the version in which somebody saw it.
type SeenRule struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// Reorder puts the rules into the given order, in which every rule must stand once. When one was added, removed or
// changed since, it refuses with "rule.stale" and all rules as they are now.
func (s *Service) Reorder(ctx context.Context, actor authz.Actor, order []SeenRule) ([]Rule, error) {
	if err := mayManage(actor); err != nil {
		return nil, err
	}
	var out []Rule
	err := s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err := readRules(ctx, tx)
		if err != nil {
			return err
		}
		byID := map[string]Rule{}
		for _, r := range list {
			byID[r.ID] = r
		}
		out = make([]Rule, 0, len(order))
		for n, seen := range order {
			r, ok := byID[seen.ID]
			delete(byID, seen.ID) // a rule that stands there twice is missing the second time
			if !ok || r.Version != seen.Version {
				return staleOrder(ctx, tx)
			}
			if sort := int64(n+1) * 10; r.Sort != sort {
				r.Sort = sort
				moved, err := updateRule(ctx, tx, r)
				if err != nil {
					return err
				}
				if !moved {
					return staleOrder(ctx, tx)
				}
				r.Version++
			}
			out = append(out, r)
		}
		if len(byID) > 0 {
			return staleOrder(ctx, tx)
		}
		return s.Audit.Record(ctx, tx, actor, "rule.reorder", "rule", "", map[string]any{"count": len(out)})
	})
	return out, err
}

// change runs a change of the rules in one transaction and then decides by the new ones.
func (s *Service) change(ctx context.Context, fn func(ctx context.Context, tx db.Tx) error) error {
	if err := s.DB.Write(ctx, fn); err != nil {
		return err
	}
	// It is done: neither a caller who hung up nor a failed reading may make it look undone. Run reads again.
	if err := s.Reload(context.WithoutCancel(ctx)); err != nil {
		slog.Error("reading the routing rules after a change failed", "error", err)
	}
	return nil
}

func (s *Service) alter(ctx context.Context, actor authz.Actor, ruleID string, version int64, action string, set func(old *Rule) error) (Rule, error) {
	var out Rule
	err := s.change(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if out, err = readRule(ctx, tx, ruleID); err != nil {
			return err
		}
		if err := set(&out); err != nil {
			return err
		}
		out.ID, out.Version = ruleID, version
		written, err := updateRule(ctx, tx, out)
		if err != nil {
			return err
		}
		if !written {
			return staleRule(ctx, tx, ruleID)
		}
		out.Version++
		return s.record(ctx, tx, actor, action, out)
	})
	return out, err
}

func (s *Service) record(ctx context.Context, tx db.Tx, actor authz.Actor, action string, r Rule) error {
	return s.Audit.Record(ctx, tx, actor, action, "rule", r.ID,
		map[string]any{"name": r.Name, "target": string(r.Target), "value": r.Value, "automatic": r.Automatic, "active": r.Active, "version": r.Version})
}

// staleRule is the answer to a change that was made on another version than the present one, which it carries.
func staleRule(ctx context.Context, tx db.Tx, ruleID string) error {
	now, err := readRule(ctx, tx, ruleID)
	if err != nil {
		return err
	}
	return stale(now)
}

// staleOrder is the same for the whole list.
func staleOrder(ctx context.Context, tx db.Tx) error {
	list, err := readRules(ctx, tx)
	if err != nil {
		return err
	}
	return stale(list)
}

func stale(current any) error {
	f := fault.New(fault.Conflict, "rule.stale")
	f.Current = current
	return f
}

package dispatch

import (
	"context"
	"fmt"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// rehearsed is how many incidents of the past rules are tested against.
const rehearsed = 1000

// Past tells of incidents that were dispatched.
type Past interface {
	// Latest returns the latest of them, newest first, at most so many.
	Latest(ctx context.Context, limit int) ([]Case, error)
}

// Rehearse tests rules against the latest 1,000 incidents that somebody got, and changes nothing. With a list, these
// are all the rules, in this order. With one rule, it stands in the place of the kept one with its id, else behind all
// others, and counts as switched on. With neither, the rules as they are now are tested.
func (s *Service) Rehearse(ctx context.Context, actor authz.Actor, list []Rule, one *Rule) (Rehearsal, error) {
	if err := mayManage(actor); err != nil {
		return Rehearsal{}, err
	}
	rules, err := s.draft(list, one)
	if err != nil || s.Past == nil {
		return Rehearsal{}, err
	}
	cases, err := s.Past.Latest(ctx, rehearsed)
	if err != nil {
		return Rehearsal{}, err
	}
	return Rehearse(rules, cases, s.Directory, s.Calendar), nil
}

func (s *Service) draft(list []Rule, one *Rule) (*Rules, error) {
	switch {
	case one != nil:
		if err := one.validate(s.Words, s.Directory); err != nil {
			return nil, err
		}
		list = slices.Clone(s.Rules().All())
		one.Active = true
		if n := slices.IndexFunc(list, func(r Rule) bool { return r.ID == one.ID }); n >= 0 {
			list[n] = *one
		} else {
			list = append(list, *one)
		}
	case list != nil:
		var f fault.Fields
		if len(list) > maxRules {
			return nil, fault.New(fault.Conflict, "rule.too_many", "max", maxRules)
		}
		for n := range list {
			var wrong *fault.Error
			if err := list[n].validate(s.Words, s.Directory); err != nil {
				wrong, _ = fault.As(err)
			}
			if wrong == nil {
				continue
			}
			for _, field := range wrong.Fields {
				field.Field = fmt.Sprintf("rules[%d].%s", n, field.Field)
				f = append(f, field)
			}
		}
		if err := f.Err(); err != nil {
			return nil, err
		}
	default:
		return s.Rules(), nil
	}
	for n := range list {
		list[n].Sort = int64(n)
		if list[n].ID == "" {
			list[n].ID = fmt.Sprint("draft ", n+1)
		}
	}
	return NewRules(list), nil
}

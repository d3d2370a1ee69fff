package stats

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/page"
)

// factPage is how many facts are read at once.
const factPage = 1000

// Facts returns a page of the facts that a query selects, oldest first, and where to go on; By, Compare and Top do not
// matter. Faults as Table has them.
func (s *Service) Facts(ctx context.Context, actor authz.Actor, q Query, cursor string, limit int) ([]Fact, string, error) {
	p, err := s.factPlan(actor, q)
	if err != nil {
		return nil, "", err
	}
	after, err := page.Parse(cursor, "facts", 2)
	if err != nil {
		return nil, "", err
	}
	if limit <= 0 || limit > factPage {
		limit = factPage
	}
	list, err := s.factsAfter(ctx, p, after, limit)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) == limit {
		last := list[len(list)-1]
		next = page.Cursor("facts", last.Day, last.ID)
	}
	out := make([]Fact, len(list))
	for n, f := range list {
		out[n] = *f
	}
	return out, next, nil
}

// EachFact gives every fact that a query selects to fn, oldest first, a page at a time, and ends at its first error. It
// holds no view of the store meanwhile: an incident that changes is seen before or after.
func (s *Service) EachFact(ctx context.Context, actor authz.Actor, q Query, fn func(Fact) error) error {
	p, err := s.factPlan(actor, q)
	if err != nil {
		return err
	}
	var after []string
	for {
		list, err := s.factsAfter(ctx, p, after, factPage)
		if err != nil {
			return err
		}
		for _, f := range list {
			if err := fn(*f); err != nil {
				return err
			}
		}
		if len(list) < factPage {
			return nil
		}
		after = []string{list[len(list)-1].Day, list[len(list)-1].ID}
	}
}

func (s *Service) factPlan(actor authz.Actor, q Query) (*plan, error) {
	r, err := s.reachOf(actor, q.Area)
	if err != nil {
		return nil, err
	}
	q.By, q.Compare = "", ""
	return s.plan(q, r)
}

func (s *Service) factsAfter(ctx context.Context, p *plan, after []string, limit int) ([]*Fact, error) {
	w := p.facts(p.is)
	if after != nil {
		w.add("(day, id) > (" + w.args.Add(after[0]) + ", " + w.args.Add(after[1]) + ")")
	}
	return listFacts(ctx, s.DB.Read(), w, oldestFirst, limit)
}

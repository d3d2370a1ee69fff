package stats

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/page"
)

// maxLate bounds how many late incidents are looked into at once.
const maxLate = 5000

// Late says why incidents of a period were late, within the actor's scope: at which stages, with whom, and what came
// in between. Faults as Table has them; figures.too_many where more were late than can be looked into.
func (s *Service) Late(ctx context.Context, actor authz.Actor, q LateQuery) (LateReport, error) {
	r, err := s.reachOf(actor, q.Area)
	if err != nil {
		return LateReport{}, err
	}
	p, err := s.plan(Query{Area: q.Area, Unit: q.Unit, Person: q.Person, Category: q.Category, Channel: q.Channel, From: q.From, To: q.To, WorkingDays: q.WorkingDays}, r)
	if err != nil {
		return LateReport{}, err
	}
	after, err := page.Parse(q.Cursor, "late", 1)
	if err != nil {
		return LateReport{}, err
	}
	out := LateReport{From: p.is.first(), To: p.is.last()}
	var late []lateCase
	err = s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		late, err = s.lateCases(ctx, q, p)
		return err
	})
	if err != nil {
		return LateReport{}, err
	}
	out.Total = int64(len(late))
	s.sumUp(&out, late, p)
	from := 0
	if after != nil {
		if from, err = strconv.Atoi(after[0]); err != nil || from < 0 {
			return LateReport{}, fault.New(fault.Invalid, "request.cursor")
		}
	}
	from = min(from, len(late))
	to := min(from+page.Limit(q.Limit), len(late))
	for _, c := range late[from:to] {
		out.Items = append(out.Items, s.lateItem(c))
	}
	if to < len(late) {
		out.Next = page.Cursor("late", strconv.Itoa(to))
	}
	return out, nil
}

// lateCase is a late incident with its stages that were over.
type lateCase struct {
	fact   *Fact
	matter *Matter
	stages []lateStage
}

type lateStage struct {
	Clock
	over    int64
	running bool
}

// worst is the stage that was over by most.
func (c *lateCase) worst() lateStage { return c.stages[0] }

func (s *Service) lateCases(ctx context.Context, q db.Querier, p *plan) ([]lateCase, error) {
	w := p.facts(p.is)
	w.add("overdue = 1")
	facts, err := listFacts(ctx, q, w, "", maxLate+1)
	if err != nil {
		return nil, err
	}
	if len(facts) > maxLate {
		return nil, fault.New(fault.Invalid, "figures.too_many", "count", len(facts), "max", maxLate)
	}
	ids := make([]string, len(facts))
	for n, f := range facts {
		ids[n] = f.ID
	}
	matters, err := s.words(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	at := s.Clock.Now().UnixMilli()
	var list []lateCase
	for _, f := range facts {
		m := matters[f.ID]
		if m == nil {
			continue
		}
		if c := (lateCase{f, m, m.overrun(at)}); len(c.stages) > 0 {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b lateCase) int {
		return cmp.Or(cmp.Compare(b.worst().over, a.worst().over), cmp.Compare(a.fact.ID, b.fact.ID))
	})
	return list, nil
}

// overrun lists the stages that were over, the longest first. One that still runs is over until now.
func (m *Matter) overrun(at int64) []lateStage {
	var list []lateStage
	for _, k := range m.Clocks {
		if k.OverdueAt == 0 {
			continue
		}
		until := k.StoppedAt
		if until == 0 {
			until = at
		}
		list = append(list, lateStage{k, max(0, until-k.OverdueAt), k.StoppedAt == 0})
	}
	slices.SortStableFunc(list, func(a, b lateStage) int { return cmp.Compare(b.over, a.over) })
	return list
}

func (s *Service) lateItem(c lateCase) LateItem {
	w := c.worst()
	unit, person := c.fact.Unit, c.fact.Person
	for _, o := range c.matter.Orders {
		if o.ID == w.Order {
			unit, person = o.Unit, o.Person
		}
	}
	return LateItem{ID: c.fact.ID, Number: c.fact.Number, Title: c.matter.Title, State: c.fact.State, Stage: w.Stage, DueAt: w.DueAt, OverMs: w.over, Running: w.running,
		AreaName: s.areaName(c.fact), UnitName: s.Names.Unit(unit), PersonName: s.Names.Person(person), Causes: c.causes(),
		Returned: c.matter.Returned, Reworked: c.matter.Reworked, Extended: c.matter.Extended}
}

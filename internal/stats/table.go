package stats

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// Table answers a query within the actor's scope, from one view of the store. Faults: forbidden; not_found for an area
// outside the scope; invalid with the fields; figures.too_many for filters that running sums do not know and that
// match more incidents than can be counted one by one.
func (s *Service) Table(ctx context.Context, actor authz.Actor, q Query) (Result, error) {
	r, err := s.reachOf(actor, q.Area)
	if err != nil {
		return Result{}, err
	}
	p, err := s.plan(q, r)
	if err != nil {
		return Result{}, err
	}
	if q.Unit != "" && len(r.units) > 0 && !r.mixed() && !slices.Contains(r.units, q.Unit) {
		return Result{}, fault.Missing("unit")
	}
	out := Result{At: s.Clock.Now().UnixMilli(), From: p.is.first(), To: p.is.last(), Area: r.asked, Rows: []Row{}}
	for _, k := range p.kpis {
		out.KPIs = append(out.KPIs, k.Code)
	}
	var now, before *counted
	err = s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		if out.Position, err = followedTo(ctx, q, s.Topic); err != nil {
			return err
		}
		state, err := readState(ctx, q)
		if err != nil {
			return err
		}
		out.Filling = !state.filled
		if now, err = s.count(ctx, q, p, p.is); err != nil || p.before == nil {
			return err
		}
		before, err = s.count(ctx, q, p, *p.before)
		return err
	})
	if err != nil {
		return Result{}, err
	}
	out.Events = now.events && (before == nil || before.events)
	if p.before != nil {
		out.BeforeFrom, out.BeforeTo = p.before.first(), p.before.last()
	}
	return out, s.fillRows(ctx, p, &out, now, before)
}

package stats

import (
	"context"
	"slices"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// How many incidents are looked at one by one: for figures with several filters at once, and for exact percentiles,
// where few are enough unless they are asked for.
const (
	maxFacts       = 200_000
	maxPercentiles = 10_000
)

// counted is what a period comes to.
type counted struct {
	rows   map[string]Sums
	total  Sums
	events bool // the measures by the day of an event are known
	ranks  map[string][4]ranks
	ranked [4]ranks
}

// ranks are exact percentiles; nil where there is nothing, or too much.
type ranks struct{ p50, p90 *int64 }

// count counts one period of a plan: from the running sums where they know the answer, else from the facts, and not at
// all where that would be too many.
func (s *Service) count(ctx context.Context, q db.Querier, p *plan, is period) (*counted, error) {
	c := &counted{rows: map[string]Sums{}, total: newSums(), events: true}
	if p.reach.nothing() {
		return c, nil
	}
	roots := p.reach.areas
	if p.reach.all || len(roots) == 0 || p.reach.mixed() {
		roots = []AreaRef{{}}
	}
	for _, root := range roots {
		from, ok := p.bySums(root)
		if !ok {
			return c, s.countFacts(ctx, q, p, is, c)
		}
		for _, one := range from.parts(p, is) {
			part, whole, err := p.sumsOf(ctx, q, one)
			if err != nil {
				return nil, err
			}
			if !whole {
				return c, s.countFacts(ctx, q, p, is, c)
			}
			list, err := sumFigures(ctx, q, one.group, part)
			if err != nil {
				return nil, err
			}
			c.add(p, list, one.is.less)
		}
	}
	return c, s.percentiles(ctx, q, p, is, c)
}

// sumsOf returns the conditions on the running sums for one part of a plan; false when they do not know the answer.
func (p *plan) sumsOf(ctx context.Context, q db.Querier, from sums) (*selection, bool, error) {
	c := &selection{}
	c.equal("dim", from.dim)
	switch {
	case from.root.ID == "":
	case from.under:
		c.equal("parent_id", from.root.ID)
	case from.root.Level == "street":
		c.equal("street_id", from.root.ID)
	default:
		streets, whole, err := streetsOf(ctx, q, from.root, from.is.period)
		if err != nil || !whole {
			return nil, false, err
		}
		c.in("street_id", streets)
	}
	if from.ids != nil {
		c.in("id", from.ids)
	}
	c.between("day", from.is.period)
	c.off(p.off, from.is.period)
	return c, true, nil
}

// add takes over rows of a query, or takes them away again; times go into their buckets.
func (c *counted) add(p *plan, list []keyed, less bool) {
	for _, k := range list {
		if less {
			k.sums.negate()
		}
		key := k.key
		if timely(p.By) {
			key = bucket(p.By, key)
		}
		if c.rows[key] == nil {
			c.rows[key] = newSums()
		}
		c.rows[key].Add(k.sums)
		c.total.Add(k.sums)
	}
}

// column is by which column of facts the rows of a plan are grouped.
func (p *plan) column() string {
	switch {
	case timely(p.By):
		return "day"
	case p.By == "area":
		return p.level + "_id"
	case p.By == "unit" || p.By == "person":
		return p.By + "_id"
	case p.By == "none":
		return ""
	}
	return p.By
}

func (s *Service) countFacts(ctx context.Context, q db.Querier, p *plan, is period, c *counted) error {
	n, err := p.reachable(ctx, q, is)
	if err != nil {
		return err
	}
	if n > maxFacts {
		return fault.New(fault.Invalid, "figures.too_many", "count", n, "max", maxFacts)
	}
	list, err := sumFacts(ctx, q, p.column(), p.facts(is))
	if err != nil {
		return err
	}
	c.rows, c.total, c.events = map[string]Sums{}, newSums(), false
	c.add(p, list, false)
	return s.percentiles(ctx, q, p, is, c)
}

// reachable returns at most how many facts a plan has to look at in a period: those of its areas, or of its units where
// that is fewer.
func (p *plan) reachable(ctx context.Context, q db.Querier, is period) (int64, error) {
	best := int64(-1)
	look := func(dim string, ids []string) error {
		c := &selection{}
		c.equal("dim", dim)
		if ids != nil {
			c.in("id", ids)
		}
		c.between("day", is)
		n, err := receivedBy(ctx, q, c)
		if best < 0 || n < best {
			best = n
		}
		return err
	}
	if err := look("all", nil); err != nil {
		return 0, err
	}
	if best <= maxPercentiles || p.reach.mixed() {
		return best, nil
	}
	if len(p.reach.areas) == 1 {
		if err := look(p.reach.areas[0].Level, []string{p.reach.areas[0].ID}); err != nil {
			return 0, err
		}
	}
	if units := p.reach.units; p.Unit != "" || len(units) > 0 {
		if p.Unit != "" {
			units = []string{p.Unit}
		}
		if err := look("unit", units); err != nil {
			return 0, err
		}
	}
	if p.Person != "" {
		if err := look("person", []string{p.Person}); err != nil {
			return 0, err
		}
	}
	return best, nil
}

// percentiles adds exact percentiles of the times where that many facts may be read; else there are none.
func (s *Service) percentiles(ctx context.Context, q db.Querier, p *plan, is period, c *counted) error {
	most := int64(maxPercentiles)
	if p.Percentiles {
		most = maxFacts
	}
	if !p.timed() || c.total.Get("received") > most {
		return nil
	}
	if n, err := p.reachable(ctx, q, is); err != nil || n > maxFacts {
		return err
	}
	list, err := readTimes(ctx, q, p.column(), p.facts(is))
	if err != nil {
		return err
	}
	byRow, all := map[string]*[4][]int64{}, [4][]int64{}
	for _, t := range list {
		key := t.key
		if timely(p.By) {
			key = bucket(p.By, key)
		}
		row := byRow[key]
		if row == nil {
			row = &[4][]int64{}
			byRow[key] = row
		}
		for n, ms := range t.taken {
			if ms >= 0 {
				row[n], all[n] = append(row[n], ms), append(all[n], ms)
			}
		}
	}
	c.ranks = make(map[string][4]ranks, len(byRow))
	for key, row := range byRow {
		c.ranks[key] = rankAll(*row)
	}
	c.ranked = rankAll(all)
	return nil
}

// timed tells whether one of the KPIs is a time.
func (p *plan) timed() bool {
	return slices.ContainsFunc(p.kpis, func(k KPI) bool { return k.Unit == Ms })
}

func rankAll(lists [4][]int64) (out [4]ranks) {
	for n, list := range lists {
		slices.Sort(list)
		out[n] = ranks{percentile(list, 50), percentile(list, 90)}
	}
	return out
}

// percentile returns the smallest value that at least so many in a hundred of a sorted list do not exceed, nil of
// nothing.
func percentile(sorted []int64, share int) *int64 {
	if len(sorted) == 0 {
		return nil
	}
	v := sorted[(len(sorted)*share+99)/100-1]
	return &v
}

package stats

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gezhi/internal/kit/db"
)

// maxRanks bounds a ranking.
const maxRanks = 50

// rankAreas ranks the areas right below the board's.
func (c *boardCount) rankAreas(ctx context.Context, q db.Querier) error {
	c.Areas = []Rank{}
	if len(c.reach.units) > 0 || len(c.Area.Children) == 0 {
		return nil
	}
	day, month := map[string]Sums{}, map[string]Sums{}
	for is, into := range map[period]map[string]Sums{c.is: day, c.month: month} {
		w := &selection{}
		w.equal("dim", c.Area.Children[0].Level)
		if c.Area.ID != "" {
			w.equal("parent_id", c.Area.ID)
		} else {
			w.in("id", idsOf(c.Area.Children))
		}
		w.between("day", is)
		if err := sumInto(ctx, q, w, into); err != nil {
			return err
		}
	}
	for _, a := range c.Area.Children {
		r := rankOf(day[a.ID], month[a.ID])
		r.ID, r.Name, r.Level = a.ID, a.Name, a.Level
		c.Areas = append(c.Areas, r)
	}
	c.Areas = ranked(c.Areas)
	return nil
}

func idsOf(list []AreaRef) []string {
	ids := make([]string, len(list))
	for n, a := range list {
		ids[n] = a.ID
	}
	return ids
}

func sumInto(ctx context.Context, q db.Querier, w *selection, into map[string]Sums) error {
	list, err := sumFigures(ctx, q, "id", w)
	for _, k := range list {
		if into[k.key] == nil {
			into[k.key] = newSums()
		}
		into[k.key].Add(k.sums)
	}
	return err
}

// rankUnits ranks units by the running sums, and below a street by the facts.
func (c *boardCount) rankUnits(ctx context.Context, q db.Querier) error {
	day, month := map[string]Sums{}, map[string]Sums{}
	count := c.unitSums
	if len(c.reach.areas) > 0 && (len(c.reach.units) > 0 || slices.ContainsFunc(c.reach.areas, func(a AreaRef) bool { return slices.Index(levels, a.Level) > 2 })) {
		count = c.unitFacts
	}
	if err := count(ctx, q, day, month); err != nil {
		return err
	}
	c.Units = []Rank{}
	for id := range month {
		if id == "" {
			continue
		}
		r := rankOf(day[id], month[id])
		r.ID, r.Name = id, c.Names.Unit(id)
		c.Units = append(c.Units, r)
	}
	c.Units = ranked(c.Units)
	return nil
}

func (c *boardCount) unitSums(ctx context.Context, q db.Querier, day, month map[string]Sums) error {
	roots := c.reach.areas
	if len(roots) == 0 {
		roots = []AreaRef{{}}
	}
	for _, root := range roots {
		for is, into := range map[period]map[string]Sums{c.is: day, c.month: month} {
			w := &selection{}
			w.equal("dim", "unit")
			switch root.Level {
			case "":
			case "street":
				w.equal("street_id", root.ID)
			default:
				streets, whole, err := streetsOf(ctx, q, root, is)
				if err != nil {
					return err
				}
				if !whole {
					return c.unitFacts(ctx, q, day, month)
				}
				w.in("street_id", streets)
			}
			if len(c.reach.units) > 0 {
				w.in("id", c.reach.units)
			}
			w.between("day", is)
			if err := sumInto(ctx, q, w, into); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *boardCount) unitFacts(ctx context.Context, q db.Querier, day, month map[string]Sums) error {
	w := c.on()
	w.between("day", c.month)
	list, err := sumFacts(ctx, q, "unit_id", w)
	if err != nil {
		return err
	}
	clear(day)
	clear(month)
	for _, k := range list {
		month[k.key] = k.sums
	}
	of := func(unit, measure string, n int64) {
		if day[unit] == nil {
			day[unit] = newSums()
		}
		if month[unit] == nil {
			month[unit] = newSums()
		}
		day[unit][indexOf[measure]] += n
	}
	for _, f := range c.facts {
		of(f.Unit, "received", 1)
	}
	for column, measure := range map[string]string{"closed_day": "on_closed", "overdue_day": "on_overdue"} {
		w := c.few()
		w.equal(column, c.Day)
		w.add(column + " <> ''")
		some, err := tallyFacts(ctx, q, "unit_id", w)
		if err != nil {
			return err
		}
		for _, t := range some {
			of(t.Code, measure, t.Count)
		}
	}
	return nil
}

func rankOf(day, month Sums) Rank {
	if day == nil {
		day = newSums()
	}
	if month == nil {
		month = newSums()
	}
	return Rank{Received: day.Get("received"), Closed: day.Get("on_closed"), Overdue: day.Get("on_overdue"), InTime: mustKPI("closing_in_time").Of(month)}
}

// ranked puts those first that received most, then by on-time closing rate.
func ranked(list []Rank) []Rank {
	slices.SortFunc(list, func(a, b Rank) int {
		rate := func(r Rank) float64 {
			if r.InTime.Value == nil {
				return -1
			}
			return *r.InTime.Value
		}
		return cmp.Or(cmp.Compare(b.Received, a.Received), cmp.Compare(rate(b), rate(a)), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return list[:min(maxRanks, len(list))]
}

package stats

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/db"
)

// boardCount is a board while it is counted.
type boardCount struct {
	*Service
	*Board
	reach reach
	day   time.Time
	is    period // the day
	month period // over which rates are taken
	today bool
	facts []*Fact // received on the day, with what is counted of them
}

// keptDays is for how many days back it is known what was open then.
const keptDays = 31

// on are the conditions on facts in reach.
func (c *boardCount) on() *selection {
	w := &selection{}
	w.reach(c.reach)
	if len(w.where) == 0 {
		w.add("1 = 1")
	}
	return w
}

// few are the same where another condition leaves few rows.
func (c *boardCount) few() *selection {
	w := &selection{}
	w.withinFew(c.reach)
	if len(w.where) == 0 {
		w.add("1 = 1")
	}
	return w
}

// ofDay counts what was received on the day.
func (c *boardCount) ofDay(ctx context.Context, q db.Querier) (err error) {
	w := c.on()
	w.equal("day", c.Day)
	if c.facts, err = listDay(ctx, q, w); err != nil {
		return err
	}
	channels, categories := map[string]int64{}, map[string]int64{}
	var dispatch, arrive []took
	for _, f := range c.facts {
		c.States[f.State]++
		channels[f.Channel]++
		categories[f.Category]++
		c.Hours[c.hour(f.ReceivedAt)].Received++
		if f.Open {
			c.Today.Open++
		}
		if f.dispatched() {
			dispatch = append(dispatch, took{f.DispatchedAt - f.ReceivedAt, f.Dispatch == Kept})
		}
		if f.arrived() && f.ArriveMin <= PromiseArrive.Milliseconds() {
			arrive = append(arrive, took{f.ArrivedAt - f.DispatchedAt, f.Arrive == Kept})
		}
	}
	c.Promise.Dispatch = promise(PromiseDispatch, dispatchSteps, dispatch)
	c.Promise.Arrive = promise(PromiseArrive, arriveSteps, arrive)
	c.Channels = tally(channels, func(t *Tally) {})
	c.Categories = tally(categories, func(t *Tally) { t.Name, t.NameEN = c.Names.Category(t.Code) })
	w = c.few()
	w.equal("closed_day", c.Day)
	closings, err := closedTimes(ctx, q, w)
	for _, at := range closings {
		c.Hours[c.hour(at)].Closed++
	}
	return err
}

func (c *boardCount) hour(at int64) int { return time.UnixMilli(at).In(c.zone()).Hour() }

// tally lists counts, most first.
func tally(counts map[string]int64, name func(*Tally)) []Tally {
	list := []Tally{}
	for code, n := range counts {
		t := Tally{Code: code, Count: n}
		name(&t)
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b Tally) int {
		if a.Count != b.Count {
			return int(b.Count - a.Count)
		}
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return list
}

// ofEvents counts what happened on the day, and the satisfaction of the last weeks.
func (c *boardCount) ofEvents(ctx context.Context, q db.Querier) error {
	day, month := newSums(), newSums()
	for is, into := range map[period]Sums{c.is: day, c.month: month} {
		for _, w := range c.totals(is) {
			list, err := sumFigures(ctx, q, "", w)
			if err != nil {
				return err
			}
			into.Add(list[0].sums)
		}
	}
	if len(c.reach.units) > 0 && len(c.reach.areas) > 0 {
		if err := c.unitsInArea(ctx, q, day, month); err != nil {
			return err
		}
	}
	t := &c.Today
	t.Received, t.Dispatched, t.Arrived = day.Get("received"), day.Get("on_dispatched"), day.Get("on_arrived")
	t.Handled, t.Closed, t.Overdue = day.Get("on_handled"), day.Get("on_closed"), day.Get("on_overdue")
	c.Satisfaction = mustKPI("satisfaction").Of(month)
	return nil
}

// totals are the rows of the sums that hold everything in reach.
func (c *boardCount) totals(is period) []*selection {
	var list []*selection
	add := func(dim string, ids ...string) {
		w := &selection{}
		w.equal("dim", dim)
		if len(ids) > 0 {
			w.in("id", ids)
		}
		w.between("day", is)
		list = append(list, w)
	}
	switch {
	case c.reach.all:
		add("all")
	case len(c.reach.units) > 0 && len(c.reach.areas) == 0:
		add("unit", c.reach.units...)
	case len(c.reach.units) == 0:
		for _, a := range c.reach.areas {
			add(a.Level, a.ID)
		}
	}
	return list
}

// unitsInArea counts for units within an area, which no sum holds, from the facts of the units.
func (c *boardCount) unitsInArea(ctx context.Context, q db.Querier, day, month Sums) error {
	w := c.on()
	w.between("day", c.month)
	list, err := sumFacts(ctx, q, "", w)
	if err != nil {
		return err
	}
	month.Add(list[0].sums)
	day[indexOf["received"]] = int64(len(c.facts))
	for _, m := range events {
		w := c.on()
		w.equal(m.Day+"_day", c.Day)
		if day[indexOf[m.Name]], err = numberOfFacts(ctx, q, w); err != nil {
			return err
		}
	}
	return nil
}

// carried counts what was open from earlier days when the day ended, or is now.
func (c *boardCount) carried(ctx context.Context, q db.Querier) error {
	w := c.few()
	w.add("day < " + w.args.Add(c.Day))
	w.add("is_open")
	open, err := tallyFacts(ctx, q, "state", w)
	if err != nil {
		return err
	}
	var n int64
	for _, t := range open {
		n += t.Count
		if c.today {
			c.States[t.Code] += t.Count
		}
	}
	switch {
	case c.today:
	case c.Day < dayText(c.Clock.Now().In(c.zone()).AddDate(0, 0, -keptDays)):
		return nil
	default:
		w := c.few()
		w.add("day || '' < " + w.args.Add(c.Day))
		w.add("closed_day <> ''")
		w.add("closed_day > " + w.args.Add(c.Day))
		since, err := numberOfFacts(ctx, q, w)
		if err != nil {
			return err
		}
		n += since
	}
	c.Carried = &n
	return nil
}

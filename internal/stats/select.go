package stats

import (
	"slices"
	"strings"

	"gezhi/internal/kit/db"
)

// selection is a statement's conditions on facts or figures.
type selection struct {
	args  db.Args
	where []string
}

func (c *selection) add(condition string)            { c.where = append(c.where, condition) }
func (c *selection) equal(column, value string)      { c.add(column + " = " + c.args.Add(value)) }
func (c *selection) in(column string, list []string) { c.add(column + " IN (" + c.args.In(list) + ")") }
func (c *selection) text() string                    { return strings.Join(c.where, " AND ") }
func (c *selection) between(column string, is period) {
	c.add(column + " BETWEEN " + c.args.Add(is.first()) + " AND " + c.args.Add(is.last()))
}

// off leaves out days on which offices do not work.
func (c *selection) off(days []string, is period) {
	var some []string
	for _, d := range days {
		if d >= is.first() && d <= is.last() && !slices.Contains(some, d) {
			some = append(some, d)
		}
	}
	if len(some) > 0 {
		c.add("day NOT IN (" + c.args.In(some) + ")")
	}
}

// facts turns what a plan asks for into conditions on facts. This is the one place that turns a scope into SQL for
// them.
func (p *plan) facts(is period) *selection {
	c := &selection{}
	c.between("day", is)
	c.reach(p.reach)
	c.off(p.off, is)
	if p.Unit != "" {
		c.equal("unit_id", p.Unit)
	}
	if p.Person != "" {
		c.equal("person_id", p.Person)
	}
	if p.Channel != "" {
		c.equal("channel", p.Channel)
	}
	if p.Category != "" {
		c.in("category", p.category)
	}
	return c
}

// reach keeps to a scope.
func (c *selection) reach(r reach) { c.within(r, "") }

// withinFew keeps to a scope where another condition leaves few rows: it hides the columns from the engine's planner,
// which otherwise may walk through a whole area to find them.
func (c *selection) withinFew(r reach) { c.within(r, " || ''") }

func (c *selection) within(r reach, hide string) {
	if r.all {
		return
	}
	var any []string
	for _, level := range levels {
		var ids []string
		for _, a := range r.areas {
			if a.Level == level {
				ids = append(ids, a.ID)
			}
		}
		if len(ids) > 0 {
			any = append(any, level+"_id"+hide+" IN ("+c.args.In(ids)+")")
		}
	}
	if len(r.units) > 0 {
		units := "unit_id" + hide + " IN (" + c.args.In(r.units) + ")"
		if r.mixed() {
			any = append(any, units)
		} else {
			c.add(units)
		}
	} else if len(any) == 0 {
		any = append(any, "1 = 0")
	}
	if len(any) > 0 {
		c.add("(" + strings.Join(any, " OR ") + ")")
	}
}

// sums is how the running sums answer: which dimension, and in which street or under which area.
type sums struct {
	dim, group string // group: id, day or ''
	ids        []string
	root       AreaRef // '' for everything
	under      bool    // rows lie right below the root
	is         span
}

// parts splits a question over a period: months are answered by the sums of months, where there are some, and days by
// those of days.
func (f sums) parts(p *plan, is period) []sums {
	f.is = span{is, false}
	months, days, ok := is.inMonths()
	if !ok || !slices.Contains(monthly, f.dim) || len(p.off) > 0 || p.By == "day" || p.By == "week" {
		return []sums{f}
	}
	whole := f
	whole.dim, whole.is = byMonth(f.dim), span{months, false}
	list := []sums{whole}
	for _, some := range days {
		f.is = some
		list = append(list, f)
	}
	return list
}

// bySums returns how the running sums answer for one part of a plan, false when they do not: they know one dimension
// at a time, and of dimensions that are no areas nothing below a street.
func (p *plan) bySums(root AreaRef) (sums, bool) {
	out := sums{root: root, group: "id"}
	if timely(p.By) {
		out.group = "day"
	} else if p.By == "none" {
		out.group = ""
	}
	used := map[string][]string{}
	if p.Unit != "" {
		used["unit"] = []string{p.Unit}
	} else if len(p.reach.units) > 0 {
		used["unit"] = p.reach.units
	}
	if p.Person != "" {
		used["person"] = []string{p.Person}
	}
	if p.Category != "" {
		used["category"] = p.category
	}
	if p.Channel != "" {
		used["channel"] = []string{p.Channel}
	}
	dim := p.By
	switch {
	case p.By == "area":
		if len(used) > 0 || p.reach.mixed() {
			return out, false
		}
		depth, above := slices.Index(levels, p.level), slices.Index(levels, root.Level)
		out.dim, out.under = p.level, root.ID != "" && depth == above+1
		if depth == above { // the area itself
			out.ids, out.root = []string{root.ID}, AreaRef{}
			return out, true
		}
		return out, root.ID == "" || out.under || depth > above && above <= 2
	case timely(p.By) || p.By == "none":
		switch len(used) {
		case 0:
			if p.reach.mixed() {
				return out, false
			}
			out.dim, out.root = "all", AreaRef{}
			if root.ID != "" {
				out.dim, out.ids = root.Level, []string{root.ID}
			}
			return out, true
		case 1:
			for one := range used {
				dim = one
			}
		default:
			return out, false
		}
	}
	if len(used) > 1 || len(used) == 1 && used[dim] == nil || p.reach.mixed() {
		return out, false
	}
	out.dim, out.ids = dim, used[dim]
	return out, root.ID == "" || slices.Index(levels, root.Level) <= 2
}

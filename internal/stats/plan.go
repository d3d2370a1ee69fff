package stats

import (
	"slices"

	"gezhi/internal/kit/fault"
)

// plan is a checked query.
type plan struct {
	Query
	reach    reach
	is       period
	before   *period
	category []string // with all below
	kpis     []KPI
	level    string
	off      []string // days off in all periods
}

// timely tells whether rows stand for times.
func timely(by string) bool { return by == "day" || by == "week" || by == "month" }

// plan checks a query and notes everything that is wrong with it.
func (s *Service) plan(q Query, r reach) (*plan, error) {
	p := &plan{Query: q, reach: r}
	var f fault.Fields
	p.By = s.choice(&f, "by", q.By, Bys)
	p.Compare = s.choice(&f, "compare", q.Compare, Compares)
	p.is = s.days(&f, "from", q.From, "to", q.To, s.today())
	switch p.Compare {
	case "previous":
		b := p.is.previous()
		p.before = &b
	case "year":
		b := p.is.lastYear()
		p.before = &b
	case "baseline":
		if q.BaselineFrom == "" || q.BaselineTo == "" {
			f.Add("baseline_from", "field.required")
		} else {
			b := s.days(&f, "baseline_from", q.BaselineFrom, "baseline_to", q.BaselineTo, s.today())
			p.before = &b
		}
	}
	if q.Level != "" && !slices.Contains(levels, q.Level) {
		f.Add("level", "field.choice", "choices", levels)
	}
	if q.Top < 0 || q.Top > 10_000 {
		f.Add("top", "field.range", "min", 0, "max", 10_000)
	}
	if q.Category != "" {
		if p.category = s.Names.Categories(q.Category); len(p.category) == 0 {
			f.Add("category", "category.unknown")
		}
	}
	if q.Channel != "" && !slices.Contains(s.Names.Channels(), q.Channel) {
		f.Add("channel", "field.choice", "choices", s.Names.Channels())
	}
	p.kpis = chosenKPIs(&f, q.KPIs)
	p.checkSort(&f)
	if q.WorkingDays {
		for _, some := range p.periods() {
			if some.days() > maxWorkingDays {
				f.Add("to", "figures.too_long", "days", maxWorkingDays)
				break
			}
		}
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	if q.WorkingDays {
		for _, some := range p.periods() {
			p.off = append(p.off, s.daysOff(some)...)
		}
	}
	p.level = s.levelOf(p)
	return p, nil
}

func (p *plan) periods() []period {
	if p.before == nil {
		return []period{p.is}
	}
	return []period{p.is, *p.before}
}

func (s *Service) choice(f *fault.Fields, field, value string, choices []string) string {
	if value == "" {
		return choices[0]
	}
	if !slices.Contains(choices, value) {
		f.Add(field, "field.choice", "choices", choices)
	}
	return value
}

// days reads two days; what is left out is today.
func (s *Service) days(f *fault.Fields, fromField, from, toField, to, today string) period {
	read := func(field, text string) (p period) {
		if text == "" {
			text = today
		}
		t, err := parseDay(text)
		if err != nil {
			f.Add(field, "figures.day")
		}
		return period{from: t}
	}
	p := period{read(fromField, from).from, read(toField, to).from}
	switch {
	case p.from.IsZero() || p.to.IsZero():
	case p.to.Before(p.from):
		f.Add(toField, "figures.period")
	case p.days() > maxDays:
		f.Add(toField, "figures.too_long", "days", maxDays)
	}
	return p
}

func chosenKPIs(f *fault.Fields, codes []string) []KPI {
	if len(codes) == 0 {
		return KPIs
	}
	var list []KPI
	for _, code := range codes {
		k, ok := kpi(code)
		if !ok {
			f.Add("kpis", "figures.kpi", "code", code)
			continue
		}
		list = append(list, k)
	}
	return list
}

// levelOf returns of which level the rows are: the one asked for, or the one right below the area; of everything, the
// first one of which there are several.
func (s *Service) levelOf(p *plan) string {
	if p.By != "area" || p.Level != "" {
		return p.Level
	}
	id, level := "", ""
	if len(p.reach.areas) == 1 {
		id, level = p.reach.areas[0].ID, p.reach.areas[0].Level
	}
	for n := 0; n < len(levels); n++ {
		children := s.Places.Children(id)
		if len(children) == 0 {
			break
		}
		level = children[0].Level
		if len(children) > 1 || p.reach.asked != nil {
			return level
		}
		id = children[0].ID
	}
	if level == "" {
		return "street"
	}
	return level
}

package clock

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Chosen is the limit of a case with the calendar by which it counts.
type Chosen struct {
	Limit    Limit
	Calendar *Calendar
}

// Due returns when the limit is used up if its clock starts at an instant.
func (c Chosen) Due(start time.Time) (time.Time, error) {
	return c.Calendar.Due(start, c.Limit.Unit, c.Limit.Amount)
}

// WarnAt returns when a clock that started and is due at two instants turns yellow.
func (c Chosen) WarnAt(start, due time.Time) time.Time {
	return c.Calendar.WarnAt(c.Limit.Unit, start, due)
}

// Next returns when the next timed report is due after one was given; false where one report is all that is asked.
func (c Chosen) Next(after time.Time) (time.Time, bool) {
	if c.Limit.Every <= 0 {
		return time.Time{}, false
	}
	due, err := c.Calendar.Resume(after, c.Limit.Unit, time.Duration(c.Limit.Every)*time.Minute)
	return due, err == nil
}

// Table is an unchanging set of limits with the calendars by which they count. It is safe for concurrent use.
type Table struct {
	byStage map[Stage][]Limit
	common  *Calendar
	units   map[string]*Calendar
}

// NewTable returns a table: common counts for everybody whom units does not name.
func NewTable(limits []Limit, common *Calendar, units map[string]*Calendar) *Table {
	t := &Table{byStage: map[Stage][]Limit{}, common: common, units: units}
	for _, l := range limits {
		if l.Active {
			t.byStage[l.Stage] = append(t.byStage[l.Stage], l)
		}
	}
	return t
}

// Calendar returns the calendar of a unit; ” or an unknown one has the common one.
func (t *Table) Calendar(unit string) *Calendar {
	if c, ok := t.units[unit]; ok {
		return c
	}
	return t.common
}

// For returns the limits of a case for clocks that start at an instant, at most one a stage, in the order of Stages.
func (t *Table) For(c Case, at time.Time) []Chosen {
	var out []Chosen
	for _, s := range Stages {
		if l, ok := t.Limit(s, c, at); ok {
			out = append(out, l)
		}
	}
	return out
}

// Limit returns the most specific limit of a stage for a case; false where the stage has none. A deeper category goes
// before everything else, then a severity, then a channel, then a deeper area. Where two are alike, which the service
// does not let happen, the later one counts.
func (t *Table) Limit(stage Stage, c Case, at time.Time) (Chosen, bool) {
	ms := at.UnixMilli()
	var best *Limit
	var most rank
	for n := range t.byStage[stage] {
		l := &t.byStage[stage][n]
		if !l.Holds(ms) {
			continue
		}
		r, ok := l.fits(&c)
		if ok && (best == nil || cmp.Or(r.compare(most), cmp.Compare(l.From, best.From), cmp.Compare(l.ID, best.ID)) > 0) {
			best, most = l, r
		}
	}
	if best == nil {
		return Chosen{}, false
	}
	return Chosen{*best, t.Calendar(c.Unit)}, true
}

// rank says how special a limit is for a case.
type rank struct{ category, severity, channel, area int }

func (r rank) compare(o rank) int {
	return cmp.Or(cmp.Compare(r.category, o.category), cmp.Compare(r.severity, o.severity),
		cmp.Compare(r.channel, o.channel), cmp.Compare(r.area, o.area))
}

// fits tells whether a limit fits a case, and how special it is.
func (l *Limit) fits(c *Case) (r rank, ok bool) {
	if l.Category != "" {
		if l.Category != c.Category && !strings.HasPrefix(c.Category, l.Category+".") {
			return r, false
		}
		r.category = 1 + strings.Count(l.Category, ".")
	}
	if l.Severity != "" {
		if l.Severity != c.Severity {
			return r, false
		}
		r.severity = 1
	}
	if l.Channel != "" {
		if l.Channel != c.Channel {
			return r, false
		}
		r.channel = 1
	}
	if l.Area != "" {
		if r.area = 1 + slices.Index(c.Areas, l.Area); r.area == 0 {
			return r, false
		}
	}
	return r, true
}

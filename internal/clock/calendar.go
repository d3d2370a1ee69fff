package clock

import (
	"fmt"
	"slices"
	"time"

	"gezhi/internal/kit/fault"
)

// DayKind says in what way a day differs from its week.
type DayKind string

// The kinds of days.
const (
	Holiday DayKind = "holiday" // the office is closed although the week says otherwise
	Workday DayKind = "workday" // a make-up day: the office works although the week says otherwise
)

// DayKinds lists the kinds.
var DayKinds = []DayKind{Holiday, Workday}

// Day is one day that differs from its week.
type Day struct {
	Date    Date
	Kind    DayKind
	Name    string   // e.g. 国庆节
	Windows []Window // of a make-up day: its own hours; none for the usual ones
}

// Calendar tells when an office works: a week, and the days that differ from it. It never changes, so it is safe for
// concurrent use.
type Calendar struct {
	zone  *time.Location
	week  Week
	days  map[Date]Day
	years []int
}

// NewCalendar returns a calendar in a zone. It refuses windows that overlap or end before they begin, and a date that
// stands there twice. A week without any window is allowed: working time then never comes, unless make-up days bring
// their own.
func NewCalendar(zone *time.Location, week Week, days []Day) (*Calendar, error) {
	c := &Calendar{zone: zone, days: make(map[Date]Day, len(days))}
	var f fault.Fields
	for n := range week {
		c.week[n] = checkWindows(&f, weekField(n), week[n])
	}
	for n, d := range days {
		at := fmt.Sprintf("days[%d]", n)
		if _, twice := c.days[d.Date]; twice {
			f.Add(at, "calendar.twice", "date", d.Date.String())
		}
		if !slices.Contains(DayKinds, d.Kind) {
			f.Add(at, "field.choice")
		}
		d.Windows = checkWindows(&f, at, d.Windows)
		c.days[d.Date] = d
		if !slices.Contains(c.years, d.Date.Year) {
			c.years = append(c.years, d.Date.Year)
		}
	}
	slices.Sort(c.years)
	return c, f.Err()
}

// Years returns the years whose holidays the calendar knows: those in which it has at least one day.
func (c *Calendar) Years() []int { return slices.Clone(c.years) }

// Lacks returns the years of a span whose holidays the calendar does not know; there, the week alone counts.
func (c *Calendar) Lacks(from, to time.Time) []int {
	var missing []int
	for y := from.In(c.zone).Year(); y <= to.In(c.zone).Year(); y++ {
		if !slices.Contains(c.years, y) {
			missing = append(missing, y)
		}
	}
	return missing
}

// Open tells whether the office works at an instant.
func (c *Calendar) Open(t time.Time) bool {
	for _, s := range c.spans(c.date(t)) {
		if !t.Before(s.from) && t.Before(s.to) {
			return true
		}
	}
	return false
}

// windows returns the hours of a day. A make-up day has its own, else those that its weekday has anyway, else those
// of an ordinary working day.
func (c *Calendar) windows(d Date) []Window {
	day, differs := c.days[d]
	usual := c.week[d.Weekday()]
	switch {
	case !differs:
		return usual
	case day.Kind == Holiday:
		return nil
	case len(day.Windows) > 0:
		return day.Windows
	case len(usual) > 0:
		return usual
	}
	return c.week.usual()
}

// span is a stretch of time; to is outside it.
type span struct{ from, to time.Time }

// spans returns the stretches of a day in which the office works, in order. A window that the change to summer time
// swallows is none.
func (c *Calendar) spans(d Date) []span {
	windows := c.windows(d)
	out := make([]span, 0, len(windows))
	for _, w := range windows {
		if s := (span{c.at(d, w.From), c.at(d, w.To)}); s.from.Before(s.to) {
			out = append(out, s)
		}
	}
	return out
}

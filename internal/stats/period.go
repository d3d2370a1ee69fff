package stats

import (
	"fmt"
	"time"
)

// period is a run of days, both ends included.
type period struct{ from, to time.Time } // at noon UTC, so that no zone moves them

const (
	maxDays        = 3660
	maxWorkingDays = 1100 // of which the days off are named one by one
)

func parseDay(text string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, err
	}
	if t.Year() < 1970 || t.Year() > 2200 {
		return t, fmt.Errorf("the year %d", t.Year())
	}
	return t.Add(12 * time.Hour), nil
}

func dayText(t time.Time) string { return t.Format(time.DateOnly) }

func (p period) first() string { return dayText(p.from) }
func (p period) last() string  { return dayText(p.to) }
func (p period) days() int     { return int(p.to.Sub(p.from)/(24*time.Hour)) + 1 }

// each calls fn with every day, in order.
func (p period) each(fn func(day time.Time)) {
	for d := p.from; !d.After(p.to); d = d.AddDate(0, 0, 1) {
		fn(d)
	}
}

// previous returns the period right before: whole months before whole months, else as many days.
func (p period) previous() period {
	if months := p.months(); months > 0 {
		from := p.from.AddDate(0, -months, 0)
		return period{from, p.from.AddDate(0, 0, -1)}
	}
	return period{p.from.AddDate(0, 0, -p.days()), p.from.AddDate(0, 0, -1)}
}

// months returns of how many whole months the period is made, 0 when it is not.
func (p period) months() int {
	next := p.to.AddDate(0, 0, 1)
	if p.from.Day() != 1 || next.Day() != 1 {
		return 0
	}
	return (next.Year()-p.from.Year())*12 + int(next.Month()) - int(p.from.Month())
}

// span is a period that is added to others, or taken from them.
type span struct {
	period
	less bool
}

// inMonths makes the period of whole months and of the days that they lack or have too many of, whichever are fewer.
// ok is false where a period has no month to speak of.
func (p period) inMonths() (months period, days []span, ok bool) {
	first := p.from.AddDate(0, 0, 1-p.from.Day())
	switch {
	case p.from.Day() > 15:
		first = first.AddDate(0, 1, 0)
		days = append(days, span{period{p.from, first.AddDate(0, 0, -1)}, false})
	case p.from.Day() > 1:
		days = append(days, span{period{first, p.from.AddDate(0, 0, -1)}, true})
	}
	last := p.to.AddDate(0, 0, 1-p.to.Day()).AddDate(0, 1, -1)
	switch {
	case p.to.Equal(last):
	case p.to.Day() < 15:
		last = p.to.AddDate(0, 0, -p.to.Day())
		days = append(days, span{period{last.AddDate(0, 0, 1), p.to}, false})
	default:
		days = append(days, span{period{p.to.AddDate(0, 0, 1), last}, true})
	}
	months = period{first, last}
	return months, days, first.Before(last) && (months.months() > 1 || len(days) < 2)
}

// firstOfMonth returns the first day of the month in which a day lies.
func firstOfMonth(day string) string { return day[:min(len(day), len("2026-11"))] + "-01" }

// lastYear returns the same dates of the year before. Whole months stay whole, and the 29th of February is the 28th.
func (p period) lastYear() period {
	if p.months() > 0 {
		return period{p.from.AddDate(-1, 0, 0), p.to.AddDate(0, 0, 1).AddDate(-1, 0, -1)}
	}
	return period{yearBefore(p.from), yearBefore(p.to)}
}

func yearBefore(t time.Time) time.Time {
	y := t.AddDate(-1, 0, 0)
	if y.Day() != t.Day() { // the 29th of February
		return y.AddDate(0, 0, -1)
	}
	return y
}

// bucket returns the day, week or month in which a day lies: a week by its Monday, a month as 2026-11.
func bucket(by, day string) string {
	switch by {
	case "month":
		return day[:min(7, len(day))]
	case "week":
		t, err := parseDay(day)
		if err != nil {
			return day
		}
		return dayText(t.AddDate(0, 0, -(int(t.Weekday())+6)%7))
	}
	return day
}

// buckets lists all of a period, in order: also those in which nothing happened.
func (p period) buckets(by string) []string {
	var list []string
	p.each(func(d time.Time) {
		if b := bucket(by, dayText(d)); len(list) == 0 || list[len(list)-1] != b {
			list = append(list, b)
		}
	})
	return list
}

// daysOff returns the days of a period on which offices do not work.
func (s *Service) daysOff(p period) []string {
	var off []string
	p.each(func(d time.Time) {
		if !s.Workdays.Workday(time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, s.zone())) {
			off = append(off, dayText(d))
		}
	})
	return off
}

package clock

import (
	"errors"
	"time"
)

// What keeps a limit from being reckoned.
var (
	ErrAmount      = errors.New("the amount of the limit is out of bounds")
	ErrNeverWorked = errors.New("the calendar has no working time left for the limit")
)

// horizon bounds the days that are looked at for working time: twenty years, in which the largest amount of working
// days comes to an end even where an office works one day a week.
const horizon = 20 * 366

// Due returns when a limit that starts at an instant is used up; from then on it is overdue. The units are explained
// at the package. An office that never works is ErrNeverWorked.
//
// Two limits in a row are one of their sum. With days, a due time of 24:00 is the first moment of the next day, so the
// second of the two starts a moment before.
func (c *Calendar) Due(start time.Time, u Unit, amount int64) (time.Time, error) {
	if !u.fits(amount) {
		return time.Time{}, ErrAmount
	}
	switch u {
	case WorkingDays:
		return c.workingDays(start, int(amount))
	case CalendarDays:
		return c.at(c.date(start).Add(int(amount)), minutesOfDay), nil
	}
	return c.Resume(start, u, time.Duration(amount)*time.Minute)
}

func (c *Calendar) workingDays(start time.Time, amount int) (time.Time, error) {
	d := c.date(start)
	for range horizon {
		d = d.Add(1)
		spans := c.spans(d)
		if len(spans) == 0 {
			continue
		}
		if amount--; amount == 0 {
			return spans[len(spans)-1].to, nil
		}
	}
	return time.Time{}, ErrNeverWorked
}

// Worked returns how much of a span counts for a unit: all of it for hours and calendar days, office hours for the
// others. A span that ends before it begins counts nothing.
func (c *Calendar) Worked(u Unit, from, to time.Time) time.Duration {
	if !from.Before(to) {
		return 0
	}
	if !u.office() {
		return to.Sub(from)
	}
	var sum time.Duration
	last := c.date(to)
	for d := c.date(from); d.Compare(last) <= 0; d = d.Add(1) {
		for _, s := range c.spans(d) {
			if d := earlier(s.to, to).Sub(later(s.from, from)); d > 0 {
				sum += d
			}
		}
	}
	return sum
}

// Resume returns when what was left at a pause is used up, when the clock runs on from an instant. What is left is
// Worked from the pause to the due time; so a due time moves by exactly what counted of the pause, which does not
// count itself, and a pause outside office hours moves no limit of working time.
func (c *Calendar) Resume(from time.Time, u Unit, left time.Duration) (time.Time, error) {
	if left <= 0 {
		return from, nil
	}
	if !u.office() {
		return from.Add(left), nil
	}
	d := c.date(from)
	for range horizon {
		for _, s := range c.spans(d) {
			begin := later(s.from, from)
			open := s.to.Sub(begin)
			if open <= 0 {
				continue
			}
			if left <= open {
				return begin.Add(left), nil
			}
			left -= open
		}
		d = d.Add(1)
	}
	return time.Time{}, ErrNeverWorked
}

// WarnAt returns when four fifths of the time between start and due have been used, counted in the unit: then a limit
// turns yellow.
func (c *Calendar) WarnAt(u Unit, start, due time.Time) time.Time {
	at, err := c.Resume(start, u, c.Worked(u, start, due)/5*4)
	if err != nil || at.After(due) {
		return due
	}
	return at
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

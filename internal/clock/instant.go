package clock

import "time"

// at returns the first instant at which the clock on the wall shows the minute of a date or a later one. So it rises
// with date and minute whatever the zone does: where a change to summer time leaves out the minute, it is the instant
// of the change; where a change back shows it twice, it is the first time.
func (c *Calendar) at(d Date, minute int) time.Time {
	want := time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, time.UTC)
	t := time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, c.zone)
	start, end := t.ZoneBounds()
	switch shown := wall(t); {
	case shown.Before(want):
		return end
	case shown.After(want):
		return start
	}
	if start.IsZero() {
		return t
	}
	_, offset := t.Zone()
	_, before := start.Add(-time.Nanosecond).Zone()
	first := t.Add(-time.Duration(before-offset) * time.Second)
	if before > offset && first.Before(start) {
		return first
	}
	return t
}

// date returns the day to which an instant belongs: the latest that the clock has shown until then. Where a clock is
// set back over midnight it shows the day before a second time, which still belongs to the new one.
func (c *Calendar) date(t time.Time) Date {
	d := dateOf(t.In(c.zone))
	if next := d.Add(1); !t.Before(c.at(next, 0)) {
		return next
	}
	return d
}

// wall returns what the clock of an instant's zone shows, as if that were UTC.
func wall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

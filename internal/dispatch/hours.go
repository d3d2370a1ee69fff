package dispatch

import (
	"strings"
	"time"

	"gezhi/internal/kit/fault"
)

// Calendar knows which days are worked. It is asked inside transactions and may not wait for the store.
type Calendar interface {
	// Workday tells whether offices work on the day of an instant: weekends, holidays and make-up days.
	Workday(at time.Time) bool
}

// The kinds of days that a rule can name beside the digits of weekdays.
const (
	Workdays = "workday"
	Restdays = "restday"
)

const dayMinutes = 24 * 60

// mistimed returns the condition of time that an instant (unix ms) does not meet: days or time; ” when both are met.
func (r *Rule) mistimed(ms int64, cal Calendar) string {
	if r.From == r.To && r.Days == "" {
		return ""
	}
	at := time.UnixMilli(ms)
	minute := int64(at.Hour()*60 + at.Minute())
	switch {
	case r.From == r.To:
	case r.From < r.To:
		if minute < r.From || minute >= r.To {
			return "time"
		}
	case minute < r.To:
		at = at.AddDate(0, 0, -1) // the night began yesterday
	case minute < r.From:
		return "time"
	}
	if !r.onDay(at, cal) {
		return "days"
	}
	return ""
}

func (r *Rule) onDay(at time.Time, cal Calendar) bool {
	switch r.Days {
	case "":
		return true
	case Workdays:
		return worked(at, cal)
	case Restdays:
		return !worked(at, cal)
	}
	return strings.IndexByte(r.Days, weekdayDigit(at.Weekday())) >= 0
}

// weekdayDigit is 1 for Monday to 7 for Sunday.
func weekdayDigit(d time.Weekday) byte { return '1' + byte(d+6)%7 }

func worked(at time.Time, cal Calendar) bool {
	if cal == nil {
		return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
	}
	return cal.Workday(at)
}

// checkHours notes what is wrong with the conditions of time.
func (r *Rule) checkHours(f *fault.Fields) {
	for _, c := range []struct {
		field string
		value int64
	}{{"from_minute", r.From}, {"to_minute", r.To}} {
		if c.value < 0 || c.value > dayMinutes {
			f.Add(c.field, "field.range", "min", 0, "max", dayMinutes)
		}
	}
	if r.Days == Workdays || r.Days == Restdays {
		return
	}
	last := byte('0')
	for _, c := range []byte(r.Days) {
		if c <= last || c > '7' {
			f.Add("days", "rule.days_form")
			return
		}
		last = c
	}
}

package clock

import (
	_ "embed"
	"time"
)

// CommonCalendar is the id of the calendar that counts for everybody who has no hours of their own.
const CommonCalendar = "common"

// sampleYear is a year of holidays and make-up days as it was commonly published. It is marked as a sample until an
// administrator has compared it with the notice that holds.
//
//go:embed sample/2026.csv
var sampleYear []byte

// usualWeek is the week with which a new store begins.
var usualWeek = Workweek(Window{9 * 60, 12 * 60}, Window{14 * 60, 18 * 60})

// usualCalendar counts while the store has no calendar.
func usualCalendar(zone *time.Location) *Calendar {
	c, err := NewCalendar(zone, usualWeek, nil)
	if err != nil {
		panic(err) // the week above does not hold
	}
	return c
}

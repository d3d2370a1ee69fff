package clock

import (
	"fmt"
	"slices"
	"time"

	"gezhi/internal/kit/fault"
)

// minutesOfDay is the number of minutes that a clock shows from 00:00 to 24:00.
const minutesOfDay = 24 * 60

// maxWindows bounds the windows of one day.
const maxWindows = 6

// Window is a span of a day in which an office works, in minutes that the clock on the wall shows; To is outside it
// and may be 1440, which is 24:00. Work over midnight is two windows, one on each day.
type Window struct {
	From int `json:"from" minimum:"0" maximum:"1439" doc:"minutes after 00:00"`
	To   int `json:"to" minimum:"1" maximum:"1440" doc:"minutes after 00:00"`
}

// Week holds the windows of each weekday; time.Sunday is the first.
type Week [7][]Window

// Workweek returns a week that has the same windows from Monday to Friday and none at the weekend.
func Workweek(windows ...Window) Week {
	var w Week
	for d := time.Monday; d <= time.Friday; d++ {
		w[d] = windows
	}
	return w
}

// usual returns the windows of an ordinary working day: those of the first weekday from Monday on that has any.
func (w Week) usual() []Window {
	for n := range 7 {
		if list := w[(n+1)%7]; len(list) > 0 {
			return list
		}
	}
	return nil
}

// weekField names a weekday of an input.
func weekField(n int) string { return fmt.Sprintf("week[%d]", n) }

// checkWindows returns the windows of a day in order, and notes what is wrong with them: ends before it begins,
// outside the day, overlaps another, too many.
func checkWindows(f *fault.Fields, field string, list []Window) []Window {
	if len(list) > maxWindows {
		f.Add(field, "field.too_many", "max", maxWindows)
		return nil
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Window) int { return a.From - b.From })
	for n, w := range list {
		switch {
		case w.From < 0 || w.To > minutesOfDay || w.From >= w.To:
			f.Add(field, "hours.window")
			return nil
		case n > 0 && w.From < list[n-1].To:
			f.Add(field, "hours.overlap")
			return nil
		}
	}
	return list
}

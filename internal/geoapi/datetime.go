package geoapi

import (
	"strings"
	"time"

	"gezhi/internal/kit/fault"
)

// Interval is a time from From on and before To, in unix ms. 0 stands for an open end.
type Interval struct{ From, To int64 }

// ParseTime reads the parameter datetime: an instant, or two with a slash between of which one may be open ("..") or
// missing. An instant is written as RFC 3339 has it, to the second, or as a day of the zone; an interval holds both ends.
func ParseTime(f *fault.Fields, text string, zone *time.Location) Interval {
	text = strings.TrimSpace(text)
	if text == "" {
		return Interval{}
	}
	first, last, two := strings.Cut(text, "/")
	from, ok := parseMoment(first, zone, two)
	to := from
	if two && ok {
		to, ok = parseMoment(last, zone, true)
	}
	if !ok || from.To != 0 && to.To != 0 && from.From > to.From || two && from == to && from.To == 0 {
		f.Add("datetime", "field.datetime")
		return Interval{}
	}
	return Interval{from.From, to.To}
}

// parseMoment reads one end; the zero Interval is an open one.
func parseMoment(text string, zone *time.Location, open bool) (Interval, bool) {
	if open && (text == "" || text == "..") {
		return Interval{}, true
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return within(day, day.AddDate(0, 0, 1))
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return Interval{}, false
	}
	t = t.Truncate(time.Second)
	return within(t, t.Add(time.Second))
}

// within refuses times that no clock of an office ever showed, so that an end is never mistaken for an open one.
func within(from, to time.Time) (Interval, bool) {
	if from.Year() < 1971 || to.Year() > 9999 {
		return Interval{}, false
	}
	return Interval{from.UnixMilli(), to.UnixMilli()}, true
}

// instant is the moment at which boundaries are shown: the last one of the interval, 0 for now.
func (i Interval) instant(now int64) int64 {
	if i.To == 0 || i.To-1 >= now {
		return 0
	}
	return i.To - 1
}

// days widens the interval to whole days of a zone, so that asking again with other times tells nothing about one day.
func (i Interval) days(zone *time.Location) Interval {
	begin := func(ms int64) time.Time {
		y, m, d := time.UnixMilli(ms).In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone)
	}
	if i.From != 0 {
		i.From = begin(i.From).UnixMilli()
	}
	if i.To != 0 {
		i.To = begin(i.To-1).AddDate(0, 0, 1).UnixMilli()
	}
	return i
}

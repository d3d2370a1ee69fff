package clock_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/clock"
)

// model is the calendar written down a second time, minute by minute: slow, and right at a look.
type model struct {
	zone *time.Location
	week clock.Week
	days []clock.Day
	from int64 // minutes since 1970 of the range that was walked
	to   int64
	open []bool       // of each minute of the range
	day  []clock.Date // that it belongs to
}

// walk goes through every minute of a range and notes whether the office works then. The minute of the day is the
// largest that the wall showed so far, so that an hour that comes twice counts as one long minute.
func (m *model) walk(from, to time.Time) {
	m.from, m.to = from.Unix()/60, to.Unix()/60
	m.open, m.day = make([]bool, m.to-m.from), make([]clock.Date, m.to-m.from)
	var today clock.Date
	minute := 0
	for at := m.from; at < m.to; at++ {
		t := time.Unix(at*60, 0).In(m.zone)
		d := clock.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
		shown := t.Hour()*60 + t.Minute()
		if d.Compare(today) > 0 {
			today, minute = d, shown
		} else if d == today {
			minute = max(minute, shown)
		}
		n := at - m.from
		m.day[n] = today
		for _, w := range m.hours(today) {
			m.open[n] = m.open[n] || w.From <= minute && minute < w.To
		}
	}
}

func (m *model) hours(d clock.Date) []clock.Window {
	usual := m.week[d.Weekday()]
	for _, k := range m.days {
		if k.Date != d {
			continue
		}
		if k.Kind == clock.Holiday {
			return nil
		}
		if len(k.Windows) > 0 {
			return k.Windows
		}
		for n := 1; n <= 7 && len(usual) == 0; n++ {
			usual = m.week[n%7]
		}
	}
	return usual
}

// counts tells whether a minute counts for a unit.
func (m *model) counts(u clock.Unit, at int64) bool {
	return u == clock.Hours || u == clock.CalendarDays || m.open[at-m.from]
}

// used returns the minute at whose begin an amount of minutes has been counted from a start.
func (m *model) used(u clock.Unit, start int64, amount int) (int64, bool) {
	for at := start; at < m.to; at++ {
		if m.counts(u, at) {
			if amount--; amount == 0 {
				return at + 1, true
			}
		}
	}
	return 0, false
}

// due goes from minute to minute until the amount is used up; false when the range ends before.
func (m *model) due(start int64, u clock.Unit, amount int) (int64, bool) {
	if u == clock.Hours || u == clock.WorkingHours {
		return m.used(u, start, amount)
	}
	first := m.day[start-m.from]
	seen := map[clock.Date]bool{}
	end := int64(0)
	for at := start; at < m.to; at++ {
		d := m.day[at-m.from]
		if d.Compare(first) <= 0 || !m.counts(u, at) {
			continue
		}
		if !seen[d] && len(seen) == amount {
			return end, true
		}
		seen[d] = true
		end = at + 1
	}
	return 0, false
}

var zones = []string{"Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "America/St_Johns"}

// begins are the days around which the zones change their clocks, and one on which nothing happens.
var begins = map[string][]string{
	"Asia/Shanghai": {"2026-09-25", "1988-04-08", "1988-09-07"}, "Europe/Berlin": {"2026-03-25", "2026-10-21", "2026-06-01"},
	"America/Sao_Paulo": {"2018-10-31", "2018-02-14"}, "Australia/Lord_Howe": {"2026-10-01", "2026-04-01"},
	"America/St_Johns": {"2010-11-04", "2010-03-11"}, // there the clock was set back at 00:01, into the day before
}

func windows() *rapid.Generator[[]clock.Window] {
	return rapid.Custom(func(t *rapid.T) []clock.Window {
		edges := rapid.SliceOfNDistinct(rapid.IntRange(0, 48), 0, 6, rapid.ID[int]).Draw(t, "edges")
		slices.Sort(edges)
		var out []clock.Window
		for n := 0; n+1 < len(edges); n += 2 {
			out = append(out, clock.Window{From: edges[n] * 30, To: edges[n+1] * 30})
		}
		return out
	})
}

// drawn returns a calendar and the model of the same, walked for three weeks.
func drawn(t *rapid.T) (*clock.Calendar, *model) {
	name := rapid.SampledFrom(zones).Draw(t, "zone")
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	m := &model{zone: z}
	begin, err := clock.ParseDate(rapid.SampledFrom(begins[name]).Draw(t, "begin"))
	require.NoError(t, err)
	for n := range m.week {
		m.week[n] = windows().Draw(t, "week")
	}
	for n := range 12 {
		if kind := rapid.SampledFrom([]clock.DayKind{"", "", clock.Holiday, clock.Workday}).Draw(t, "kind"); kind != "" {
			m.days = append(m.days, clock.Day{Date: begin.Add(n), Kind: kind})
			if kind == clock.Workday {
				m.days[len(m.days)-1].Windows = windows().Draw(t, "own hours")
			}
		}
	}
	from := time.Date(begin.Year, begin.Month, begin.Day, 0, 0, 0, 0, time.UTC).Add(-24 * time.Hour)
	m.walk(from, from.AddDate(0, 0, 21))
	c, err := clock.NewCalendar(z, m.week, m.days)
	require.NoError(t, err)
	return c, m
}

func (m *model) moment(t *rapid.T, name string) int64 {
	return m.from + 24*60 + rapid.Int64Range(0, 8*24*60).Draw(t, name)
}

func minute(at int64) time.Time { return time.Unix(at*60, 0) }

func amount(t *rapid.T, u clock.Unit, name string) int {
	if u == clock.WorkingDays || u == clock.CalendarDays {
		return rapid.IntRange(1, 6).Draw(t, name)
	}
	return rapid.IntRange(1, 3000).Draw(t, name)
}

func unit(t *rapid.T) clock.Unit { return rapid.SampledFrom(clock.Units).Draw(t, "unit") }

func TestDueEqualsModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := drawn(t)
		u, start := unit(t), m.moment(t, "start")
		n := amount(t, u, "amount")
		want, ends := m.due(start, u, n)
		if !ends {
			return // longer than the model looks
		}
		due, err := c.Due(minute(start), u, int64(n))
		require.NoError(t, err)
		require.Equal(t, minute(want).UTC(), due.UTC())
	})
}

func TestWorkedEqualsModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := drawn(t)
		u, from := unit(t), m.moment(t, "from")
		to := m.moment(t, "to")
		n := 0
		for at := from; at < to; at++ {
			if m.counts(u, at) {
				n++
			}
			if u == clock.WorkingHours {
				require.Equal(t, m.open[at-m.from], c.Open(minute(at)), minute(at))
			}
		}
		require.Equal(t, time.Duration(n)*time.Minute, c.Worked(u, minute(from), minute(to)))
	})
}

// Two limits in a row are one of their sum.
func TestSplits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := drawn(t)
		u, start := unit(t), minute(m.moment(t, "start"))
		a, b := int64(amount(t, u, "first")), int64(amount(t, u, "second"))
		whole, err := c.Due(start, u, a+b)
		if err != nil {
			return // an office that never works
		}
		between, err := c.Due(start, u, a)
		require.NoError(t, err)
		if u == clock.WorkingDays || u == clock.CalendarDays {
			between = between.Add(-time.Nanosecond)
		}
		parts, err := c.Due(between, u, b)
		require.NoError(t, err)
		require.True(t, whole.Equal(parts), "%s, not %s", parts, whole)
	})
}

// Pauses count nothing, wherever they lie and however many there are.
func TestPauses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := drawn(t)
		u, start := unit(t), m.moment(t, "start")
		due, err := c.Due(minute(start), u, int64(amount(t, u, "amount")))
		if err != nil {
			return // an office that never works
		}
		total := c.Worked(u, minute(start), due)
		again, err := c.Resume(minute(start), u, total)
		require.NoError(t, err)
		require.True(t, again.Equal(due), "what is left at the start is all: %s, not %s", again, due)

		run, at := time.Duration(0), minute(start)
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			ran := time.Duration(rapid.IntRange(0, 2000).Draw(t, "ran")) * time.Minute
			pause := at.Add(ran)
			if !pause.Before(due) {
				break
			}
			left := c.Worked(u, pause, due)
			run += c.Worked(u, at, pause)
			require.Equal(t, total, run+left, "nothing is lost and nothing won at a pause")
			at = pause.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "paused")) * time.Minute)
			moved := c.Worked(u, pause, at)
			before := due
			if due, err = c.Resume(at, u, left); err != nil {
				return // an office that no longer works
			}
			if left > 0 {
				require.Equal(t, moved, c.Worked(u, before, due), "the due time moves by what counted of the pause")
			}
		}
		require.Equal(t, total, run+c.Worked(u, at, due))
		warn := c.WarnAt(u, at, due)
		require.False(t, warn.After(due))
		require.Equal(t, c.Worked(u, at, due)/5*4, c.Worked(u, at, warn))
	})
}

package clock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
)

// morning and afternoon are an office that closes for lunch.
var (
	morning   = clock.Window{From: 9 * 60, To: 12 * 60}
	afternoon = clock.Window{From: 14 * 60, To: 18 * 60}
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func date(t testing.TB, text string) clock.Date {
	t.Helper()
	d, err := clock.ParseDate(text)
	require.NoError(t, err)
	return d
}

// autumn is Shanghai's autumn of 2026 around the National Day, with two make-up days.
func autumn(t testing.TB) *clock.Calendar {
	t.Helper()
	days := []clock.Day{{Date: date(t, "2026-09-20"), Kind: clock.Workday, Name: "补班"}, {Date: date(t, "2026-10-10"), Kind: clock.Workday, Windows: []clock.Window{morning}}}
	for d := date(t, "2026-10-01"); d.Day <= 7; d = d.Add(1) {
		days = append(days, clock.Day{Date: d, Kind: clock.Holiday, Name: "国庆节"})
	}
	c, err := clock.NewCalendar(zone(t, "Asia/Shanghai"), clock.Workweek(morning, afternoon), days)
	require.NoError(t, err)
	return c
}

func at(t testing.TB, c *time.Location, text string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", text, c)
	require.NoError(t, err)
	return v
}

func TestDue(t *testing.T) {
	c, z := autumn(t), zone(t, "Asia/Shanghai")
	for _, k := range []struct {
		why, start string
		unit       clock.Unit
		amount     int64
		due        string
	}{
		{"hours run through the night and the holiday", "2026-09-30 23:50", clock.Hours, 20, "2026-10-01 00:10"},
		{"working hours leave out lunch", "2026-09-21 11:00", clock.WorkingHours, 120, "2026-09-21 15:00"},
		{"working hours end with the window, not at the begin of the next", "2026-09-21 11:00", clock.WorkingHours, 60, "2026-09-21 12:00"},
		{"before the office opens the hours wait", "2026-09-21 03:00", clock.WorkingHours, 1, "2026-09-21 09:01"},
		{"working hours go over the holiday", "2026-09-30 17:00", clock.WorkingHours, 4 * 60, "2026-10-08 12:00"},
		{"a make-up day works like any other", "2026-09-19 10:00", clock.WorkingHours, 7 * 60, "2026-09-20 18:00"},
		{"a make-up day with its own hours is over at noon", "2026-10-10 11:00", clock.WorkingHours, 2 * 60, "2026-10-12 10:00"},
		{"the day of the start does not count", "2026-09-21 00:00", clock.WorkingDays, 1, "2026-09-22 18:00"},
		{"nor late in the evening", "2026-09-21 23:59", clock.WorkingDays, 1, "2026-09-22 18:00"},
		{"after a free day the next working day is the first", "2026-09-26 10:00", clock.WorkingDays, 1, "2026-09-28 18:00"},
		{"days go over the holiday", "2026-09-30 10:00", clock.WorkingDays, 2, "2026-10-09 18:00"},
		{"the last day ends with its own hours", "2026-10-09 10:00", clock.WorkingDays, 1, "2026-10-10 12:00"},
		{"calendar days end at midnight", "2026-09-30 10:00", clock.CalendarDays, 1, "2026-10-02 00:00"},
		{"calendar days go over the end of the year", "2026-12-31 23:59", clock.CalendarDays, 15, "2027-01-16 00:00"},
		{"a leap day is a day", "2028-02-28 12:00", clock.CalendarDays, 1, "2028-03-01 00:00"},
	} {
		due, err := c.Due(at(t, z, k.start), k.unit, k.amount)
		require.NoError(t, err, k.why)
		require.Equal(t, k.due, due.In(z).Format("2006-01-02 15:04"), k.why)
	}
}

func TestDueInSummerTime(t *testing.T) {
	z := zone(t, "Europe/Berlin")
	night, err := clock.NewCalendar(z, clock.Week{{{From: 60, To: 240}}, {{From: 60, To: 240}}, {}, {}, {}, {}, {{From: 150, To: 170}}}, nil)
	require.NoError(t, err)
	noon := at(t, z, "2026-03-28 12:00")
	due, err := night.Due(noon, clock.WorkingHours, 120)
	require.NoError(t, err)
	require.Equal(t, "2026-03-29 04:00", due.In(z).Format("2006-01-02 15:04"), "01:00 to 04:00 is two hours on the night that leaves one out")
	noon = at(t, z, "2026-10-24 12:00")
	due, err = night.Due(noon, clock.WorkingHours, 240)
	require.NoError(t, err)
	require.Equal(t, "2026-10-25 04:00", due.In(z).Format("2006-01-02 15:04"), "and four hours on the night that has one twice")

	gap, err := clock.NewCalendar(z, clock.Week{{{From: 130, To: 150}}}, nil)
	require.NoError(t, err)
	due, err = gap.Due(noon.AddDate(0, -7, 0), clock.WorkingDays, 1) // 24 March
	require.NoError(t, err)
	require.Equal(t, "2026-04-05 02:30", due.In(z).Format("2006-01-02 15:04"), "an office that opens only in the hour left out does not work that day")
}

func TestHoursThatComeTwice(t *testing.T) {
	late := clock.Week{{{From: 150, To: 240}}}
	for name, begin := range map[string]string{"Europe/Berlin": "2026-10-25 00:00", "America/New_York": "2018-11-04 00:00"} {
		z := zone(t, name)
		c, err := clock.NewCalendar(z, clock.Week{{{From: 90, To: 240}}}, nil)
		require.NoError(t, err)
		start := at(t, z, begin)
		require.Equal(t, 210*time.Minute, c.Worked(clock.WorkingHours, start, start.AddDate(0, 0, 1)), "from the first half past one to four o'clock in %s", name)
	}
	z := zone(t, "Europe/Berlin")
	c, err := clock.NewCalendar(z, late, nil)
	require.NoError(t, err)
	start := at(t, z, "2026-10-25 00:00")
	require.Equal(t, 150*time.Minute, c.Worked(clock.WorkingHours, start, start.AddDate(0, 0, 1)), "an office that opens in the hour that comes twice opens the first time")

	z = zone(t, "America/St_Johns")
	c, err = clock.NewCalendar(z, clock.Week{{{From: 0, To: 1440}}}, nil)
	require.NoError(t, err)
	saturday := at(t, z, "2010-11-06 22:00")
	again := saturday.Add(2*time.Hour + 30*time.Minute)
	require.Equal(t, "2010-11-06 23:29", again.In(z).Add(-time.Minute).Format("2006-01-02 15:04"), "the clock was set back a minute after midnight")
	require.Equal(t, 30*time.Minute, c.Worked(clock.WorkingHours, saturday, again), "Sunday began with the first midnight")
	require.True(t, c.Open(again))
}

func TestDueRefuses(t *testing.T) {
	c := autumn(t)
	for _, k := range []struct {
		unit   clock.Unit
		amount int64
	}{{clock.Hours, 0}, {clock.WorkingHours, -1}, {clock.Hours, clock.MaxMinutes + 1}, {clock.WorkingDays, clock.MaxDays + 1}, {"fortnights", 1}} {
		_, err := c.Due(time.UnixMilli(0), k.unit, k.amount)
		require.ErrorIs(t, err, clock.ErrAmount)
	}
	closed, err := clock.NewCalendar(time.UTC, clock.Week{}, nil)
	require.NoError(t, err)
	for _, u := range []clock.Unit{clock.WorkingHours, clock.WorkingDays} {
		_, err = closed.Due(time.UnixMilli(0), u, 1)
		require.ErrorIs(t, err, clock.ErrNeverWorked)
	}
	for _, u := range clock.Units {
		most := int64(clock.MaxMinutes)
		if u == clock.WorkingDays || u == clock.CalendarDays {
			most = clock.MaxDays
		}
		_, err := c.Due(time.UnixMilli(0), u, most)
		require.NoError(t, err, "the largest amount has an end: %s", u)
	}
}

func TestCalendarRefuses(t *testing.T) {
	for why, week := range map[string]clock.Week{
		"overlap":       clock.Workweek(clock.Window{From: 540, To: 720}, clock.Window{From: 700, To: 800}),
		"end first":     clock.Workweek(clock.Window{From: 720, To: 540}),
		"empty":         clock.Workweek(clock.Window{From: 720, To: 720}),
		"over midnight": clock.Workweek(clock.Window{From: 1320, To: 1800}),
	} {
		_, err := clock.NewCalendar(time.UTC, week, nil)
		require.Error(t, err, why)
	}
	day := clock.Day{Date: date(t, "2026-10-01"), Kind: clock.Holiday}
	_, err := clock.NewCalendar(time.UTC, clock.Week{}, []clock.Day{day, day})
	require.ErrorContains(t, err, "calendar.twice")
}

func TestLacks(t *testing.T) {
	c := autumn(t)
	z := zone(t, "Asia/Shanghai")
	require.Equal(t, []int{2026}, c.Years())
	require.Equal(t, []int{2027}, c.Lacks(at(t, z, "2026-12-01 00:00"), at(t, z, "2027-01-01 00:00")))
	require.Empty(t, c.Lacks(at(t, z, "2026-12-01 00:00"), at(t, z, "2026-12-31 23:59")))
	due, err := c.Due(at(t, z, "2027-01-01 08:00"), clock.WorkingHours, 60)
	require.NoError(t, err)
	require.Equal(t, "2027-01-01 10:00", due.In(z).Format("2006-01-02 15:04"), "a year that nobody entered goes by the week")
}

func TestWarnAt(t *testing.T) {
	c, z := autumn(t), zone(t, "Asia/Shanghai")
	start := at(t, z, "2026-09-30 17:00")
	due, err := c.Due(start, clock.WorkingHours, 300)
	require.NoError(t, err)
	require.Equal(t, "2026-10-08 12:00 due 2026-10-08 15:00", c.WarnAt(clock.WorkingHours, start, due).In(z).Format("2006-01-02 15:04")+" due "+due.In(z).Format("2006-01-02 15:04"))
	require.Equal(t, start.Add(4*time.Minute), c.WarnAt(clock.Hours, start, start.Add(5*time.Minute)))
}

package clock_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

func refused(t *testing.T, err error, field, code string) {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	for _, one := range f.Fields {
		if one.Field == field && one.Code == code {
			return
		}
	}
	require.Fail(t, "not refused as it should be", "%s %s, but %v", field, code, err)
}

func TestLimitsAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, log := open(t, d)
		ctx := t.Context()
		made, err := s.Create(ctx, manager, limit("", clock.Limit{Basis: " 试行办法 ", Category: "environment", Area: "street"}))
		require.NoError(t, err)
		require.Equal(t, "试行办法", made.Basis)
		got, ok := s.Limit(clock.Handle, clock.Case{Category: "environment.rubbish", Areas: path}, monday)
		require.True(t, ok, "a change counts at once")
		require.Equal(t, made, got.Limit)

		change := made
		change.Amount = 90
		changed, err := s.Update(ctx, manager, change)
		require.NoError(t, err)
		require.EqualValues(t, 2, changed.Version)
		_, err = s.Update(ctx, manager, change)
		f, _ := fault.As(err)
		require.True(t, fault.Is(err, "limit.stale"))
		require.Equal(t, changed, f.Current)
		require.True(t, fault.Is(s.Delete(ctx, manager, made.ID, 1), "limit.stale"))

		other, _, _ := another(t, d)
		require.NoError(t, s.Delete(ctx, manager, made.ID, 2))
		_, ok = other.Limit(clock.Handle, clock.Case{Category: "environment", Areas: path}, monday)
		require.True(t, ok, "another node has not looked yet")
		require.NoError(t, other.Reload(ctx))
		_, ok = other.Limit(clock.Handle, clock.Case{Category: "environment", Areas: path}, monday)
		require.False(t, ok)
		require.Equal(t, []string{"limit.create", "limit.update", "limit.delete"}, log.actions)
		require.True(t, fault.Is(s.Delete(ctx, manager, made.ID, 2), "not_found"))
	})
}

func TestLimitsAreRefused(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	for _, k := range []struct {
		field, code string
		change      func(l *clock.Limit)
	}{
		{"amount", "limit.zero", func(l *clock.Limit) { l.Amount = 0 }},
		{"amount", "limit.amount", func(l *clock.Limit) { l.Amount = -1 }},
		{"amount", "limit.amount", func(l *clock.Limit) { l.Amount = clock.MaxMinutes + 1 }},
		{"amount", "limit.amount", func(l *clock.Limit) { l.Unit, l.Amount = clock.CalendarDays, clock.MaxDays+1 }},
		{"unit", "field.choice", func(l *clock.Limit) { l.Unit = "fortnights" }},
		{"stage", "field.choice", func(l *clock.Limit) { l.Stage = "lunch" }},
		{"every", "limit.every_unused", func(l *clock.Limit) { l.Every = 30 }},
		{"every", "limit.every", func(l *clock.Limit) { l.Stage, l.Every = clock.Progress, 1 }},
		{"unit", "limit.progress_unit", func(l *clock.Limit) { l.Stage, l.Unit = clock.Progress, clock.WorkingDays }},
		{"category", "category.unknown", func(l *clock.Limit) { l.Category = "nothing" }},
		{"severity", "field.choice", func(l *clock.Limit) { l.Severity = "terrible" }},
		{"channel", "field.choice", func(l *clock.Limit) { l.Channel = "pigeon" }},
		{"area", "field.not_found", func(l *clock.Limit) { l.Area = "moon" }},
		{"to", "limit.validity", func(l *clock.Limit) { l.From, l.To = 5, 5 }},
		{"basis", "field.control", func(l *clock.Limit) { l.Basis = "a\x00b" }},
	} {
		l := limit("", clock.Limit{})
		k.change(&l)
		_, err := s.Create(t.Context(), manager, l)
		refused(t, err, k.field, k.code)
	}
	_, err := s.Create(t.Context(), stranger, limit("", clock.Limit{}))
	require.True(t, fault.Is(err, "forbidden"))
}

func TestOverlappingLimitsAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		ctx := t.Context()
		first, err := s.Create(ctx, manager, limit("", clock.Limit{Severity: "major", From: 100, To: 200}))
		require.NoError(t, err)
		for _, k := range []struct {
			from, to int64
			ok       bool
		}{{0, 100, true}, {200, 0, true}, {0, 101, false}, {199, 0, false}, {0, 0, false}, {120, 130, false}, {100, 200, false}} {
			made, err := s.Create(ctx, manager, limit("", clock.Limit{Severity: "major", From: k.from, To: k.to}))
			if !k.ok {
				refused(t, err, "from", "limit.overlap")
				continue
			}
			require.NoError(t, err)
			require.NoError(t, s.Delete(ctx, manager, made.ID, 1))
		}
		other, err := s.Create(ctx, manager, limit("", clock.Limit{Severity: "emergency", From: 100, To: 200}))
		require.NoError(t, err, "other conditions do not get in the way")
		other.Severity = "major"
		_, err = s.Update(ctx, manager, other)
		refused(t, err, "from", "limit.overlap")
		other.Active = false
		_, err = s.Update(ctx, manager, other)
		require.NoError(t, err, "nor does what is switched off")
		first.To = 300
		_, err = s.Update(ctx, manager, first)
		require.NoError(t, err, "nor does a limit itself")
	})
}

func TestOfTwoAtOnceOneIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		var made atomic.Int64
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := s.Create(t.Context(), manager, limit("", clock.Limit{})); err == nil {
					made.Add(1)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 1, made.Load())
	})
}

func TestCalendarIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, at, log := open(t, d)
		ctx := t.Context()
		require.NoError(t, s.EnsureLimits(ctx))
		c, err := s.Calendar(ctx, clock.CommonCalendar)
		require.NoError(t, err)
		require.Equal(t, []int{2026}, c.Samples)
		require.Empty(t, c.Missing)
		due := func() string {
			due, err := s.Table().Calendar("").Due(monday, clock.WorkingDays, 1)
			require.NoError(t, err)
			return local(t, due)
		}
		require.Equal(t, "2026-09-22 18:00", due())

		c, err = s.PutDay(ctx, manager, c.ID, clock.CalendarDay{Date: "2026-09-22", Kind: clock.Holiday, Name: "停电"})
		require.NoError(t, err)
		require.Equal(t, "2026-09-23 18:00", due())
		_, err = s.PutDay(ctx, manager, c.ID, clock.CalendarDay{Date: "2026-09-22", Kind: clock.Workday, Windows: []clock.Window{{From: 480, To: 600}}})
		require.NoError(t, err)
		require.Equal(t, "2026-09-22 10:00", due())
		_, err = s.DeleteDay(ctx, manager, c.ID, "2026-09-22")
		require.NoError(t, err)
		require.Equal(t, "2026-09-22 18:00", due())
		_, err = s.DeleteDay(ctx, manager, c.ID, "2026-09-22")
		require.True(t, fault.Is(err, "not_found"))

		week := c.Week
		week[2] = []clock.Window{{From: 600, To: 660}}
		c, err = s.UpdateCalendar(ctx, manager, c.ID, c.Name, week, 1)
		require.NoError(t, err)
		require.Equal(t, "2026-09-22 11:00", due())
		_, err = s.UpdateCalendar(ctx, manager, c.ID, c.Name, week, 1)
		require.True(t, fault.Is(err, "calendar.stale"))
		c, err = s.ConfirmYear(ctx, manager, c.ID, 2026)
		require.NoError(t, err)
		require.Empty(t, c.Samples)
		require.Equal(t, []string{"calendar.day", "calendar.day", "calendar.day_remove", "calendar.update", "calendar.confirm"}, log.actions)

		at.Set(monday.AddDate(0, 2, 0))
		c, err = s.Calendar(ctx, c.ID)
		require.NoError(t, err)
		require.Equal(t, []int{2027}, c.Missing, "in November somebody has to enter the next year")
		for _, change := range []func() error{
			func() error {
				_, err := s.PutDay(ctx, stranger, c.ID, clock.CalendarDay{Date: "2026-09-22", Kind: clock.Holiday})
				return err
			},
			func() error { _, err := s.UpdateCalendar(ctx, stranger, c.ID, c.Name, c.Week, 2); return err },
			func() error { _, err := s.Import(ctx, stranger, c.ID, []byte("2027-01-01,休"), true); return err },
			func() error { _, err := s.PutHours(ctx, stranger, "station", c.Week, false, 0); return err },
		} {
			require.True(t, fault.Is(change(), "forbidden"))
		}
	})
}

func TestCalendarsAreRefused(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	require.NoError(t, s.EnsureLimits(t.Context()))
	for code, week := range map[string][][]clock.Window{
		"hours.week":    make([][]clock.Window, 6),
		"hours.none":    make([][]clock.Window, 7),
		"hours.overlap": {{{From: 0, To: 60}, {From: 59, To: 70}}, {}, {}, {}, {}, {}, {}},
		"hours.window":  {{{From: 60, To: 60}}, {}, {}, {}, {}, {}, {}},
	} {
		field := "week"
		if code == "hours.overlap" || code == "hours.window" {
			field = "week[0]"
		}
		_, err := s.UpdateCalendar(t.Context(), manager, clock.CommonCalendar, "x", week, 1)
		refused(t, err, field, code)
	}
	_, err := s.PutDay(t.Context(), manager, clock.CommonCalendar, clock.CalendarDay{Date: "2026-02-30", Kind: "party"})
	refused(t, err, "date", "calendar.row_date")
	refused(t, err, "kind", "field.choice")
	_, err = s.PutDay(t.Context(), manager, "nowhere", clock.CalendarDay{Date: "2026-02-03", Kind: clock.Holiday})
	require.True(t, fault.Is(err, "not_found"))
}

func TestImportTakesThePlaceOfItsYears(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		ctx := t.Context()
		require.NoError(t, s.EnsureLimits(ctx))
		before, err := s.Calendar(ctx, clock.CommonCalendar)
		require.NoError(t, err)
		file := []byte("日期,类型,名称\n2026-05-01,休,劳动节\n2027-01-01,休,元旦\n2027-01-02,班,补班\n")
		report, err := s.Import(ctx, manager, before.ID, file, false)
		require.NoError(t, err)
		require.Equal(t, []clock.YearReport{{Year: 2026, Holidays: 1, Before: len(before.Days)}, {Year: 2027, Holidays: 1, Workdays: 1}}, report.Years)
		same, err := s.Calendar(ctx, before.ID)
		require.NoError(t, err)
		require.Equal(t, before, same, "a look changes nothing")

		_, err = s.Import(ctx, manager, before.ID, append(file, "2027-01-02,休,twice\n"...), true)
		require.True(t, fault.Is(err, "calendar.file_rows_wrong"))
		same, err = s.Calendar(ctx, before.ID)
		require.NoError(t, err)
		require.Equal(t, before, same, "nor does a file with a wrong row")

		report, err = s.Import(ctx, manager, before.ID, file, true)
		require.NoError(t, err)
		require.True(t, report.Written)
		after, err := s.Calendar(ctx, before.ID)
		require.NoError(t, err)
		require.Len(t, after.Days, 3)
		require.Empty(t, after.Samples)
	})
}

func TestUnitHoursAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		ctx := t.Context()
		require.NoError(t, s.EnsureLimits(ctx))
		h, err := s.UnitHours(ctx, "station")
		require.NoError(t, err)
		require.False(t, h.Own)
		require.Len(t, h.Week[1], 2, "it has the office's")
		always := [][]clock.Window{day, day, day, day, day, day, day}
		h, err = s.PutHours(ctx, manager, "station", always, true, 0)
		require.NoError(t, err)
		require.True(t, h.Own)
		_, err = s.PutHours(ctx, manager, "station", always, false, 0)
		require.True(t, fault.Is(err, "hours.stale"))
		holiday := at(t, zone(t, "Asia/Shanghai"), "2026-10-01 10:00")
		require.True(t, s.Table().Calendar("station").Open(holiday))
		_, err = s.PutHours(ctx, manager, "station", always, false, 1)
		require.NoError(t, err)
		require.False(t, s.Table().Calendar("station").Open(holiday))
		require.True(t, s.Table().Calendar("station").Open(holiday.Add(-12*time.Hour)))
		h, err = s.DeleteHours(ctx, manager, "station", 2)
		require.NoError(t, err)
		require.False(t, h.Own)
		_, err = s.UnitHours(ctx, "nobody")
		require.True(t, fault.Is(err, "not_found"))
	})
}

package clock

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

// foresight is how far ahead a calendar should know its holidays: limits of today reach that far.
const foresight = 60 * 24 * time.Hour

// CalendarDay is a day that differs from its week, as it is shown.
type CalendarDay struct {
	Date    string   `json:"date" doc:"2026-10-01"`
	Kind    DayKind  `json:"kind" enum:"holiday,workday"`
	Name    string   `json:"name"`
	Windows []Window `json:"windows" nullable:"false" doc:"own hours of a make-up day; empty for the usual ones"`
	Sample  bool     `json:"sample" doc:"came with the program and was not confirmed"`
}

// CalendarView is a calendar as it is shown.
type CalendarView struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Week    [][]Window    `json:"week" nullable:"false" doc:"the windows of each weekday, Sunday first"`
	Days    []CalendarDay `json:"days" nullable:"false" doc:"the days that differ from the week, in order"`
	Missing []int         `json:"missing" nullable:"false" doc:"years in which limits of today may end and whose holidays nobody entered: there the week alone counts"`
	Samples []int         `json:"samples" nullable:"false" doc:"years that came with the program and were not confirmed"`
	Version int64         `json:"version"`
}

// all returns the days as the arithmetic takes them.
func (c *keptCalendar) all() []Day {
	out := make([]Day, len(c.Days))
	for n, d := range c.Days {
		out[n] = d.Day
	}
	return out
}

// makeUp returns the make-up days, for those who work on holidays too.
func (c *keptCalendar) makeUp() []Day {
	return slices.DeleteFunc(c.all(), func(d Day) bool { return d.Kind == Holiday })
}

func (s *Service) view(c keptCalendar) (CalendarView, error) {
	v := CalendarView{ID: c.ID, Name: c.Name, Week: c.Week.lists(), Days: []CalendarDay{}, Missing: []int{}, Samples: []int{}, Version: c.Version}
	for _, d := range c.Days {
		v.Days = append(v.Days, CalendarDay{d.Date.String(), d.Kind, d.Name, append([]Window{}, d.Windows...), d.Sample})
		if d.Sample && !slices.Contains(v.Samples, d.Date.Year) {
			v.Samples = append(v.Samples, d.Date.Year)
		}
	}
	whole, err := NewCalendar(s.Zone, c.Week, c.all())
	if err != nil {
		return v, err
	}
	at := s.Clock.Now()
	v.Missing = append(v.Missing, whole.Lacks(at, at.Add(foresight))...)
	return v, nil
}

// lists returns the week with an empty list for a day without windows.
func (w Week) lists() [][]Window {
	out := make([][]Window, len(w))
	for n := range w {
		out[n] = append([]Window{}, w[n]...)
	}
	return out
}

// Calendars returns the calendars.
func (s *Service) Calendars(ctx context.Context) ([]CalendarView, error) {
	list, err := readCalendars(ctx, s.DB.Read())
	if err != nil {
		return nil, err
	}
	out := []CalendarView{}
	for _, c := range list {
		v, err := s.view(c)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Calendar returns one calendar.
func (s *Service) Calendar(ctx context.Context, calendarID string) (CalendarView, error) {
	c, err := readCalendar(ctx, s.DB.Read(), calendarID)
	if err != nil {
		return CalendarView{}, err
	}
	return s.view(c)
}

// UpdateCalendar writes name and week over the version that was read; a newer one is answered with "calendar.stale"
// and the calendar as it is now.
func (s *Service) UpdateCalendar(ctx context.Context, actor authz.Actor, calendarID, name string, week [][]Window, version int64) (CalendarView, error) {
	var f fault.Fields
	c := keptCalendar{ID: calendarID, Version: version, Name: fault.CheckText(&f, "name", name, true, maxDayName), Week: checkWeek(&f, week)}
	if err := f.Err(); err != nil {
		return CalendarView{}, err
	}
	return s.alter(ctx, actor, calendarID, "calendar.update", map[string]any{"name": c.Name}, func(ctx context.Context, tx db.Tx) error {
		written, err := updateCalendar(ctx, tx, c, now.Ms(s.Clock))
		if err != nil || written {
			return err
		}
		kept, err := readCalendar(ctx, tx, calendarID)
		if err != nil {
			return err
		}
		current, err := s.view(kept)
		if err != nil {
			return err
		}
		return stale("calendar.stale", current)
	})
}

// checkWeek reads a week of seven lists, Sunday first, in which the office works at some time.
func checkWeek(f *fault.Fields, lists [][]Window) (w Week) {
	if len(lists) != len(w) {
		f.Add("week", "hours.week")
		return w
	}
	windows := 0
	for n := range lists {
		w[n] = checkWindows(f, weekField(n), lists[n])
		windows += len(lists[n])
	}
	if windows == 0 {
		f.Add("week", "hours.none")
	}
	return w
}

// PutDay says how one day differs from its week, over whatever was said before.
func (s *Service) PutDay(ctx context.Context, actor authz.Actor, calendarID string, d CalendarDay) (CalendarView, error) {
	var f fault.Fields
	day := keptDay{Day: Day{Date: checkDate(&f, d.Date), Kind: d.Kind, Name: fault.CheckText(&f, "name", d.Name, false, maxDayName),
		Windows: checkWindows(&f, "windows", d.Windows)}}
	if !slices.Contains(DayKinds, d.Kind) {
		f.Add("kind", "field.choice", "choices", DayKinds)
	}
	if d.Kind == Holiday && len(d.Windows) > 0 {
		f.Add("windows", "calendar.holiday_hours")
	}
	if err := f.Err(); err != nil {
		return CalendarView{}, err
	}
	return s.alter(ctx, actor, calendarID, "calendar.day", map[string]any{"name": d.Date, "kind": string(d.Kind)}, func(ctx context.Context, tx db.Tx) error {
		return putDay(ctx, tx, calendarID, day)
	})
}

// DeleteDay lets a day follow its week again.
func (s *Service) DeleteDay(ctx context.Context, actor authz.Actor, calendarID, date string) (CalendarView, error) {
	var f fault.Fields
	d := checkDate(&f, date)
	if err := f.Err(); err != nil {
		return CalendarView{}, err
	}
	return s.alter(ctx, actor, calendarID, "calendar.day_remove", map[string]any{"name": date}, func(ctx context.Context, tx db.Tx) error {
		gone, err := deleteDay(ctx, tx, calendarID, d)
		if err == nil && !gone {
			return fault.Missing("calendar_day")
		}
		return err
	})
}

// ConfirmYear says that somebody compared a sample year with the notice that holds.
func (s *Service) ConfirmYear(ctx context.Context, actor authz.Actor, calendarID string, year int) (CalendarView, error) {
	return s.alter(ctx, actor, calendarID, "calendar.confirm", map[string]any{"name": year}, func(ctx context.Context, tx db.Tx) error {
		return confirmYear(ctx, tx, calendarID, year)
	})
}

// alter changes a calendar that exists and returns it as it then is.
func (s *Service) alter(ctx context.Context, actor authz.Actor, calendarID, action string, detail map[string]any, fn func(ctx context.Context, tx db.Tx) error) (CalendarView, error) {
	var out CalendarView
	err := s.change(ctx, actor, func(ctx context.Context, tx db.Tx) error {
		if _, err := readCalendar(ctx, tx, calendarID); err != nil {
			return err
		}
		if err := fn(ctx, tx); err != nil {
			return err
		}
		c, err := readCalendar(ctx, tx, calendarID)
		if err != nil {
			return err
		}
		if out, err = s.view(c); err != nil {
			return err
		}
		return s.Audit.Record(ctx, tx, actor, action, "calendar", calendarID, detail)
	})
	return out, err
}

func checkDate(f *fault.Fields, text string) Date {
	d, err := ParseDate(text)
	if err != nil || !inReach(d) {
		f.Add("date", "calendar.row_date", "text", shorten(text))
	}
	return d
}

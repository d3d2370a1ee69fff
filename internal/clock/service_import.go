package clock

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

// YearReport says what a file holds of one year.
type YearReport struct {
	Year     int `json:"year"`
	Holidays int `json:"holidays"`
	Workdays int `json:"workdays"`
	Before   int `json:"before" doc:"days of this year that the calendar has now, which the file's take the place of"`
}

// ImportReport says what was found in a file of days, row by row where something is wrong.
type ImportReport struct {
	Days    int          `json:"days"`
	Years   []YearReport `json:"years" nullable:"false"`
	Errors  []RowError   `json:"errors" nullable:"false"`
	Written bool         `json:"written"`
}

// Import reads a file of days. With write, and when every row is in order, the days of the file take the place of all
// days that the calendar has in the years of the file; else nothing is changed.
func (s *Service) Import(ctx context.Context, actor authz.Actor, calendarID string, data []byte, write bool) (ImportReport, error) {
	if err := mayManage(actor); err != nil {
		return ImportReport{}, err
	}
	days, wrong, err := ReadDays(data)
	if err != nil {
		return ImportReport{}, err
	}
	kept, err := readCalendar(ctx, s.DB.Read(), calendarID)
	if err != nil {
		return ImportReport{}, err
	}
	report := ImportReport{Days: len(days), Years: yearsOf(days, kept), Errors: append([]RowError{}, wrong...)}
	if !write {
		return report, nil
	}
	if len(wrong) > 0 {
		f := fault.New(fault.Invalid, "calendar.file_rows_wrong", "count", len(wrong))
		f.Current = report
		return report, f
	}
	detail := map[string]any{"name": kept.Name, "days": len(days)}
	_, err = s.alter(ctx, actor, calendarID, "calendar.import", detail, func(ctx context.Context, tx db.Tx) error {
		for _, y := range report.Years {
			if err := deleteYear(ctx, tx, calendarID, y.Year); err != nil {
				return err
			}
		}
		return putDays(ctx, tx, calendarID, days, false)
	})
	report.Written = err == nil
	return report, err
}

func putDays(ctx context.Context, tx db.Tx, calendarID string, days []Day, sample bool) error {
	for _, d := range days {
		if err := putDay(ctx, tx, calendarID, keptDay{d, sample}); err != nil {
			return err
		}
	}
	return nil
}

func yearsOf(days []Day, kept keptCalendar) []YearReport {
	out := []YearReport{}
	for _, d := range days {
		n := slices.IndexFunc(out, func(y YearReport) bool { return y.Year == d.Date.Year })
		if n < 0 {
			n = len(out)
			out = append(out, YearReport{Year: d.Date.Year})
		}
		if d.Kind == Holiday {
			out[n].Holidays++
		} else {
			out[n].Workdays++
		}
	}
	for n := range out {
		for _, d := range kept.Days {
			if d.Date.Year == out[n].Year {
				out[n].Before++
			}
		}
	}
	return out
}

func (s *Service) seedCalendar(ctx context.Context, tx db.Tx) error {
	days, wrong, err := ReadDays(sampleYear)
	if err != nil || len(wrong) > 0 {
		return fault.Wrap(err, fault.Internal, "internal")
	}
	if err := insertCalendar(ctx, tx, keptCalendar{ID: CommonCalendar, Name: "工作日历", Week: usualWeek, Version: 1}, now.Ms(s.Clock)); err != nil {
		return err
	}
	return putDays(ctx, tx, CommonCalendar, days, true)
}

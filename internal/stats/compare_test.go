package stats_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/stats"
)

func (d *desk) on(year int, month time.Month, day int) {
	d.Clock.Set(time.Date(year, month, day, 10, 0, 0, 0, incidenttest.Begin.Location()))
}

func TestPeriodsAreCompared(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, day := range []struct {
			y, m, d int
		}{{2027, 2, 3}, {2027, 3, 1}, {2027, 3, 31}, {2028, 2, 28}, {2028, 2, 29}, {2028, 2, 29}, {2028, 3, 4}, {2028, 3, 5}} {
			d.on(day.y, time.Month(day.m), day.d)
			d.Report("duty", incidenttest.Noise())
		}
		d.follow()
		for _, c := range []struct {
			from, to, compare     string
			now, before           int64
			beforeFrom, beforeEnd string
		}{
			{"2028-02-01", "2028-02-29", "previous", 3, 0, "2028-01-01", "2028-01-31"},
			{"2028-02-01", "2028-02-29", "year", 3, 1, "2027-02-01", "2027-02-28"},
			{"2028-03-01", "2028-03-31", "previous", 2, 3, "2028-02-01", "2028-02-29"},
			{"2028-03-01", "2028-03-31", "year", 2, 2, "2027-03-01", "2027-03-31"},
			{"2028-02-29", "2028-02-29", "year", 2, 0, "2027-02-28", "2027-02-28"},
			{"2028-02-29", "2028-02-29", "previous", 2, 1, "2028-02-28", "2028-02-28"},
			{"2028-01-01", "2028-12-31", "previous", 5, 3, "2027-01-01", "2027-12-31"},
			{"2028-01-01", "2028-12-31", "baseline", 5, 1, "2027-03-02", "2027-03-31"},
		} {
			q := stats.Query{From: c.from, To: c.to, Compare: c.compare}
			if c.compare == "baseline" {
				q.BaselineFrom, q.BaselineTo = c.beforeFrom, c.beforeEnd
			}
			r := d.table("duty", q)
			require.Equal(t, []string{c.beforeFrom, c.beforeEnd}, []string{r.BeforeFrom, r.BeforeTo}, "%+v", c)
			require.Equal(t, c.now, r.Total.Measures["received"], "%+v", c)
			require.Equal(t, c.before, r.Total.Before.Measures["received"], "%+v", c)
		}
		r := d.table("duty", stats.Query{By: "day", From: "2028-02-28", To: "2028-03-01", Compare: "baseline", BaselineFrom: "2027-02-28", BaselineTo: "2027-03-01"})
		require.Equal(t, "2027-02-28", r.Rows[0].Before.Key)
		require.Equal(t, "2027-03-01", r.Rows[1].Before.Key, "days are compared in their order")
		require.EqualValues(t, 1, r.Rows[1].Before.Measures["received"])
		r = d.table("duty", stats.Query{By: "area", From: "2028-03-01", To: "2028-03-31", Compare: "year"})
		require.EqualValues(t, 2, r.Rows[0].Before.Measures["received"])
	})
}

func TestWeeksAndWorkingDays(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for day := 2; day <= 15; day++ { // two weeks from a Monday
			d.on(2026, 3, day)
			d.Report("duty", incidenttest.Noise())
		}
		r := d.table("duty", stats.Query{By: "week", From: "2026-03-04", To: "2026-03-15"})
		require.Len(t, r.Rows, 2)
		require.Equal(t, "2026-03-02", r.Rows[0].Key)
		require.EqualValues(t, 5, r.Rows[0].Measures["received"], "from the Wednesday on")
		require.EqualValues(t, 7, r.Rows[1].Measures["received"])
		for _, by := range stats.Bys {
			r = d.table("duty", stats.Query{By: by, From: "2026-03-02", To: "2026-03-15", WorkingDays: true})
			require.EqualValues(t, 10, r.Total.Measures["received"], by)
		}
		r = d.table("duty", stats.Query{By: "month", From: "2026-02-01", To: "2026-03-31"})
		require.Equal(t, []string{"2026-02", "2026-03"}, []string{r.Rows[0].Key, r.Rows[1].Key})
	})
}

func TestTopAndSort(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.Report("duty", incidenttest.Noise())
		d.Report("duty", incidenttest.Noise())
		d.done(incidenttest.At(incidenttest.InMicro3))
		q := stats.Query{By: "area", Level: "microgrid", From: "2026-03-01", To: "2026-03-31"}
		r := d.table("duty", q)
		require.Equal(t, incidenttest.Micro1, r.Rows[0].Key, "most received first")
		q.Sort = "closing"
		require.Equal(t, incidenttest.Micro3, d.table("duty", q).Rows[0].Key)
		q.Sort = "kpi.closing"
		require.Equal(t, incidenttest.Micro3, d.table("duty", q).Rows[0].Key, "the share, also where a number has its name")
		q.Sort, q.KPIs = "-overdue", []string{"closing"}
		require.Equal(t, incidenttest.Micro1, d.table("duty", q).Rows[0].Key, "a number needs no share of its name")
		q.Sort = "-received"
		require.Equal(t, incidenttest.Micro3, d.table("duty", q).Rows[0].Key)
		q.Top = 1
		r = d.table("duty", q)
		require.Len(t, r.Rows, 1)
		require.Equal(t, 1, r.Left)
		require.EqualValues(t, 3, r.Total.Measures["received"], "the total is of all")
	})
}

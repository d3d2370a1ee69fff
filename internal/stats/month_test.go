package stats_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/geo"
	"gezhi/internal/stats"
	"gezhi/migrations"
)

// TestMonthsAndDaysComeToTheSame asks for micro-grids over periods that begin and end anywhere: the sums of whole
// months and those of the days around them come to what single days come to.
func TestMonthsAndDaysComeToTheSame(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		places := []geo.Point{incidenttest.InMicro1, incidenttest.InMicro2, incidenttest.InMicro3}
		for n, day := range [][2]int{{1, 31}, {2, 1}, {2, 15}, {2, 28}, {3, 1}, {3, 31}, {4, 1}} {
			d.on(2026, time.Month(day[0]), day[1])
			d.done(incidenttest.At(places[n%len(places)]))
		}
		d.follow()
		d.whole()
		for _, is := range [][2]string{{"2026-01-31", "2026-04-01"}, {"2026-02-01", "2026-03-31"}, {"2026-02-02", "2026-03-30"}, {"2026-02-15", "2026-02-28"},
			{"2026-02-01", "2026-04-01"}, {"2026-01-01", "2026-02-28"}, {"2026-03-01", "2026-03-31"}, {"2026-02-10", "2026-02-20"},
			{"2026-01-20", "2026-02-10"}, {"2026-01-10", "2026-02-10"}, {"2026-01-31", "2026-02-28"}, {"2026-02-28", "2026-03-31"}, {"2026-02-03", "2026-02-28"}} {
			q := stats.Query{From: is[0], To: is[1], By: "area", Level: "microgrid", Area: incidenttest.StreetA, Compare: "previous"}
			areas := d.table("duty", q)
			q.By, q.Level = "day", ""
			days := d.table("duty", q)
			require.Equal(t, days.Total, areas.Total, "%v", is)
			sums := map[string]int64{}
			for _, row := range areas.Rows {
				for name, n := range row.Measures {
					sums[name] += n
				}
			}
			require.Equal(t, days.Total.Measures, sums, "%v", is)
		}
	})
}

// TestMonthsAreMadeOfTheDaysThatWereThere runs the statement with which a store of an older release gets its months.
func TestMonthsAreMadeOfTheDaysThatWereThere(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.on(2026, 2, 28)
		d.done()
		d.on(2026, 3, 2)
		d.done(incidenttest.At(incidenttest.InMicro3))
		d.follow()
		up, down := migration(t, "0118_figures_months.sql")
		d.Exec(down)
		r, err := d.Stats.Recount(bg, nil)
		require.NoError(t, err)
		require.NotEmpty(t, r.Differences)
		d.Exec(up)
		d.whole()
	})
}

// TestWhatNobodyTookUpShouldBeClosedToo lets the limit of one run out before anybody looked at it, and brings a store of
// an older release, which did not count that, to the same figures.
func TestWhatNobodyTookUpShouldBeClosedToo(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.Report("duty", incidenttest.Noise())
		d.follow()
		has(t, d.total("duty", march), map[string]int64{"received": 1, "should_close": 0})
		d.Clock.Advance(60 * 24 * time.Hour)
		_, err := d.Sweep(bg)
		require.NoError(t, err)
		d.follow()
		r := d.table("duty", march)
		has(t, r.Total.Measures, map[string]int64{"filed": 0, "should_close": 1, "closed": 0})
		require.Zero(t, *r.Total.KPIs["closing"].Value, "and not: none")
		d.whole()

		d.Exec(`UPDATE figures SET should_close = 0`)
		d.Exec(`UPDATE facts SET should_close = 0`)
		up, _ := migration(t, "0119_should_close.sql")
		d.Exec(up)
		d.whole()
	})
}

// migration returns the two parts of a migration.
func migration(t *testing.T, name string) (up, down string) {
	t.Helper()
	text, err := migrations.Tree.ReadFile(name)
	require.NoError(t, err)
	up, down, ok := strings.Cut(string(text), "-- +goose Down")
	require.True(t, ok)
	return up, down
}

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
		text, err := migrations.Tree.ReadFile("0118_figures_months.sql")
		require.NoError(t, err)
		up, down, ok := strings.Cut(string(text), "-- +goose Down")
		require.True(t, ok)
		d.Exec(down)
		r, err := d.Stats.Recount(bg, nil)
		require.NoError(t, err)
		require.NotEmpty(t, r.Differences)
		d.Exec(up)
		d.whole()
	})
}

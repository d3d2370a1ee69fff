package stats_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/stats"
)

// TestDaysAreThoseOfOneZone opens a store under another zone: a look at it finds it whole, what is counted there joins
// the days that are there, and only settling moves them.
func TestDaysAreThoseOfOneZone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		days := func(s *stats.Service) map[string]int64 {
			r, err := s.Table(bg, d.Actor("duty"), stats.Query{By: "day", From: "2026-01-01", To: "2026-12-31"})
			require.NoError(t, err)
			out := map[string]int64{}
			for _, row := range r.Rows {
				if n := row.Measures["received"]; n > 0 {
					out[row.Key] = n
				}
			}
			return out
		}
		shanghai, err := time.LoadLocation("Asia/Shanghai")
		require.NoError(t, err)
		c := d.Stats.Config
		c.Zone = shanghai
		d.Stats = stats.NewService(c)
		d.Service.Counted = d.Stats.Count
		d.Exec(`UPDATE figures_state SET zone = ''`)
		d.Clock.Set(time.Date(2026, 3, 5, 6, 30, 0, 0, shanghai))
		inc := d.done()
		d.follow()
		require.Equal(t, map[string]int64{"2026-03-05": 1}, days(d.Stats))

		c.Zone = time.UTC
		far := stats.NewService(c)
		r, err := far.Recount(bg, nil)
		require.NoError(t, err)
		require.Empty(t, r.Differences, "who only looks counts by the days of the store")
		d.Report("duty", incidenttest.Noise())
		d.Drain()
		_, err = d.Feed.Step(bg, far.Consumer())
		require.NoError(t, err)
		require.Equal(t, map[string]int64{"2026-03-05": 2}, days(d.Stats), "what another program counts joins the same days")
		d.whole()

		require.NoError(t, far.Settle(bg))
		for done := false; !done; {
			done, err = far.Fill(bg)
			require.NoError(t, err)
		}
		require.Equal(t, map[string]int64{"2026-03-04": 2}, days(far), "the same moments lie on the day before in UTC")
		d.Act("duty", inc.ID, "reopen", incidenttest.Fields{"reason": "又响了"})
		d.follow()
		d.whole()
		require.NoError(t, far.Settle(bg))
		require.Equal(t, map[string]int64{"2026-03-04": 2}, days(far), "settling twice changes nothing")

		d.Exec(`UPDATE figures_state SET zone = 'Nowhere/Atall'`)
		_, err = d.Stats.Recount(bg, nil)
		require.ErrorContains(t, err, "Nowhere/Atall")
	})
}

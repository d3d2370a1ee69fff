package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/geo"
	"gezhi/internal/stats"
)

// TestARedrawMovesNoFigure draws a micro-grid into another street and hangs a community elsewhere: what was filed before
// counts where it was, what comes after where it is.
func TestARedrawMovesNoFigure(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		open := d.Report("duty", incidenttest.Noise())
		d.follow()
		d.Places.Draw(incidenttest.Micro1, geo.Box{})
		d.Places.Draw(incidenttest.Micro9, geo.Box{West: 104.06, South: 30.65, East: 104.07, North: 30.66})
		d.Places.Hang(incidenttest.Community2, incidenttest.StreetB)
		_, err := d.FollowRedraw(bg, []string{incidenttest.Micro1, incidenttest.Micro9, incidenttest.Community2})
		require.NoError(t, err)
		require.Equal(t, incidenttest.Micro9, d.Load(open.ID).AreaID, "the open one moved")
		d.Report("dutyB", incidenttest.Noise())
		d.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		d.follow()
		d.whole()
		received := func(area string) int64 {
			q := march
			q.Area = area
			r, err := d.Stats.Table(bg, incidenttest.Machine, q)
			require.NoError(t, err)
			return r.Total.Measures["received"]
		}
		require.EqualValues(t, 2, received(incidenttest.Micro1))
		require.EqualValues(t, 2, received(incidenttest.StreetA))
		require.EqualValues(t, 1, received(incidenttest.Micro9))
		require.EqualValues(t, 1, received(incidenttest.Community2))
		require.EqualValues(t, 2, received(incidenttest.StreetB))

		d.Places.End(incidenttest.Micro1)
		q := march
		q.By, q.Level, q.Area = "area", "microgrid", incidenttest.Grid1
		r, err := d.Stats.Table(bg, incidenttest.Machine, q)
		require.NoError(t, err)
		require.Equal(t, "原"+incidenttest.Micro1, r.Rows[0].Name, "what ended keeps its name")
		require.EqualValues(t, 2, r.Rows[0].Measures["received"])
	})
}

// TestWhatIsFoundLateCountsWhereItWasFiled first counts an incident after its area came under another parent.
func TestWhatIsFoundLateCountsWhereItWasFiled(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		d.past[incidenttest.Micro3] = [6]string{incidenttest.City, incidenttest.District, incidenttest.StreetA, incidenttest.Community2, incidenttest.Grid3, incidenttest.Micro3}
		d.Places.Hang(incidenttest.Community2, incidenttest.StreetB)
		_, err := d.FollowRedraw(bg, []string{incidenttest.Community2})
		require.NoError(t, err)
		q := march
		q.Area = incidenttest.StreetA
		d.follow()
		r, err := d.Stats.Table(bg, incidenttest.Machine, q)
		require.NoError(t, err)
		require.EqualValues(t, 1, r.Total.Measures["received"])
	})
}

// TestOldIncidentsAreCountedOnce begins to count in a store that has incidents already, some of which change meanwhile.
func TestOldIncidentsAreCountedOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		var ids []string
		for range 210 {
			ids = append(ids, d.Report("duty", incidenttest.Noise()).ID)
		}
		d.Drain()
		d.Exec(`UPDATE figures_state SET filled = FALSE, after = ''`)
		d.Exec(`DELETE FROM feed_marks WHERE consumer = 'stats.facts'`)
		s := stats.NewService(d.Stats.Config)
		done, err := s.Fill(bg)
		require.NoError(t, err)
		require.False(t, done)
		r, err := s.Recount(bg, nil)
		require.NoError(t, err)
		require.Empty(t, r.Differences)
		require.True(t, r.Filling)
		require.EqualValues(t, 10, r.Waiting)
		table, err := s.Table(bg, d.Actor("duty"), march)
		require.NoError(t, err)
		require.True(t, table.Filling)
		for _, n := range []int{0, 100, 209} {
			d.Act("duty", ids[n], "accept", nil)
		}
		d.Stats = s
		d.follow()
		d.fill()
		d.follow()
		d.whole()
		has(t, d.total("duty", stats.Query{}), map[string]int64{"received": 210, "filed": 3})
		require.False(t, d.table("duty", march).Filling)
	})
}

// TestHistoryWrittenPastTheFeedIsCounted lets a ledger write, as the demo's history and measurements do.
func TestHistoryWrittenPastTheFeedIsCounted(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		life := d.life("alt-1")
		require.NoError(t, d.Ledger(d.Clock).WritePast(bg, life, none))
		d.whole()
		r, err := d.Stats.Recount(bg, nil)
		require.NoError(t, err)
		require.EqualValues(t, 1, r.Facts)
		has(t, d.total("duty", stats.Query{}), map[string]int64{"received": 1})
	})
}

// TestTooMuchIsRefusedAndNotCountedWrong asks with two filters of more incidents than are counted one by one.
func TestTooMuchIsRefusedAndNotCountedWrong(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.follow()
		d.Exec(`UPDATE figures SET received = received + 10000000 WHERE dim IN ('all', 'city', 'district', 'street', 'community', 'grid', 'unit')`)
		q := march
		q.Unit, q.Channel = incidenttest.Station, "hotline"
		_, err := d.Stats.Table(bg, d.Actor("leader"), q)
		requireFault(t, err, "figures.too_many")
		q.Channel = ""
		r, err := d.Stats.Table(bg, d.Actor("leader"), q)
		require.NoError(t, err, "the sums know this one")
		require.Nil(t, r.Total.KPIs["time_dispatch"].P50, "no percentile of so many")
	})
}

package stats_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/stats"
)

// has requires numbers of some measures.
func has(t *testing.T, m map[string]int64, want map[string]int64) {
	t.Helper()
	for name, n := range want {
		require.Contains(t, m, name)
		require.Equal(t, n, m[name], name)
	}
}

func TestALifeIsCounted(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.Report("duty", incidenttest.Noise())
		has(t, d.total("duty", stats.Query{}), map[string]int64{"received": 2, "open": 1, "filed": 1, "dispatched": 1, "should_dispatch": 1,
			"dispatched_in_time": 1, "dispatched_right": 1, "arrived": 1, "arrived_in_time": 1, "handled": 1, "handled_in_time": 1, "should_handle": 1,
			"closed": 1, "closed_in_time": 1, "should_close": 1, "overdue": 0, "on_dispatched": 1, "on_arrived": 1, "on_handled": 1, "on_closed": 1,
			"ms_dispatch": 30_000, "ms_arrive": 210_000})
	})
}

func TestWhatStandsOtherwiseCountsOtherwise(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		inc := d.done()
		d.Act("duty", inc.ID, "follow_up", incidenttest.Fields{"reached": "reached", "solved": true, "satisfaction": 5})
		has(t, d.total("duty", stats.Query{}), map[string]int64{"visited": 1, "answered": 1, "solved": 1, "rated": 1, "satisfied": 1})

		d.Act("duty", inc.ID, "reopen", incidenttest.Fields{"reason": "又响了"})
		has(t, d.total("duty", stats.Query{}), map[string]int64{"filed": 1, "open": 1, "closed": 0, "on_closed": 0, "handled": 0, "handled_once": 1, "visited": 0, "should_close": 0})

		d.Act("leader", inc.ID, "defer", incidenttest.Fields{"reason": "等汛期过去"})
		r := d.table("duty", stats.Query{From: "2026-03-01", To: "2026-03-31"})
		has(t, r.Total.Measures, map[string]int64{"deferred": 1, "should_close": 1, "should_handle": 0})
		require.Nil(t, r.Total.KPIs["closing"].Value, "the deferred one leaves the base, and nothing is left")
		require.Zero(t, r.Total.KPIs["closing"].Base)
		d.Act("leader", inc.ID, "resume", nil)
		has(t, d.total("duty", stats.Query{}), map[string]int64{"deferred": 0, "should_close": 0})

		wrong := d.Report("duty", incidenttest.Noise())
		d.Act("duty", wrong.ID, "void", incidenttest.Fields{"reason": "录错了"})
		no := d.Report("duty", incidenttest.Noise())
		d.Act("duty", no.ID, "reject", incidenttest.Fields{"ground": "not_ours", "answer": "不属于本街道"})
		r = d.table("duty", stats.Query{From: "2026-03-01", To: "2026-03-31"})
		has(t, r.Total.Measures, map[string]int64{"received": 3, "voided": 1, "rejected": 1, "filed": 1})
		require.EqualValues(t, 2, r.Total.KPIs["filing"].Base, "a voided one is no report")

		twin := d.Report("duty", incidenttest.Noise())
		d.Act("duty", twin.ID, "merge", incidenttest.Fields{"into": inc.Number})
		has(t, d.total("duty", stats.Query{}), map[string]int64{"received": 4, "duplicate": 1, "filed": 1})
		d.Act("duty", twin.ID, "unmerge", nil)
		has(t, d.total("duty", stats.Query{}), map[string]int64{"duplicate": 0, "filed": 2})
		d.whole()
	})
}

func TestLimitsGiveTheVerdict(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		late := d.Report("duty", incidenttest.Noise())
		d.Clock.Advance(2 * time.Minute)
		_, err := d.Sweep(bg)
		require.NoError(t, err)
		has(t, d.total("duty", stats.Query{}), map[string]int64{"overdue": 1, "on_overdue": 1, "should_dispatch": 1, "dispatched": 0})
		d.Act("duty", late.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
		has(t, d.total("duty", stats.Query{}), map[string]int64{"dispatched": 1, "dispatched_in_time": 0, "should_dispatch": 1})
		d.Act("station1", late.ID, "accept_order", nil)
		d.Act("station1", late.ID, "return_order", incidenttest.Fields{"reason": "不归本站"})
		has(t, d.total("duty", stats.Query{}), map[string]int64{"returned": 1, "dispatched_right": 0})

		own := d.Report("worker", incidenttest.Noise())
		d.Act("worker", own.ID, "self_handle", incidenttest.Fields{"result": "当场劝离"})
		has(t, d.total("duty", stats.Query{}), map[string]int64{"self_handled": 1, "dispatched": 1, "arrived": 0, "handled": 1})

		report, err := d.Stats.Late(bg, d.Actor("duty"), stats.LateQuery{From: "2026-03-01", To: "2026-03-31"})
		require.NoError(t, err)
		require.EqualValues(t, 1, report.Total)
		require.Equal(t, "dispatch", report.Items[0].Stage)
		require.InDelta(t, 60_000, report.Items[0].OverMs, 100)
		require.Equal(t, []string{"waited_for_dispatch", "returned"}, report.Items[0].Causes)
		require.Equal(t, late.Number, report.Items[0].Number)
		require.NotContains(t, report.Items[0].Title, "138")
	})
}

// TestADayEndsInTheOfficesZone takes reports on both sides of midnight in China, which is one day in Greenwich.
func TestADayEndsInTheOfficesZone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.Clock.Set(time.Date(2026, 3, 2, 23, 59, 59, 0, incidenttest.Begin.Location()))
		inc := d.Report("duty", incidenttest.Noise())
		d.Clock.Advance(2 * time.Second)
		d.Report("duty", incidenttest.Noise())
		d.handled(inc.ID, "duty", "station1")
		r := d.table("duty", stats.Query{By: "day", From: "2026-03-01", To: "2026-03-03"})
		require.Len(t, r.Rows, 3, "also the day on which nothing came")
		require.EqualValues(t, 0, r.Rows[0].Measures["received"])
		has(t, r.Rows[1].Measures, map[string]int64{"received": 1, "closed": 1, "on_closed": 0})
		has(t, r.Rows[2].Measures, map[string]int64{"received": 1, "closed": 0, "on_closed": 1})
	})
}

func TestRowsOfEveryKindAddUp(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.done(incidenttest.At(incidenttest.InMicro3))
		d.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2), incidenttest.Of("environment.rubbish", "complaint")))
		d.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		d.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.Outside)))
		d.follow()
		all := stats.Query{From: "2026-03-01", To: "2026-03-31"}
		for _, by := range stats.Bys {
			for _, area := range []string{"", incidenttest.City, incidenttest.District, incidenttest.StreetA, incidenttest.Community1, incidenttest.Grid1} {
				q := all
				q.By, q.Area = by, area
				r, err := d.Stats.Table(bg, incidenttest.Machine, q)
				require.NoError(t, err, "%s %s", by, area)
				want := map[string]int64{"": 5, incidenttest.City: 5, incidenttest.District: 5, incidenttest.StreetA: 4, incidenttest.Community1: 2, incidenttest.Grid1: 2}[area]
				if area == incidenttest.StreetA {
					want = r.Total.Measures["received"] // what lies outside goes to the office's own area
					require.GreaterOrEqual(t, want, int64(3))
				}
				require.Equal(t, want, r.Total.Measures["received"], "%s of %q", by, area)
				sum := int64(0)
				for _, row := range r.Rows {
					sum += row.Measures["received"]
				}
				if by != "none" {
					require.Equal(t, want, sum, "%s of %q", by, area)
				}
			}
		}
		r, err := d.Stats.Table(bg, incidenttest.Machine, stats.Query{By: "area", Level: "microgrid", Area: incidenttest.StreetA, From: all.From, To: all.To, Sort: "name"})
		require.NoError(t, err)
		for _, row := range r.Rows {
			require.True(t, row.Key == "" || row.Name != "", row.Key)
		}
	})
}

// TestSumsAndFactsAgree asks the same by running sums and by single incidents.
func TestSumsAndFactsAgree(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.done(incidenttest.At(incidenttest.InMicro3))
		d.follow()
		one := d.table("duty", stats.Query{From: "2026-03-01", To: "2026-03-31", Unit: incidenttest.Station})
		two := d.table("duty", stats.Query{From: "2026-03-01", To: "2026-03-31", Unit: incidenttest.Station, Channel: "hotline"})
		require.True(t, one.Events)
		require.False(t, two.Events, "two filters at once are counted one by one, which do not know the days of events")
		require.NotContains(t, two.Total.Measures, "on_closed")
		for name, n := range two.Total.Measures {
			require.Equal(t, one.Total.Measures[name], n, name)
		}
		require.Equal(t, one.Total.KPIs, two.Total.KPIs)
		require.EqualValues(t, 30_000, *one.Total.KPIs["time_dispatch"].P50)
		require.EqualValues(t, 30_000, *one.Total.KPIs["time_dispatch"].Value)
	})
}

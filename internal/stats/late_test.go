package stats_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/stats"
)

// TestTheLateListNarrows holds every choice against two late matters that differ in all of them.
func TestTheLateListNarrows(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		noise := d.Report("duty", incidenttest.Noise())
		rubbish := d.Report("worker", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2), incidenttest.Of("environment.rubbish", "complaint"),
			func(r *incident.Report) { r.Channel = "patrol" }))
		d.Clock.Advance(2 * time.Minute)
		_, err := d.Sweep(bg)
		require.NoError(t, err)
		d.Act("duty", noise.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
		d.Act("station1", noise.ID, "accept_order", nil)
		d.follow()

		s := d.serve()
		ask := func(query string) []string {
			var report stats.LateReport
			s.Get("duty", "/api/v1/figures/late?from=2026-03-01&"+query).JSON(&report)
			require.EqualValues(t, len(report.Items), report.Total, query)
			numbers := []string{}
			for _, item := range report.Items {
				numbers = append(numbers, item.Number)
			}
			return numbers
		}
		require.ElementsMatch(t, []string{noise.Number, rubbish.Number}, ask("to=2026-03-31"))
		for query, want := range map[string][]string{
			"to=2026-03-31&category=environment.rubbish":            {rubbish.Number},
			"to=2026-03-31&category=environment":                    {rubbish.Number},
			"to=2026-03-31&channel=patrol":                          {rubbish.Number},
			"to=2026-03-31&channel=sensor":                          {},
			"to=2026-03-31&unit=" + incidenttest.Station:            {noise.Number},
			"to=2026-03-31&person=" + d.Actor("station1").AccountID: {noise.Number},
			"to=2026-03-01": {},
		} {
			require.Equal(t, want, ask(query), query)
		}
	})
}

// TestTheLateListTellsWhatHappenedToAMatter counts returns, reworks and extensions where they are shown.
func TestTheLateListTellsWhatHappenedToAMatter(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		late := d.Report("duty", incidenttest.Noise())
		d.Clock.Advance(2 * time.Minute)
		_, err := d.Sweep(bg)
		require.NoError(t, err)
		d.Act("duty", late.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
		d.Act("station1", late.ID, "accept_order", nil)
		d.Act("station1", late.ID, "arrive", incidenttest.Fields{"reason": "定位不准"})
		d.Act("station1", late.ID, "handle", incidenttest.Fields{"result": "已劝离"})
		d.Act("duty", late.ID, "rework", incidenttest.Fields{"reason": "现场没有变化"})
		d.follow()
		report, err := d.Stats.Late(bg, d.Actor("duty"), stats.LateQuery{From: "2026-03-01", To: "2026-03-31"})
		require.NoError(t, err)
		require.Len(t, report.Items, 1)
		item := report.Items[0]
		require.Equal(t, []int64{0, 1, 0}, []int64{item.Returned, item.Reworked, item.Extended})
		require.Contains(t, item.Causes, "reworked")
	})
}

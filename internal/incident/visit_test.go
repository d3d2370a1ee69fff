package incident_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// TestVisitsAreCountedByWhoCame (MISSION H14): what officials bring home from visits becomes incidents, and county,
// departments and villages are counted apart, within what somebody may see.
func TestVisitsAreCountedByWhoCame(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		visited := func(r *incident.Report) { r.Channel = "visit" }
		before := o.Clock.Now().UnixMilli()
		for login, n := range map[string]int{"head": 3, "window": 2, "functional": 1} {
			for range n {
				o.Report(login, incidenttest.Noise(visited))
			}
		}
		o.Report("head", incidenttest.Noise()) // no visit
		first := o.Report("window", incidenttest.Noise(visited, func(r *incident.Report) { r.Kind = "enquiry" }))
		o.Act("duty", first.ID, "close", fields{"answer": "已当面答复"})
		counts, err := o.Visits(context.Background(), o.Actor("duty"), before, 0)
		require.NoError(t, err)
		require.Len(t, counts, len(incident.Officials))
		told := map[string][3]int64{}
		for _, c := range counts {
			told[c.Official] = [3]int64{c.Visitors, c.Incidents, c.Closed}
		}
		require.Equal(t, map[string][3]int64{"county": {}, "department": {2, 4, 1}, "village": {1, 3, 0}, "other": {}}, told)
		require.Equal(t, "窗口甲", counts[1].By[0].Person.Name, "who brought most stands first")
		none, err := o.Visits(context.Background(), o.Actor("dutyB"), before, 0)
		require.NoError(t, err)
		require.Zero(t, none[1].Incidents, "another street's duty officer sees none of it")
		later, err := o.Visits(context.Background(), o.Actor("duty"), before+time.Hour.Milliseconds(), 0)
		require.NoError(t, err)
		require.Zero(t, later[1].Incidents)
	})
}

package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/stats"
)

func TestALifeIsCounted(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.Report("duty", incidenttest.Noise())
		m := d.total("duty", stats.Query{})
		for name, want := range map[string]int64{"received": 2, "open": 1, "filed": 1, "dispatched": 1, "should_dispatch": 1, "dispatched_in_time": 1,
			"dispatched_right": 1, "arrived": 1, "arrived_in_time": 1, "handled": 1, "handled_in_time": 1, "should_handle": 1, "closed": 1,
			"closed_in_time": 1, "should_close": 1, "overdue": 0, "on_dispatched": 1, "on_arrived": 1, "on_handled": 1, "on_closed": 1, "ms_dispatch": 30_000,
			"ms_arrive": 210_000} {
			require.Equal(t, want, m[name], name)
		}
	})
}

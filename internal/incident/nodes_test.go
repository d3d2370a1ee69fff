package incident_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// TestTwoNodes carries incidents through the loop by turns on two servers over one store. What a server remembers of
// an incident never stands in for what the other one wrote.
func TestTwoNodes(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		nodes := []*incidenttest.Office{o, o.Node()}
		listed := func(n int) string {
			list, _, err := nodes[n].List(t.Context(), o.Actor("duty"), incident.Filter{})
			require.NoError(t, err)
			var all string
			for _, inc := range list {
				all += asJSON(t, nodes[n].Row(o.Actor("duty"), inc))
			}
			return all
		}
		for turn := range 2 {
			inc := nodes[turn].Report("duty", incidenttest.Noise(fromCaller))
			way := append(handled[:4:4], step("duty", "rework", fields{"reason": "补照片"}), step("station1", "transfer", fields{"person": "station1b"}),
				step("station1b", "accept_order", nil), step("station1b", "handle", fields{"result": "好了"}), passed[4], finished[5])
			for n, st := range way {
				nodes[(n+turn)%2].Act(st.By, inc.ID, st.Do, st.Fields)
				require.Equal(t, listed(0), listed(1), st.Do)
				require.Equal(t, asJSON(t, nodes[0].View(o.Actor("duty"), nodes[0].Load(inc.ID))), asJSON(t, nodes[1].View(o.Actor("duty"), nodes[1].Load(inc.ID))))
			}
			require.Empty(t, o.Broken(inc.ID))
		}
	})
}

// TestTwoNodesAtOnce lets two servers write to one incident at the same moment, many times over.
func TestTwoNodesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		nodes := []*incidenttest.Office{o, o.Node()}
		inc := o.Report("duty", incidenttest.Noise())
		want := inc.EntrySeq
		for range 10 {
			var wait sync.WaitGroup
			errs := make([]error, 8)
			for n := range errs {
				wait.Go(func() {
					if n < 2 {
						_, errs[n] = nodes[n%2].Try("duty", inc.ID, "mark", fields{"urgent": n == 0})
						return
					}
					_, errs[n] = nodes[n%2].Try("worker", inc.ID, "note", fields{"text": "看过"})
				})
			}
			wait.Wait()
			for _, err := range errs {
				require.NoError(t, err)
			}
			want += int64(len(errs))
		}
		after := o.Load(inc.ID)
		require.Equal(t, want, after.EntrySeq)
		require.Equal(t, want, after.Version)
		require.Empty(t, o.Broken(inc.ID))
		require.Equal(t, after.Urgent, nodes[1].Load(inc.ID).Urgent)
	})
}

package incident_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// The lists of a unit: what may be claimed, what is in the own hands, and everything of the unit. Other units see
// nothing of it, whatever they ask for.
func TestListsOfAUnit(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		later := func() *incident.Incident {
			o.Clock.Advance(time.Minute)
			return o.Report("duty", incidenttest.Noise())
		}
		pooled := later()
		o.Act("duty", pooled.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Urban, "pool": true})
		sent := later()
		o.Act("duty", sent.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Urban})
		taken := later()
		o.Act("duty", taken.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Urban})
		o.Act("department", taken.ID, "accept_order", nil)
		done := later()
		o.Act("duty", done.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Urban})
		o.Act("department", done.ID, "accept_order", nil)
		o.Act("department", done.ID, "handle", incidenttest.Fields{"result": "已处理"})

		cases := []struct {
			login, queue string
			want         []*incident.Incident
		}{
			{"department", "pool", []*incident.Incident{pooled}},
			{"department", "mine", []*incident.Incident{taken}},
			{"department", "unit", []*incident.Incident{taken, sent, pooled}},
			{"station1", "pool", nil},
			{"station1", "mine", nil},
			{"station1", "unit", nil},
			{"duty", "pool", nil},
		}
		for _, c := range cases {
			require.Equal(t, idsOf(c.want), found(t, o, c.login, incident.Filter{Queue: c.queue}), "%s of %s", c.queue, c.login)
		}
		counts, err := o.Counts(context.Background(), o.Actor("department"), incident.Queues, 100)
		require.NoError(t, err)
		require.Equal(t, 1, counts["pool"])
		require.Equal(t, 3, counts["unit"])
		o.Act("department", pooled.ID, "claim", nil)
		require.Equal(t, idsOf([]*incident.Incident{taken, pooled}), found(t, o, "department", incident.Filter{Queue: "mine"}))
		require.Empty(t, found(t, o, "department", incident.Filter{Queue: "pool"}))
	})
}

// A reply that waits stands in the list of whoever may approve it, and in nobody else's.
func TestRepliesThatWaitForApproval(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		o.People.Approving[incidenttest.Station] = true
		inc := o.Report("duty", incidenttest.Noise())
		o.Act("duty", inc.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
		o.Act("station1", inc.ID, "accept_order", nil)
		waiting := incident.Filter{Queue: "approval"}
		require.Empty(t, found(t, o, "chief", waiting))
		o.Act("station1", inc.ID, "submit_reply", incidenttest.Fields{"result": "已劝导，店家关闭音响"})
		require.Equal(t, []string{inc.ID}, found(t, o, "chief", waiting))
		require.Empty(t, found(t, o, "station1", waiting), "the own reply is for others")
		require.Empty(t, found(t, o, "station2", waiting))
		o.Act("chief", inc.ID, "approve_reply", nil)
		require.Empty(t, found(t, o, "chief", waiting))
	})
}

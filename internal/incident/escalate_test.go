package incident_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

func TestAboveTheTopThereIsNobodyToEscalateTo(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		offered := func(id string) bool {
			return slices.ContainsFunc(o.View(o.Actor("duty"), o.Load(id)).Actions, func(a incident.Offer) bool { return a.Do == "escalate" })
		}
		inc := o.Report("duty", incidenttest.Noise())
		for _, rung := range []string{"centre", "command"} {
			require.True(t, offered(inc.ID))
			o.Act("duty", inc.ID, "escalate", fields{"to": rung, "reason": "需要支援"})
		}
		require.False(t, offered(inc.ID))
		_, err := o.Try("duty", inc.ID, "escalate", fields{"to": "command", "reason": "需要支援"})
		require.Equal(t, "escalate.not_higher", codeOf(err))
	})
}

package incident_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
)

func TestTheLatestTellWhoGotThemFirst(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		o.Report("duty", incidenttest.Noise()) // nobody got it yet
		sent := o.Report("duty", incidenttest.Noise(incidenttest.Of("environment.light", "complaint")))
		o.Act("duty", sent.ID, "dispatch", fields{"unit": incidenttest.Station})
		o.Act("station1", sent.ID, "return_order", fields{"reason": "不归我们管"})
		o.Act("duty", sent.ID, "dispatch", fields{"unit": incidenttest.Urban})
		list, err := o.Latest(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, list, 1)
		got := list[0]
		require.Equal(t, incidenttest.Station, got.UnitID, "the first, not the one that has it now")
		require.Equal(t, sent.Number, got.Number)
		require.Equal(t, "environment.light", got.Category)
		require.Equal(t, sent.ReceivedAt, got.At)
		require.Equal(t, *sent.Lon, got.Position.Lon)
		require.Equal(t, o.Places.Path(sent.AreaID), got.Path)
		none, err := o.Latest(t.Context(), 0)
		require.NoError(t, err)
		require.Empty(t, none)
	})
}

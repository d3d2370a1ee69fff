package app

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
)

func TestWorkloadCountsAnewWhatChanged(t *testing.T) {
	w := newWorkload(nil)
	w.add([]incident.InHand{{IncidentID: "a", UnitID: "station", PersonID: "wang"}, {IncidentID: "b", UnitID: "station"}})
	require.EqualValues(t, 2, w.OfUnit("station"))
	require.EqualValues(t, 1, w.OfPerson("wang"))
	w.replace([]string{"a", "c"}, []incident.InHand{{IncidentID: "c", UnitID: "police", PersonID: "li"}})
	require.EqualValues(t, 1, w.OfUnit("station"))
	require.Zero(t, w.OfPerson("wang"))
	require.EqualValues(t, 1, w.OfPerson("li"))
	w.replace([]string{"b", "c"}, nil)
	require.Empty(t, w.has, "nothing is kept of what is over")
	require.Empty(t, w.open)
}

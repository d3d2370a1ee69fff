package mapview_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/mapview"
)

func TestPlacesListEveryNamedThingOnce(t *testing.T) {
	places := readTown(t).Places()
	names := make([]string, len(places))
	for i, place := range places {
		names[i] = place.Name
		if place.Kind == mapview.KindRoad {
			require.Equal(t, "w101", place.ID, "a road stands on its longest part")
			require.InDelta(t, 104.006, place.Lon, 1e-6, "half-way along it")
			require.InDelta(t, 30.001, place.Lat, 1e-6)
		}
	}
	require.ElementsMatch(t, []string{"春晖路口", "春晖路面馆", "春晖路12号", "春晖小学", "春晖路"}, names)
}

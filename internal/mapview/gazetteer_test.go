package mapview_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/mapview"
)

func names(places []mapview.Place) []string {
	list := make([]string, len(places))
	for i, place := range places {
		list[i] = place.Name
	}
	return list
}

func TestPlacesListEveryNamedThingOnce(t *testing.T) {
	places := readTown(t).Places()
	require.ElementsMatch(t, []string{"春晖路口", "春晖路面馆", "春晖路12号", "春晖小学", "春晖路"}, names(places))
	for _, place := range places {
		if place.Kind == mapview.KindRoad {
			require.Equal(t, "w101", place.ID, "a road stands on its longest part")
			require.InDelta(t, 104.006, place.Lon, 1e-6, "half-way along it")
			require.InDelta(t, 30.001, place.Lat, 1e-6)
		}
	}
}

func TestSearchPutsTheWholeNameFirst(t *testing.T) {
	gazetteer := mapview.NewGazetteer(readTown(t).Places())
	require.Equal(t, []string{"春晖路", "春晖路口"}, names(gazetteer.Search("春晖路", 2)))
	require.Equal(t, []string{"春晖路面馆"}, names(gazetteer.Search("春晖 面馆", 10)))
	require.Equal(t, []string{"春晖路12号"}, names(gazetteer.Search("１２", 10)), "full-width digits")
	require.Empty(t, gazetteer.Search("  ", 10))
	require.Empty(t, gazetteer.Search("没有这里", 10))
	require.Empty(t, gazetteer.Search("春晖路", 0))
	require.Empty(t, gazetteer.Search("春晖路", -1))
}

func TestNearestSaysWhereAPointIs(t *testing.T) {
	gazetteer := mapview.NewGazetteer(readTown(t).Places())
	place, ok := gazetteer.Nearest(104.0061, 30.0011, 100)
	require.True(t, ok)
	require.Equal(t, "春晖路", place.Name)
	_, ok = gazetteer.Nearest(105, 31, 100)
	require.False(t, ok)
}

func TestOpenGazetteer(t *testing.T) {
	empty, err := mapview.OpenGazetteer(fstest.MapFS{})
	require.NoError(t, err)
	require.Zero(t, empty.Len(), "a build without the web files searches nothing")

	_, err = mapview.OpenGazetteer(fstest.MapFS{mapview.PlacesFile: {Data: []byte(`{"places": [`)}})
	require.ErrorContains(t, err, "parse places")
}

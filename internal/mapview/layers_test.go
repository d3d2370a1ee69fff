package mapview_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"gezhi/internal/mapview"
)

func TestLayersSortThingsByWhatTheyAre(t *testing.T) {
	layers := readTown(t).Layers()
	require.Len(t, layers[mapview.LayerRoads], 2)
	require.Equal(t, "tertiary", layers[mapview.LayerRoads][0].Class)
	require.Len(t, layers[mapview.LayerLand], 1, "a wood whose outline is not whole is left out")
	require.Equal(t, "school", layers[mapview.LayerLand][0].Class)
	require.Empty(t, layers[mapview.LayerWater], "a pond with a corner outside the extract is left out")
}

func TestBuildingOfTwoHalvesKeepsItsCourt(t *testing.T) {
	buildings := readTown(t).Layers()[mapview.LayerBuildings]
	require.Len(t, buildings, 1)
	area, ok := buildings[0].Geometry.(orb.MultiPolygon)
	require.True(t, ok)
	require.Len(t, area, 1)
	require.Len(t, area[0], 2, "one outer ring and one court")
	require.Equal(t, area[0][0][0], area[0][0][len(area[0][0])-1], "the outer ring is closed")
}

func TestBasemapOfTheRealExtractIsWholeAndStable(t *testing.T) {
	extract, err := mapview.OpenExtract("osm/chengdu_center.osm.gz")
	require.NoError(t, err)
	first, second := t.TempDir(), t.TempDir()
	require.NoError(t, mapview.WriteBasemap(extract, first))
	require.NoError(t, mapview.WriteBasemap(extract, second))

	least := map[string]int{"roads": 2200, "buildings": 800, "land": 300, "water": 50, "rails": 150, "points": 1000}
	for layer, count := range least {
		raw, err := os.ReadFile(filepath.Join(first, layer+".geojson"))
		require.NoError(t, err)
		again, err := os.ReadFile(filepath.Join(second, layer+".geojson"))
		require.NoError(t, err)
		require.Equal(t, raw, again, "%s: the same extract gives the same bytes", layer)
		var collection struct {
			Type     string            `json:"type"`
			Features []json.RawMessage `json:"features"`
		}
		require.NoError(t, json.Unmarshal(raw, &collection))
		require.Equal(t, "FeatureCollection", collection.Type)
		require.GreaterOrEqual(t, len(collection.Features), count, layer)
	}
	raw, err := os.ReadFile(filepath.Join(first, "places.json"))
	require.NoError(t, err)
	var gazetteer struct {
		Attribution string          `json:"attribution"`
		Places      []mapview.Place `json:"places"`
	}
	require.NoError(t, json.Unmarshal(raw, &gazetteer))
	require.Equal(t, mapview.Attribution, gazetteer.Attribution)
	require.Greater(t, len(gazetteer.Places), 1500)
}

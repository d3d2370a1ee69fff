package demo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/geo"
)

func TestStreetIsGapless(t *testing.T) {
	raw, err := smallPlan().areas()
	require.NoError(t, err)
	features, err := geo.Decode(raw, geo.Limits{})
	require.NoError(t, err)
	counts := map[string]int{}
	kinds := map[string]int{}
	var cells []geo.Cell
	for _, f := range features {
		level := f.Properties["level"].(string)
		counts[level]++
		if level == "grid" {
			kinds[f.Properties["kind"].(string)]++
		}
		if !f.Shape.IsEmpty() {
			parent := f.Properties["parent"].(string)
			if level == "street" {
				parent = ""
			}
			cells = append(cells, geo.Cell{ID: f.Properties["code"].(string), Parent: parent, Shape: f.Shape})
			box := f.Shape.Bounds()
			require.True(t, box.West > 104.0421 && box.East < 104.1296 && box.South > 30.6528 && box.North < 30.7279, "inside the map extract")
		}
	}
	require.Equal(t, map[string]int{"city": 1, "district": 1, "street": 1, "community": 6, "grid": 24, "microgrid": 120}, counts)
	require.Equal(t, map[string]int{"rural": 1, "business": 2, "university": 2, "residential": 17, "market": 2}, kinds)
	rep := geo.Check(cells, geo.DefaultOptions)
	require.True(t, rep.OK(), "%+v", rep.Findings)
	require.Empty(t, rep.Tolerated, "drawn with shared vertices")

	again, err := smallPlan().areas()
	require.NoError(t, err)
	require.Equal(t, string(raw), string(again))
}

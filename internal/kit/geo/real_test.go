package geo_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
)

// districts reads the real districts of a large city. The folder with them is
// not part of the repository.
func districts(t testing.TB) []geo.Feature {
	t.Helper()
	data, err := os.ReadFile("../../../../shared/data/boundaries/chengdu_510100_districts.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("real boundaries are not here: ../../../../shared/data/boundaries is missing")
	}
	require.NoError(t, err)
	fs, err := geo.Decode(data, geo.Limits{})
	require.NoError(t, err)
	require.Len(t, fs, 20)
	return fs
}

// The file is nearly right: its only fault is an enclave of a neighbouring city,
// which is a true hole in the union of the districts.
func TestRealDistrictsCheck(t *testing.T) {
	var cells []geo.Cell
	total := 0.0
	for _, f := range districts(t) {
		cells = append(cells, geo.Cell{ID: f.Properties["name"].(string), Parent: "city", Shape: f.Shape})
		total += f.Shape.Area()
	}
	require.InEpsilon(t, 14335e6, total, 0.005, "the area in the yearbook is 14,335 km2")

	rep := geo.Check(cells, geo.DefaultOptions)
	require.False(t, rep.Incomplete)
	require.Empty(t, rep.Tolerated)
	require.Len(t, rep.Findings, 1)
	gap := rep.Findings[0]
	require.Equal(t, geo.Gap, gap.Kind)
	require.Equal(t, []string{"蒲江县"}, gap.IDs)
	require.InEpsilon(t, 721551, gap.Area, 0.01)

	moved := cells[0].Shape[0][0]
	for i := range 5 {
		moved[10+i].Lon += 0.002
	}
	rep = geo.Check(cells, geo.DefaultOptions)
	require.Greater(t, len(rep.Findings), 1, "a moved line is found")
}

func TestRealDistrictsIndex(t *testing.T) {
	var cells []geo.IndexCell
	for _, f := range districts(t) {
		cells = append(cells, geo.IndexCell{ID: f.Properties["name"].(string), Shape: f.Shape})
		in, ok := f.Shape.Inside()
		require.True(t, ok)
		require.True(t, f.Shape.Contains(in))
	}
	box := geo.Box{West: 102.9, South: 30, East: 105, North: 31.5}
	index := geo.NewIndex(cells)
	id, ok := index.Locate(geo.Point{Lon: 104.0658, Lat: 30.6571})
	require.True(t, ok)
	require.Equal(t, "青羊区", id, "the west side of the central square")

	rng := rand.New(rand.NewPCG(1, 1))
	for range 20000 {
		p := geo.Point{Lon: box.West + rng.Float64()*(box.East-box.West), Lat: box.South + rng.Float64()*(box.North-box.South)}
		var slow []string
		for _, c := range cells {
			if c.Shape.Contains(p) {
				slow = append(slow, c.ID)
			}
		}
		require.LessOrEqual(t, len(slow), 1)
		id, ok := index.Locate(p)
		require.Equal(t, len(slow) == 1, ok)
		if ok {
			require.Equal(t, slow[0], id)
		}
	}
}

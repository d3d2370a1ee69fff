package grid_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

const shared = "../../../shared/data/"

// real tells whether the real files are here; they are no part of the repository.
func real(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(shared); os.IsNotExist(err) {
		t.Skip("the real boundaries and divisions are not here: " + shared + " is missing")
	}
}

func TestRealDistrictsLieAtTheRightPlace(t *testing.T) {
	real(t)
	raw, err := os.ReadFile(shared + "boundaries/chengdu_510100_districts.json")
	require.NoError(t, err)
	empty(t, func(t *testing.T, x fixture) {
		rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(raw), grid.ImportOptions{Datum: "gcj02", CityCode: "510100", CityName: "成都市"})
		require.NoError(t, err)
		require.Equal(t, 20, rep.Total)
		require.Equal(t, 21, rep.Created)
		require.Len(t, rep.Tolerated, 1, "an enclave of a neighbouring city lies within one district")
		require.Equal(t, "蒲江县", rep.Tolerated[0].Areas[0].Name)

		city, ok := x.Tree().Trunk()
		require.True(t, ok)
		require.Len(t, x.Tree().Children(city.ID), 20)
		// Known points in WGS-84.
		for name, p := range map[string]geo.Point{
			"青羊区":  {Lon: 104.0480, Lat: 30.6640}, // west of 宽窄巷子
			"成华区":  {Lon: 104.1410, Lat: 30.7330}, // the panda base
			"都江堰市": {Lon: 103.6130, Lat: 31.0000}, // the irrigation works
			"新津区":  {Lon: 103.8110, Lat: 30.4140},
		} {
			path, ok := x.Tree().Locate(p)
			require.True(t, ok, name)
			require.Equal(t, []string{"成都市", name}, names(path))
		}
		// A vertex of the file, taken back to WGS-84, lies on the border that is stored.
		a, _ := x.Tree().AreaByCode(grid.District, "510104")
		w, err := geo.ToWGS84(geo.Point{Lon: 104.059956, Lat: 30.647001}, geo.GCJ02)
		require.NoError(t, err)
		require.Greater(t, geo.Distance(w, geo.Point{Lon: 104.059956, Lat: 30.647001}), 300.0)
		require.Contains(t, a.Shape[0][0], w)

		again, err := x.ImportAreas(t.Context(), system, bytes.NewReader(raw), grid.ImportOptions{Datum: "gcj02"})
		require.NoError(t, err)
		require.Equal(t, 20, again.Unchanged)
	})
}

func TestRealDistrictsLoadWithoutACity(t *testing.T) {
	real(t)
	raw, err := os.ReadFile(shared + "boundaries/chengdu_510100_districts.json")
	require.NoError(t, err)
	empty(t, func(t *testing.T, x fixture) {
		rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(raw), grid.ImportOptions{Datum: "gcj02"})
		require.NoError(t, err)
		require.Len(t, rep.Roots, 20)

		// The divisions bring the city, its streets and their communities, and hang the district under the city.
		rep, err = x.ImportDivisions(t.Context(), system, os.DirFS(shared+"divisions"), grid.DivisionOptions{District: "510118"})
		require.NoError(t, err)
		require.Equal(t, grid.ImportReport{Total: 1 + 1 + 8 + 81, Created: 1 + 8 + 81, Moved: 1}, rep)
		a, ok := x.Tree().AreaByCode(grid.Community, "510118001002")
		require.True(t, ok)
		require.Equal(t, []string{"成都市", "新津区", "五津街道", "南江社区居民委员会"}, names(x.Tree().Path(a.ID)))
		path, _ := x.Tree().Locate(geo.Point{Lon: 103.8110, Lat: 30.4140})
		require.Equal(t, []string{"成都市", "新津区"}, names(path))
	})
}

// A broken border in the real file is found and nothing of the file is kept.
func TestRealDistrictsBroken(t *testing.T) {
	real(t)
	raw, err := os.ReadFile(shared + "boundaries/chengdu_510100_districts.json")
	require.NoError(t, err)
	broken := bytes.Replace(raw, []byte("[104.085916, 30.664274]"), []byte("[104.085916, 30.668274]"), 1)
	require.NotEqual(t, raw, broken)
	x := one(t)
	rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(broken), grid.ImportOptions{Datum: "gcj02"})
	require.Error(t, err)
	require.NotEmpty(t, rep.Refused)
	require.Zero(t, x.Tree().Len())
}

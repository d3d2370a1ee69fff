package grid_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/geo"
)

func TestLocateAnswersFromCityToMicrogrid(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		path, ok := x.Tree().Locate(x.street.At(5))
		require.True(t, ok)
		require.Equal(t, []string{"例市", "示范区", "福兴街道", "榕树里社区", "榕树里社区第2网格", "榕树里社区第2网格2号微网格"}, names(path))
		for i, id := range x.street.Microgrids {
			path, ok := x.Tree().Locate(x.street.At(i))
			require.True(t, ok)
			require.Equal(t, id, path[5].ID)
		}
		_, ok = x.Tree().Locate(x.street.Outside())
		require.False(t, ok)
		_, ok = x.Tree().Locate(geo.Point{})
		require.False(t, ok)

		trunk, ok := x.Tree().Trunk()
		require.True(t, ok)
		require.Equal(t, x.street.Street, trunk.ID)
	})
}

// The slow model looks at every area of every level, the deepest first.
func TestLocateAgreesWithTheSlowModel(t *testing.T) {
	x := one(t)
	street := gridtest.Build(t, x)
	// A community that lost its grids answers by itself.
	for _, m := range street.Microgrids[16:] {
		require.NoError(t, x.CloseArea(t.Context(), system, m, nil))
	}
	for _, g := range street.Grids[4:] {
		require.NoError(t, x.CloseArea(t.Context(), system, g, nil))
	}
	tree := x.Tree()
	all, _ := tree.List(grid.Filter{})
	rapid.Check(t, func(r *rapid.T) {
		p := geo.Point{
			Lon: gridtest.West + gridtest.Cell*rapid.Float64Range(-1, 13).Draw(r, "x"),
			Lat: gridtest.South + gridtest.Cell*rapid.Float64Range(-1, 3).Draw(r, "y"),
		}
		model := func(p geo.Point) string {
			for _, a := range slices.Backward(all) {
				if a.Shape.Contains(p) {
					return a.ID
				}
			}
			return ""
		}
		want := model(p)
		path, ok := tree.Locate(p)
		if ok != (want != "") {
			// Only on the very edge may the index find what the model does not.
			near, d, _ := tree.Nearest(p, 1)
			if want != "" || d > 0.001 {
				r.Fatalf("%v: model %q, index %v, nearest %v", p, want, path, near)
			}
			return
		}
		// Within rounding of an edge or corner any neighbour is right: a tenth of a millimetre further off the model says the same.
		const hair = 1e-9
		around := func(found string) bool {
			return slices.ContainsFunc([][2]float64{{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}}, func(d [2]float64) bool {
				return model(geo.Point{Lon: p.Lon + d[0]*hair, Lat: p.Lat + d[1]*hair}) == found
			})
		}
		if ok && path[len(path)-1].ID != want && !around(path[len(path)-1].ID) {
			r.Fatalf("%v: model %q, index %v", p, want, path)
		}
	})
}

func TestEdgesBelongToExactlyOneMicrogrid(t *testing.T) {
	x := one(t)
	gridtest.Build(t, x)
	rng := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		p := geo.Point{Lon: gridtest.West + gridtest.Cell*float64(1+rng.IntN(11)), Lat: gridtest.South + gridtest.Cell*rng.Float64()*2}
		first, ok := x.Tree().Locate(p)
		require.True(t, ok)
		require.Len(t, first, 6)
		again, _ := x.Tree().Locate(p)
		require.Equal(t, first[5].ID, again[5].ID)
	}
}

func TestNearestMeasuresToTheDeepestLevel(t *testing.T) {
	x := one(t)
	street := gridtest.Build(t, x)
	p := street.At(0)
	p.Lon = gridtest.West - 0.0005 // 48 m west of the first micro-grid
	a, d, ok := x.Tree().Nearest(p, 100)
	require.True(t, ok)
	require.Equal(t, street.Microgrids[0], a.ID)
	require.InDelta(t, 0.0005*111195*0.8603, d, 1)
	_, _, ok = x.Tree().Nearest(p, 40)
	require.False(t, ok)
	a, d, ok = x.Tree().Nearest(street.At(7), 40)
	require.True(t, ok)
	require.Equal(t, street.Microgrids[7], a.ID)
	require.Zero(t, d)
	_, _, ok = x.Tree().Nearest(geo.Point{}, 1e9)
	require.False(t, ok)
}

func TestPatrolAreaOfPrefersDedicatedThenNearest(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		of := func(id string) string { p, _ := x.Tree().PatrolAreaOf(id); return p.Code }
		require.Equal(t, "X1", of(x.street.Microgrids[0]))
		require.Equal(t, "Z1", of(x.street.Microgrids[4]), "the dedicated one covers the second grid")
		require.Equal(t, "", of(x.street.Microgrids[23]))
		require.Equal(t, "", of(x.street.Street), "an area above the members has none")

		_, err := x.CreatePatrolArea(t.Context(), system, grid.PatrolArea{Code: "A0", Name: "细分巡区", Kind: grid.General, Members: x.street.Microgrids[:6]})
		require.NoError(t, err)
		require.Equal(t, "A0", of(x.street.Microgrids[0]), "the nearer member wins")
		require.Equal(t, "Z1", of(x.street.Microgrids[4]), "a dedicated one wins over a nearer general one")

		members := []string{}
		p, err := x.UpdatePatrolArea(t.Context(), system, x.street.Dedicated, grid.PatrolChange{Members: &members})
		require.NoError(t, err)
		require.Empty(t, p.Members)
		require.Equal(t, "A0", of(x.street.Microgrids[4]))
		old := p.Version - 1
		_, err = x.UpdatePatrolArea(t.Context(), system, p.ID, grid.PatrolChange{Version: &old})
		require.ErrorContains(t, err, "patrol_area.stale")
		require.NoError(t, x.ClosePatrolArea(t.Context(), system, p.ID, nil))
		_, err = x.CreatePatrolArea(t.Context(), system, grid.PatrolArea{Code: "X1", Name: "", Kind: "odd", Members: []string{"nothing"}})
		require.Equal(t, []string{"name field.required", "kind field.choice", "code patrol_area.code_taken", "members[0] area.unknown"}, codes(t, err))
	})
}

func TestListPagesThroughTheTree(t *testing.T) {
	x := one(t)
	street := gridtest.Build(t, x)
	tree := x.Tree()
	var seen []string
	var after grid.Area
	for {
		page, more := tree.List(grid.Filter{Under: street.Communities[0], After: after, Limit: 3})
		for _, a := range page {
			seen = append(seen, a.ID)
			after = a
		}
		if !more {
			break
		}
	}
	require.ElementsMatch(t, seen, append(append([]string{}, street.Grids[:2]...), street.Microgrids[:8]...))
	list, _ := tree.List(grid.Filter{Q: "望江 第2", Level: grid.Grid})
	require.Equal(t, []string{"望江社区第2网格"}, names(list))
	list, _ = tree.List(grid.Filter{Q: "900101001002", Level: grid.Community})
	require.Equal(t, []string{"望江社区"}, names(list))
	market := "market"
	list, _ = tree.List(grid.Filter{Kind: &market})
	require.Len(t, list, 1)
	list, _ = tree.List(grid.Filter{Parent: grid.RootParent})
	require.Equal(t, []string{"例市"}, names(list))
	require.Len(t, tree.Outline(), 1)
	require.Len(t, tree.Below(street.Communities[0]), 11)
}

package grid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/now"
)

// TestAPathOfThePastIsKnown merges two grids and asks where a micro-grid lay before and lies after.
func TestAPathOfThePastIsKnown(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		moved, err := x.Moved(t.Context())
		require.NoError(t, err)
		require.Zero(t, moved)
		before := now.Ms(x.clock) - 1
		a, b, micro := x.street.Grids[0], x.street.Grids[1], x.street.Microgrids[0]
		var moves []grid.Move
		for _, m := range x.street.Microgrids[:8] {
			moves = append(moves, grid.Move{AreaID: m, ParentID: "begins[0]"})
		}
		report, err := x.Redraw(t.Context(), system, grid.Redrawing{Datum: "wgs84", Source: "多网合一", Ends: []string{a, b}, Moves: moves,
			Begins: []grid.Begin{{Code: "90010100100103", Name: "合并网格", Level: grid.Grid, ParentID: x.street.Communities[0], Shape: polygon(0, 0, 4, 2), From: []string{a, b}}}})
		require.NoError(t, err)
		for at, want := range map[int64]string{before: a, now.Ms(x.clock): report.Begun[0].ID} {
			path, err := x.PathAt(t.Context(), micro, at)
			require.NoError(t, err)
			require.Len(t, path, 6)
			require.Equal(t, grid.City, path[0].Level)
			require.Equal(t, want, path[4].ID)
			require.Equal(t, micro, path[5].ID)
		}
		path, err := x.PathAt(t.Context(), a, before)
		require.NoError(t, err)
		require.Len(t, path, 5, "an area that ended still has its path")
		path, err = x.PathAt(t.Context(), "nowhere", before)
		require.NoError(t, err)
		require.Empty(t, path)
		list, err := x.Former(t.Context(), []string{a, micro, "nowhere"})
		require.NoError(t, err)
		require.Len(t, list, 2)
		moved, err = x.Moved(t.Context())
		require.NoError(t, err)
		require.Equal(t, now.Ms(x.clock), moved)
	})
}

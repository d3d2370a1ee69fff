package grid_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

func TestMergeKeepsHistory(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		before := now.Ms(x.clock) - 1
		a, b := x.street.Grids[0], x.street.Grids[1]
		var moves []grid.Move
		for _, m := range x.street.Microgrids[:8] {
			moves = append(moves, grid.Move{AreaID: m, ParentID: "begins[0]"})
		}
		rep, err := x.Redraw(t.Context(), system, grid.Redrawing{
			Datum: "wgs84", Source: "多网合一", Ends: []string{a, b}, Moves: moves,
			Begins: []grid.Begin{{Code: "90010100100103", Name: "合并网格", Level: grid.Grid, ParentID: x.street.Communities[0], Shape: polygon(0, 0, 4, 2), From: []string{a, b}}},
		})
		require.NoError(t, err)
		require.Len(t, rep.Begun, 1)
		merged := rep.Begun[0].ID
		path, _ := x.Tree().Locate(x.street.At(0))
		require.Equal(t, []string{"榕树里社区", "合并网格", "榕树里社区第1网格1号微网格"}, names(path)[3:])
		require.Contains(t, rep.Changed, x.street.Microgrids[0])

		old, err := x.AsOf(t.Context(), before)
		require.NoError(t, err)
		path, ok := old.Locate(x.street.At(0))
		require.True(t, ok)
		require.Equal(t, a, path[4].ID, "before the merger it lay in the old grid")
		_, ok = old.Area(merged)
		require.False(t, ok)
		require.Len(t, old.Children(a), 4)
		today, err := x.AsOf(t.Context(), now.Ms(x.clock))
		require.NoError(t, err)
		path, _ = today.Locate(x.street.At(0))
		require.Equal(t, merged, path[4].ID)

		_, lineage, err := x.History(t.Context(), merged)
		require.NoError(t, err)
		require.Len(t, lineage, 2)
		for _, l := range lineage {
			require.Equal(t, "merged", l.How)
			require.Equal(t, now.Ms(x.clock), l.At)
		}
		periods, heirs, err := x.History(t.Context(), a)
		require.NoError(t, err)
		require.Len(t, periods, 1)
		require.NotNil(t, periods[0].ValidTo)
		require.Equal(t, merged, heirs[0].AreaID)
		p, ok := x.Tree().PatrolAreaOf(merged)
		require.True(t, ok)
		require.Equal(t, "Z1", p.Code, "the new grid is in the patrol areas of those it was made from")
	})
}

func TestSplitAndReshapeAsOf(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		m := x.street.Microgrids[0]
		t0 := now.Ms(x.clock)
		x.clock.Advance(time.Hour)
		_, err := x.Redraw(t.Context(), system, grid.Redrawing{
			Datum:  "wgs84",
			Shapes: []grid.Reshape{{AreaID: x.street.Microgrids[1], Shape: polygon(1, 0, 2, 2)}},
			Ends:   []string{x.street.Microgrids[3]},
		})
		require.NoError(t, err)
		path, _ := x.Tree().Locate(x.street.At(3))
		require.Equal(t, x.street.Microgrids[1], path[5].ID)
		t1 := now.Ms(x.clock)
		x.clock.Advance(time.Hour)
		rep, err := x.Redraw(t.Context(), system, grid.Redrawing{
			Datum:  "wgs84",
			Shapes: []grid.Reshape{{AreaID: x.street.Microgrids[1], Shape: polygon(1, 0, 2, 1)}},
			Begins: []grid.Begin{{Code: "9001010010010104", Name: "新四号", Level: grid.Microgrid, ParentID: x.street.Grids[0], Shape: polygon(1, 1, 2, 2), From: []string{x.street.Microgrids[1]}}},
		})
		require.NoError(t, err)
		_, lineage, err := x.History(t.Context(), rep.Begun[0].ID)
		require.NoError(t, err)
		require.Equal(t, "split", lineage[0].How)
		at := func(ms int64) string {
			tree, err := x.AsOf(t.Context(), ms)
			require.NoError(t, err)
			path, _ := tree.Locate(x.street.At(3))
			return path[5].ID
		}
		require.Equal(t, x.street.Microgrids[3], at(t0))
		require.Equal(t, x.street.Microgrids[1], at(t1))
		require.Equal(t, rep.Begun[0].ID, at(now.Ms(x.clock)))
		shape, err := x.ShapeAt(t.Context(), m, t0)
		require.NoError(t, err)
		require.False(t, shape.IsEmpty())
		require.Len(t, x.Tree().Children(x.street.Grids[0]), 4)
	})
}

func TestRedrawRefusesAndChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		m, g := x.street.Microgrids, x.street.Grids
		future, past, stale := now.Ms(x.clock)+1, int64(1), int64(99)
		for name, c := range map[string]struct {
			in   grid.Redrawing
			want string
		}{
			"a gap":               {grid.Redrawing{Datum: "wgs84", Ends: m[:1]}, "shapes topology.gap"},
			"an overlap":          {grid.Redrawing{Datum: "wgs84", Shapes: []grid.Reshape{{AreaID: m[0], Shape: polygon(0, 0, 2, 1)}}}, "shapes topology.overlap"},
			"children left out":   {grid.Redrawing{Datum: "wgs84", Shapes: []grid.Reshape{{AreaID: g[0], Shape: polygon(0, 0, 1, 2)}, {AreaID: g[1], Shape: polygon(1, 0, 4, 2)}}}, "shapes topology.outside"},
			"children in the air": {grid.Redrawing{Ends: g[:1]}, "ends[0].ends area.has_children"},
			"the future":          {grid.Redrawing{Datum: "wgs84", At: future, Shapes: []grid.Reshape{{AreaID: m[0], Shape: polygon(0, 0, 1, 1)}}}, "at redraw.at_future"},
			"before it began":     {grid.Redrawing{Datum: "wgs84", At: past, Shapes: []grid.Reshape{{AreaID: m[0], Shape: polygon(0, 0, 1, 1)}}}, "at redraw.at_before"},
			"no datum":            {grid.Redrawing{Shapes: []grid.Reshape{{AreaID: m[0], Shape: polygon(0, 0, 1, 1)}}}, "datum datum.required"},
			"no polygon":          {grid.Redrawing{Datum: "wgs84", Shapes: []grid.Reshape{{AreaID: m[0], Shape: []byte(`{"type":"Point","coordinates":[1,2]}`)}}}, "shapes[0].shape geojson.not_area"},
			"a parent below":      {grid.Redrawing{Moves: []grid.Move{{AreaID: g[0], ParentID: m[0]}}}, "moves[0].parent area.parent_level"},
			"a parent unknown":    {grid.Redrawing{Moves: []grid.Move{{AreaID: m[0], ParentID: "begins[7]"}}}, "moves[0].parent area.parent_unknown"},
			"an unknown source":   {grid.Redrawing{Begins: []grid.Begin{{Code: "n", Name: "n", Level: grid.Microgrid, ParentID: g[0], From: []string{"x"}}}}, "begins[0].from[0] area.unknown"},
			"a taken code":        {grid.Redrawing{Begins: []grid.Begin{{Code: "9001010010010101", Name: "n", Level: grid.Microgrid, ParentID: g[0]}}}, "begins[0].code area.code_taken"},
		} {
			t.Run(name, func(t *testing.T) {
				before := x.rows(t)
				_, err := x.Redraw(t.Context(), system, c.in)
				require.Contains(t, codes(t, err), c.want)
				require.Equal(t, before, x.rows(t))
			})
		}
		_, err := x.Redraw(t.Context(), system, grid.Redrawing{Datum: "wgs84", Shapes: []grid.Reshape{{AreaID: m[0], Shape: polygon(0, 0, 1, 1), Version: &stale}}})
		require.True(t, fault.Is(err, "area.stale"))
		_, err = x.Redraw(t.Context(), manager(g[1]), grid.Redrawing{Ends: m[:1]})
		require.True(t, fault.Is(err, "forbidden"))
		_, err = x.Redraw(t.Context(), system, grid.Redrawing{Ends: []string{"nothing"}})
		require.True(t, fault.Is(err, "not_found"))
	})
}

// A redraw that incidents could not follow, for an error or a crash, is followed later, also by another node.
func TestRedrawIsFollowedAtLeastOnce(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		var calls [][]string
		fail := true
		x.OnRedraw(func(_ context.Context, ids []string) error {
			if fail {
				return errors.New("not now")
			}
			calls = append(calls, ids)
			return nil
		})
		m := x.street.Microgrids
		_, err := x.Redraw(t.Context(), system, grid.Redrawing{
			Datum: "wgs84", Shapes: []grid.Reshape{{AreaID: m[1], Shape: polygon(1, 0, 2, 2)}}, Ends: m[3:4],
		})
		require.NoError(t, err, "the redraw itself stands")
		require.Empty(t, calls)

		other, err := grid.New(t.Context(), x.db, x.clock, x.trail)
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		other.OnRedraw(func(_ context.Context, ids []string) error {
			calls = append(calls, ids)
			if len(ids) == 2 {
				cancel()
			}
			return nil
		})
		other.Run(ctx)
		require.ElementsMatch(t, []string{m[1], m[3]}, calls[len(calls)-1])
	})
}

func TestAnotherNodeNoticesAChange(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		other, err := grid.New(t.Context(), x.db, x.clock, x.trail)
		require.NoError(t, err)
		name := "别名"
		_, err = x.UpdateArea(t.Context(), system, x.street.Street, grid.AreaChange{Name: &name})
		require.NoError(t, err)
		changed, err := other.Reload(t.Context())
		require.NoError(t, err)
		require.True(t, changed)
		a, _ := other.Tree().Area(x.street.Street)
		require.Equal(t, name, a.Name)
		changed, err = other.Reload(t.Context())
		require.NoError(t, err)
		require.False(t, changed)
		require.NotZero(t, countRows(t, x.db, "area_changes"))
	})
}

func countRows(t *testing.T, d *db.DB, table string) (n int) {
	t.Helper()
	require.NoError(t, d.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n))
	return n
}

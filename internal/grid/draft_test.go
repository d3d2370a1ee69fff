package grid_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// cell is a place of the invented street, counted in cells from its south-western corner.
func cell(x, y float64) geo.Point {
	return geo.Point{Lon: gridtest.West + gridtest.Cell*x, Lat: gridtest.South + gridtest.Cell*y}
}

func split(area string, line ...geo.Point) grid.Draft {
	return grid.Draft{Kind: grid.DraftSplit, Areas: []string{area}, Line: line}
}

// plan previews a draft, takes what it proposes, and plans it.
func plan(t *testing.T, x *grid.Service, d grid.Draft, at int64) grid.PlannedRedraw {
	t.Helper()
	p, err := x.PreviewRedraw(t.Context(), system, d)
	require.NoError(t, err)
	require.Empty(t, p.Errors)
	require.Empty(t, p.Refused)
	d.Parts = p.Parts
	r, err := x.PlanRedraw(t.Context(), system, d, at, "")
	require.NoError(t, err)
	return r
}

func TestSplitFollowsWhatLiesBelow(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids[0]
		// The line runs askew through two micro-grids; they stay whole.
		r := plan(t, x.Service, split(g, cell(0.7, -1), cell(1.2, 3)), 0)
		require.Equal(t, grid.RedrawApplied, r.State)
		var fresh grid.Area
		for _, a := range x.Tree().Children(x.street.Communities[0]) {
			if a.Code == "90010100100103" {
				fresh = a
			}
		}
		require.Equal(t, "榕树里社区第1网格（2）", fresh.Name)
		require.Len(t, x.Tree().Children(g), 2)
		require.Len(t, x.Tree().Children(fresh.ID), 2)
		kept, _ := x.Tree().Area(g)
		require.InEpsilon(t, geo.Shape{{ring(gridtest.Box(0, 0, 1, 2))}}.Area(), kept.Shape.Area(), 1e-6, "the border is that of the micro-grids")
		_, lineage, err := x.History(t.Context(), fresh.ID)
		require.NoError(t, err)
		require.Len(t, lineage, 1)
		require.Equal(t, "split", lineage[0].How)
		require.Equal(t, fresh.Name, lineage[0].AreaName)
		require.Contains(t, x.trail.actions, "redraw.plan")
		require.Contains(t, x.trail.actions, "redraw.apply")
	})
}

func TestMergeKeepsOneOfThem(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		a, b := x.street.Grids[0], x.street.Grids[1]
		p, err := x.PreviewRedraw(t.Context(), system, grid.Draft{Kind: grid.DraftMerge, Areas: []string{a, b}, Parts: []grid.Part{{Keep: a}}})
		require.NoError(t, err)
		require.Equal(t, "Z1", p.Patrols[1].Patrol.Code)
		require.Contains(t, p.Patrols[1].Loses, "榕树里社区第2网格")
		require.Len(t, p.Patrols[0].Gains, 4, "its micro-grids come to the general patrol area")
		plan(t, x.Service, grid.Draft{Kind: grid.DraftMerge, Areas: []string{a, b}, Parts: []grid.Part{{Keep: a}}}, 0)
		require.Len(t, x.Tree().Children(a), 8)
		_, gone := x.Tree().Area(b)
		require.False(t, gone)
		_, lineage, err := x.History(t.Context(), a)
		require.NoError(t, err)
		require.Equal(t, b, lineage[0].FromID)
		require.Equal(t, "merged", lineage[0].How)
	})
}

// A corner that is moved takes everything along that has it: micro-grids, grids, communities.
func TestBorderMovesForAllLevels(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		move := grid.Draft{Kind: grid.DraftBorder, Moves: []grid.VertexMove{{From: cell(4, 1), To: cell(4.3, 1)}}}
		p, err := x.PreviewRedraw(t.Context(), system, move)
		require.NoError(t, err)
		require.Empty(t, p.Refused)
		require.Len(t, p.Areas, 8, "two communities, two grids, four micro-grids")
		plan(t, x.Service, move, 0)
		path, _ := x.Tree().Locate(cell(4.2, 1.01))
		require.Equal(t, x.street.Communities[0], path[3].ID)

		edge := grid.Draft{Kind: grid.DraftBorder, Moves: []grid.VertexMove{{From: cell(2, 0.5), To: cell(2.2, 0.6)}}}
		p, err = x.PreviewRedraw(t.Context(), system, edge)
		require.NoError(t, err)
		require.Empty(t, p.Refused)
		require.Len(t, p.Areas, 4, "a point on an edge becomes a corner of both sides, on both levels")

		across := grid.Draft{Kind: grid.DraftBorder, Moves: []grid.VertexMove{{From: cell(2, 1), To: cell(-3, 1)}}}
		_, err = x.PlanRedraw(t.Context(), system, across, 0, "")
		require.True(t, fault.Is(err, "area.topology"))
		gap := grid.Draft{Kind: grid.DraftBorder, Moves: []grid.VertexMove{{From: cell(4, 0), Drop: true}, {From: cell(6, 1), Drop: true}}}
		p, err = x.PreviewRedraw(t.Context(), system, gap)
		require.NoError(t, err)
		require.NotEmpty(t, p.Refused)
		for _, f := range p.Refused {
			require.NotZero(t, f.At.Lon, "a place to look at")
		}
	})
}

// What hangs under another community takes its ground along.
func TestParentsFollow(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g, to := x.street.Grids[1], x.street.Communities[1]
		plan(t, x.Service, grid.Draft{Kind: grid.DraftParent, Areas: []string{g}, Parent: to}, 0)
		path, _ := x.Tree().Locate(x.street.At(4))
		require.Equal(t, []string{to, g}, []string{path[3].ID, path[4].ID})
		old, _ := x.Tree().Area(x.street.Communities[0])
		require.False(t, old.Shape.Contains(x.street.At(4)))
		_, err := x.PlanRedraw(t.Context(), system, grid.Draft{Kind: grid.DraftParent, Areas: []string{x.street.Grids[0]}, Parent: to}, 0, "")
		require.Contains(t, codes(t, err), "areas redraw.leaves_nothing")
	})
}

func TestDrawnAreaIsTrimmedToWhatIsFree(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		m := x.street.Microgrids[0]
		require.NoError(t, x.CloseArea(t.Context(), system, m, nil))
		rough := grid.Draft{Kind: grid.DraftNew, Level: grid.Microgrid, Parent: x.street.Grids[0], Shape: polygon(-1, -1, 2, 1), Fit: true,
			Parts: []grid.Part{{Code: "n1", Name: "新微网格"}}}
		p, err := x.PreviewRedraw(t.Context(), system, rough)
		require.NoError(t, err)
		require.Empty(t, p.Refused)
		require.Len(t, p.Areas, 1)
		require.InEpsilon(t, geo.Shape{{ring(gridtest.Box(0, 0, 1, 1))}}.Area(), p.Areas[0].Area.Shape.Area(), 1e-6)
		rough.Fit = false
		p, err = x.PreviewRedraw(t.Context(), system, rough)
		require.NoError(t, err)
		require.NotEmpty(t, p.Refused)
		bow := rough
		bow.Shape = json.RawMessage(`{"type":"Polygon","coordinates":[[[104.05,30.65],[104.051,30.651],[104.051,30.65],[104.05,30.651],[104.05,30.65]]]}`)
		p, err = x.PreviewRedraw(t.Context(), system, bow)
		require.NoError(t, err)
		require.Equal(t, "intersection", p.Refused[0].Fault)
		require.InDelta(t, 104.0505, p.Refused[0].At.Lon, 1e-6)
	})
}

func ring(points [][2]float64) (out geo.Ring) {
	for _, p := range points {
		out = append(out, geo.Point{Lon: p[0], Lat: p[1]})
	}
	return out
}

func TestDraftsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids
		for name, c := range map[string]struct {
			in   grid.Draft
			want string
		}{
			"a line beside it":     {split(g[0], cell(8, -1), cell(8, 3)), "line redraw.line_misses"},
			"a line across itself": {split(g[0], cell(0, 0.1), cell(2, 1.5), cell(2, 0.1), cell(0, 1.5)), "line redraw.line_crosses"},
			"no line":              {split(g[0]), "line redraw.line_short"},
			"nothing to split":     {grid.Draft{Kind: grid.DraftSplit}, "areas redraw.choose_one"},
			"no boundary":          {split(x.street.City, cell(0, 0), cell(1, 1)), "areas redraw.no_shape"},
			"one to merge":         {grid.Draft{Kind: grid.DraftMerge, Areas: g[:1]}, "areas redraw.choose_several"},
			"far apart":            {grid.Draft{Kind: grid.DraftMerge, Areas: []string{g[0], g[5]}}, "areas redraw.different_parents"},
			"no neighbours":        {grid.Draft{Kind: grid.DraftMerge, Areas: []string{x.street.Microgrids[0], x.street.Microgrids[3]}}, "areas redraw.not_neighbours"},
			"no border there":      {grid.Draft{Kind: grid.DraftBorder, Moves: []grid.VertexMove{{From: cell(0.5, 0.5), To: cell(1, 1)}}}, "moves[0] redraw.no_border_there"},
			"where it is":          {grid.Draft{Kind: grid.DraftParent, Areas: g[:1], Parent: x.street.Communities[0]}, "areas redraw.there_already"},
			"nothing":              {grid.Draft{}, "kind field.choice"},
		} {
			t.Run(name, func(t *testing.T) {
				before := x.rows(t)
				_, err := x.PlanRedraw(t.Context(), system, c.in, 0, "")
				require.Contains(t, codes(t, err), c.want)
				p, err := x.PreviewRedraw(t.Context(), system, c.in)
				require.NoError(t, err)
				require.NotEmpty(t, p.Errors)
				require.Equal(t, before, x.rows(t))
			})
		}
		_, err := x.PlanRedraw(t.Context(), manager(g[1]), split(g[0], cell(1, -1), cell(1, 3)), 0, "")
		require.True(t, fault.Is(err, "forbidden"))
	})
}

// Whatever is split, merged and moved, the street stays whole: no gap, no overlap, nothing outside, the same size.
func TestAnyRedrawKeepsTheStreetWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		clock := now.NewManual(time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC))
		x := gridtest.Service(t, dbtest.Lite(t), clock)
		street := gridtest.Build(t, x)
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			clock.Advance(time.Minute)
			tree := x.Tree()
			level := rapid.SampledFrom([]grid.Level{grid.Community, grid.Grid, grid.Microgrid}).Draw(rt, "level")
			list, _ := tree.List(grid.Filter{Level: level})
			a := rapid.SampledFrom(list).Draw(rt, "area")
			d := grid.Draft{}
			switch rapid.SampledFrom([]string{"split", "merge", "border"}).Draw(rt, "do") {
			case "split":
				middle, _ := a.Shape.Inside()
				sin, cos := math.Sincos(rapid.Float64Range(0, math.Pi).Draw(rt, "turn"))
				d = split(a.ID, geo.Point{Lon: middle.Lon - cos*0.03, Lat: middle.Lat - sin*0.03}, geo.Point{Lon: middle.Lon + cos*0.03, Lat: middle.Lat + sin*0.03})
			case "merge":
				b := rapid.SampledFrom(tree.Children(a.ParentID)).Draw(rt, "other")
				d = grid.Draft{Kind: grid.DraftMerge, Areas: []string{a.ID, b.ID}}
			default:
				corner := rapid.SampledFrom(a.Shape[0][0]).Draw(rt, "corner")
				by := func(what string) float64 { return gridtest.Cell * rapid.Float64Range(-0.4, 0.4).Draw(rt, what) }
				d = grid.Draft{Kind: grid.DraftBorder, Moves: []grid.VertexMove{{From: corner, To: geo.Point{Lon: corner.Lon + by("east"), Lat: corner.Lat + by("north")}}}}
			}
			p, err := x.PreviewRedraw(t.Context(), system, d)
			require.NoError(rt, err)
			d.Parts = p.Parts
			_, err = x.PlanRedraw(t.Context(), system, d, 0, "")
			require.Equal(rt, len(p.Errors)+len(p.Refused) == 0, err == nil, "%v %v %v", p.Errors, p.Refused, err)
		}
		tree := x.Tree()
		whole, _ := tree.Area(street.Street)
		var cells []geo.Cell
		sums := map[grid.Level]float64{}
		list, _ := tree.List(grid.Filter{})
		for _, a := range list {
			cells = append(cells, geo.Cell{ID: a.ID, Parent: a.ParentID, Shape: a.Shape})
			sums[a.Level] += a.Shape.Area()
		}
		require.Empty(rt, geo.Check(cells, geo.DefaultOptions).Findings)
		for _, level := range []grid.Level{grid.Community, grid.Grid, grid.Microgrid} {
			require.InDelta(rt, whole.Shape.Area(), sums[level], 1, level)
		}
	})
}

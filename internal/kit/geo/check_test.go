package geo_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func cell(id, parent string, rings ...geo.Ring) geo.Cell {
	return geo.Cell{ID: id, Parent: parent, Shape: shape(rings...)}
}

// only returns the single finding of a kind.
func only(t *testing.T, fs []geo.Finding, kind geo.FindingKind) geo.Finding {
	t.Helper()
	var hit []geo.Finding
	for _, f := range fs {
		if f.Kind == kind {
			hit = append(hit, f)
		}
	}
	require.Len(t, hit, 1, "%+v", fs)
	return hit[0]
}

func TestCheckCleanTiling(t *testing.T) {
	til := newTiling(8, 5, 1)
	for _, cells := range [][]geo.Cell{
		til.cells(""),
		til.cells("not in the set"),
		append(til.cells("whole"), cell("whole", "", til.frame())),
	} {
		rep := geo.Check(cells, geo.Options{})
		require.True(t, rep.OK(), "%+v", rep)
		require.Empty(t, rep.Tolerated)
	}
	require.True(t, geo.Check(nil, geo.Options{}).OK())
	require.True(t, geo.Check([]geo.Cell{{ID: "no boundary yet"}}, geo.Options{}).OK())
}

func TestCheckOverlap(t *testing.T) {
	rep := geo.Check([]geo.Cell{
		cell("b", "p", box(104.009, 30, 104.02, 30.01)),
		cell("a", "p", box(104, 30, 104.01, 30.01)),
		cell("stranger", "q", box(104, 30, 104.02, 30.01)),
	}, geo.DefaultOptions)
	require.Len(t, rep.Findings, 1)
	f := only(t, rep.Findings, geo.Overlap)
	require.Equal(t, []string{"a", "b"}, f.IDs)
	require.Equal(t, "p", f.Parent)
	require.InEpsilon(t, quad(0.001, 30, 30.01), f.Area, 1e-6)
	require.InDelta(t, 88, f.Width, 3, "2A/P of 96 x 1109 m")
	require.True(t, f.Bounds.Contains(f.At))
	require.InDelta(t, 104.009, f.Bounds.West, 1e-9)
	require.InDelta(t, 104.010, f.Bounds.East, 1e-9)
	require.InDelta(t, 30.01, f.Bounds.North, 1e-9)
}

func TestCheckTripleOverlapIsSplitBySet(t *testing.T) {
	rep := geo.Check([]geo.Cell{
		cell("a", "", box(104, 30, 104.03, 30.01)),
		cell("b", "", box(104.01, 30, 104.04, 30.01)),
		cell("c", "", box(104.02, 30, 104.05, 30.01)),
	}, geo.Options{})
	got := map[string]float64{}
	for _, f := range rep.Findings {
		got[fmt.Sprint(f.IDs)] += f.Area
	}
	each := quad(0.01, 30, 30.01)
	require.Len(t, got, 3)
	for _, k := range []string{"[a b]", "[a b c]", "[b c]"} {
		require.InEpsilon(t, each, got[k], 1e-6, k)
	}
}

func TestCheckGapUnderParent(t *testing.T) {
	rep := geo.Check([]geo.Cell{
		cell("p", "", box(104, 30, 104.03, 30.01)),
		cell("a", "p", box(104, 30, 104.01, 30.01)),
		cell("b", "p", box(104.01, 30, 104.02, 30.01)),
	}, geo.DefaultOptions)
	require.Len(t, rep.Findings, 1)
	f := only(t, rep.Findings, geo.Gap)
	require.Equal(t, []string{"b"}, f.IDs, "the neighbours of the gap")
	require.InEpsilon(t, quad(0.01, 30, 30.01), f.Area, 1e-6)
	require.Greater(t, f.At.Lon, 104.02)
}

func TestCheckEnclosedGapWithoutParent(t *testing.T) {
	til := newTiling(3, 4, 9)
	var cells []geo.Cell
	for _, c := range til.cells("") {
		if c.ID != til.id(1, 1) {
			cells = append(cells, c)
		}
	}
	hole := shape(til.ring(1, 1))
	rep := geo.Check(cells, geo.DefaultOptions)
	require.Len(t, rep.Findings, 1)
	f := only(t, rep.Findings, geo.Gap)
	require.InEpsilon(t, hole.Area(), f.Area, 1e-6)
	require.True(t, hole.Contains(f.At))
	require.Subset(t, f.IDs, []string{til.id(0, 1), til.id(1, 0), til.id(1, 2), til.id(2, 1)})

	open := geo.Check([]geo.Cell{cells[0], cells[len(cells)-1]}, geo.DefaultOptions)
	require.True(t, open.OK(), "cells apart from each other enclose nothing")
}

func TestCheckOutside(t *testing.T) {
	rep := geo.Check([]geo.Cell{
		cell("p", "", box(104, 30, 104.02, 30.01)),
		cell("a", "p", box(104, 30, 104.01, 30.01)),
		cell("b", "p", box(104.01, 30, 104.025, 30.01)),
		cell("c", "p", box(104.5, 30.5, 104.51, 30.51)),
	}, geo.DefaultOptions)
	require.Len(t, rep.Findings, 2)
	require.Equal(t, []string{"c"}, rep.Findings[0].IDs, "the largest first")
	require.InEpsilon(t, quad(0.01, 30.5, 30.51), rep.Findings[0].Area, 1e-6)
	require.Equal(t, []string{"b"}, rep.Findings[1].IDs)
	require.InEpsilon(t, quad(0.005, 30, 30.01), rep.Findings[1].Area, 1e-6)
}

func TestCheckBrokenRing(t *testing.T) {
	bow := geo.Ring{{Lon: 104, Lat: 30}, {Lon: 104.01, Lat: 30.01}, {Lon: 104.01, Lat: 30}, {Lon: 104, Lat: 30.01}, {Lon: 104, Lat: 30}}
	rep := geo.Check([]geo.Cell{
		cell("bow", "", bow),
		cell("swapped", "", box(30, 104, 31, 105)),
		cell("fine", "", box(104.01, 30, 104.02, 30.01)),
	}, geo.DefaultOptions)
	require.Len(t, rep.Findings, 2)
	require.Equal(t, geo.FaultIntersection, rep.Findings[0].Fault)
	require.Equal(t, []string{"bow"}, rep.Findings[0].IDs)
	near(t, geo.Point{Lon: 104.005, Lat: 30.005}, rep.Findings[0].At, 1e-9)
	require.Equal(t, geo.FaultPosition, rep.Findings[1].Fault)
}

// slant turns an upright box, so that slivers in every direction are met.
func slant(r geo.Ring, by float64) geo.Ring {
	out := make(geo.Ring, len(r))
	for i, p := range r {
		out[i] = geo.Point{Lon: p.Lon + (p.Lat-30)*by, Lat: p.Lat - (p.Lon-104)*by*0.7}
	}
	return out
}

func TestCheckSlivers(t *testing.T) {
	const metre = 1.0 / 111195
	for _, by := range []float64{0, 0.3, -0.5, 0.9109, -1.2} {
		t.Run(fmt.Sprint(by), func(t *testing.T) {
			pair := func(width float64) []geo.Cell {
				return []geo.Cell{
					cell("south", "", slant(box(104, 30, 104.02, 30.01), by)),
					cell("north", "", slant(box(104, 30.01-width*metre, 104.02, 30.02), by)),
				}
			}
			rep := geo.Check(pair(0.5), geo.Options{SliverWidth: 1})
			require.True(t, rep.OK(), "%+v", rep.Findings)
			f := only(t, rep.Tolerated, geo.Overlap)
			require.Greater(t, f.Area, 500.0, "long, but half a metre wide")

			rep = geo.Check(pair(3), geo.Options{SliverWidth: 1, SliverArea: 10})
			only(t, rep.Findings, geo.Overlap)
			require.Empty(t, rep.Tolerated)

			rep = geo.Check(pair(0.5), geo.Options{})
			only(t, rep.Findings, geo.Overlap)
		})
	}
}

// A small fat overlap at the end of a long thin one is thin on average but must
// not pass as a sliver.
func TestCheckFatEndOfSliver(t *testing.T) {
	const metre = 1.0 / 111195
	north := geo.Ring{
		{Lon: 104, Lat: 30.01 - 0.1*metre}, {Lon: 104.099, Lat: 30.01 - 0.1*metre}, {Lon: 104.099, Lat: 30.01 - 30*metre},
		{Lon: 104.0993, Lat: 30.01 - 30*metre}, {Lon: 104.0993, Lat: 30.02}, {Lon: 104, Lat: 30.02}, {Lon: 104, Lat: 30.01 - 0.1*metre},
	}
	rep := geo.Check([]geo.Cell{cell("s", "", box(104, 30, 104.1, 30.01)), cell("n", "", north)}, geo.Options{SliverWidth: 2})
	f := only(t, rep.Findings, geo.Overlap)
	require.Less(t, f.Width, 2.0)
	require.InEpsilon(t, 9541*0.1+28.9*30, f.Area, 0.02)
}

func TestCheckDoesNotDependOnOrder(t *testing.T) {
	til := newTiling(6, 4, 4)
	cells := til.cells("p")
	cells = append(cells[:7], cells[8:]...)
	cells = append(cells, cell("p", "", til.frame()), cell("x", "p", box(104.001, 30.501, 104.005, 30.503)))
	want := geo.Check(cells, geo.DefaultOptions)
	require.NotEmpty(t, want.Findings)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		rng.Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
		require.Equal(t, want, geo.Check(cells, geo.DefaultOptions))
	}
}

// The areas found must add up: children + gaps = parent + outside + overlaps,
// where what k cells cover counts k-1 times.
func TestCheckBalance(t *testing.T) {
	frame := box(104, 30, 104.02, 30.02)
	rapid.Check(t, func(t *rapid.T) {
		// Either several triangles within the frame or one across its edge:
		// an overlap may lie on both sides of a parent's edge.
		n, reach := rapid.IntRange(1, 15).Draw(t, "triangles"), 0.02
		if n == 1 {
			reach = 0.05
		}
		at := rapid.Float64Range(0, reach)
		cells := []geo.Cell{cell("p", "", frame)}
		balance := -frame.Area()
		for i := range n {
			var r geo.Ring
			for range 3 {
				r = append(r, geo.Point{Lon: 104 + at.Draw(t, "x"), Lat: 30 + at.Draw(t, "y")})
			}
			r = append(r, r[0])
			if len(geo.Validate(shape(r))) > 0 {
				continue
			}
			cells = append(cells, cell(fmt.Sprint("t", i), "p", r))
			balance += r.Area()
		}
		if len(cells) == 1 {
			return
		}
		for _, f := range geo.Check(cells, geo.Options{}).Findings {
			switch f.Kind {
			case geo.Gap:
				balance += f.Area
			case geo.Overlap:
				balance -= f.Area * float64(len(f.IDs)-1)
			case geo.Outside:
				balance -= f.Area
			}
		}
		require.InDelta(t, 0, balance, 0.5, "of 4 km2")
	})
}

func TestCheckThousandCells(t *testing.T) {
	til := newTiling(32, 5, 2)
	cells := append(til.cells("p"), cell("p", "", til.frame()))
	start := time.Now()
	rep := geo.Check(cells, geo.DefaultOptions)
	t.Logf("%d cells in %v", len(cells), time.Since(start))
	require.True(t, rep.OK(), "%+v", rep.Findings)
	require.Less(t, time.Since(start), 10*time.Second)
}

// A hostile set is given up on, and says so, instead of eating the machine.
func TestCheckGivesUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	var cells []geo.Cell
	for i := range 1500 {
		r := geo.Ring{{Lon: 104, Lat: 30 + rng.Float64()}, {Lon: 105, Lat: 30 + rng.Float64()}, {Lon: 105, Lat: 32 + rng.Float64()}, {Lon: 104, Lat: 32 + rng.Float64()}}
		cells = append(cells, cell(fmt.Sprint(i), "", append(r, r[0])))
	}
	rep := geo.Check(cells, geo.DefaultOptions)
	require.True(t, rep.Incomplete)
	require.False(t, rep.OK())
}

// Every pair of these overlaps; the cost must not be that of all pairs.
func TestCheckDeepNesting(t *testing.T) {
	var cells []geo.Cell
	for i := range 1500 {
		d := float64(i+1) * 1e-5
		cells = append(cells, cell(fmt.Sprint(i), "", box(104-d, 30-d, 104+d, 30+d)))
	}
	require.False(t, geo.Check(cells, geo.DefaultOptions).OK())
}

package geo_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLocateEveryPointHasOneCell(t *testing.T) {
	til := newTiling(9, 5, 11)
	cells := til.indexCells()
	index := geo.NewIndex(cells)
	require.Equal(t, 81, index.Len())
	shuffled := slices.Clone(cells)
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	other := geo.NewIndex(shuffled)
	end := til.size * float64(til.n)
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{
			Lon: til.west + end*rapid.Float64Range(1e-6, 1-1e-6).Draw(t, "x"),
			Lat: til.south + end*rapid.Float64Range(1e-6, 1-1e-6).Draw(t, "y"),
		}
		var slow []string
		for _, c := range cells {
			if c.Shape.Contains(p) {
				slow = append(slow, c.ID)
			}
		}
		require.Len(t, slow, 1)
		id, ok := index.Locate(p)
		require.True(t, ok)
		require.Equal(t, slow[0], id)
		again, _ := other.Locate(p)
		require.Equal(t, id, again)
	})
}

func TestLocateOnEdgesAndVertices(t *testing.T) {
	til := newTiling(6, 4, 12)
	cells := til.indexCells()
	index := geo.NewIndex(cells)
	slices.Reverse(cells)
	other := geo.NewIndex(cells)
	for _, c := range cells {
		r := c.Shape[0][0]
		for i := 1; i < len(r); i++ {
			for _, f := range []float64{0, 0.5, 0.3} {
				p := geo.Point{Lon: r[i-1].Lon + f*(r[i].Lon-r[i-1].Lon), Lat: r[i-1].Lat + f*(r[i].Lat-r[i-1].Lat)}
				owners := 0
				for _, d := range cells {
					if d.Shape.Contains(p) {
						owners++
					}
				}
				require.LessOrEqual(t, owners, 1)
				a, ok := index.Locate(p)
				require.True(t, ok, "inner and outer edges belong to a cell: %v", p)
				b, _ := other.Locate(p)
				require.Equal(t, a, b)
			}
		}
	}
}

func TestLocateAgreesWithModelOnAnyShapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		var cells []geo.IndexCell
		for i := range rapid.IntRange(1, 40).Draw(t, "cells") {
			var s geo.Shape
			for range 1 + rng.IntN(2) {
				x, y, d := 100+rng.Float64()*10, 25+rng.Float64()*10, 0.01+rng.Float64()*3
				s = append(s, geo.Polygon{box(x, y, x+d, y+d), box(x+d/4, y+d/4, x+d/2, y+d/2)})
			}
			cells = append(cells, geo.IndexCell{ID: fmt.Sprintf("%03d", i), Shape: s})
		}
		index := geo.NewIndex(cells)
		for range 50 {
			p := geo.Point{Lon: 99 + rng.Float64()*14, Lat: 24 + rng.Float64()*14}
			want, found := "", false
			for _, c := range cells {
				if c.Shape.Contains(p) {
					want, found = c.ID, true
					break
				}
			}
			got, ok := index.Locate(p)
			require.Equal(t, found, ok)
			require.Equal(t, want, got)
		}
	})
}

func TestLocateSpecialCases(t *testing.T) {
	inner := shape(box(104.4, 30.4, 104.6, 30.6))
	index := geo.NewIndex([]geo.IndexCell{
		{ID: "ring", Shape: shape(box(104, 30, 105, 31), inner[0][0])},
		{ID: "inner", Shape: inner},
		{ID: "open", Shape: shape(box(106, 30, 107, 31)[:4])},
		{ID: "empty"},
		{ID: "bad", Shape: shape(box(30, 104, 31, 105))},
	})
	require.Equal(t, 3, index.Len())
	for p, want := range map[geo.Point]string{
		{Lon: 104.5, Lat: 30.5}: "inner", {Lon: 104.1, Lat: 30.5}: "ring", {Lon: 106.5, Lat: 30.5}: "open",
		{Lon: 105.5, Lat: 30.5}: "", {Lon: 0, Lat: 0}: "", {Lon: 105, Lat: 31}: "ring",
	} {
		id, ok := index.Locate(p)
		require.Equal(t, want, id, "%v", p)
		require.Equal(t, want != "", ok)
	}
	_, ok := geo.NewIndex(nil).Locate(geo.Point{Lon: 104, Lat: 30})
	require.False(t, ok)

	around := geo.NewIndex([]geo.IndexCell{{ID: "zero", Shape: shape(box(-1, -1, 1, 1))}})
	_, ok = around.Locate(geo.Point{})
	require.False(t, ok, "0,0 is no position even where a cell lies")
}

// A vertex of one neighbour on the straight edge of the other leaves points
// between the two by rounding; they too belong to exactly one cell.
func TestLocateOnTJunctions(t *testing.T) {
	long := geo.Ring{{Lon: 104, Lat: 30}, {Lon: 104.7, Lat: 30.1}, {Lon: 104.7, Lat: 30.9}, {Lon: 104, Lat: 30.9}, {Lon: 104, Lat: 30}}
	cut := geo.Ring{{Lon: 104, Lat: 30}, {Lon: 104, Lat: 29}, {Lon: 104.7, Lat: 29}, {Lon: 104.7, Lat: 30.1}}
	var on []geo.Point
	for i := 99; i > 0; i-- {
		p := geo.Point{Lon: 104 + 0.7*float64(i)/100, Lat: 30 + 0.1*float64(i)/100}
		cut, on = append(cut, p), append(on, p)
	}
	cut = append(cut, cut[0])
	index := geo.NewIndex([]geo.IndexCell{{ID: "a", Shape: shape(long)}, {ID: "b", Shape: shape(cut)}})
	for _, p := range on {
		for _, d := range []float64{0, 1e-13, -1e-13} {
			_, ok := index.Locate(geo.Point{Lon: p.Lon, Lat: p.Lat + d})
			require.True(t, ok)
		}
	}
}

var benchIndex *geo.Index

func BenchmarkLocate(b *testing.B) {
	til := newTiling(355, 5, 21)
	if benchIndex == nil {
		benchIndex = geo.NewIndex(til.indexCells())
	}
	rng := rand.New(rand.NewPCG(2, 2))
	points := make([]geo.Point, 1<<16)
	for i := range points {
		points[i] = geo.Point{Lon: til.west + rng.Float64()*til.size*355, Lat: til.south + rng.Float64()*til.size*355}
	}
	b.ResetTimer()
	for i := range b.N {
		if _, ok := benchIndex.Locate(points[i&(1<<16-1)]); !ok {
			b.Fatal("a point of the tiling lies in no cell")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
}

func BenchmarkNewIndex(b *testing.B) {
	cells := newTiling(100, 5, 21).indexCells()
	for b.Loop() {
		geo.NewIndex(cells)
	}
}

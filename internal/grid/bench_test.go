package grid_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

// city is n by n grids of 4 by 4 micro-grids each under one community, as GeoJSON.
func city(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	const cell = 0.001
	add := func(level, code, parent string, x, y, size float64) {
		w, s := 104+x*cell, 30+y*cell
		e, north := 104+(x+size)*cell, 30+(y+size)*cell
		fmt.Fprintf(&b, `{"type":"Feature","properties":{"level":%q,"code":%q,"name":"区域%s","parent":%q},"geometry":{"type":"Polygon","coordinates":[[[%v,%v],[%v,%v],[%v,%v],[%v,%v],[%v,%v]]]}},`,
			level, code, code, parent, w, s, e, s, e, north, w, north, w, s)
	}
	add("community", "c", "", 0, 0, float64(4*n))
	for i := range n * n {
		x, y := float64(i%n*4), float64(i/n*4)
		g := fmt.Sprint("g", i)
		add("grid", g, "c", x, y, 4)
		for m := range 16 {
			add("microgrid", fmt.Sprint(g, "-", m), g, x+float64(m%4), y+float64(m/4), 1)
		}
	}
	return []byte(strings.TrimSuffix(b.String(), ",") + "]}")
}

func BenchmarkLocate(b *testing.B) {
	const n = 20
	x := one(b)
	_, err := x.ImportAreas(b.Context(), system, bytes.NewReader(city(n)), grid.ImportOptions{Datum: "wgs84"})
	require.NoError(b, err)
	rng := rand.New(rand.NewPCG(1, 2))
	points := make([]geo.Point, 4096)
	for i := range points {
		points[i] = geo.Point{Lon: 104 + rng.Float64()*0.004*n, Lat: 30 + rng.Float64()*0.004*n}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if _, ok := x.Tree().Locate(points[i%len(points)]); !ok {
			b.Fatal("a point in the city lies nowhere")
		}
	}
}

// BenchmarkRename changes one name among 126,000 areas: the tree is read again, but for its boundaries and indexes.
func BenchmarkRename(b *testing.B) {
	x := one(b)
	_, err := x.ImportAreas(b.Context(), system, bytes.NewReader(city(86)), grid.ImportOptions{Datum: "wgs84"})
	require.NoError(b, err)
	a, _ := x.Tree().AreaByCode(grid.Grid, "g7")
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		name := fmt.Sprint("n", i)
		_, err := x.UpdateArea(b.Context(), system, a.ID, grid.AreaChange{Name: &name})
		require.NoError(b, err)
	}
}

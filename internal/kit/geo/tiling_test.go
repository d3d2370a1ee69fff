package geo_test

import (
	"fmt"
	"math/rand/v2"

	"gezhi/internal/kit/geo"
)

// tiling is a plane cut into n by n cells with crooked shared edges, each side
// of a cell made of k pieces: what well drawn boundaries look like.
type tiling struct {
	n, k  int
	west  float64
	south float64
	size  float64 // degrees of one cell
	knots map[[2]int]geo.Point
}

func newTiling(n, k int, seed uint64) *tiling {
	t := &tiling{n: n, k: k, west: 104, south: 30.5, size: 0.002, knots: map[[2]int]geo.Point{}}
	rng := rand.New(rand.NewPCG(seed, 7))
	for i := 0; i <= n*k; i++ {
		for j := 0; j <= n*k; j++ {
			if i%k != 0 && j%k != 0 {
				continue
			}
			step := t.size / float64(k)
			jx, jy := (rng.Float64()-0.5)*step*0.6, (rng.Float64()-0.5)*step*0.6
			if i == 0 || i == n*k {
				jx = 0
			}
			if j == 0 || j == n*k {
				jy = 0
			}
			t.knots[[2]int{i, j}] = geo.Point{Lon: t.west + float64(i)*step + jx, Lat: t.south + float64(j)*step + jy}
		}
	}
	return t
}

// ring walks around the cell in column c and row r.
func (t *tiling) ring(c, r int) geo.Ring {
	var out geo.Ring
	i0, j0 := c*t.k, r*t.k
	for s := 0; s < t.k; s++ {
		out = append(out, t.knots[[2]int{i0 + s, j0}])
	}
	for s := 0; s < t.k; s++ {
		out = append(out, t.knots[[2]int{i0 + t.k, j0 + s}])
	}
	for s := 0; s < t.k; s++ {
		out = append(out, t.knots[[2]int{i0 + t.k - s, j0 + t.k}])
	}
	for s := 0; s < t.k; s++ {
		out = append(out, t.knots[[2]int{i0, j0 + t.k - s}])
	}
	return append(out, out[0])
}

func (t *tiling) id(c, r int) string { return fmt.Sprintf("c%04d-%04d", c, r) }

// frame is the square that the tiling fills, with no vertex but its corners.
func (t *tiling) frame() geo.Ring {
	end := t.size * float64(t.n)
	return box(t.west, t.south, t.west+end, t.south+end)
}

func (t *tiling) cells(parent string) []geo.Cell {
	var out []geo.Cell
	for c := range t.n {
		for r := range t.n {
			out = append(out, geo.Cell{ID: t.id(c, r), Parent: parent, Shape: geo.Shape{{t.ring(c, r)}}})
		}
	}
	return out
}

func (t *tiling) indexCells() []geo.IndexCell {
	var out []geo.IndexCell
	for _, c := range t.cells("") {
		out = append(out, geo.IndexCell{ID: c.ID, Shape: c.Shape})
	}
	return out
}

func box(west, south, east, north float64) geo.Ring {
	return geo.Ring{{Lon: west, Lat: south}, {Lon: east, Lat: south}, {Lon: east, Lat: north}, {Lon: west, Lat: north}, {Lon: west, Lat: south}}
}

func shape(rings ...geo.Ring) geo.Shape { return geo.Shape{geo.Polygon(rings)} }

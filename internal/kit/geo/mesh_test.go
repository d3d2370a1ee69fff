package geo_test

import (
	"math"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// parts cuts a shape along a line and returns its pieces.
func parts(t require.TestingT, s geo.Shape, line []geo.Point) []geo.Shape {
	m, ok := geo.NewMesh([]geo.Shape{s}, line)
	require.True(t, ok)
	var out []geo.Shape
	for i, f := range m.Faces() {
		if s.Contains(f.At) {
			out = append(out, m.Union(func(face int) bool { return face == i }, 0))
		}
	}
	return out
}

func TestMeshSplitsAlongALine(t *testing.T) {
	square := shape(box(104, 30, 104.01, 30.01))
	pieces := parts(t, square, []geo.Point{{Lon: 103.99, Lat: 30.004}, {Lon: 104.02, Lat: 30.004}})
	require.Len(t, pieces, 2)
	require.InEpsilon(t, square.Area(), pieces[0].Area()+pieces[1].Area(), 1e-9)
	require.Len(t, parts(t, square, []geo.Point{{Lon: 103.99, Lat: 30.004}, {Lon: 104.005, Lat: 30.004}}), 1, "a line that ends inside cuts nothing")

	ring := shape(box(104, 30, 104.01, 30.01), box(104.004, 30.004, 104.006, 30.006))
	pieces = parts(t, ring, []geo.Point{{Lon: 104.005, Lat: 29.99}, {Lon: 104.005, Lat: 30.02}})
	require.Len(t, pieces, 2)
	require.InEpsilon(t, ring.Area(), pieces[0].Area()+pieces[1].Area(), 1e-9)

	pieces = parts(t, ring, []geo.Point{{Lon: 104.001, Lat: 29.99}, {Lon: 104.001, Lat: 30.02}})
	require.Len(t, pieces, 2)
	require.InEpsilon(t, ring.Area(), pieces[0].Area()+pieces[1].Area(), 1e-9)
	for _, p := range pieces {
		require.Empty(t, geo.Validate(p))
	}
}

// Whatever lines are drawn, the pieces fill the shape without gap or overlap, and united again they are the shape.
func TestMeshPiecesTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 24).Draw(t, "corners")
		var ring geo.Ring
		for i := range n {
			r := rapid.Float64Range(0.002, 0.01).Draw(t, "radius")
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			ring = append(ring, geo.Point{Lon: 104 + r*cos, Lat: 30 + r*sin})
		}
		s := geo.Shape{{append(ring, ring[0])}}
		place := rapid.Custom(func(t *rapid.T) geo.Point {
			return geo.Point{Lon: 104 + rapid.Float64Range(-0.011, 0.011).Draw(t, "x"), Lat: 30 + rapid.Float64Range(-0.011, 0.011).Draw(t, "y")}
		})
		lines := rapid.SliceOfN(rapid.SliceOfN(place, 2, 6), 1, 4).Draw(t, "lines")
		m, ok := geo.NewMesh([]geo.Shape{s}, lines...)
		require.True(t, ok)
		var cells []geo.Cell
		sum := 0.0
		for i, f := range m.Faces() {
			if s.Contains(f.At) {
				piece := m.Union(func(face int) bool { return face == i }, 0)
				sum += piece.Area()
				cells = append(cells, geo.Cell{ID: string(rune('a' + i)), Parent: "s", Shape: piece})
			}
		}
		require.InDelta(t, s.Area(), sum, 0.01)
		cells = append(cells, geo.Cell{ID: "s", Shape: s})
		for _, f := range geo.Check(cells, geo.Options{SliverArea: 0.01}).Findings {
			require.Equal(t, geo.BrokenRing, f.Kind, "%+v", f) // a piece may touch itself at a corner
		}
		all := m.Union(func(face int) bool { return s.Contains(m.Faces()[face].At) }, 0)
		require.InDelta(t, s.Area(), all.Area(), 0.01)
	})
}

func TestMeshWeldsWhatIsMeantToBeOne(t *testing.T) {
	left, right := shape(box(104, 30, 104.01, 30.01)), shape(box(104.010000002, 30, 104.02, 30.01))
	m, ok := geo.NewMesh([]geo.Shape{left, right})
	require.True(t, ok)
	both := m.Union(func(int) bool { return true }, 0)
	require.Len(t, both, 1)
	require.Len(t, both[0], 1)
	in := func(s geo.Shape) func(int) bool { return func(f int) bool { return s.Contains(m.Faces()[f].At) } }
	require.True(t, m.Touches(in(left), in(right)))
	far, ok := geo.NewMesh([]geo.Shape{left, shape(box(104.02, 30, 104.03, 30.01))})
	require.True(t, ok)
	require.Len(t, far.Union(func(int) bool { return true }, 0), 2)
}

package geo_test

import (
	"math"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The area between two meridians and two parallels of an ellipsoid has a closed
// form, which knows nothing of the integration in the package.
func quad(width, south, north float64) float64 {
	const a, e2 = 6378137.0, 0.00669437999014132
	e := math.Sqrt(e2)
	q := func(lat float64) float64 {
		s := math.Sin(lat * math.Pi / 180)
		return s/(1-e2*s*s) + math.Log((1+e*s)/(1-e*s))/(2*e)
	}
	return a * a * (1 - e2) / 2 * width * math.Pi / 180 * (q(north) - q(south))
}

func TestAreaAgainstClosedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.Float64Range(-170, 160).Draw(t, "west")
		s := rapid.Float64Range(-80, 70).Draw(t, "south")
		dx := rapid.SampledFrom([]float64{1e-4, 0.01, 1, 5}).Draw(t, "dx")
		dy := rapid.SampledFrom([]float64{1e-4, 0.01, 1, 5}).Draw(t, "dy")
		want := quad(dx, s, s+dy)
		require.InEpsilon(t, want, shape(box(w, s, w+dx, s+dy)).Area(), 1e-6)
	})
}

func TestShapeWithHole(t *testing.T) {
	s := shape(box(104, 30, 105, 31), box(104.4, 30.4, 104.6, 30.6))
	require.InEpsilon(t, quad(1, 30, 31)-quad(0.2, 30.4, 30.6), s.Area(), 1e-6)
	require.True(t, s.Contains(geo.Point{Lon: 104.2, Lat: 30.5}))
	require.False(t, s.Contains(geo.Point{Lon: 104.5, Lat: 30.5}))
	near(t, geo.Point{Lon: 104.5, Lat: 30.5}, s.Centroid(), 1e-9)
	in, ok := s.Inside()
	require.True(t, ok)
	require.True(t, s.Contains(in), "a label never falls into the hole")
	require.Equal(t, geo.Box{West: 104, South: 30, East: 105, North: 31}, s.Bounds())
	require.Equal(t, 10, s.Vertices())
	require.True(t, s.Bounds().Meets(geo.Box{West: 105, South: 31, East: 106, North: 32}))
	require.False(t, s.Bounds().Meets(geo.Box{West: 105.1, South: 31, East: 106, North: 32}))
}

func TestEmptyShape(t *testing.T) {
	var s geo.Shape
	require.True(t, s.IsEmpty())
	require.Zero(t, s.Area())
	require.True(t, s.Centroid().IsZero())
	require.True(t, s.Bounds().IsEmpty())
	_, ok := s.Inside()
	require.False(t, ok)
	require.Nil(t, geo.Validate(s))
}

func TestNormaliseWinding(t *testing.T) {
	cw := geo.Ring{{Lon: 1, Lat: 1}, {Lon: 1, Lat: 2}, {Lon: 1, Lat: 2}, {Lon: 2, Lat: 2}, {Lon: 2, Lat: 1}, {Lon: 1, Lat: 1}}
	hole := box(1.2, 1.2, 1.4, 1.4)
	got := shape(cw, hole).Normalise()
	require.Equal(t, box(1, 1, 2, 2), got[0][0], "outer ring counter-clockwise, without the repeated point")
	require.Equal(t, geo.Point{Lon: 1.2, Lat: 1.4}, got[0][1][1], "hole clockwise")
	require.Equal(t, got, got.Normalise())
	require.Len(t, cw, 6, "the input is left alone")
}

func TestConvertKeepsSharedEdges(t *testing.T) {
	a, err := shape(box(104, 30, 104.1, 30.1)).ToWGS84(geo.GCJ02)
	require.NoError(t, err)
	b, err := shape(box(104.1, 30, 104.2, 30.1)).ToWGS84(geo.GCJ02)
	require.NoError(t, err)
	require.Equal(t, a[0][0][1], b[0][0][0])
	require.Equal(t, a[0][0][2], b[0][0][3])
	require.NotEqual(t, geo.Point{Lon: 104, Lat: 30}, a[0][0][0])
	_, err = shape(box(30, 104, 31, 105)).ToWGS84(geo.GCJ02)
	require.ErrorIs(t, err, geo.ErrSwapped)
}

func TestInsideIsInside(t *testing.T) {
	til := newTiling(6, 5, 3)
	for _, c := range til.cells("") {
		p, ok := c.Shape.Inside()
		require.True(t, ok)
		require.True(t, c.Shape.Contains(p))
	}
	horseshoe := shape(geo.Ring{
		{Lon: 104, Lat: 30}, {Lon: 104.1, Lat: 30}, {Lon: 104.1, Lat: 30.09}, {Lon: 104.9, Lat: 30.09},
		{Lon: 104.9, Lat: 30}, {Lon: 105, Lat: 30}, {Lon: 105, Lat: 30.1}, {Lon: 104, Lat: 30.1}, {Lon: 104, Lat: 30},
	})
	require.False(t, horseshoe.Contains(horseshoe.Centroid()))
	p, ok := horseshoe.Inside()
	require.True(t, ok)
	require.True(t, horseshoe.Contains(p))
}

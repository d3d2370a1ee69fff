package geo_test

import (
	"math"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestValid(t *testing.T) {
	for _, c := range []struct {
		p    geo.Point
		want error
	}{
		{geo.Point{Lon: 104.06, Lat: 30.66}, nil},
		{geo.Point{}, nil},
		{geo.Point{Lon: -180, Lat: -90}, nil},
		{geo.Point{Lon: 30.66, Lat: 104.06}, geo.ErrSwapped},
		{geo.Point{Lon: 104.06, Lat: 130.66}, geo.ErrRange},
		{geo.Point{Lon: 11585000, Lat: 3586000}, geo.ErrRange},
		{geo.Point{Lon: 181, Lat: 30}, geo.ErrRange},
		{geo.Point{Lon: math.NaN(), Lat: 30}, geo.ErrNaN},
		{geo.Point{Lon: 104, Lat: math.Inf(1)}, geo.ErrNaN},
	} {
		if c.want == nil {
			require.NoError(t, c.p.Valid(), "%v", c.p)
		} else {
			require.ErrorIs(t, c.p.Valid(), c.want, "%v", c.p)
		}
	}
}

func TestDistance(t *testing.T) {
	require.InDelta(t, 111195, geo.Distance(geo.Point{Lon: 104, Lat: 30}, geo.Point{Lon: 104, Lat: 31}), 1)
	require.InDelta(t, 111195*math.Cos(math.Pi/6), geo.Distance(geo.Point{Lon: 104, Lat: 30}, geo.Point{Lon: 105, Lat: 30}), 5)
	require.Zero(t, geo.Distance(geo.Point{Lon: 104, Lat: 30}, geo.Point{Lon: 104, Lat: 30}))
	require.InDelta(t, 20015115, geo.Distance(geo.Point{Lon: 0, Lat: 0}, geo.Point{Lon: 180, Lat: 0}), 1)
}

func TestRoundHidesButStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(73, 135).Draw(t, "lon"), Lat: rapid.Float64Range(4, 54).Draw(t, "lat")}
		m := rapid.SampledFrom([]float64{10, 100, 500, 2000}).Draw(t, "metres")
		q := geo.Round(p, m)
		require.LessOrEqual(t, geo.Distance(p, q), 0.72*m)
		again := geo.Round(q, m)
		require.Less(t, geo.Distance(q, again), 1e-6)
	})
	a := geo.Round(geo.Point{Lon: 104.06, Lat: 30.66}, 500)
	require.Equal(t, a, geo.Round(geo.Point{Lon: a.Lon + 1e-4, Lat: a.Lat - 1e-4}, 500), "one square, one point")
	require.Equal(t, geo.Point{}, geo.Round(geo.Point{}, 100))
	require.Equal(t, geo.Point{Lon: 1, Lat: 2}, geo.Round(geo.Point{Lon: 1, Lat: 2}, 0))
	for _, p := range []geo.Point{{Lon: 180, Lat: 90}, {Lon: -180, Lat: -90}, {Lon: 179.9999, Lat: 0}} {
		require.NoError(t, geo.Round(p, 1000).Valid())
	}
}

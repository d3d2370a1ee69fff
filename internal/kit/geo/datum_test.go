package geo_test

import (
	"math"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParseDatum(t *testing.T) {
	for in, want := range map[string]geo.Datum{
		"": geo.WGS84, "WGS-84": geo.WGS84, "wgs84": geo.WGS84, " GCJ-02 ": geo.GCJ02, "bd_09": geo.BD09, "CGCS2000": geo.CGCS2000,
	} {
		got, err := geo.ParseDatum(in)
		require.NoError(t, err)
		require.Equal(t, want, got, in)
	}
	_, err := geo.ParseDatum("xian80")
	require.ErrorIs(t, err, geo.ErrDatum)
}

// The forward values are those that the published formulas give everywhere.
func TestKnownConversions(t *testing.T) {
	p := geo.Point{Lon: 116.404, Lat: 39.915}
	gcj, err := geo.FromWGS84(p, geo.GCJ02)
	require.NoError(t, err)
	near(t, geo.Point{Lon: 116.41024449916938, Lat: 39.91640428150164}, gcj, 1e-12)

	wgs, err := geo.ToWGS84(p, geo.GCJ02)
	require.NoError(t, err)
	near(t, geo.Point{Lon: 116.39775, Lat: 39.91359}, wgs, 1e-5)
	back, err := geo.FromWGS84(wgs, geo.GCJ02)
	require.NoError(t, err)
	near(t, p, back, 1e-11)

	// GCJ-02 116.404,39.915 is BD-09 116.41036949371029,39.92133699351021.
	fromBD, err := geo.ToWGS84(geo.Point{Lon: 116.41036949371029, Lat: 39.92133699351021}, geo.BD09)
	require.NoError(t, err)
	near(t, wgs, fromBD, 1e-10)
	bd, err := geo.FromWGS84(wgs, geo.BD09)
	require.NoError(t, err)
	near(t, geo.Point{Lon: 116.41036949371029, Lat: 39.92133699351021}, bd, 1e-10)
}

func TestConversionEdges(t *testing.T) {
	for _, d := range []geo.Datum{geo.WGS84, geo.CGCS2000, geo.GCJ02, geo.BD09, ""} {
		for _, p := range []geo.Point{{}, {Lon: 2.35, Lat: 48.85}, {Lon: -74, Lat: 40.7}, {Lon: 151.2, Lat: -33.9}} {
			got, err := geo.ToWGS84(p, d)
			require.NoError(t, err)
			require.Equal(t, p, got, "no offset outside China: %s", d)
			got, err = geo.FromWGS84(p, d)
			require.NoError(t, err)
			require.Equal(t, p, got)
		}
		_, err := geo.ToWGS84(geo.Point{Lon: 30, Lat: 104}, d)
		require.ErrorIs(t, err, geo.ErrSwapped)
		_, err = geo.FromWGS84(geo.Point{Lon: math.NaN()}, d)
		require.ErrorIs(t, err, geo.ErrNaN)
	}
	p := geo.Point{Lon: 104.06, Lat: 30.66}
	same, err := geo.ToWGS84(p, geo.CGCS2000)
	require.NoError(t, err)
	require.Equal(t, p, same)
	_, err = geo.ToWGS84(p, "utm")
	require.ErrorIs(t, err, geo.ErrDatum)
	_, err = geo.FromWGS84(p, "utm")
	require.ErrorIs(t, err, geo.ErrDatum)
}

func TestDatumRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(73, 135).Draw(t, "lon"), Lat: rapid.Float64Range(3, 54).Draw(t, "lat")}
		d := rapid.SampledFrom([]geo.Datum{geo.WGS84, geo.CGCS2000, geo.GCJ02, geo.BD09}).Draw(t, "datum")
		out, err := geo.FromWGS84(p, d)
		require.NoError(t, err)
		back, err := geo.ToWGS84(out, d)
		require.NoError(t, err)
		near(t, p, back, 1e-9)
		if d == geo.GCJ02 {
			require.Greater(t, geo.Distance(p, out), 20.0)
			require.Less(t, geo.Distance(p, out), 1500.0)
		}
	})
}

func near(t require.TestingT, want, got geo.Point, delta float64) {
	require.InDelta(t, want.Lon, got.Lon, delta)
	require.InDelta(t, want.Lat, got.Lat, delta)
}

package geo_test

import (
	"encoding/json"
	"os"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
)

// TestSharedConversions holds the values to which the phone's own conversion (web/src/features/phone/lib/datum.ts) is
// held too.
func TestSharedConversions(t *testing.T) {
	raw, err := os.ReadFile("testdata/datums.json")
	require.NoError(t, err)
	var vectors []map[geo.Datum][2]float64
	require.NoError(t, json.Unmarshal(raw, &vectors))
	require.NotEmpty(t, vectors)
	for _, v := range vectors {
		p := geo.Point{Lon: v[geo.WGS84][0], Lat: v[geo.WGS84][1]}
		for _, d := range []geo.Datum{geo.GCJ02, geo.BD09} {
			got, err := geo.FromWGS84(p, d)
			require.NoError(t, err)
			near(t, geo.Point{Lon: v[d][0], Lat: v[d][1]}, got, 1e-12)
		}
	}
}

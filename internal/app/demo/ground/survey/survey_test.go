package survey

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/mapview"
)

func extract(t *testing.T) *mapview.Extract {
	t.Helper()
	e, err := mapview.OpenExtract("../../../../mapview/osm/chengdu_center.osm.gz")
	require.NoError(t, err)
	return e
}

// TestDraw draws the demo's street anew, which must be the very file that is kept, along real streets.
func TestDraw(t *testing.T) {
	a, err := Draw(extract(t), Demo)
	require.NoError(t, err)
	t.Logf("on streets, rivers and rails: %.1f %% of the borders of micro-grids; on main ones: %.1f %% of those of communities",
		100*a.OnStreets, 100*a.OnMain)
	require.Greater(t, a.OnStreets, 0.7)
	require.Greater(t, a.OnMain, 0.8)
	raw, err := a.Encode()
	require.NoError(t, err)
	kept, err := os.ReadFile("../ground.json")
	require.NoError(t, err)
	require.True(t, string(kept) == string(raw), "stale: run make generate")
}

func TestDrawRefuses(t *testing.T) {
	more := Demo
	more.Microgrids = 100
	more.Area = 500
	_, err := Draw(extract(t), more)
	require.ErrorIs(t, err, errNoBorder)
	_, err = Draw(&mapview.Extract{}, Demo)
	require.Error(t, err)
}

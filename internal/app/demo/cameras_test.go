package demo_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/demo"
	"gezhi/internal/kit/authz"
	"gezhi/internal/video"
)

// TestCameras counts the register of the demo: sites of all kinds in areas, nearly all in order, and nothing to watch.
func TestCameras(t *testing.T) {
	a, clock := open(t, "")
	ctx := context.Background()
	s := services(a, clock)
	require.NoError(t, demo.LoadOffice(ctx, s, demo.Small))
	require.NoError(t, demo.LoadCameras(ctx, s, a.Video))
	list, _, err := a.Video.List(ctx, authz.System("test"), video.Filter{Limit: 200})
	require.NoError(t, err)
	require.Len(t, list, 105)
	streams, working := 0, 0
	kinds, states := map[string]int{}, map[string]int{}
	for _, c := range list {
		require.NotEmpty(t, c.Area, c.Number)
		kinds[c.Kind]++
		states[c.State]++
		streams += len(c.Streams)
		working += c.Working()
		for _, one := range c.Streams {
			require.Empty(t, one.Address)
		}
	}
	require.Equal(t, 2134, streams)
	require.Greater(t, working, 1900)
	require.Less(t, working, streams)
	require.Len(t, kinds, len(video.Kinds))
	require.Equal(t, map[string]int{video.Working: 100, video.Broken: 4, video.Off: 1}, states)
}

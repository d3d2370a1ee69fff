package live_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/live"
)

// Clients come, go and come back with the last position they saw, while many write: each must see every event that
// concerns it once, in order, whether it came from the feed, from memory or from the tail.
func TestComingAndGoingWhileThingsHappenLosesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, func(c *live.Config) { c.Memory = 16 })
		ctx, stop := context.WithCancel(t.Context())
		var loops sync.WaitGroup
		loops.Go(func() { w.hub.Run(ctx, 5*time.Millisecond) })
		const rounds, each, clients = 60, 10, 12
		total := int64(rounds * each)

		var readers sync.WaitGroup
		for n := range clients {
			readers.Go(func() {
				random := rand.New(rand.NewPCG(1, uint64(n)))
				seen := int64(0)
				for seen < total {
					seen = w.visit(t, seen, 1+random.IntN(50), total)
				}
			})
		}
		for range rounds {
			w.write(make([]about, each)...)
		}
		readers.Wait()
		stop()
		loops.Wait()
		require.Zero(t, w.hub.Clients())
	})
}

// visit opens a stream behind what was seen, takes some events and leaves in the middle of things.
func (w *world) visit(t *testing.T, seen int64, want int, total int64) int64 {
	ctx, leave := context.WithTimeout(t.Context(), time.Minute)
	defer leave()
	c, err := w.hub.Join(ctx, leader, fmt.Sprint(seen))
	require.NoError(t, err)
	v := &visitor{t: t, seen: seen, left: want, total: total, leave: leave}
	require.NoError(t, c.Serve(ctx, v))
	require.True(t, v.left <= 0 || v.seen == total, "left waiting at %d of %d", v.seen, total)
	return v.seen
}

type visitor struct {
	t           *testing.T
	seen, total int64
	left        int
	leave       func()
}

// Send takes frames until the visitor has enough; what is sent after that is lost on the way, as in a broken connection.
func (v *visitor) Send(frames [][]byte) error {
	for _, f := range frames {
		got := read(v.t, string(f))
		if got.event == "" || v.left <= 0 {
			continue
		}
		require.Equal(v.t, v.seen+1, got.id)
		v.seen++
		if v.left--; v.left <= 0 || v.seen == v.total {
			v.leave()
		}
	}
	return nil
}

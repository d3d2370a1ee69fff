package outbox_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
)

const topic = "things"

func put(t *testing.T, d *db.DB, aggregate string, seq, at int64) {
	t.Helper()
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
		return outbox.Put(ctx, tx, outbox.Row{Aggregate: aggregate, Seq: seq, At: at, Topic: topic, Kind: "changed", Body: outbox.Body(map[string]int64{"n": seq})})
	}))
}

func drain(t *testing.T, r *outbox.Relay) (n int) {
	t.Helper()
	for {
		k, err := r.Once(t.Context())
		require.NoError(t, err)
		if k == 0 {
			return n
		}
		n += k
	}
}

func TestFeedLosesNothingWhileManyWriteAndTwoRelays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := now.System{}
		feed := outbox.NewFeed(d)
		ctx, stop := context.WithCancel(t.Context())
		var relays sync.WaitGroup
		for range 2 {
			r := outbox.NewRelay(d, clock, feed.Told)
			relays.Go(func() { r.Run(ctx, 5*time.Millisecond) })
		}
		var writers sync.WaitGroup
		const things, changes = 20, 15
		for i := range things {
			writers.Go(func() {
				for s := range changes {
					put(t, d, fmt.Sprint("thing", i), int64(s+1), clock.Now().UnixMilli())
				}
			})
		}
		writers.Wait()
		require.Eventually(t, func() bool {
			n, err := feed.Head(t.Context(), topic)
			return err == nil && n == things*changes
		}, 20*time.Second, 10*time.Millisecond)
		stop()
		relays.Wait()
		events, err := feed.After(t.Context(), topic, 0, 10_000)
		require.NoError(t, err)
		require.Len(t, events, things*changes)
		next := map[string]int64{}
		for i, e := range events {
			require.EqualValues(t, i+1, e.Position, "positions have no hole")
			next[e.Aggregate]++
			require.Equal(t, next[e.Aggregate], e.Seq, "changes of one thing come in order, each once")
		}
	})
}

func TestOnlyTheHolderOfTheLeaseRelays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := now.NewManual(time.Unix(1_800_000_000, 0))
		first, second := outbox.NewRelay(d, clock, nil), outbox.NewRelay(d, clock, nil)
		put(t, d, "a", 1, 1)
		require.Equal(t, 1, drain(t, first))
		put(t, d, "a", 2, 2)
		n, err := second.Once(t.Context())
		require.NoError(t, err)
		require.Zero(t, n, "the lease is held")
		clock.Advance(time.Minute)
		require.Equal(t, 1, drain(t, second), "an expired lease passes on")
		put(t, d, "a", 3, 3)
		n, err = first.Once(t.Context())
		require.NoError(t, err)
		require.Zero(t, n)
	})
}

func TestConsumerAppliesEachEventOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := now.System{}
		feed := outbox.NewFeed(d)
		relay := outbox.NewRelay(d, clock, feed.Told)
		for i := range 40 {
			put(t, d, fmt.Sprint("thing", i), 1, int64(i))
		}
		drain(t, relay)
		sum := outbox.Consumer{Name: "sum", Topic: topic, Apply: func(ctx context.Context, tx db.Tx, events []outbox.Event) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ('sum', '', $1)
				ON CONFLICT (key) DO UPDATE SET updated_at = settings.updated_at + excluded.updated_at`, len(events))
			return err
		}}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 3 {
					_, err := feed.Step(t.Context(), sum)
					require.NoError(t, err)
				}
			})
		}
		wg.Wait()
		var n int
		require.NoError(t, d.Read().QueryRowContext(t.Context(), `SELECT updated_at FROM settings WHERE key = 'sum'`).Scan(&n))
		require.Equal(t, 40, n)
		at, err := feed.Position(t.Context(), "sum", topic)
		require.NoError(t, err)
		require.EqualValues(t, 40, at)
	})
}

// A server that ends for an upgrade must not make the next one wait for its lease.
func TestAStoppedRelayGivesItsLeaseBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := now.NewManual(time.Unix(1_800_000_000, 0))
		first, second := outbox.NewRelay(d, clock, nil), outbox.NewRelay(d, clock, nil)
		put(t, d, "a", 1, 1)
		require.Equal(t, 1, drain(t, first))
		ended, end := context.WithCancel(t.Context())
		end()
		first.Run(ended, time.Hour)
		put(t, d, "a", 2, 2)
		require.Equal(t, 1, drain(t, second), "at the same moment")
	})
}

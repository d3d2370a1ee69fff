package live_test

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/live"
)

func TestAClientGetsJustWhatItsScopeCovers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, nil)
		all := w.open(leader, "", 100)
		north := w.open(person("north", post("north", "")), "", 100)
		police := w.open(person("police", authz.Post{UnitID: "police", Reach: authz.ReachUnit, Permissions: map[authz.Permission]bool{see: true}}), "", 100)
		wang := w.open(person("wang", post("nowhere", "")), "", 100)
		blind := w.open(person("blind", authz.Post{AreaID: "north", Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{"unit.read": true}}), "", 100)
		w.happen(about{Areas: []string{"city", "north"}}, about{Areas: []string{"city", "south"}, Units: []string{"police"}},
			about{Areas: []string{"city", "south"}, Persons: []string{"wang"}}, about{})
		w.happen(about{Areas: []string{"north"}, Units: []string{"police"}, Persons: []string{"wang"}})
		all.expect("i00001", "i00002", "i00003", "i00004", "i00005")
		north.expect("i00001", "i00005")
		police.expect("i00002", "i00005")
		wang.expect("i00003", "i00005")
		require.Empty(t, blind.frames, "a post without the permission shows nothing")

		w.happen(about{Areas: []string{"north"}})
		got := all.next()
		require.Equal(t, said{6, "incident.changed", map[string]any{"incident": "i00006", "version": 1.0, "state": "reported", "do": "report"}}, got,
			"a client is told what changed, not whom else it concerns")
	})
}

func TestTheOldHolderIsToldThatItIsGone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, nil)
		north, south := w.open(person("n", post("north", "")), "", 10), w.open(person("s", post("south", "")), "", 10)
		team := w.open(person("t", authz.Post{UnitID: "team", Reach: authz.ReachUnit, Permissions: map[authz.Permission]bool{see: true}}), "", 10)
		wang := w.open(person("wang", post("elsewhere", "")), "", 10)
		w.happen(about{Areas: []string{"south"}, LeftAreas: []string{"north"}, LeftUnits: []string{"team"}, LeftPersons: []string{"wang"}})
		for _, old := range []*screen{north, team, wang} {
			require.Equal(t, said{1, live.Gone, map[string]any{"incident": "i00001"}}, old.next())
		}
		south.expect("i00001")
		w.happen(about{Areas: []string{"north"}, Units: []string{"other"}, LeftUnits: []string{"team"}})
		north.expect("i00002")
		require.Equal(t, live.Gone, team.next().event)
	})
}

func TestResumeIsExact(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, func(c *live.Config) { c.Memory = 4 })
		north := person("n", post("north", ""))
		var all []about
		for n := range 600 {
			all = append(all, about{Areas: []string{[]string{"north", "south"}[n%2]}})
		}
		w.happen(all...)
		for _, last := range []int64{0, 1, 2, 100, 511, 595, 598, 599, 600} {
			s := w.open(north, fmt.Sprint(last), 1000)
			w.happen(about{Areas: []string{"north"}})
			for n := last + 1; n <= 600; n++ {
				if n%2 == 1 {
					require.Equal(t, n, s.next().id)
				}
			}
			for n := int64(601); n <= w.head(); n++ {
				require.Equal(t, n, s.next().id, "what came after is told once")
			}
			require.Empty(t, s.frames)
			s.cancel()
			s.over()
		}
	})
}

func TestAPositionFromANodeThatIsAhead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, nil)
		w.write(about{}, about{}) // this node has not looked yet
		s := w.open(leader, "1", 10)
		require.NoError(t, w.hub.Step(t.Context()))
		require.EqualValues(t, 2, s.next().id, "not what it saw there already")
		require.Empty(t, s.frames)
	})
}

func TestResetWhereTheMissedCannotBeTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, func(c *live.Config) { c.Memory, c.Backlog = 2, 30 })
		w.happen(make([]about, 40)...)
		for _, last := range []string{"41", "9999999999999999999", "-1", "abc", "5", "9"} {
			s := w.open(leader, last, 10)
			require.Equal(t, said{40, live.Reset, map[string]any{"reason": "position"}}, s.next(), last)
		}
		s := w.open(leader, "10", 100)
		require.EqualValues(t, 11, s.next().id, "just within the backlog")
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			_, err := tx.ExecContext(ctx, `DELETE FROM feed WHERE position <= 20`)
			return err
		}))
		require.Equal(t, live.Reset, w.open(leader, "19", 10).next().event)
		require.EqualValues(t, 21, w.open(leader, "20", 100).next().id, "just within what is kept")
		s = w.open(leader, "41", 10)
		require.Equal(t, live.Reset, s.next().event)
		w.happen(about{})
		require.EqualValues(t, 41, s.next().id, "after a reset it goes on")
	})
}

func TestASlowClientLosesNothingAndHoldsUpNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, func(c *live.Config) { c.Memory = 8 })
		slow, quick := w.open(leader, "", 0), w.open(leader, "", 2000)
		for range 5 {
			w.happen(make([]about, 200)...)
		}
		for n := range int64(1000) {
			require.Equal(t, n+1, quick.next().id)
		}
		for n := range int64(1000) {
			require.Equal(t, n+1, slow.next().id)
		}
		w.happen(about{})
		require.EqualValues(t, 1001, slow.next().id, "and then it is live again")
		require.EqualValues(t, 1001, quick.next().id)
	})
}

func TestASlowClientForWhomTheFeedWasCutLoadsAnew(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Memory = 4 })
	slow := w.open(leader, "", 0)
	w.happen(make([]about, 300)...)
	require.EqualValues(t, 1, slow.next().id)
	require.NoError(t, w.db.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM feed WHERE position <= 290`)
		return err
	}))
	for got := slow.next(); got.event != live.Reset; got = slow.next() {
		require.LessOrEqual(t, got.id, int64(256))
	}
	w.happen(about{})
	require.EqualValues(t, 301, slow.next().id)
}

func TestASignOfLifeMovesThePositionOn(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	south := w.open(person("s", post("south", "")), "", 10)
	w.happen(make([]about, 7)...)
	w.clock.Advance(14 * time.Second)
	w.hub.Sweep()
	w.clock.Advance(time.Second)
	w.hub.Sweep()
	require.Equal(t, ": beat\nid: 7\n\n", south.take())
	w.hub.Sweep()
	w.happen(about{Areas: []string{"south"}})
	require.EqualValues(t, 8, south.next().id, "no second sign of life")
}

func TestAnEventThatCannotBeReadIsPassedOver(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	s := w.open(leader, "", 10)
	for n, body := range []string{`{"incident": 5}`, `[]`} {
		require.NoError(t, w.db.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			return outbox.Put(ctx, tx, outbox.Row{Aggregate: fmt.Sprint("bad", n), Seq: 1, Topic: topic, Kind: "incident.changed", Body: []byte(body)})
		}))
	}
	w.happen(about{})
	require.EqualValues(t, 3, s.next().id)
}

func TestTheOldestStreamOfAnAccountMakesRoom(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.PerAccount = 2 })
	first, second := w.open(leader, "", 10), w.open(leader, "", 10)
	other := w.open(person("other", post("", "")), "", 10)
	third := w.open(leader, "", 10)
	require.Equal(t, live.Replaced, first.next().event)
	first.over()
	require.Equal(t, 3, w.hub.Clients())
	w.happen(about{})
	for _, s := range []*screen{second, third, other} {
		s.expect("i00001")
	}
}

func TestShutdownEndsAllStreams(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	a, b := w.open(leader, "", 10), w.open(leader, "", 10)
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan struct{})
	go func() { w.hub.Run(ctx, time.Hour); close(ran) }()
	stop()
	<-ran
	a.over()
	b.over()
	require.Zero(t, w.hub.Clients())
	_, err := w.hub.Join(t.Context(), leader, "")
	require.True(t, fault.Is(err, "live.closing"), "%v", err)
}

// counter is a client that only counts.
type counter struct{ frames atomic.Int64 }

func (c *counter) Send(frames [][]byte) error {
	c.frames.Add(int64(len(frames)))
	return nil
}

func TestTenThousandIdleClientsAreCheap(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	const n = 10_000
	before := runtime.NumGoroutine()
	counters := make([]*counter, n)
	for i := range counters {
		c, err := w.hub.Join(t.Context(), person(fmt.Sprint("p", i), post(fmt.Sprint("area", i), "")), "")
		require.NoError(t, err)
		counters[i] = &counter{}
		go c.Serve(t.Context(), counters[i])
	}
	require.LessOrEqual(t, runtime.NumGoroutine()-before, n, "one goroutine each")
	frames := func() (sum int64) {
		for _, c := range counters {
			sum += c.frames.Load()
		}
		return sum
	}
	require.Eventually(t, func() bool { return frames() == n }, 20*time.Second, time.Millisecond, "everybody was greeted")
	w.happen(about{Areas: []string{"area77"}}, about{Areas: []string{"nowhere"}})
	require.Eventually(t, func() bool { return counters[77].frames.Load() == 2 }, 20*time.Second, time.Millisecond)
	require.EqualValues(t, n+1, frames(), "nobody else was troubled")
}

package stats_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/incident/incidenttest"
)

// whole requires that a full count finds the same.
func (d *desk) whole() {
	d.t.Helper()
	r, err := d.Stats.Recount(bg, nil)
	require.NoError(d.t, err)
	require.Empty(d.t, r.Differences)
}

func TestARecountFindsWhatWasTamperedWith(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		inc := d.done()
		d.follow()
		d.whole()
		for _, change := range []string{
			`UPDATE figures SET closed = closed + 1 WHERE dim = 'street'`,
			`UPDATE facts SET closed = 0, state = 'checked'`,
			`UPDATE figures SET on_closed = on_closed + 1 WHERE dim = 'unit'`,
			`UPDATE figures SET received = 0 WHERE dim = 'month.microgrid'`,
			`UPDATE figures SET day = '2031-01-01' WHERE dim = 'city'`,
			`UPDATE facts SET day = ''`,
			`UPDATE facts SET id = 'gone'`,
			`DELETE FROM figures WHERE dim = 'channel'`,
			`DELETE FROM facts`,
		} {
			t.Run(change, func(t *testing.T) {
				d.Exec(change)
				r, err := d.Stats.Recount(bg, nil)
				require.NoError(t, err)
				require.NotEmpty(t, r.Differences)
				d.Exec(`DELETE FROM facts`)
				d.Exec(`DELETE FROM figures`)
				require.NoError(t, d.DB.Write(bg, d.count(inc.ID)))
				d.whole()
			})
		}
	})
}

// TestFiguresEqualARecountUnderLoad lets several people work while the figures follow on two nodes, and counts anew
// again and again at the position where they stand.
func TestFiguresEqualARecountUnderLoad(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, stop := context.WithCancel(bg)
		defer stop()
		var followers, workers sync.WaitGroup
		followers.Go(func() { d.Relay.Run(ctx, 5*time.Millisecond) })
		for range 2 {
			followers.Go(func() { d.Feed.Follow(ctx, d.Stats.Consumer(), 5*time.Millisecond) })
		}
		var recounts atomic.Int64
		var incidents atomic.Int64
		for n := range 3 {
			workers.Go(func() {
				for i := 0; i < 4 || recounts.Load() < 4; i++ {
					incidents.Add(1)
					inc := d.Report("duty", incidenttest.Noise(incidenttest.By("某人", fmt.Sprintf("138000%d%04d", n, i))))
					d.Act("duty", inc.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
					d.Act("station1", inc.ID, "accept_order", nil)
					if i%3 == 0 {
						d.Act("station1", inc.ID, "return_order", incidenttest.Fields{"reason": "不归本站"})
						continue
					}
					d.Act("station1", inc.ID, "handle", incidenttest.Fields{"result": "已劝离"})
					d.Act("duty", inc.ID, "check_pass", nil)
				}
			})
		}
		working := make(chan struct{})
		go func() { workers.Wait(); close(working) }()
		for at := int64(0); ; recounts.Add(1) {
			r, err := d.Stats.Recount(bg, nil)
			require.NoError(t, err)
			require.Empty(t, r.Differences)
			require.GreaterOrEqual(t, r.Position, at)
			at = r.Position
			select {
			case <-working:
			default:
				continue
			}
			break
		}
		stop()
		followers.Wait()
		d.follow()
		r, err := d.Stats.Recount(bg, nil)
		require.NoError(t, err)
		require.Empty(t, r.Differences)
		require.Zero(t, r.Waiting)
		require.Equal(t, incidents.Load(), r.Facts)
		require.EqualValues(t, r.Facts, d.Count(`SELECT count(*) FROM incidents`))
		require.EqualValues(t, d.Count(`SELECT count(*) FROM incidents WHERE state = 'checked'`), d.Count(`SELECT sum(handled) FROM figures WHERE dim = 'all'`), "counted by other means")
	})
}

// TestAnythingThatHappensIsCounted lets random people do random things and compares with a full count after each run.
func TestAnythingThatHappensIsCounted(t *testing.T) {
	d := newDesk(t, lite(t))
	moves := []string{"dispatch", "accept", "verify", "accept_order", "arrive", "handle", "check_pass", "rework", "close", "reopen", "return_order", "defer", "resume",
		"reject", "void", "withdraw_order", "self_handle", "follow_up", "mark", "place", "suspend", "approve_suspension", "extend", "approve_extension", "merge", "unmerge"}
	people := []string{"duty", "duty2", "station1", "leader", "worker", "police1", "chief"}
	rapid.Check(t, func(rt *rapid.T) {
		other := d.Report("duty", incidenttest.Noise())
		inc := d.Report(rapid.SampledFrom([]string{"duty", "worker"}).Draw(rt, "by"), incidenttest.Noise())
		for range rapid.IntRange(1, 25).Draw(rt, "length") {
			do := rapid.SampledFrom(moves).Draw(rt, "do")
			fields := incidenttest.Fields{}
			switch do {
			case "dispatch":
				fields["unit"] = rapid.SampledFrom([]string{incidenttest.Station, incidenttest.Police}).Draw(rt, "unit")
			case "arrive":
				fields["reason"] = "定位不准"
			case "handle", "self_handle":
				fields["result"] = "已劝离"
			case "close":
				fields["answer"] = "已处理"
			case "reject":
				fields["ground"], fields["answer"] = "not_ours", "不属于本街道"
			case "follow_up":
				fields["reached"], fields["solved"], fields["satisfaction"] = "reached", rapid.Bool().Draw(rt, "solved"), rapid.IntRange(1, 5).Draw(rt, "points")
			case "mark":
				fields["urgent"] = rapid.Bool().Draw(rt, "urgent")
			case "place":
				fields["lon"], fields["lat"] = incidenttest.InMicro9.Lon, incidenttest.InMicro9.Lat
			case "extend":
				fields["until"], fields["reason"] = d.Clock.Now().AddDate(0, 0, 20).UnixMilli(), "要等配件"
			case "merge":
				fields["into"] = other.Number
			case "rework", "reopen", "return_order", "defer", "void", "suspend", "withdraw_order":
				fields["reason"] = "有原因"
			}
			_, _ = d.Try(rapid.SampledFrom(people).Draw(rt, "who"), inc.ID, do, fields)
			d.Clock.Advance(time.Duration(rapid.IntRange(0, 7200).Draw(rt, "s")) * time.Second)
			if rapid.IntRange(0, 5).Draw(rt, "sweep") == 0 {
				_, err := d.Sweep(bg)
				require.NoError(rt, err)
			}
			if rapid.Bool().Draw(rt, "follow") {
				d.follow()
			}
		}
		d.follow()
		d.whole()
	})
}

package incident_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// did returns the actions on a timeline, in order.
func did(o *incidenttest.Office, id string) (list []string) {
	for _, e := range o.Timeline(id) {
		list = append(list, e.Do)
	}
	return list
}

// TestMergedIsHandledWithTheOther merges a matter that a station has in hand into another one, and takes it back.
func TestMergedIsHandledWithTheOther(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		target := o.Report("duty", incidenttest.Noise())
		inc := o.Walk(o.Report("duty", incidenttest.Noise()).ID, taken...)
		inc = o.Act("duty", inc.ID, "merge", fields{"into": target.Number, "note": "同一家店"})
		require.Equal(t, incident.Merged, inc.State)
		require.Equal(t, target.ID, inc.MergedInto)
		require.Equal(t, incident.Withdrawn, inc.Orders[0].State, "its orders are withdrawn")
		for _, k := range inc.Clocks {
			require.False(t, k.Open(), "%s still runs", k.ID)
		}
		require.Zero(t, o.Load(target.ID).Joined, "the other is told in a transaction of its own")
		o.Link()
		o.Link()
		target = o.Load(target.ID)
		require.EqualValues(t, 1, target.Joined, "once, however often")
		require.Equal(t, []string{"report", "joined"}, did(o, target.ID))
		require.Contains(t, string(o.Timeline(target.ID)[1].Body), inc.Number)

		whole, err := o.ViewWhole(context.Background(), o.Actor("duty"), target)
		require.NoError(t, err)
		require.EqualValues(t, 1, whole.Joined)
		require.Equal(t, inc.Number, whole.Others[0].Number)
		whole, err = o.ViewWhole(context.Background(), o.Actor("duty"), inc)
		require.NoError(t, err)
		require.Equal(t, target.Number, whole.Into.Number)

		inc = o.Act("duty", inc.ID, "unmerge", nil)
		require.Equal(t, incident.Accepted, inc.State)
		require.Empty(t, inc.MergedInto)
		running := 0
		for _, k := range inc.Clocks {
			if k.Stage == "dispatch" && k.Open() {
				running++
				require.Equal(t, inc.EntryAt, k.StartedAt, "with a new clock")
			}
		}
		require.Equal(t, 1, running)
		o.Link()
		target = o.Load(target.ID)
		require.Zero(t, target.Joined)
		require.Equal(t, []string{"report", "joined", "left"}, did(o, target.ID))
		o.Act("duty", inc.ID, "merge", fields{"into": target.ID})
		o.Link()
		require.EqualValues(t, 1, o.Load(target.ID).Joined, "it may join again")
		for _, id := range []string{inc.ID, target.ID} {
			require.Empty(t, o.Broken(id))
		}
		require.Zero(t, o.Count(`SELECT count(*) FROM link_tasks`))
		require.Empty(t, o.Unproved())
	})
}

// TestWhatCannotBeMergedInto names everything that is no matter for another to be handled with, each with its reason.
func TestWhatCannotBeMergedInto(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		end := func(s ...incidenttest.Step) string { return o.Walk(o.Report("duty", incidenttest.Noise()).ID, s...).ID }
		elsewhere := o.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		for into, code := range map[string]string{
			"": "field.required", "x": "merge.unknown", "010101-0000-0000": "merge.unknown", inc.ID: "merge.itself", inc.Number: "merge.itself",
			elsewhere.ID:     "merge.unknown",
			end(finished...): "merge.closed",
			end(step("duty", "void", fields{"reason": "误报"})):                            "merge.ended",
			end(step("duty", "reject", fields{"ground": "not_ours", "answer": "请联系物业"})): "merge.ended",
		} {
			_, err := o.Try("duty", inc.ID, "merge", fields{"into": into})
			require.Equal(t, []string{"into " + code}, fieldsOf(err), "%q", into)
		}
		main := o.Report("duty", incidenttest.Noise())
		second := o.Report("duty", incidenttest.Noise())
		o.Act("duty", second.ID, "merge", fields{"into": main.ID})
		require.Equal(t, main.ID, o.Act("duty", inc.ID, "merge", fields{"into": second.ID}).MergedInto, "into what that one is handled with")
		_, err := o.Try("duty", main.ID, "merge", fields{"into": inc.ID})
		require.Equal(t, []string{"into merge.itself"}, fieldsOf(err), "no circle")
		o.Link()
		require.EqualValues(t, 2, o.Load(main.ID).Joined)
		require.Empty(t, o.Broken(main.ID))
	})
}

// TestMembersFollow lets what others were merged into be merged itself, be voided, and be taken back.
func TestMembersFollow(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		a, b, c := o.Report("duty", incidenttest.Noise()), o.Report("duty", incidenttest.Noise()), o.Report("duty", incidenttest.Noise())
		o.Act("duty", a.ID, "merge", fields{"into": b.ID})
		o.Link()
		o.Act("duty", b.ID, "merge", fields{"into": c.ID})
		o.Link()
		require.Equal(t, c.ID, o.Load(a.ID).MergedInto, "nothing is merged into what is merged")
		require.EqualValues(t, 2, o.Load(c.ID).Joined)
		require.Zero(t, o.Load(b.ID).Joined)
		o.Act("duty", b.ID, "unmerge", nil)
		o.Link()
		require.EqualValues(t, 1, o.Load(c.ID).Joined)
		require.Equal(t, c.ID, o.Load(a.ID).MergedInto)

		o.Act("duty", c.ID, "void", fields{"reason": "误报"})
		o.Link()
		a = o.Load(a.ID)
		require.Equal(t, incident.Accepted, a.State, "nobody's report ends because another was a mistake")
		require.Empty(t, a.MergedInto)
		for _, id := range []string{a.ID, b.ID, c.ID} {
			require.Empty(t, o.Broken(id))
		}
		require.Zero(t, o.Count(`SELECT count(*) FROM link_tasks`))
		require.Empty(t, o.Unproved())
	})
}

// TestMergedIntoWhatEndsMeanwhile lets the other end between the two transactions.
func TestMergedIntoWhatEndsMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		a, b := o.Report("duty", incidenttest.Noise()), o.Report("duty", incidenttest.Noise())
		o.Act("duty", a.ID, "merge", fields{"into": b.ID})
		o.Act("duty", b.ID, "void", fields{"reason": "误报"})
		o.Link()
		require.Equal(t, incident.Accepted, o.Load(a.ID).State)
		require.Empty(t, o.Broken(a.ID))
		require.Empty(t, o.Broken(b.ID))
		require.Zero(t, o.Count(`SELECT count(*) FROM link_tasks`))
	})
}

// TestMergedIntoEachOther lets two people merge two matters into each other at one moment, and several into a ring:
// something stays that is handled, and everything else belongs to it.
func TestMergedIntoEachOther(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		for size := 2; size <= 4; size++ {
			ring := make([]*incident.Incident, size)
			for n := range ring {
				ring[n] = o.Report("duty", incidenttest.Noise())
			}
			// What both saw when they decided: nobody had merged anything yet.
			var wait sync.WaitGroup
			start := make(chan struct{})
			for n := range ring {
				wait.Go(func() {
					<-start
					_, _ = o.Try([]string{"duty", "duty2"}[n%2], ring[n].ID, "merge", fields{"into": ring[(n+1)%size].ID})
				})
			}
			close(start)
			wait.Wait()
			nodes := []*incidenttest.Office{o, o.Node(), o.Node()}
			for _, node := range nodes {
				wait.Go(func() { _, _ = node.CarryOutLinks(context.Background()) })
			}
			wait.Wait()
			o.Link()
			requireBelonging(t, o, ring)
		}
		require.Empty(t, o.Unproved())
	})
}

// requireBelonging holds that everything merged belongs to something open that counts it.
func requireBelonging(t *testing.T, o *incidenttest.Office, list []*incident.Incident) {
	t.Helper()
	members := map[string]int64{}
	open := 0
	for _, i := range list {
		i = o.Load(i.ID)
		require.Empty(t, o.Broken(i.ID))
		if i.State == incident.Merged {
			require.NotEqual(t, incident.Merged, o.Load(i.MergedInto).State, "nothing is merged into what is merged")
			members[i.MergedInto]++
		} else {
			open++
		}
	}
	require.Positive(t, open)
	for _, i := range list {
		require.Equal(t, members[i.ID], o.Load(i.ID).Joined)
	}
	require.Zero(t, o.Count(`SELECT count(*) FROM link_tasks`))
}

// TestManyNodesJoinOnce lets several nodes carry out the same messages at once, as after a crash between the two
// transactions.
func TestManyNodesJoinOnce(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		target := o.Report("duty", incidenttest.Noise())
		all := []*incident.Incident{target}
		for n := range 12 {
			i := o.Report("duty", incidenttest.Noise())
			o.Act("duty", i.ID, "merge", fields{"into": target.ID})
			if n%4 == 0 {
				o.Act("duty", i.ID, "unmerge", nil)
			}
			all = append(all, i)
		}
		var wait sync.WaitGroup
		for _, node := range []*incidenttest.Office{o, o.Node(), o.Node(), o.Node()} {
			wait.Go(func() { _, _ = node.CarryOutLinks(context.Background()) })
		}
		wait.Wait()
		o.Link()
		requireBelonging(t, o, all)
		require.EqualValues(t, 9, o.Load(target.ID).Joined)
		require.Empty(t, o.Unproved())
	})
}

// TestEverybodyIsAnswered lets two residents report the same, one of them by pointing at the other's matter: each follows
// it under the own code, is answered with it and rates it, and neither learns anything of the other.
func TestEverybodyIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		first := reported(t, o, s, road(fields{"text": "路面塌陷，我是张三", "reporter": fields{"name": "张三", "phone": "13800001234"}}))
		var mine receipt
		s.Do(incidenttest.Call{Method: http.MethodPost, Path: publicPath, Body: road(fields{"text": "我也遇到了，我是李四", "same_as": first.id}), Key: "tap"}).JSON(&mine)
		second := resident{s, t, mine.Code, ""}
		letter := second.letter()
		require.True(t, letter.Merged)
		require.EqualValues(t, 1, letter.Others)
		require.Equal(t, incident.Reported, letter.State)
		o.Link()
		o.Walk(first.id, finished...)

		letter = second.letter()
		require.Equal(t, incident.Closed, letter.State)
		require.Equal(t, "商户已调低音量，感谢反映。", letter.Answer)
		require.True(t, letter.CanRate)
		var shown []string
		for _, step := range letter.Steps {
			if step.Shared {
				shown = append(shown, step.Do)
			}
		}
		require.Equal(t, []string{"dispatch", "accept_order", "arrive", "handle", "check_pass", "close"}, shown)
		require.EqualValues(t, 1, first.letter().Others)
		for _, word := range []string{"张三", "塌陷", "13800001234"} {
			require.NotContains(t, string(s.Get("", publicPath+"/"+mine.Code).Body), word)
		}
		for _, word := range []string{"李四", mine.Number} {
			require.NotContains(t, string(s.Get("", publicPath+"/"+first.code).Body), word)
		}
		require.Len(t, strings.Split(mine.Number, "-"), 3)

		rate := func(code string, body fields) *incidenttest.Answer {
			return s.Post("", publicPath+"/"+code+"/rating", body)
		}
		require.Equal(t, http.StatusOK, rate(first.code, fields{"solved": true, "satisfaction": 5}).Status)
		require.True(t, second.letter().CanRate, "each says it for themselves")
		require.Equal(t, http.StatusOK, rate(mine.Code, fields{"solved": false, "satisfaction": 1, "reopen": true, "text": "我这边还在响"}).Status)
		o.Link()
		letter = second.letter()
		require.False(t, letter.Merged)
		require.Equal(t, incident.Accepted, letter.State, "what was not solved for one is a matter of its own")
		require.Equal(t, incident.Closed, o.Load(first.id).State)
		require.Zero(t, o.Load(first.id).Joined)
		require.Empty(t, o.Unproved())
	})
}

// TestMeTooIsNoWayToHide lets what is more than the same once more stay a matter of its own, and a report be taken back
// by whoever pointed at another.
func TestMeTooIsNoWayToHide(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		first := reported(t, o, s, road(nil))
		send := func(f fields) resident {
			var r receipt
			f["same_as"] = first.id
			s.Post("", publicPath, road(f)).JSON(&r)
			o.Link()
			return resident{s, t, r.Code, ""}
		}
		help := send(fields{"kind": "help"})
		require.Equal(t, incident.Reported, help.letter().State)
		require.False(t, help.letter().Merged)
		require.Zero(t, o.Load(first.id).Joined)

		same := send(fields{})
		require.EqualValues(t, 1, o.Load(first.id).Joined)
		require.Equal(t, http.StatusOK, s.Post("", publicPath+"/"+same.code+"/withdraw", fields{}).Status)
		o.Link()
		require.Zero(t, o.Load(first.id).Joined)
		require.Equal(t, incident.Voided, same.letter().State)
		require.Equal(t, incident.Reported, o.Load(first.id).State, "it goes on for the other")
		require.Empty(t, o.Unproved())
	})
}

// TestLinksRunByThemselves lets the loop carry out what an action left.
func TestLinksRunByThemselves(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx, stop := context.WithCancel(context.Background())
		var wait sync.WaitGroup
		wait.Go(func() { o.RunLinks(ctx, time.Hour) })
		target, inc := o.Report("duty", incidenttest.Noise()), o.Report("duty", incidenttest.Noise())
		o.Act("duty", inc.ID, "merge", fields{"into": target.ID})
		require.Eventually(t, func() bool { return o.Load(target.ID).Joined == 1 }, 10*time.Second, 5*time.Millisecond)
		stop()
		wait.Wait()
	})
}

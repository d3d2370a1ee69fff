package notice_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/notice"
)

// TestAPeriodIsJudgedByTheServersClock turns the clock through a planned notice: it stands nowhere before, everywhere
// during, and nowhere but in the list afterwards.
func TestAPeriodIsJudgedByTheServersClock(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		n := flood("street")
		n.From, n.Until = in(2), in(4)
		made := o.publish(t, "duty", n)
		shown := func(want ...string) {
			t.Helper()
			require.Equal(t, append([]string{}, want...), o.current(t, "worker", notice.Phones))
			require.Equal(t, append([]string{}, want...), o.current(t, "duty", notice.Desks))
			require.Equal(t, append([]string{}, want...), o.current(t, "mayor", notice.Screens))
			require.Equal(t, append([]string{}, want...), o.public(t))
		}
		shown()
		require.Empty(t, o.listed(t, "worker", notice.Filter{}), "what is planned is for publishers")
		require.Equal(t, []string{made.ID}, o.listed(t, "duty", notice.Filter{State: notice.Planned}))
		o.clock.Set(time.UnixMilli(in(2) - 1))
		shown()
		o.clock.Set(time.UnixMilli(in(2)))
		shown(made.ID)
		o.clock.Set(time.UnixMilli(in(4) - 1))
		shown(made.ID)
		o.clock.Set(time.UnixMilli(in(4)))
		shown()
		require.Equal(t, []string{made.ID}, o.listed(t, "worker", notice.Filter{State: notice.Ended}))
	})
}

// TestTheEndCanBeMoved ends a notice later, now, and not twice.
func TestTheEndCanBeMoved(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		n := o.publish(t, "duty", flood("street"))
		_, err := o.ChangeEnd(bg, who("duty"), n.ID, in(9))
		require.NoError(t, err)
		o.clock.Set(time.UnixMilli(in(8)))
		require.Equal(t, []string{n.ID}, o.public(t))
		_, err = o.ChangeEnd(bg, who("duty"), n.ID, in(8)+1000)
		refused(t, err, "invalid")
		_, err = o.ChangeEnd(bg, who("duty"), n.ID, 0)
		require.NoError(t, err)
		require.Empty(t, o.public(t))
		_, err = o.ChangeEnd(bg, who("duty"), n.ID, in(20))
		refused(t, err, "notice.ended")
		planned := flood("street")
		planned.From, planned.Until = in(10), in(12)
		p := o.publish(t, "duty", planned)
		_, err = o.ChangeEnd(bg, who("duty"), p.ID, in(10))
		refused(t, err, "invalid")
	})
}

// TestNobodyPublishesBeyondTheirReach: not to the next street, not above, not without the right; and what one may not
// see is not there.
func TestNobodyPublishesBeyondTheirReach(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		for by, area := range map[string]string{"duty": "street2", "next": "community", "worker": "grid", "staff": ""} {
			_, err := o.Publish(bg, who(by), flood(area), true)
			refused(t, err, "invalid")
		}
		_, err := o.Publish(bg, who("duty"), flood("district"), true)
		refused(t, err, "invalid")
		_, err = o.Preview(bg, who("duty"), "street2", []string{notice.Desks})
		refused(t, err, "invalid")

		whole := o.publish(t, "duty", flood(""))
		require.Equal(t, []string{"street"}, whole.Areas, "the whole is all that the publisher reaches")
		above := o.publish(t, "mayor", flood("street"))
		both := []string{above.ID, whole.ID}
		require.Equal(t, both, o.current(t, "worker", notice.Phones))
		require.Equal(t, both, o.current(t, "mayor", notice.Desks), "whoever is over it sees it")
		for _, stranger := range []string{"far", "next"} {
			require.Empty(t, o.current(t, stranger, notice.Phones))
			require.Empty(t, o.listed(t, stranger, notice.Filter{}))
			_, err := o.Get(bg, who(stranger), whole.ID)
			refused(t, err, "not_found")
			_, err = o.Read(bg, who(stranger), whole.ID)
			refused(t, err, "not_found")
			_, err = o.Withdraw(bg, who(stranger), whole.ID, "x")
			refused(t, err, "not_found")
		}
		city := o.publish(t, "mayor", flood("district"))
		require.Equal(t, []string{city.ID}, o.current(t, "next", notice.Desks))
		_, err = o.Withdraw(bg, who("next"), city.ID, "x")
		refused(t, err, "notice.not_yours")
		_, _, err = o.Unread(bg, who("next"), city.ID, "", 0)
		refused(t, err, "notice.not_yours")
	})
}

// TestANoticeMustMakeSense says everything at once; an emergency wants to be confirmed.
func TestANoticeMustMakeSense(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		fields := func(n notice.Notice, confirmed bool) (list []string) {
			_, err := o.Publish(bg, who("duty"), n, confirmed)
			f, ok := fault.As(err)
			require.True(t, ok, "%v", err)
			for _, one := range f.Fields {
				list = append(list, one.Field+" "+one.Code)
			}
			return list
		}
		require.Equal(t, []string{"kind field.choice", "title field.required", "text field.required", "audiences notice.no_audience", "until notice.until_early"}, fields(notice.Notice{}, true))
		n := flood("moon")
		n.Kind, n.Title, n.TextEN, n.Until = notice.Emergency, strings.Repeat("长", 61), "Water is off", in(24*100)
		n.Audiences = []string{"screens", "moon"}
		require.Equal(t, []string{"title field.too_long", "title_en field.required", "audiences field.choice", "until notice.until_far", "area notice.area_outside", "confirmed notice.confirm"}, fields(n, false))
		n = flood("street")
		n.From = in(24 * 93)
		require.Equal(t, []string{"from notice.from_far", "until notice.until_early"}, fields(n, false))
	})
}

// TestWhatStandsFirst: an emergency before all, then the newest; each face has only what is meant for it.
func TestWhatStandsFirst(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		alarm := flood("street")
		alarm.Kind = notice.Emergency
		urgent := o.publish(t, "duty", alarm)
		first, second := o.publish(t, "duty", flood("street")), o.publish(t, "duty", flood("community"))
		staff := flood("street")
		staff.Audiences = []string{notice.Desks, notice.Phones}
		quiet := o.publish(t, "duty", staff)
		residents := flood("street")
		residents.Audiences = []string{notice.Residents}
		out := o.publish(t, "duty", residents)
		require.Equal(t, []string{urgent.ID, quiet.ID, second.ID, first.ID}, o.current(t, "worker", notice.Phones))
		require.Equal(t, []string{urgent.ID, quiet.ID, first.ID}, o.current(t, "clerk", notice.Desks), "a community is told for itself")
		require.Equal(t, []string{urgent.ID, second.ID, first.ID}, o.current(t, "duty", notice.Screens))
		require.Equal(t, []string{urgent.ID, out.ID, second.ID, first.ID}, o.public(t), "residents never see what is for staff")
		require.NoError(t, o.CountDevice(bg, []string{quiet.ID, out.ID, out.ID, "\x00"}))
		got, err := o.Get(bg, who("duty"), quiet.ID)
		require.NoError(t, err)
		require.Zero(t, got.Devices)
		got, err = o.Get(bg, who("duty"), out.ID)
		require.NoError(t, err)
		require.EqualValues(t, 1, got.Devices, "each once")
		require.Equal(t, []string{"clerk", "duty", "head", "staff", "worker"}, *o.woken, "for the emergency alone")
	})
}

// TestReadersCountOnce, by area and role, and the rest are named to whoever publishes.
func TestReadersCountOnce(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		n := o.publish(t, "duty", flood("street"))
		for range 2 {
			_, err := o.Read(bg, who("worker"), n.ID)
			require.NoError(t, err)
			o.clock.Advance(time.Minute)
		}
		for _, over := range []string{"mayor", "admin"} {
			_, err := o.Read(bg, who(over), n.ID)
			require.NoError(t, err, "who only looks after it may read it, too")
		}
		got, err := o.Get(bg, who("worker"), n.ID)
		require.NoError(t, err)
		require.Equal(t, begin.Add(time.Second).UnixMilli(), got.ReadAt)
		p, err := o.Progress(bg, who("duty"), n.ID)
		require.NoError(t, err)
		require.Equal(t, []int{5, 1}, []int{p.Reached, p.Read}, "worker, head, staff, clerk and duty; not the mayor above")
		require.Contains(t, p.Areas, notice.Share{Key: "community", Reached: 2, Read: 1})
		require.Contains(t, p.Roles, notice.Share{Key: "grid_worker", Reached: 1, Read: 1})
		var left []string
		for cursor := ""; ; {
			list, next, err := o.Unread(bg, who("mayor"), n.ID, cursor, 3)
			require.NoError(t, err)
			for _, one := range list {
				left = append(left, one.Person)
			}
			if cursor = next; next == "" {
				break
			}
		}
		require.Equal(t, []string{"clerk", "duty", "head", "staff"}, left)
		_, err = o.Progress(bg, who("worker"), n.ID)
		refused(t, err, "notice.not_yours")
	})
}

// TestAWithdrawalCanBeUndoneForAMoment by whoever withdrew, and keeps its reason afterwards.
func TestAWithdrawalCanBeUndoneForAMoment(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		n := o.publish(t, "duty", flood("street"))
		_, err := o.Withdraw(bg, who("duty"), n.ID, " ")
		refused(t, err, "invalid")
		_, err = o.Restore(bg, who("duty"), n.ID)
		refused(t, err, "notice.stands")
		_, err = o.Withdraw(bg, who("mayor"), n.ID, "写错了时间")
		require.NoError(t, err, "whoever may publish there may take it back")
		require.Empty(t, o.public(t))
		require.Empty(t, o.listed(t, "worker", notice.Filter{}))
		had, err := o.Get(bg, who("worker"), n.ID)
		require.NoError(t, err)
		require.Equal(t, "写错了时间", had.Withdrawn, "who had it open sees why it is gone")
		later := flood("street")
		later.From, later.Until = in(1), in(2)
		planned := o.publish(t, "duty", later)
		_, err = o.Withdraw(bg, who("duty"), planned.ID, "不需要了")
		require.NoError(t, err)
		o.clock.Advance(90 * time.Minute)
		_, err = o.Get(bg, who("worker"), planned.ID)
		refused(t, err, "not_found")
		o.clock.Advance(-90 * time.Minute)
		_, err = o.Withdraw(bg, who("duty"), n.ID, "again")
		refused(t, err, "notice.withdrawn")
		_, err = o.Restore(bg, who("duty"), n.ID)
		refused(t, err, "notice.undo_late")
		o.clock.Advance(10 * time.Second)
		_, err = o.Restore(bg, who("mayor"), n.ID)
		require.NoError(t, err)
		require.Equal(t, []string{n.ID}, o.public(t))
		_, err = o.Withdraw(bg, who("mayor"), n.ID, "写错了时间")
		require.NoError(t, err)
		o.clock.Advance(time.Minute)
		_, err = o.Restore(bg, who("mayor"), n.ID)
		refused(t, err, "notice.undo_late")
		list, _, err := o.List(bg, who("duty"), notice.Filter{State: notice.Withdrawn})
		require.NoError(t, err)
		require.Equal(t, []string{"不需要了", "写错了时间"}, []string{list[0].Withdrawn, list[1].Withdrawn})
		require.NoError(t, o.Follow(bg), "and its end is told to nobody")
	})
}

// TestTheFeedNamesWhomItConcerns: each change, and that a period begins and ends, is told once to those who see it.
func TestTheFeedNamesWhomItConcerns(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		n := flood("community")
		n.Kind, n.From, n.Until = notice.Emergency, in(1), in(2)
		o.publish(t, "duty", n)
		require.Empty(t, *o.woken, "not before it begins")
		for _, at := range []int64{in(0.5), in(1), in(1.5), in(2), in(3)} {
			o.clock.Set(time.UnixMilli(at))
			require.NoError(t, o.Follow(bg))
			require.NoError(t, o.Follow(bg))
		}
		require.Equal(t, []string{"head", "worker"}, *o.woken)
		feed := outbox.NewFeed(o.db)
		_, err := outbox.NewRelay(o.db, o.clock, feed.Told).Once(bg)
		require.NoError(t, err)
		events, err := feed.After(bg, notice.Topic, 0, 10)
		require.NoError(t, err)
		var told []string
		for _, e := range events {
			var body struct {
				Do      string
				Persons []string
			}
			require.NoError(t, json.Unmarshal(e.Body, &body))
			slices.Sort(body.Persons)
			told = append(told, fmt.Sprint(body.Do, slices.Compact(body.Persons)))
		}
		concerned := "[admin duty head mayor staff worker]"
		require.Equal(t, []string{"publish" + concerned, "begin" + concerned, "over" + concerned}, told)
	})
}

// TestWallsCountWhileTheySpeak: one wall a session, as showing for some minutes, as on for an hour.
func TestWallsCountWhileTheySpeak(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		n := o.publish(t, "duty", flood("community"))
		for _, wall := range []string{"duty", "mayor", "mayor", "next"} {
			require.NoError(t, o.Report(bg, who(wall), []string{n.ID, n.ID}))
		}
		p, err := o.Progress(bg, who("duty"), n.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{2, 2}, []int64{p.Screens, p.Walls}, "the next street's wall does not show it")
		reach := func() notice.Reach {
			r, err := o.Preview(bg, who("duty"), "community", notice.Audiences)
			require.NoError(t, err)
			return r
		}
		require.Equal(t, notice.Reach{Areas: []string{"community"}, People: 2, OnDuty: 1, ByRole: map[string]int{"grid_worker": 1, "grid_head": 1}, Screens: 2, Residents: true}, reach())
		o.clock.Advance(10 * time.Minute)
		p, err = o.Progress(bg, who("duty"), n.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{0, 2}, []int64{p.Screens, p.Walls})
		o.clock.Advance(time.Hour)
		require.Zero(t, reach().Screens)
		refused(t, o.Report(bg, who("duty"), make([]string, 51)), "invalid")
	})
}

// TestListsAreSearchedAndGoOn.
func TestListsAreSearchedAndGoOn(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		var want []string
		for range 3 {
			want = append([]string{o.publish(t, "duty", flood("street")).ID}, want...)
		}
		other := flood("street")
		other.Title, other.Text = "Fair 100%", "sunday"
		fair := o.publish(t, "duty", other)
		require.Equal(t, []string{fair.ID}, o.listed(t, "worker", notice.Filter{Search: "fair 100%"}))
		require.Empty(t, o.listed(t, "worker", notice.Filter{Search: "%sun_"}))
		var seen []string
		for cursor := ""; ; {
			list, next, err := o.List(bg, who("worker"), notice.Filter{Search: "储水", State: notice.Current, Cursor: cursor, Limit: 2})
			require.NoError(t, err)
			seen = append(seen, ids(list)...)
			if cursor = next; next == "" {
				break
			}
		}
		require.Equal(t, want, seen)
		_, _, err := o.List(bg, who("worker"), notice.Filter{Cursor: "\xff"})
		refused(t, err, "request.cursor")
	})
}

package people_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
)

// hands stands for what the incidents know: orders in hands, and who got them.
type hands struct {
	held   map[string]int
	broken bool
}

func (h *hands) OpenOrders(_ context.Context, id string) ([]people.OpenOrder, error) {
	return make([]people.OpenOrder, h.held[id]), nil
}

func (h *hands) HandOn(_ context.Context, _ authz.Actor, from, to string) (int, int, error) {
	if h.broken {
		return 0, 0, errors.New("the store is away")
	}
	n := h.held[from]
	h.held[from], h.held[to] = 0, h.held[to]+n
	return n, 0, nil
}

func TestWhoLeavesIsOutAndTheOrdersAreWithAColleague(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		f.Account("security", "security_admin", people.AddOptions{})
		actor := f.Actor("security")
		zhang := f.Account("zhang", "grid_worker", people.AddOptions{AreaID: "A1"})
		li := f.Account("li", "grid_worker", people.AddOptions{AreaID: "A2"})
		work := &hands{held: map[string]int{zhang.ID: 3}}
		f.UseWork(work)
		token := f.Token("zhang")

		o, err := f.LeaveOutlook(ctx, actor, zhang.ID)
		require.NoError(t, err)
		assert.Len(t, o.Orders, 3)
		assert.Equal(t, []people.Gap{{Area: "A1", Name: "望江社区", Role: "grid_worker"}}, o.Gaps)
		assert.Equal(t, 1, o.Sessions)

		l, err := f.Leave(ctx, actor, zhang.ID, 0, li.ID)
		require.NoError(t, err)
		assert.Equal(t, people.LeaveDone, l.State)
		assert.Equal(t, 3, l.Orders)
		assert.Equal(t, 3, work.held[li.ID])
		a, err := f.Service.Account(ctx, actor, zhang.ID)
		require.NoError(t, err)
		assert.True(t, a.Disabled)
		assert.False(t, a.Posts[0].Holds(f.Clock.Now().UnixMilli()))
		_, ok, err := f.Authenticate(ctx, token)
		require.NoError(t, err)
		assert.False(t, ok, "nobody works on with an old session")
		_, err = f.UndoLeave(ctx, actor, zhang.ID)
		assert.True(t, fault.Is(err, "leave.over"))
	})
}

func TestAPlannedLeavingHoldsFromItsInstantAndCanBeTakenBackBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		f.Account("security", "security_admin", people.AddOptions{})
		actor := f.Actor("security")
		zhang := f.Account("zhang", "grid_worker", people.AddOptions{AreaID: "A1"})
		work := &hands{held: map[string]int{zhang.ID: 1}}
		f.UseWork(work)
		at := f.Clock.Now().Add(48 * time.Hour).UnixMilli()

		_, err := f.Leave(ctx, actor, zhang.ID, at, "")
		require.NoError(t, err)
		_, err = f.Leave(ctx, actor, zhang.ID, at, "")
		assert.True(t, fault.Is(err, "leave.planned"))
		require.NoError(t, f.CarryOutLeavings(ctx))
		assert.Equal(t, 1, work.held[zhang.ID], "nothing happens before its time")
		a, err := f.UndoLeave(ctx, actor, zhang.ID)
		require.NoError(t, err)
		assert.Zero(t, a.Posts[0].To, "the post has no end again")

		_, err = f.Leave(ctx, actor, zhang.ID, at, "")
		require.NoError(t, err)
		f.Clock.Advance(49 * time.Hour)
		work.broken = true
		require.Error(t, f.CarryOutLeavings(ctx))
		work.broken = false
		require.NoError(t, f.CarryOutLeavings(ctx), "what failed is done again")
		assert.Equal(t, 1, work.held[""])
		a, err = f.Service.Account(ctx, authz.System("test"), zhang.ID)
		require.NoError(t, err)
		assert.True(t, a.Disabled)
	})
}

func TestALeavingThatCannotBe(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		own := f.Account("security", "security_admin", people.AddOptions{})
		actor := f.Actor("security")
		zhang := f.Account("zhang", "duty", people.AddOptions{AreaID: "A1"})
		_, err := f.Leave(ctx, actor, own.ID, 0, "")
		assert.True(t, fault.Is(err, "account.self"))
		_, err = f.Leave(ctx, actor, zhang.ID, f.Clock.Now().AddDate(2, 0, 0).UnixMilli(), "nobody")
		assert.True(t, fault.Is(err, "invalid"))
		_, err = f.Leave(ctx, f.Actor("zhang"), zhang.ID, 0, "")
		assert.True(t, fault.Is(err, "forbidden"))
		_, err = f.LeaveOutlook(ctx, f.Actor("zhang"), zhang.ID)
		assert.True(t, fault.Is(err, "forbidden"))
	})
}

// TestThoseWhoManageAccountsDoNotAllLeave holds that planned leavings count too, in whatever order they come.
func TestThoseWhoManageAccountsDoNotAllLeave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		one := f.Account("one", "security_admin", people.AddOptions{})
		two := f.Account("two", "security_admin", people.AddOptions{})
		in := func(days int) int64 { return f.Clock.Now().AddDate(0, 0, days).UnixMilli() }
		_, err := f.Leave(ctx, f.Actor("two"), one.ID, in(2), "")
		require.NoError(t, err)
		for _, days := range []int{1, 2, 3} {
			_, err = f.Leave(ctx, f.Actor("one"), two.ID, in(days), "")
			assert.True(t, fault.Is(err, "account.last_admin"), "%d days: %v", days, err)
		}
		f.Account("three", "security_admin", people.AddOptions{})
		_, err = f.Leave(ctx, f.Actor("one"), two.ID, in(1), "")
		require.NoError(t, err)
	})
}

func TestAccountsThatNobodyUsesAreFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		f.Account("security", "security_admin", people.AddOptions{})
		f.Account("used", "duty", people.AddOptions{})
		f.Account("idle", "duty", people.AddOptions{})
		f.Clock.Advance(91 * 24 * time.Hour)
		f.Token("used")
		f.Account("fresh", "duty", people.AddOptions{})
		list, _, err := f.Accounts(ctx, f.Actor("security"), people.AccountQuery{UnusedSince: f.Clock.Now().AddDate(0, 0, -90).UnixMilli()})
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, "idle", list[0].Login)
	})
}

func TestEndingSessionsSignsOutEverywhereElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		own := f.Account("security", "security_admin", people.AddOptions{})
		zhang := f.Account("zhang", "duty", people.AddOptions{})
		actor, token := f.Actor("security"), f.Token("zhang")
		_, err := f.EndSessions(ctx, actor, zhang.ID)
		require.NoError(t, err)
		_, ok, err := f.Authenticate(ctx, token)
		require.NoError(t, err)
		require.False(t, ok)
		other := f.Token("security")
		_, err = f.EndSessions(ctx, actor, own.ID)
		require.NoError(t, err)
		_, ok, _ = f.Authenticate(ctx, other)
		require.False(t, ok)
	})
}

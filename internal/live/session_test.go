package live_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/live"
)

// register is who is signed in.
type register struct {
	mu    sync.Mutex
	who   map[string]authz.Actor // by account
	err   error
	looks int
}

func (r *register) look(_ context.Context, actor authz.Actor) (authz.Actor, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.looks++
	now, ok := r.who[actor.AccountID]
	return now, ok, r.err
}

func (r *register) set(account string, actor *authz.Actor, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.who, account)
	if actor != nil {
		r.who[account] = *actor
	}
	r.err = err
}

func (r *register) looked() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.looks
}

func newRegister(actors ...authz.Actor) *register {
	r := &register{who: map[string]authz.Actor{}}
	for _, a := range actors {
		r.who[a.AccountID] = a
	}
	return r
}

func TestRevocationEndsTheStreamAtOnce(t *testing.T) {
	other := person("other", post("", ""))
	barred := leader
	barred.Barred = "session.must_change_password"
	for name, now := range map[string]*authz.Actor{"signed out": nil, "must change the password": &barred, "nobody": {}} {
		t.Run(name, func(t *testing.T) {
			r := newRegister(leader, other)
			w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Recheck = r.look })
			a, b, c := w.open(leader, "", 10), w.open(leader, "", 10), w.open(other, "", 10)
			r.set("leader", now, nil)
			w.hub.RecheckAccount("leader")
			for _, s := range []*screen{a, b} {
				require.Equal(t, live.SignedOut, s.next().event)
				s.over()
			}
			w.happen(about{})
			c.expect("i00001")
			require.Equal(t, 1, w.hub.Clients())
		})
	}
}

func TestNothingIsSentBetweenRevocationAndTheLook(t *testing.T) {
	r := newRegister(leader)
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Recheck = r.look })
	s := w.open(leader, "", 10)
	r.set("leader", nil, nil)
	w.write(about{})
	w.hub.RecheckAll()
	require.NoError(t, w.hub.Step(t.Context()))
	require.Equal(t, live.SignedOut, s.next().event)
	s.over()
}

func TestTheSessionIsLookedAtEveryMinute(t *testing.T) {
	r := newRegister(leader)
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Recheck = r.look })
	s := w.open(leader, "", 10)
	for n := range 3 {
		w.clock.Advance(time.Minute)
		w.hub.Sweep()
		require.Equal(t, "", s.next().event, "a sign of life")
		require.Equal(t, n+1, r.looked())
	}
	r.set("leader", nil, nil)
	w.clock.Advance(time.Minute)
	w.hub.Sweep()
	require.Equal(t, live.SignedOut, s.next().event)
	s.over()
}

func TestNewPostsGiveTheNewScope(t *testing.T) {
	before, after := person("wang", post("north", "")), person("wang", post("south", ""))
	r := newRegister(before)
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Recheck = r.look })
	s := w.open(before, "", 10)
	w.happen(about{Areas: []string{"north"}}, about{Areas: []string{"south"}})
	s.expect("i00001")
	w.hub.RecheckAccount("wang")
	r.set("wang", &after, nil)
	w.hub.RecheckAccount("wang")
	require.Equal(t, said{2, live.Reset, map[string]any{"reason": "scope"}}, s.next(), "what it may see is another set of things")
	w.happen(about{Areas: []string{"north"}}, about{Areas: []string{"south"}})
	s.expect("i00004")
}

func TestWhileTheSessionCannotBeLookedAtNothingIsSentAndNothingLost(t *testing.T) {
	r := newRegister(leader)
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Recheck = r.look })
	s := w.open(leader, "", 10)
	r.set("leader", &leader, errors.New("the store is away"))
	w.hub.RecheckAll()
	w.happen(about{}, about{})
	w.clock.Advance(20 * time.Second)
	w.hub.Sweep()
	require.Equal(t, said{id: 0}, s.next(), "a sign of life that stays where it was")
	r.set("leader", &leader, nil)
	w.hub.Sweep()
	s.expect("i00001", "i00002")
}

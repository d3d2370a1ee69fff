package incident_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

// TestEveryPairOfActionsRaced lets two people take two actions on one incident at the same moment, for every pair of
// actions that some situation allows. With the version that both saw exactly one wins; without one the guards decide.
// Whoever loses is told how the incident stands now; nothing is lost and nothing happens twice.
func TestEveryPairOfActionsRaced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		for a, first := range rules {
			for _, second := range rules[a:] {
				s, ok := common(first, second)
				if !ok {
					continue
				}
				o := o.For(t)
				race(o, t, s, first, second, true)
				race(o, t, s, first, second, false)
			}
		}
		require.Empty(t, o.Unproved())
	})
}

// common returns a situation in which both actions can be taken.
func common(a, b rule) (situation, bool) {
	for _, s := range situations {
		if among(a.in, s.name) && among(b.in, s.name) && guard(s, a.do, actorFor(s, a, 0)) == "" && guard(s, b.do, actorFor(s, b, 1)) == "" {
			return s, true
		}
	}
	return situation{}, false
}

// actorFor returns somebody who may take the action; the second of two is another one where there is another.
func actorFor(s situation, r rule, n int) string {
	var may []string
	for _, who := range strings.Split(r.by, ",") {
		if sees(s, who) && guard(s, r.do, who) == "" {
			may = append(may, who)
		}
	}
	if len(may) == 0 {
		return ""
	}
	return may[n%len(may)]
}

func race(o *incidenttest.Office, t *testing.T, s situation, a, b rule, versions bool) {
	t.Helper()
	name := a.do + " against " + b.do + " when " + s.name
	inc := enter(o, s)
	var both [2]error
	var wait sync.WaitGroup
	start := make(chan struct{})
	actors := [2]authz.Actor{o.Actor(actorFor(s, a, 0)), o.Actor(actorFor(s, b, 1))}
	for n, r := range []rule{a, b} {
		action := incidenttest.Action(t, r.do, given(o, r.do, r.fields))
		if versions {
			action.Version = &inc.Version
		}
		wait.Go(func() {
			<-start
			_, both[n] = o.Service.Act(context.Background(), actors[n], inc.ID, action)
		})
	}
	close(start)
	wait.Wait()
	after := o.Load(inc.ID)
	won := 0
	for n, err := range both {
		if err == nil {
			won++
			continue
		}
		requireTold(t, o, actors[n], after, err, name)
	}
	notes := a.do == "note" || b.do == "note"
	require.GreaterOrEqual(t, won, 1, "%s: %v", name, both)
	if versions && !notes {
		require.Equal(t, 1, won, "%s: both won on one version", name)
	}
	require.Equal(t, inc.EntrySeq+int64(won), after.EntrySeq, "%s: entries", name)
	require.Equal(t, inc.Version+int64(won), after.Version, "%s: versions", name)
	require.Empty(t, o.Broken(inc.ID), name)
}

// requireTold holds that a loser learns what happened: a conflict with the incident as it is now, unless the winner
// took it out of their sight, or what was asked for makes no sense any more (the unit has an order by now).
func requireTold(t *testing.T, o *incidenttest.Office, actor authz.Actor, after *incident.Incident, err error, name string) {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%s: %v", name, err)
	switch f.Kind {
	case fault.NotFound:
		_, err := o.Get(context.Background(), actor, after.ID)
		require.Error(t, err, "%s: not found, but it is in sight", name)
	case fault.Conflict:
		view, ok := f.Current.(incident.View)
		require.True(t, ok, "%s: %s without the incident as it is now", name, f.Code)
		require.Equal(t, after.Version, view.Version, name)
	case fault.Forbidden:
		require.False(t, actor.Scope("incident.dispatch").All, name)
	default:
		require.Equal(t, fault.Invalid, f.Kind, "%s: %v", name, err)
		require.NotEmpty(t, f.Fields, name)
	}
}

// TestPoolIsClaimedOnce lets everybody of a unit claim one order at once.
func TestPoolIsClaimedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise(incidenttest.Of("environment.rubbish", "")))
		o.Act("duty", inc.ID, "dispatch", nil)
		people := []string{"department", "functional"}
		var wait sync.WaitGroup
		results := make([]error, 20)
		for n := range results {
			wait.Go(func() { _, results[n] = o.Try(people[n%2], inc.ID, "claim", nil) })
		}
		wait.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
				continue
			}
			require.Equal(t, "action.state", codeOf(err))
		}
		require.Equal(t, 1, won)
		lead := o.Load(inc.ID).Lead()
		require.Equal(t, incident.OrderAccepted, lead.State)
		require.Contains(t, people, lead.PersonID)
		require.Empty(t, o.Broken(inc.ID))
	})
}

// TestNotesNeverFail lets many people write at once while the incident moves on; every word is kept.
func TestNotesNeverFail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		old := inc.Version
		var wait sync.WaitGroup
		errs := make([]error, 30)
		for n := range errs {
			wait.Go(func() {
				_, errs[n] = o.Try("worker", inc.ID, "note", fields{"text": "看过了", "version": old})
			})
		}
		wait.Go(func() { o.Try("duty", inc.ID, "dispatch", nil) })
		wait.Wait()
		for _, err := range errs {
			require.NoError(t, err)
		}
		require.Equal(t, int64(32), o.Load(inc.ID).EntrySeq)
		require.Empty(t, o.Broken(inc.ID))
		require.Empty(t, o.Unproved())
	})
}

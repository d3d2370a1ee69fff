package dispatch_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

func TestLaddersAreKeptAndClimbAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, log := open(t, d)
		require.NoError(t, s.EnsureRules(t.Context()))
		require.NoError(t, s.EnsureRules(t.Context()))
		seeded, err := s.ListLadders(t.Context(), duty)
		require.NoError(t, err)
		require.Len(t, seeded, 8)

		made, err := s.CreateLadder(t.Context(), manager, dispatch.Ladder{Name: " 火情 ", Category: "safety.fire", Active: true, Steps: []dispatch.LadderStep{{Rung: "centre", After: 1}}})
		require.NoError(t, err)
		require.Equal(t, "火情", made.Name)
		c := dispatch.Climb{Stage: "handle", Situation: dispatch.Situation{Category: "safety.fire", Path: street}, OverdueAt: 1000 * minute}
		step, ok := s.Climb(c)
		require.True(t, ok)
		require.Equal(t, made.ID, step.RuleID)

		old := made
		made.Active = false
		made, err = s.UpdateLadder(t.Context(), manager, made)
		require.NoError(t, err)
		kept, err := s.GetLadder(t.Context(), duty, made.ID)
		require.NoError(t, err)
		require.Equal(t, made, kept)
		step, ok = s.Climb(c)
		require.True(t, ok)
		require.NotEqual(t, made.ID, step.RuleID, "one that is off does not count")

		_, updated := s.UpdateLadder(t.Context(), manager, old)
		for _, err := range []error{updated, s.DeleteLadder(t.Context(), manager, old.ID, old.Version)} {
			f, isFault := fault.As(err)
			require.True(t, isFault, "%v", err)
			require.Equal(t, "ladder.stale", f.Code)
			require.Equal(t, made, f.Current)
		}
		require.NoError(t, s.DeleteLadder(t.Context(), manager, made.ID, made.Version))
		_, err = s.GetLadder(t.Context(), manager, made.ID)
		require.True(t, fault.Is(err, "not_found"))
		require.Equal(t, []string{"ladder.create", "ladder.update", "ladder.delete"}, log.actions)
	})
}

func TestALadderThatCannotStandIsRefused(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	up := func(steps ...dispatch.LadderStep) []dispatch.LadderStep { return steps }
	for name, c := range map[string]struct {
		ladder dispatch.Ladder
		want   string
	}{
		"nothing":       {dispatch.Ladder{}, "name field.required, steps ladder.no_steps"},
		"unknown words": {dispatch.Ladder{Name: "a", Stage: "x", Severity: "x", Category: "moon", Steps: up(dispatch.LadderStep{Rung: "moon"})}, "stage field.choice, category category.unknown, severity field.choice, steps field.choice"},
		"a circle":      {dispatch.Ladder{Name: "a", Steps: up(dispatch.LadderStep{Rung: "centre"}, dispatch.LadderStep{Rung: "worker", After: 5})}, "steps ladder.only_up"},
		"a rung twice":  {dispatch.Ladder{Name: "a", Steps: up(dispatch.LadderStep{Rung: "centre"}, dispatch.LadderStep{Rung: "centre", After: 5})}, "steps ladder.only_up"},
		"back in time":  {dispatch.Ladder{Name: "a", Steps: up(dispatch.LadderStep{Rung: "worker", After: 5}, dispatch.LadderStep{Rung: "centre", After: 4})}, "steps ladder.sooner"},
		"never":         {dispatch.Ladder{Name: "a", Steps: up(dispatch.LadderStep{Rung: "worker", After: 1 << 40})}, "steps ladder.minutes"},
		"before it is":  {dispatch.Ladder{Name: "a", Steps: up(dispatch.LadderStep{Rung: "worker", After: -1})}, "steps ladder.minutes"},
	} {
		_, err := s.CreateLadder(t.Context(), manager, c.ladder)
		f, ok := fault.As(err)
		require.True(t, ok, "%s: %v", name, err)
		var got []string
		for _, field := range f.Fields {
			got = append(got, field.Field+" "+field.Code)
		}
		require.Equal(t, c.want, strings.Join(got, ", "), name)
	}
	_, err := s.CreateLadder(t.Context(), duty, dispatch.Ladder{})
	require.True(t, fault.Is(err, "forbidden"))
	_, err = s.ListLadders(t.Context(), holding())
	require.True(t, fault.Is(err, "forbidden"))
}

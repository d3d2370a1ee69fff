package dispatch_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/dispatch"
)

const minute = 60_000

// hierarchy is the town with a head, a command centre and a worker.
func hierarchy() *office {
	o := town()
	o.heads = map[string]dispatch.Worker{"grid": {PersonID: "head", UnitID: "committee", AreaID: "grid"}}
	o.skills["command"] = map[string]string{"district": "county"}
	o.units["county"] = dispatch.Unit{ID: "county", Name: "名county", Open: true}
	return o
}

func ladderOf(steps ...dispatch.LadderStep) dispatch.Ladder {
	return dispatch.Ladder{ID: "ladder", Name: "梯", Active: true, Steps: steps}
}

var whole = ladderOf(dispatch.LadderStep{Rung: "worker"}, dispatch.LadderStep{Rung: "grid_head", After: 10}, dispatch.LadderStep{Rung: "station", After: 20},
	dispatch.LadderStep{Rung: "centre", After: 30}, dispatch.LadderStep{Rung: "command", After: 40})

func TestAnOverdueStageClimbsRungByRung(t *testing.T) {
	f := dispatch.Force{Directory: hierarchy(), Duty: shift{units: map[string][]string{"station": {"s1", "s2"}, "centre": {"d1"}}}}
	ladders := dispatch.NewLadders([]dispatch.Ladder{whole})
	c := dispatch.Climb{Stage: "handle", Situation: dispatch.Situation{Path: street}, UnitID: "team", PersonID: "wang", OverdueAt: 1000 * minute, At: 1000 * minute}
	for _, want := range []dispatch.Step{
		{Rung: "worker", UnitID: "team", PersonIDs: []string{"wang"}, At: 1000 * minute, RuleID: "ladder"},
		{Rung: "grid_head", UnitID: "committee", PersonIDs: []string{"head"}, At: 1010 * minute, RuleID: "ladder"},
		{Rung: "station", UnitID: "station", PersonIDs: []string{"s1", "s2"}, At: 1020 * minute, RuleID: "ladder"},
		{Rung: "centre", UnitID: "centre", PersonIDs: []string{"d1"}, At: 1030 * minute, RuleID: "ladder"},
		{Rung: "command", UnitID: "county", At: 1040 * minute, RuleID: "ladder"},
	} {
		step, ok := ladders.Next(c, f)
		require.True(t, ok)
		require.Equal(t, want, step)
		c.Rung = step.Rung
	}
	_, ok := ladders.Next(c, f)
	require.False(t, ok, "above the county there is nobody")
}

func TestWithNobodyOnDutyItClimbsAtOnceAndSaysSo(t *testing.T) {
	o := hierarchy()
	clear(o.heads)
	duty := shift{units: map[string][]string{"station": {}, "team": {}}}
	c := dispatch.Climb{Stage: "handle", Situation: dispatch.Situation{Path: street}, UnitID: "team", PersonID: "wang", OverdueAt: 1000 * minute, At: 1000 * minute}
	ladders := dispatch.NewLadders([]dispatch.Ladder{whole})
	step, ok := ladders.Next(c, dispatch.Force{Directory: o, Duty: duty})
	require.True(t, ok)
	require.Equal(t, dispatch.Step{Rung: "centre", UnitID: "centre", At: 1000 * minute, RuleID: "ladder", Skipped: []dispatch.SkippedRung{
		{Rung: "worker", Why: "nobody_on_duty"}, {Rung: "grid_head", Why: "no_post"}, {Rung: "station", Why: "nobody_on_duty"}}}, step)

	duty.units["centre"] = []string{}
	o.shut("county")
	step, ok = ladders.Next(c, dispatch.Force{Directory: o, Duty: duty})
	require.True(t, ok)
	require.Equal(t, "centre", step.Rung, "where nobody at all is on duty the highest unit there is gets it")
	require.Equal(t, []dispatch.SkippedRung{{Rung: "worker", Why: "nobody_on_duty"}, {Rung: "grid_head", Why: "no_post"},
		{Rung: "station", Why: "nobody_on_duty"}, {Rung: "command", Why: "no_post"}}, step.Skipped)

	clear(o.units)
	_, ok = ladders.Next(c, dispatch.Force{Directory: o, Duty: duty})
	require.False(t, ok)
	_, ok = ladders.Next(dispatch.Climb{Rung: "moon"}, dispatch.Force{Directory: hierarchy()})
	require.False(t, ok, "a rung of another age begins nothing anew")
}

func TestTheNarrowestLadderCounts(t *testing.T) {
	top := dispatch.LadderStep{Rung: "centre"}
	list := []dispatch.Ladder{
		{ID: "any", Active: true, Steps: []dispatch.LadderStep{top}}, {ID: "emergency", Severity: "emergency", Active: true, Steps: []dispatch.LadderStep{top}},
		{ID: "dispatch", Stage: "dispatch", Active: true, Steps: []dispatch.LadderStep{top}}, {ID: "safety", Category: "safety", Active: true, Steps: []dispatch.LadderStep{top}},
		{ID: "fire", Category: "safety.fire", Active: true, Steps: []dispatch.LadderStep{top}}, {ID: "off", Category: "safety.fire", Stage: "dispatch", Steps: []dispatch.LadderStep{top}},
	}
	f := dispatch.Force{Directory: hierarchy()}
	for want, c := range map[string]dispatch.Climb{
		"any":       {Stage: "handle", Situation: dispatch.Situation{Category: "care", Path: street}},
		"emergency": {Stage: "handle", Situation: dispatch.Situation{Category: "care", Severity: "emergency", Path: street}},
		"dispatch":  {Stage: "dispatch", Situation: dispatch.Situation{Category: "care", Severity: "emergency", Path: street}},
		"safety":    {Stage: "dispatch", Situation: dispatch.Situation{Category: "safety.gas", Severity: "emergency", Path: street}},
		"fire":      {Stage: "dispatch", Situation: dispatch.Situation{Category: "safety.fire", Severity: "emergency", Path: street}},
	} {
		step, ok := dispatch.NewLadders(list).Next(c, f)
		require.True(t, ok, want)
		require.Equal(t, want, step.RuleID)
	}
}

// TestClimbsOnlyUpAndNeverLate climbs any ladder in any office: rungs only rise, times never fall, every rung is told
// or named as skipped, and it ends.
func TestClimbsOnlyUpAndNeverLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := hierarchy()
		duty := shift{units: map[string][]string{}}
		for _, unit := range []string{"station", "centre", "county", "team", "committee"} {
			switch rapid.IntRange(0, 3).Draw(t, unit) {
			case 0:
				o.shut(unit)
			case 1:
				duty.units[unit] = []string{}
			case 2:
				duty.units[unit] = []string{"wang", "head"}
			}
		}
		if rapid.Bool().Draw(t, "no head") {
			clear(o.heads)
		}
		var l dispatch.Ladder
		after := int64(0)
		for _, rung := range dispatch.Rungs {
			if rapid.Bool().Draw(t, rung) {
				after += rapid.Int64Range(0, 60).Draw(t, "after")
				l.Steps = append(l.Steps, dispatch.LadderStep{Rung: rung, After: after})
			}
		}
		l.Active = true
		ladders := dispatch.NewLadders([]dispatch.Ladder{l})
		c := dispatch.Climb{Stage: "handle", Situation: dispatch.Situation{Path: street[:rapid.IntRange(0, 6).Draw(t, "depth")]}, UnitID: "team",
			PersonID: rapid.SampledFrom([]string{"", "wang"}).Draw(t, "holder"), OverdueAt: 1000 * minute, At: 1000 * minute}
		var told []string
		for range len(dispatch.Rungs) + 1 {
			step, ok := ladders.Next(c, dispatch.Force{Directory: o, Duty: duty})
			if !ok {
				return
			}
			for _, skipped := range step.Skipped {
				require.Greater(t, slices.Index(dispatch.Rungs, skipped.Rung), slices.Index(dispatch.Rungs, c.Rung))
			}
			require.NotContains(t, told, step.Rung, "nobody is told twice")
			require.Greater(t, slices.Index(dispatch.Rungs, step.Rung), slices.Index(dispatch.Rungs, c.Rung))
			require.GreaterOrEqual(t, step.At, c.OverdueAt)
			own := slices.IndexFunc(l.Steps, func(s dispatch.LadderStep) bool { return s.Rung == step.Rung })
			require.LessOrEqual(t, step.At, c.OverdueAt+l.Steps[own].After*minute, "skipping makes it sooner, not later")
			told = append(told, step.Rung)
			c.Rung, c.At = step.Rung, step.At
		}
		t.Fatal("it climbs for ever")
	})
}

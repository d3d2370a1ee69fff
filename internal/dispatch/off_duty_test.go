package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
)

func sleeping(units ...string) shift {
	s := shift{units: map[string][]string{}}
	for _, id := range units {
		s.units[id] = nil
	}
	return s
}

// Whatever a rule names: while nobody there is on duty, the next that can be had gets it, and the order says so.
func TestNobodyOnDutyIsPassedOver(t *testing.T) {
	for unit, rule := range map[string]dispatch.Rule{
		"police":    {Target: dispatch.Speciality, Value: "police"},
		"committee": {Target: dispatch.Community},
		"team":      {Target: dispatch.ByUnit, Value: "team"},
		"centre":    {Target: dispatch.Centre},
		"station":   {Target: dispatch.Station},
	} {
		t.Run(string(rule.Target), func(t *testing.T) {
			next := active(dispatch.Rule{ID: "next", Name: "其次", Sort: 1, Target: dispatch.ByUnit, Value: "urban"})
			decide := func(duty dispatch.Duty, severity string) dispatch.Decision {
				return dispatch.Decide(dispatch.NewRules([]dispatch.Rule{active(rule), next}), dispatch.Situation{Path: street, Severity: severity},
					dispatch.Force{Directory: newOffice(), Duty: duty})
			}
			require.Equal(t, unit, decide(shift{}, "").UnitID, "without a roster everybody counts as on duty")
			require.Equal(t, unit, decide(shift{units: map[string][]string{unit: {"somebody"}}}, "").UnitID)
			for _, severity := range []string{"general", "emergency"} {
				d := decide(sleeping(unit), severity)
				require.Equal(t, "urban", d.UnitID)
				require.Equal(t, []dispatch.Passed{{RuleID: "rule", Rule: "规则", Why: "passed.off_duty", Unit: "名" + unit}}, d.Passed)
				require.Equal(t, map[string]string{"rule": "其次", "unit": "名urban", "passed": "规则", "passed_why": "passed.off_duty", "passed_unit": "名" + unit}, d.Reason.Params)
			}
		})
	}
}

// Nothing is lost and nothing waits for the morning because all of them sleep.
func TestWhereEverybodyRestsTheObviousOneGetsIt(t *testing.T) {
	police, urban := active(dispatch.Rule{Target: dispatch.Speciality, Value: "police", Automatic: true}), active(dispatch.Rule{ID: "next", Sort: 1, Target: dispatch.ByUnit, Value: "urban"})
	f := dispatch.Force{Directory: newOffice(), Duty: sleeping("police", "urban", "centre", "station")}
	decide := func(s dispatch.Situation, rules ...dispatch.Rule) dispatch.Decision {
		s.Path = street
		return dispatch.Decide(dispatch.NewRules(rules), s, f)
	}
	d := decide(dispatch.Situation{Severity: "emergency"}, police, urban)
	require.Equal(t, "police", d.UnitID)
	require.True(t, d.Automatic, "it still goes by itself")
	require.Equal(t, dispatch.Reason{Code: "rule.speciality", Params: map[string]string{"rule": "规则", "unit": "名police", "speciality": "police", "on_duty": "nobody"}}, d.Reason)
	require.Len(t, d.Passed, 2)

	require.Equal(t, "urban", decide(dispatch.Situation{Avoid: []string{"police"}}, police, urban).UnitID, "never one that returned it")
	d = decide(dispatch.Situation{Avoid: []string{"police", "urban"}}, police, urban)
	require.Equal(t, "centre", d.UnitID)
	require.Equal(t, dispatch.Reason{Code: "fallback.centre", Params: map[string]string{"unit": "名centre", "on_duty": "nobody"}}, d.Reason)
	require.Equal(t, "police", decide(dispatch.Situation{Avoid: []string{"centre"}}, police).UnitID)

	nearest := active(dispatch.Rule{Target: dispatch.NearestStation})
	require.Equal(t, "station", decide(dispatch.Situation{Position: here}, nearest).UnitID)
	require.Equal(t, "station", decide(dispatch.Situation{}, nearest).UnitID, "without a position too")
	worker := active(dispatch.Rule{Target: dispatch.ByWorker})
	f.Duty = sleeping("team", "centre")
	require.Equal(t, "wang", decide(dispatch.Situation{}, worker).PersonID)
}

// A rule with a condition knows the matter, also where its target cannot be had.
func TestGeneralIsWhatNoConditionFits(t *testing.T) {
	all, noise := active(dispatch.Rule{ID: "all", Sort: 9, Target: dispatch.Station}), active(dispatch.Rule{Category: "security", Target: dispatch.Speciality, Value: "police"})
	general := func(category string, duty dispatch.Duty, rules ...dispatch.Rule) bool {
		return dispatch.Decide(dispatch.NewRules(rules), dispatch.Situation{Category: category, Path: street}, dispatch.Force{Directory: newOffice(), Duty: duty}).General
	}
	require.True(t, general("care", nil, all, noise))
	require.True(t, general("care", nil))
	require.False(t, general("security.noise", nil, all, noise))
	require.False(t, general("security.noise", sleeping("police"), all, noise))
	require.False(t, general("security.noise", sleeping("police", "centre"), noise))
}

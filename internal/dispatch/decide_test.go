package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
)

func active(r dispatch.Rule) dispatch.Rule {
	r.Active = true
	if r.ID == "" {
		r.ID = "rule"
	}
	if r.Name == "" {
		r.Name = "规则"
	}
	return r
}

func TestRuleFits(t *testing.T) {
	s := dispatch.Situation{Category: "environment.light", Kind: "complaint", Severity: "major", Channel: "hotline", Path: street}
	for name, c := range map[string]struct {
		rule dispatch.Rule
		why  string
	}{
		"no condition":                {dispatch.Rule{}, ""},
		"the category itself":         {dispatch.Rule{Category: "environment.light"}, ""},
		"a category above":            {dispatch.Rule{Category: "environment"}, ""},
		"half a word is no category":  {dispatch.Rule{Category: "environment.li"}, "category"},
		"a category below":            {dispatch.Rule{Category: "environment.light.lamp"}, "category"},
		"another category":            {dispatch.Rule{Category: "env"}, "category"},
		"kind":                        {dispatch.Rule{Kind: "complaint"}, ""},
		"another kind":                {dispatch.Rule{Kind: "enquiry"}, "kind"},
		"another severity":            {dispatch.Rule{Severity: "emergency"}, "severity"},
		"another channel":             {dispatch.Rule{Channel: "app"}, "channel"},
		"kind of one of the areas":    {dispatch.Rule{AreaKind: "market"}, ""},
		"no area of the kind":         {dispatch.Rule{AreaKind: "rural"}, "area_kind"},
		"everything at once":          {dispatch.Rule{Category: "environment", Kind: "complaint", Severity: "major", Channel: "hotline", AreaKind: "market"}, ""},
		"all but the last one of all": {dispatch.Rule{Category: "environment", Kind: "complaint", Severity: "major", Channel: "app"}, "channel"},
	} {
		t.Run(name, func(t *testing.T) {
			rule := active(c.rule)
			require.Equal(t, c.why, rule.Mismatch(&s, nil))
			rule.Active = false
			require.Equal(t, "active", rule.Mismatch(&s, nil))
		})
	}
}

func TestDecideFindsTheTarget(t *testing.T) {
	type want struct {
		unit, person string
		reason       string
		params       map[string]string
	}
	for name, c := range map[string]struct {
		rule dispatch.Rule
		want want
	}{
		"station": {dispatch.Rule{Target: dispatch.Station}, want{"station", "", "rule.station",
			map[string]string{"rule": "规则", "unit": "名station", "patrol_area": "巡区grid"}}},
		"community": {dispatch.Rule{Target: dispatch.Community}, want{"committee", "", "rule.community",
			map[string]string{"rule": "规则", "unit": "名committee", "area": "桂花社区"}}},
		"speciality": {dispatch.Rule{Target: dispatch.Speciality, Value: "police"}, want{"police", "", "rule.speciality",
			map[string]string{"rule": "规则", "unit": "名police", "speciality": "police"}}},
		"unit":   {dispatch.Rule{Target: dispatch.ByUnit, Value: "team"}, want{"team", "", "rule.unit", map[string]string{"rule": "规则", "unit": "名team"}}},
		"worker": {dispatch.Rule{Target: dispatch.ByWorker}, want{"team", "wang", "rule.worker", map[string]string{"rule": "规则", "unit": "名team", "area": "东门微网格"}}},
		"centre": {dispatch.Rule{Target: dispatch.Centre}, want{"centre", "", "rule.centre", map[string]string{"rule": "规则", "unit": "名centre"}}},
	} {
		t.Run(name, func(t *testing.T) {
			rule := active(c.rule)
			rule.Automatic = true
			d := dispatch.Decide(dispatch.NewRules([]dispatch.Rule{rule}), dispatch.Situation{Path: street}, dispatch.Force{Directory: newOffice()})
			require.Equal(t, dispatch.Decision{RuleID: "rule", UnitID: c.want.unit, PersonID: c.want.person, Automatic: true,
				Reason: dispatch.Reason{Code: c.want.reason, Params: c.want.params}, General: true}, d)
		})
	}
}

func TestDecidePassesOverWhatCannotBeHad(t *testing.T) {
	station := dispatch.Rule{Target: dispatch.Station}
	for name, c := range map[string]struct {
		rule  dispatch.Rule
		path  []dispatch.Area
		avoid []string
		make  func(o *office)
		why   string
	}{
		"no place for a station":   {rule: station, path: nil, why: "passed.no_place"},
		"no station there":         {rule: station, path: street[:3], why: "passed.no_station"},
		"station closed":           {rule: station, path: street, make: func(o *office) { o.shut("station") }, why: "passed.closed"},
		"station returned it":      {rule: station, path: street, avoid: []string{"station"}, why: "passed.returned"},
		"station no unit any more": {rule: station, path: street, make: func(o *office) { delete(o.units, "station") }, why: "passed.no_unit"},
		"no community on the path": {rule: dispatch.Rule{Target: dispatch.Community}, path: street[:3], why: "passed.no_place"},
		"no unit of the community": {rule: dispatch.Rule{Target: dispatch.Community}, path: street, make: func(o *office) { clear(o.communities) }, why: "passed.no_community"},
		"nobody of the speciality": {rule: dispatch.Rule{Target: dispatch.Speciality, Value: "fire"}, path: street, why: "passed.no_speciality"},
		"unit unknown":             {rule: dispatch.Rule{Target: dispatch.ByUnit, Value: "ghost"}, path: street, why: "passed.no_unit"},
		"no grid on the path":      {rule: dispatch.Rule{Target: dispatch.ByWorker}, path: street[:4], why: "passed.no_place"},
		"post empty":               {rule: dispatch.Rule{Target: dispatch.ByWorker}, path: street, make: func(o *office) { clear(o.workers) }, why: "passed.no_worker"},
		"worker's unit closed":     {rule: dispatch.Rule{Target: dispatch.ByWorker}, path: street, make: func(o *office) { o.shut("team") }, why: "passed.closed"},
		"target of another age":    {rule: dispatch.Rule{Target: "moon"}, path: street, why: "passed.no_unit"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice()
			if c.make != nil {
				c.make(o)
			}
			first, second := active(c.rule), active(dispatch.Rule{ID: "second", Name: "其次", Sort: 1, Target: dispatch.ByUnit, Value: "urban"})
			rules := dispatch.NewRules([]dispatch.Rule{second, first})
			s := dispatch.Situation{Path: c.path, Avoid: c.avoid}
			d := dispatch.Decide(rules, s, dispatch.Force{Directory: o})
			require.Equal(t, "second", d.RuleID)
			require.Equal(t, []dispatch.Passed{{RuleID: "rule", Rule: "规则", Why: c.why}}, d.Passed)
			require.Equal(t, map[string]string{"rule": "其次", "unit": "名urban", "passed": "规则", "passed_why": c.why}, d.Reason.Params)

			told, trials := dispatch.Explain(rules, s, dispatch.Force{Directory: o})
			require.Equal(t, d, told)
			require.Equal(t, []dispatch.Trial{
				{RuleID: "rule", Rule: "规则", Outcome: dispatch.PassedOver, Why: c.why}, {RuleID: "second", Rule: "其次", Outcome: dispatch.Chosen},
			}, trials)
		})
	}
}

func TestDecideFallsBackToTheCentreOfThePlace(t *testing.T) {
	o := newOffice()
	none := dispatch.NewRules(nil)
	d := dispatch.Decide(none, dispatch.Situation{Path: street}, dispatch.Force{Directory: o})
	require.Equal(t, dispatch.Decision{UnitID: "centre", Reason: dispatch.Reason{Code: "fallback.centre", Params: map[string]string{"unit": "名centre"}}, General: true}, d)
	require.Equal(t, "city centre", dispatch.Decide(none, dispatch.Situation{}, dispatch.Force{Directory: o}).UnitID, "without a place the one centre above all")
	o.shut("centre")
	require.Empty(t, dispatch.Decide(none, dispatch.Situation{Path: street}, dispatch.Force{Directory: o}).UnitID, "never a closed one")
	clear(o.centres)
	require.Equal(t, dispatch.Decision{General: true}, dispatch.Decide(none, dispatch.Situation{Path: street}, dispatch.Force{Directory: o}))
}

func TestAWorkerDoesNotWaitInAPool(t *testing.T) {
	rule := active(dispatch.Rule{Target: dispatch.ByWorker, Pool: true})
	require.False(t, dispatch.Decide(dispatch.NewRules([]dispatch.Rule{rule}), dispatch.Situation{Path: street}, dispatch.Force{Directory: newOffice()}).Pool)
	rule.Target = dispatch.Station
	require.True(t, dispatch.Decide(dispatch.NewRules([]dispatch.Rule{rule}), dispatch.Situation{Path: street}, dispatch.Force{Directory: newOffice()}).Pool)
}

func TestNothingUnplacedIsSentWithoutAPerson(t *testing.T) {
	rules := dispatch.NewRules([]dispatch.Rule{active(dispatch.Rule{Target: dispatch.Speciality, Value: "police", Automatic: true})})
	f := dispatch.Force{Directory: newOffice()}
	require.True(t, dispatch.Decide(rules, dispatch.Situation{Path: street}, f).Automatic)
	unplaced := dispatch.Decide(rules, dispatch.Situation{Path: street[:3], Unplaced: true}, f)
	require.False(t, unplaced.Automatic)
	require.Equal(t, "police", unplaced.UnitID, "it is still proposed")
}

func BenchmarkDecide(b *testing.B) {
	var list []dispatch.Rule
	for n := range 30 {
		list = append(list, active(dispatch.Rule{Sort: int64(n), Category: "safety.other", Target: dispatch.Station}))
	}
	rules := dispatch.NewRules(append(list, active(dispatch.Rule{Sort: 99, Target: dispatch.Station})))
	o, s := newOffice(), dispatch.Situation{Category: "environment.light", Path: street}
	b.ReportAllocs()
	for b.Loop() {
		dispatch.Decide(rules, s, dispatch.Force{Directory: o})
	}
}

package dispatch_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/dispatch"
)

// slowly is the decision written down a second time, without care for speed: all rules that fit, then all of those
// that can be met, then the first.
// Whoever keeps a roster without anybody on it is left out, unless that leaves nobody.
func slowly(rules []dispatch.Rule, s dispatch.Situation, o *office, duty shift) (rule, unit string) {
	sleeps := func(id string) bool { on, rostered := duty.units[id]; return rostered && len(on) == 0 }
	var resting, restingUnit string
	for _, r := range rules {
		fits := r.Active && (r.Kind == "" || r.Kind == s.Kind) && (r.Severity == "" || r.Severity == s.Severity) &&
			(r.Channel == "" || r.Channel == s.Channel) && (r.Category == "" || strings.HasPrefix(s.Category+".", r.Category+"."))
		if r.AreaKind != "" {
			found := false
			for _, a := range s.Path {
				found = found || a.Kind == r.AreaKind
			}
			fits = fits && found
		}
		if !fits {
			continue
		}
		if id := candidate(r, s, o); id != "" && o.units[id].Open && !slices.Contains(s.Avoid, id) {
			if !sleeps(id) {
				return r.ID, id
			}
			if resting == "" {
				resting, restingUnit = r.ID, id
			}
		}
	}
	if id, ok := o.Centre(s.Path); ok && o.units[id].Open && !slices.Contains(s.Avoid, id) && (!sleeps(id) || resting == "") {
		return "", id
	}
	return resting, restingUnit
}

func candidate(r dispatch.Rule, s dispatch.Situation, o *office) string {
	at := map[string]string{}
	for _, a := range s.Path {
		at[a.Level] = a.ID
	}
	switch r.Target {
	case dispatch.Station, dispatch.NearestStation: // without a position the place's own
		id, _, _ := o.StationOf(s.Path)
		return id
	case dispatch.Community:
		if at["community"] != "" {
			return o.communities[at["community"]]
		}
	case dispatch.Speciality:
		id, _ := o.UnitBySpeciality(r.Value, s.Path)
		return id
	case dispatch.ByUnit:
		return r.Value
	case dispatch.Command:
		id, _ := o.UnitBySpeciality("command", s.Path)
		return id
	case dispatch.ByWorker, dispatch.NearestPerson:
		for _, level := range []string{"microgrid", "grid"} {
			if w, ok := o.workers[at[level]]; ok && at[level] != "" {
				return w.UnitID
			}
		}
	case dispatch.Centre:
		id, _ := o.Centre(s.Path)
		return id
	}
	return ""
}

func TestDecideIsTheFirstRuleThatCanBeMet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOffice(t)
		rules := rapid.SliceOfN(rapid.Custom(drawRule), 0, 8).Draw(t, "rules")
		for n := range rules {
			rules[n].ID = string(rune('a' + n))
			rules[n].Sort = int64(n)
		}
		s := dispatch.Situation{
			Category: rapid.SampledFrom([]string{"", "a", "a.b", "a.b.c", "ab"}).Draw(t, "category"),
			Kind:     rapid.SampledFrom([]string{"k", "l"}).Draw(t, "kind"), Severity: rapid.SampledFrom([]string{"s", "m"}).Draw(t, "severity"),
			Channel: rapid.SampledFrom([]string{"c", "d"}).Draw(t, "channel"), Path: street[:rapid.IntRange(0, len(street)).Draw(t, "depth")],
			Avoid: rapid.SliceOfN(rapid.SampledFrom(unitIDs), 0, 2).Draw(t, "avoid"),
		}
		shuffled := rapid.Permutation(rules).Draw(t, "stored")
		duty := shift{units: map[string][]string{}, posts: map[string]string{}}
		for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom(unitIDs), rapid.ID).Draw(t, "rostered") {
			duty.units[id] = rapid.SampledFrom([][]string{nil, {"somebody"}}).Draw(t, "on duty")
		}
		for _, w := range o.workers { // as their unit does
			duty.posts[w.PersonID] = w.UnitID
			if on := duty.units[w.UnitID]; len(on) > 0 {
				duty.units[w.UnitID] = append(on, w.PersonID)
			}
		}
		f := dispatch.Force{Directory: o, Duty: duty}
		d := dispatch.Decide(dispatch.NewRules(shuffled), s, f)
		require.Equal(t, d, dispatch.Decide(dispatch.NewRules(rules), s, f), "the same situation gets the same")
		wantRule, wantUnit := slowly(rules, s, o, duty)
		require.Equal(t, wantRule, d.RuleID)
		require.Equal(t, wantUnit, d.UnitID)
		require.True(t, d.UnitID == "" || o.units[d.UnitID].Open, "never a closed unit")
		require.True(t, d.PersonID == "" || !d.Pool)
		require.NotContains(t, s.Avoid, d.UnitID, "never one that returned it")
		for _, p := range d.Passed {
			require.NotEmpty(t, p.Why)
		}
	})
}

var unitIDs = []string{"u1", "u2", "u3", "u4"}

func drawRule(t *rapid.T) dispatch.Rule {
	r := dispatch.Rule{
		Name: "r", Category: rapid.SampledFrom([]string{"", "", "a", "a.b", "ab"}).Draw(t, "category"),
		Kind: rapid.SampledFrom([]string{"", "", "k"}).Draw(t, "kind"), Severity: rapid.SampledFrom([]string{"", "", "s"}).Draw(t, "severity"),
		Channel: rapid.SampledFrom([]string{"", "", "c"}).Draw(t, "channel"), AreaKind: rapid.SampledFrom([]string{"", "", "market"}).Draw(t, "area kind"),
		Target: rapid.SampledFrom(dispatch.Targets).Draw(t, "target"), Pool: rapid.Bool().Draw(t, "pool"), Active: rapid.IntRange(0, 4).Draw(t, "active") > 0,
	}
	switch r.Target {
	case dispatch.Speciality:
		r.Value = rapid.SampledFrom([]string{"police", "urban_management"}).Draw(t, "speciality")
	case dispatch.ByUnit:
		r.Value = rapid.SampledFrom(append([]string{"ghost"}, unitIDs...)).Draw(t, "unit")
	}
	return r
}

func drawOffice(t *rapid.T) *office {
	unit, area := rapid.SampledFrom(append([]string{"ghost"}, unitIDs...)), rapid.SampledFrom([]string{"", "city", "street", "community", "grid", "micro"})
	byArea := rapid.MapOfN(area, unit, 0, 3)
	o := &office{units: map[string]dispatch.Unit{}, stations: byArea.Draw(t, "stations"), communities: byArea.Draw(t, "communities"),
		skills:  map[string]map[string]string{"police": byArea.Draw(t, "police"), "urban_management": byArea.Draw(t, "urban"), "command": byArea.Draw(t, "command")},
		workers: map[string]dispatch.Worker{}, centres: byArea.Draw(t, "centres")}
	for area, id := range byArea.Draw(t, "workers") {
		o.workers[area] = dispatch.Worker{PersonID: "p" + area, UnitID: id, AreaID: area}
	}
	for _, id := range unitIDs {
		o.units[id] = dispatch.Unit{ID: id, Name: id, Open: rapid.Bool().Draw(t, id)}
	}
	return o
}

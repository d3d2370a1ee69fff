package dispatch_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

func open(t *testing.T, d *db.DB) (*dispatch.Service, *office, *trail) {
	t.Helper()
	o, log := newOffice(), &trail{}
	s, err := dispatch.NewService(t.Context(), dispatch.Config{DB: d, Clock: now.NewManual(time.Unix(1_800_000_000, 0)),
		Places: o, Directory: o, Words: o, Audit: log})
	require.NoError(t, err)
	return s, o, log
}

func seen(rules []dispatch.Rule) []dispatch.SeenRule {
	out := make([]dispatch.SeenRule, len(rules))
	for n, r := range rules {
		out[n] = dispatch.SeenRule{ID: r.ID, Version: r.Version}
	}
	return out
}

func TestDefaultRulesSendEachMatterToItsOwn(t *testing.T) {
	s, o, _ := open(t, dbtest.Lite(t))
	require.NoError(t, s.EnsureRules(t.Context()))
	for name, c := range map[string]struct {
		category, kind, severity string
		unit                     string
		pool                     bool
	}{
		"fight":                    {"security.fight", "help", "emergency", "police", false},
		"theft":                    {"security.theft", "help", "general", "police", false},
		"gas leak":                 {"safety.gas", "hazard", "emergency", "station", true},
		"noise":                    {"security.noise", "complaint", "general", "station", false},
		"street light":             {"environment.light", "complaint", "general", "urban", true},
		"street vendor":            {"enforcement.stall", "complaint", "general", "urban", true},
		"blocked way out":          {"safety.fire", "hazard", "major", "station", false},
		"neighbours":               {"dispute.neighbour", "help", "general", "committee", false},
		"lift of a compound":       {"livelihood.property", "complaint", "general", "committee", false},
		"no water":                 {"livelihood.utility", "help", "general", "committee", false},
		"question about a school":  {"livelihood.school", "enquiry", "general", "centre", false},
		"idea about a bus":         {"livelihood.transport", "suggestion", "minor", "centre", false},
		"anything else":            {"livelihood.other", "complaint", "general", "station", false},
		"not even a category":      {"", "complaint", "general", "station", false},
		"rubbish in an emergency":  {"environment.rubbish", "complaint", "emergency", "station", true},
		"old person living alone":  {"care.elderly", "help", "general", "team", false},
		"farmland taken for roads": {"petition.land", "appeal", "general", "station", false},
	} {
		d := s.Decide(dispatch.Situation{Category: c.category, Kind: c.kind, Severity: c.severity, Channel: "hotline", Path: street})
		require.Equal(t, c.unit, d.UnitID, name)
		require.Equal(t, c.pool, d.Pool, name)
		require.False(t, d.Automatic, name)
	}
	help := s.Decide(dispatch.Situation{Category: "worker_help", Kind: "help", Severity: "emergency", Channel: "patrol", Path: street})
	require.Equal(t, "station", help.UnitID)
	require.True(t, help.Automatic && !help.Pool, "a colleague who needs help waits for nobody to claim it")
	seen := s.Decide(dispatch.Situation{Category: "safety.fire", Kind: "hazard", Severity: "general", Channel: "video", Path: street})
	require.Equal(t, "wang", seen.PersonID, "what a camera saw reaches the worker directly")
	require.Equal(t, []dispatch.Copy{{UnitID: "centre", Why: "inform.centre"}}, seen.Inform)

	gas := dispatch.Situation{Category: "safety.gas", Kind: "hazard", Severity: "emergency", Channel: "hotline", Path: street}
	o.skills["command"] = map[string]string{"district": "county"}
	o.units["county"] = dispatch.Unit{ID: "county", Name: "县", Open: true}
	d := s.Decide(gas)
	require.Equal(t, "county", d.UnitID, "an emergency goes to the county at once")
	require.Equal(t, []dispatch.Copy{{UnitID: "station", Why: "inform.station"}, {UnitID: "centre", Why: "inform.centre"}}, d.Inform, "and the street is told")
	gas.Severity = "general"
	require.Equal(t, "station", s.Decide(gas).UnitID, "what is ordinary stays at the street")

	o.shut("station")
	clear(o.workers)
	require.Equal(t, "committee", s.Decide(dispatch.Situation{Category: "care", Path: street}).UnitID, "without a station the community")
	require.Equal(t, "centre", s.Decide(dispatch.Situation{Category: "care", Path: street[:3]}).UnitID, "without a place the centre")
}

func TestDefaultsAreGivenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a, _, _ := open(t, d)
		b, _, _ := open(t, d)
		var nodes sync.WaitGroup
		for _, s := range []*dispatch.Service{a, b} {
			nodes.Go(func() { require.NoError(t, s.EnsureRules(t.Context())) })
		}
		nodes.Wait()
		all, err := a.List(t.Context(), manager)
		require.NoError(t, err)
		require.Len(t, all, 19)
		require.NoError(t, a.Delete(t.Context(), manager, all[0].ID, all[0].Version))
		require.NoError(t, a.EnsureRules(t.Context()))
		require.Len(t, a.Rules().All(), 18, "what was removed stays away")
		require.NoError(t, b.Reload(t.Context()))
		require.Len(t, b.Rules().All(), 18, "another node hears of it")
	})
}

func TestRulesAreKeptAndDecideAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, log := open(t, d)
		in := dispatch.Rule{Name: " 路灯 ", Category: "environment.light", Kind: "complaint", Severity: "major", Channel: "app", AreaKind: "market",
			Target: dispatch.Speciality, Value: "urban_management", Pool: true, Automatic: true}
		made, err := s.Create(t.Context(), manager, in)
		require.NoError(t, err)
		require.Equal(t, "路灯", made.Name)
		require.True(t, made.Active)
		kept, err := s.Get(t.Context(), duty, made.ID)
		require.NoError(t, err)
		require.Equal(t, made, kept)
		situation := dispatch.Situation{Category: "environment.light", Kind: "complaint", Severity: "major", Channel: "app", Path: street}
		require.Equal(t, made.ID, s.Decide(situation).RuleID)

		off, err := s.SetActive(t.Context(), manager, made.ID, made.Version, false)
		require.NoError(t, err)
		require.Empty(t, s.Decide(situation).RuleID)
		off.Target, off.Value, off.Pool = dispatch.Station, "", false
		changed, err := s.Update(t.Context(), manager, off)
		require.NoError(t, err)
		require.False(t, changed.Active, "a change leaves it off")
		require.EqualValues(t, 3, changed.Version)

		require.NoError(t, s.Delete(t.Context(), manager, made.ID, 3))
		_, err = s.Get(t.Context(), manager, made.ID)
		require.True(t, fault.Is(err, "not_found"), "%v", err)
		require.Equal(t, []string{"rule.create", "rule.deactivate", "rule.update", "rule.delete"}, log.actions)
	})
}

func TestAnOldVersionIsToldTheRuleAsItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		old, err := s.Create(t.Context(), manager, dispatch.Rule{Name: "一", Target: dispatch.Station})
		require.NoError(t, err)
		fresh := old
		fresh.Name = "二"
		fresh, err = s.Update(t.Context(), manager, fresh)
		require.NoError(t, err)

		_, updated := s.Update(t.Context(), manager, old)
		_, switched := s.SetActive(t.Context(), manager, old.ID, old.Version, false)
		for _, err := range []error{updated, switched, s.Delete(t.Context(), manager, old.ID, old.Version)} {
			f, ok := fault.As(err)
			require.True(t, ok, "%v", err)
			require.Equal(t, "rule.stale", f.Code)
			require.Equal(t, fresh, f.Current)
		}
		_, err = s.Reorder(t.Context(), manager, seen([]dispatch.Rule{old}))
		f, _ := fault.As(err)
		require.Equal(t, []dispatch.Rule{fresh}, f.Current)
	})
}

func TestReorder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		var rules []dispatch.Rule
		for _, name := range []string{"一", "二", "三"} {
			r, err := s.Create(t.Context(), manager, dispatch.Rule{Name: name, Target: dispatch.Station})
			require.NoError(t, err)
			rules = append(rules, r)
		}
		turned := []dispatch.Rule{rules[2], rules[1], rules[0]}
		out, err := s.Reorder(t.Context(), manager, seen(turned))
		require.NoError(t, err)
		listed, err := s.List(t.Context(), duty)
		require.NoError(t, err)
		require.Equal(t, listed, out)
		require.Equal(t, listed, s.Rules().All())
		require.Equal(t, []string{"三", "二", "一"}, []string{out[0].Name, out[1].Name, out[2].Name})
		require.Equal(t, rules[1].Version, out[1].Version, "what keeps its place is not touched")
		for name, wrong := range map[string][]dispatch.SeenRule{
			"one missing": seen(out[:2]), "one twice": seen([]dispatch.Rule{out[0], out[0], out[1]}), "a stranger": append(seen(out), dispatch.SeenRule{ID: "x"}), "none": nil,
		} {
			_, err := s.Reorder(t.Context(), manager, wrong)
			require.True(t, fault.Is(err, "rule.stale"), "%s: %v", name, err)
		}
		after, err := s.List(t.Context(), duty)
		require.NoError(t, err)
		require.Equal(t, out, after)
	})
}

func TestOneOfManyEditorsWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		r, err := s.Create(t.Context(), manager, dispatch.Rule{Name: "一", Target: dispatch.Station})
		require.NoError(t, err)
		var editors sync.WaitGroup
		errs := make([]error, 8)
		for n := range errs {
			editors.Go(func() { _, errs[n] = s.SetActive(t.Context(), manager, r.ID, r.Version, false) })
		}
		editors.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			f, ok := fault.As(err)
			require.True(t, ok, "%v", err)
			require.Equal(t, "rule.stale", f.Code)
			require.EqualValues(t, 2, f.Current.(dispatch.Rule).Version, "the loser sees what the winner wrote")
		}
		require.Equal(t, 1, won)
	})
}

func TestEverythingWrongWithARuleIsSaidAtOnce(t *testing.T) {
	s, o, _ := open(t, dbtest.Lite(t))
	o.shut("team")
	for name, c := range map[string]struct {
		rule dispatch.Rule
		want []string
	}{
		"nothing given": {dispatch.Rule{}, []string{"name field.required", "target field.choice"}},
		"unknown words": {dispatch.Rule{Name: "\x00", Category: "moon", Kind: "x", Severity: "x", Channel: "x", AreaKind: "x", Target: dispatch.Station, Value: "y"},
			[]string{"name field.control", "category category.unknown", "kind field.choice", "severity field.choice", "channel field.choice", "area_kind field.choice", "value rule.value_unused"}},
		"speciality form": {dispatch.Rule{Name: "a", Target: dispatch.Speciality, Value: "公安"}, []string{"value rule.speciality_form"}},
		"no such unit":    {dispatch.Rule{Name: "a", Target: dispatch.ByUnit, Value: "ghost"}, []string{"value field.not_found"}},
		"closed unit":     {dispatch.Rule{Name: "a", Target: dispatch.ByUnit, Value: "team"}, []string{"value rule.unit_closed"}},
		"a pool of one":   {dispatch.Rule{Name: "a", Target: dispatch.ByWorker, Pool: true}, []string{"pool rule.pool_worker"}},
	} {
		_, err := s.Create(t.Context(), manager, c.rule)
		f, ok := fault.As(err)
		require.True(t, ok, "%s: %v", name, err)
		var got []string
		for _, field := range f.Fields {
			got = append(got, field.Field+" "+field.Code)
		}
		require.Equal(t, c.want, got, name)
	}
	require.Empty(t, s.Rules().All(), "nothing refused is kept")
}

func TestOnlyThoseWhoMayTouchRules(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	for _, actor := range []authz.Actor{{}, holding(), duty} {
		_, created := s.Create(t.Context(), actor, dispatch.Rule{Name: "a", Target: dispatch.Station})
		_, updated := s.Update(t.Context(), actor, dispatch.Rule{Name: "a", Target: dispatch.Station})
		_, switched := s.SetActive(t.Context(), actor, "x", 1, true)
		_, ordered := s.Reorder(t.Context(), actor, nil)
		for _, err := range []error{created, updated, switched, ordered, s.Delete(t.Context(), actor, "x", 1)} {
			require.True(t, fault.Is(err, "forbidden"), "%v", err)
		}
	}
	_, err := s.List(t.Context(), holding())
	require.True(t, fault.Is(err, "forbidden"))
	_, err = s.Preview(holding(), dispatch.Question{})
	require.True(t, fault.Is(err, "forbidden"))
}

// refusing is an audit trail that is full.
type refusing struct{ *trail }

func (refusing) Record(context.Context, db.Tx, authz.Actor, string, string, string, map[string]any) error {
	return errors.New("no audit")
}

func TestNothingChangesWithoutTheTrail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		s.Audit = refusing{}
		_, err := s.Create(t.Context(), manager, dispatch.Rule{Name: "a", Target: dispatch.Station})
		require.ErrorContains(t, err, "no audit")
		list, err := s.List(t.Context(), manager)
		require.NoError(t, err)
		require.Empty(t, list)
	})
}

package dispatch_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/geo"
)

// shift is a roster that a test fills by hand: units that are not named keep none.
type shift struct {
	units map[string][]string
	posts map[string]string // units of people beside the usual ones
	at    map[string]geo.Point
}

func (s shift) OnDuty(unit string, _ time.Time) ([]string, bool) {
	persons, rostered := s.units[unit]
	return persons, rostered
}

func (s shift) IsOnDuty(person string, _ time.Time) bool {
	unit := map[string]string{"wang": "team", "li": "committee", "zhao": "committee", "head": "committee"}[person]
	if s.posts[person] != "" {
		unit = s.posts[person]
	}
	persons, rostered := s.units[unit]
	return !rostered || slices.Contains(persons, person)
}

func (s shift) Position(person string) (geo.Point, int64, bool) {
	p, ok := s.at[person]
	return p, 1, ok
}

// hands counts open orders.
type hands map[string]int64

func (h hands) OfUnit(id string) int64   { return h[id] }
func (h hands) OfPerson(id string) int64 { return h[id] }

var here = geo.Point{Lon: 104.07, Lat: 30.69}

// east is so many metres east of the place.
func east(metres float64) geo.Point {
	return geo.Point{Lon: here.Lon + metres/(111_195*math.Cos(here.Lat*math.Pi/180)), Lat: here.Lat}
}

// town is the office with two further stations and two further people.
func town() *office {
	o := newOffice()
	for _, id := range []string{"east", "far"} {
		o.units[id] = dispatch.Unit{ID: id, Name: "名" + id, Open: true}
	}
	o.sites = []dispatch.Site{{UnitID: "far", Area: "远巡区", At: east(3000)}, {UnitID: "east", Area: "东巡区", At: east(600)}, {UnitID: "station", Area: "巡区grid", At: east(900)}}
	o.walking = []dispatch.Site{{UnitID: "team", PersonID: "wang", Area: "东门微网格", At: east(50)}, {UnitID: "committee", PersonID: "li", Area: "西门微网格", At: east(400)},
		{UnitID: "committee", PersonID: "zhao", Area: "南门微网格", At: east(800)}}
	return o
}

func TestTheNearestWithRoomAndAtWork(t *testing.T) {
	station, person := dispatch.Rule{Target: dispatch.NearestStation, Capacity: 3}, dispatch.Rule{Target: dispatch.NearestPerson, Capacity: 3}
	away := func(unit string) shift { return shift{units: map[string][]string{unit: nil}} }
	for name, c := range map[string]struct {
		rule         dispatch.Rule
		duty         dispatch.Duty
		load         hands
		avoid        []string
		nowhere      bool
		unit, person string
		reason       map[string]string
		code         string
	}{
		"the place's own first": {rule: station, unit: "station", code: "rule.station", reason: map[string]string{"patrol_area": "巡区grid"}},
		"off duty, the nearest": {rule: station, duty: away("station"), unit: "east", code: "rule.nearest_station",
			reason: map[string]string{"distance": "600", "patrol_area": "东巡区", "obvious": "名station", "obvious_why": "passed.off_duty"}},
		"full, the nearest":     {rule: station, load: hands{"station": 3}, unit: "east", code: "rule.nearest_station", reason: map[string]string{"distance": "600", "patrol_area": "东巡区", "obvious": "名station", "obvious_why": "passed.full"}},
		"room for one more":     {rule: station, load: hands{"station": 2}, unit: "station", code: "rule.station", reason: map[string]string{"patrol_area": "巡区grid"}},
		"returned, the nearest": {rule: station, avoid: []string{"station", "east"}, unit: "far", code: "rule.nearest_station", reason: map[string]string{"distance": "3000", "patrol_area": "远巡区", "obvious": "名station", "obvious_why": "passed.returned"}},
		"nobody anywhere":       {rule: station, duty: shift{units: map[string][]string{"station": nil, "east": nil, "far": nil}}, code: "fallback.centre", unit: "centre", reason: map[string]string{"passed": "规则", "passed_why": "passed.no_nearest_station"}},
		"no position":           {rule: station, duty: away("station"), nowhere: true, code: "fallback.centre", unit: "centre", reason: map[string]string{"passed": "规则", "passed_why": "passed.off_duty", "passed_unit": "名station"}},
		"the grid's worker":     {rule: person, unit: "team", person: "wang", code: "rule.worker", reason: map[string]string{"area": "东门微网格"}},
		"worker off duty": {rule: person, duty: shift{units: map[string][]string{"team": {"somebody else"}}}, unit: "committee", person: "li", code: "rule.nearest_person",
			reason: map[string]string{"distance": "400", "area": "西门微网格", "obvious": "东门微网格", "obvious_why": "passed.off_duty"}},
		"where they are counts": {rule: person, load: hands{"wang": 3}, duty: shift{at: map[string]geo.Point{"zhao": east(100)}}, unit: "committee", person: "zhao", code: "rule.nearest_person",
			reason: map[string]string{"distance": "100", "area": "南门微网格", "obvious": "东门微网格", "obvious_why": "passed.full"}},
		"station off duty is passed over": {rule: dispatch.Rule{Target: dispatch.Station}, duty: away("station"), code: "fallback.centre", unit: "centre", reason: map[string]string{"passed": "规则", "passed_why": "passed.off_duty", "passed_unit": "名station"}},
		"worker full is passed over":      {rule: dispatch.Rule{Target: dispatch.ByWorker, Capacity: 1}, load: hands{"wang": 1}, code: "fallback.centre", unit: "centre", reason: map[string]string{"passed": "规则", "passed_why": "passed.full"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := dispatch.Situation{Path: street, Position: here, Avoid: c.avoid}
			if c.nowhere {
				s.Position = geo.Point{}
			}
			f := dispatch.Force{Directory: town(), Duty: c.duty}
			if c.load != nil {
				f.Load = c.load
			}
			d := dispatch.Decide(dispatch.NewRules([]dispatch.Rule{active(c.rule)}), s, f)
			c.reason["unit"] = "名" + c.unit
			if d.RuleID != "" {
				c.reason["rule"] = "规则"
			}
			require.Equal(t, dispatch.Reason{Code: c.code, Params: c.reason}, d.Reason)
			require.Equal(t, c.unit, d.UnitID)
			require.Equal(t, c.person, d.PersonID)
		})
	}
}

// TestNobodyNearerCouldTakeIt compares with the plain reading: of all who are at work and have room, nobody is nearer.
func TestNobodyNearerCouldTakeIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, duty, load := newOffice(), shift{units: map[string][]string{}, posts: map[string]string{}, at: map[string]geo.Point{}}, hands{}
		clear(o.workers)
		for n := range rapid.IntRange(0, 12).Draw(t, "people") {
			unit, person := fmt.Sprint("u", n%4), fmt.Sprint("p", n)
			o.units[unit] = dispatch.Unit{ID: unit, Name: unit, Open: true}
			o.walking = append(o.walking, dispatch.Site{UnitID: unit, PersonID: person, At: east(rapid.Float64Range(1, 5000).Draw(t, person))})
			duty.posts[person] = unit
			if rapid.Bool().Draw(t, "on duty") {
				duty.units[unit] = append(duty.units[unit], person)
			} else if duty.units[unit] == nil {
				duty.units[unit] = []string{}
			}
			if rapid.Bool().Draw(t, "seen") {
				duty.at[person] = east(rapid.Float64Range(1, 5000).Draw(t, "seen at"))
			}
			load[person] = rapid.Int64Range(0, 3).Draw(t, "in hand")
		}
		place := func(site dispatch.Site) geo.Point {
			if p, ok := duty.at[site.PersonID]; ok {
				return p
			}
			return site.At
		}
		best, metres := "", math.Inf(1)
		for _, site := range o.walking {
			free := load[site.PersonID] < 2
			at := false
			for _, p := range duty.units[site.UnitID] {
				at = at || p == site.PersonID
			}
			if m := geo.Distance(here, place(site)); free && at && m < metres {
				best, metres = site.PersonID, m
			}
		}
		d := dispatch.Decide(dispatch.NewRules([]dispatch.Rule{active(dispatch.Rule{Target: dispatch.NearestPerson, Capacity: 2})}),
			dispatch.Situation{Path: street, Position: here}, dispatch.Force{Directory: o, Duty: duty, Load: load})
		require.Equal(t, best, d.PersonID)
	})
}

func TestCopiesGoUpwards(t *testing.T) {
	o := town()
	o.heads = map[string]dispatch.Worker{"grid": {PersonID: "head", UnitID: "committee", AreaID: "grid"}}
	rule := active(dispatch.Rule{Target: dispatch.ByWorker, Inform: []string{"grid_head", "station", "community", "centre", "command"}})
	decide := func() []dispatch.Copy {
		return dispatch.Decide(dispatch.NewRules([]dispatch.Rule{rule}), dispatch.Situation{Path: street}, dispatch.Force{Directory: o}).Inform
	}
	require.Equal(t, []dispatch.Copy{{UnitID: "committee", PersonID: "head", Why: "inform.grid_head"}, {UnitID: "station", Why: "inform.station"},
		{UnitID: "committee", Why: "inform.community"}, {UnitID: "centre", Why: "inform.centre"}}, decide(), "without a command centre the others")
	o.shut("station")
	o.workers["micro"] = dispatch.Worker{PersonID: "head", UnitID: "committee", AreaID: "micro"}
	require.Equal(t, []dispatch.Copy{{UnitID: "centre", Why: "inform.centre"}}, decide(), "nobody is told of what they have themselves, and no closed unit")
}

// TestNoLoop returns every matter from wherever it goes: it never comes back to one that returned it, and it ends.
func TestNoLoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOffice(t)
		o.sites = []dispatch.Site{{UnitID: "u1", At: east(100)}, {UnitID: "u2", At: east(200)}}
		o.walking = []dispatch.Site{{UnitID: "u3", PersonID: "p3", At: east(100)}, {UnitID: "u4", PersonID: "p4", At: east(300)}}
		rules := dispatch.NewRules(rapid.SliceOfN(rapid.Custom(drawRule), 0, 8).Draw(t, "rules"))
		s := dispatch.Situation{Category: "a.b", Kind: "k", Severity: "s", Channel: "c", Path: street, Position: here}
		for range len(unitIDs) + 1 {
			d := dispatch.Decide(rules, s, dispatch.Force{Directory: o})
			if d.UnitID == "" {
				return
			}
			require.NotContains(t, s.Avoid, d.UnitID)
			s.Avoid = append(s.Avoid, d.UnitID)
		}
		t.Fatal("a matter was returned by every unit and still goes on")
	})
}

// BenchmarkNearest decides where the worker of the place is away and a street's thousand others are asked.
func BenchmarkNearest(b *testing.B) {
	o, duty := newOffice(), shift{units: map[string][]string{"team": {}}, at: map[string]geo.Point{}}
	for n := range 1000 {
		person := fmt.Sprint("p", n)
		o.walking = append(o.walking, dispatch.Site{UnitID: "committee", PersonID: person, At: east(float64(n + 1))})
		if n%4 == 0 {
			duty.at[person] = east(float64(2000 - n))
		}
	}
	rules := dispatch.NewRules([]dispatch.Rule{active(dispatch.Rule{Target: dispatch.NearestPerson, Capacity: 5})})
	f := dispatch.Force{Directory: o, Duty: duty, Load: hands{}}
	s := dispatch.Situation{Path: street, Position: here}
	b.ReportAllocs()
	for b.Loop() {
		dispatch.Decide(rules, s, f)
	}
}

package dispatch_test

import (
	"context"
	"slices"
	"sync"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
)

// office is a directory, a tree and a vocabulary that a test fills by hand.
type office struct {
	units       map[string]dispatch.Unit
	stations    map[string]string // by area
	communities map[string]string
	skills      map[string]map[string]string // speciality, then area ('' for everywhere)
	workers     map[string]dispatch.Worker
	centres     map[string]string // by area, '' for everywhere
	heads       map[string]dispatch.Worker
	sites       []dispatch.Site // stations
	walking     []dispatch.Site // people
	empty       map[string]bool // units without people
}

func (o *office) StationOf(path []dispatch.Area) (string, string, bool) {
	for _, a := range slices.Backward(path) {
		if id, ok := o.stations[a.ID]; ok {
			return id, "巡区" + a.ID, true
		}
	}
	return "", "", false
}

func (o *office) CommunityUnit(areaID string) (string, bool) {
	id, ok := o.communities[areaID]
	return id, ok
}

func (o *office) UnitBySpeciality(speciality string, path []dispatch.Area) (string, bool) {
	return nearest(o.skills[speciality], path)
}

func nearest(byArea map[string]string, path []dispatch.Area) (string, bool) {
	for _, a := range slices.Backward(path) {
		if id, ok := byArea[a.ID]; ok {
			return id, true
		}
	}
	id, ok := byArea[""]
	return id, ok
}

func (o *office) Unit(id string) (dispatch.Unit, bool) {
	u, ok := o.units[id]
	return u, ok
}

func (o *office) WorkerOf(areaIDs []string) (dispatch.Worker, bool) {
	for _, id := range areaIDs {
		if w, ok := o.workers[id]; ok {
			return w, true
		}
	}
	return dispatch.Worker{}, false
}

func (o *office) Centre(path []dispatch.Area) (string, bool) { return nearest(o.centres, path) }

// street is the path to a micro-grid in a market.
var street = []dispatch.Area{
	{ID: "city", Name: "市", Level: "city"}, {ID: "district", Name: "区", Level: "district"}, {ID: "street", Name: "街道", Level: "street"},
	{ID: "community", Name: "桂花社区", Level: "community"}, {ID: "grid", Name: "第三网格", Level: "grid", Kind: "market"},
	{ID: "micro", Name: "东门微网格", Level: "microgrid"},
}

func (o *office) Locate(p geo.Point) []dispatch.Area {
	if p.Lon > 104 && p.Lon < 105 {
		return street
	}
	return nil
}

func (o *office) Path(areaID string) []dispatch.Area {
	for n, a := range street {
		if a.ID == areaID {
			return street[:n+1]
		}
	}
	return nil
}

func (o *office) Trunk() []dispatch.Area { return street[:3] }

func (o *office) Kinds() []string              { return []string{"complaint", "enquiry", "suggestion"} }
func (o *office) Severities() []string         { return []string{"minor", "general", "major", "emergency"} }
func (o *office) Channels() []string           { return []string{"hotline", "app"} }
func (o *office) Stages() []string             { return []string{"verify", "dispatch", "arrive", "handle"} }
func (o *office) HasAreaKind(code string) bool { return code == "market" }
func (o *office) HasCategory(code string) bool {
	return slices.Contains([]string{"security.fight", "security.noise", "environment", "environment.light", "safety.fire",
		"dispute.neighbour", "livelihood.other", "livelihood.utility", "care"}, code)
}

func newOffice() *office {
	o := &office{
		units: map[string]dispatch.Unit{}, stations: map[string]string{"grid": "station"}, communities: map[string]string{"community": "committee"},
		skills:  map[string]map[string]string{"police": {"street": "police"}, "urban_management": {"": "urban"}},
		workers: map[string]dispatch.Worker{"micro": {PersonID: "wang", Name: "王", UnitID: "team", AreaID: "micro"}},
		centres: map[string]string{"street": "centre", "": "city centre"},
	}
	for _, id := range []string{"station", "committee", "police", "urban", "team", "centre", "city centre"} {
		o.units[id] = dispatch.Unit{ID: id, Name: "名" + id, Open: true}
	}
	return o
}

func (o *office) shut(id string) {
	u := o.units[id]
	u.Open = false
	o.units[id] = u
}

// trail notes what was recorded.
type trail struct {
	mu      sync.Mutex
	actions []string
}

func (t *trail) Record(_ context.Context, _ db.Tx, _ authz.Actor, action, _, _ string, _ map[string]any) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.actions = append(t.actions, action)
	return nil
}

func holding(permissions ...authz.Permission) authz.Actor {
	set := map[authz.Permission]bool{}
	for _, p := range permissions {
		set[p] = true
	}
	return authz.Actor{AccountID: "account", Posts: []authz.Post{{Reach: authz.ReachNone, Permissions: set}}}
}

var (
	manager = holding(perm.RuleManage)
	duty    = holding(perm.IncidentDispatch)
)

func (o *office) HeadOf(areaIDs []string) (dispatch.Worker, bool) {
	for _, id := range areaIDs {
		if w, ok := o.heads[id]; ok {
			return w, true
		}
	}
	return dispatch.Worker{}, false
}

func (o *office) Stations() []dispatch.Site { return o.sites }

func (o *office) Walkers([]dispatch.Area) []dispatch.Site { return o.walking }

func (o *office) Staffed(unitID string) bool { return !o.empty[unitID] }

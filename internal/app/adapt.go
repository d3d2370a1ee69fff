package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
	"gezhi/internal/perm"
)

// recorder writes the audit trail for concepts that give details of any type.
type recorder struct{ clock now.Clock }

// Record writes an entry in the transaction of what it tells of.
func (r recorder) Record(ctx context.Context, tx db.Tx, actor authz.Actor, action, object, objectID string, detail map[string]any) error {
	texts := make(map[string]string, len(detail))
	for k, v := range detail {
		texts[k] = fmt.Sprint(v)
	}
	return audit.Record(ctx, tx, r.clock.Now(), audit.Entry{Actor: actor, Action: action, Object: object, ObjectID: objectID, Detail: texts})
}

// areaNames is what people knows of areas.
type areaNames struct{ grid *grid.Service }

func (n areaNames) Exists(id string) bool { _, ok := n.grid.Tree().Area(id); return ok }

func (n areaNames) Name(id string) string { a, _ := n.grid.Tree().Area(id); return a.Name }

// places is what incidents know of areas.
type places struct{ grid *grid.Service }

func (p places) Locate(at geo.Point) []incident.Area {
	path, _ := p.grid.Tree().Locate(at)
	return areasOf(path)
}

func (p places) Path(id string) []incident.Area { return areasOf(p.grid.Tree().Path(id)) }

func (p places) Trunk() []incident.Area {
	tree := p.grid.Tree()
	trunk, ok := tree.Trunk()
	if !ok {
		return nil
	}
	return areasOf(tree.Path(trunk.ID))
}

func areasOf(path []grid.Area) []incident.Area {
	out := make([]incident.Area, len(path))
	for i, a := range path {
		out[i] = incident.Area{ID: a.ID, Code: a.Code, Name: a.Name, Level: string(a.Level), Kind: a.Kind}
	}
	return out
}

// directory is what incidents know of units and people.
type directory struct{ app *App }

func (d directory) Unit(id string) (incident.UnitRef, bool) {
	u, ok := d.app.People.Directory().Unit(id)
	return unitRef(u), ok
}

func unitRef(u people.Unit) incident.UnitRef {
	return incident.UnitRef{ID: u.ID, Name: u.Name, Kind: string(u.Kind), Open: u.Open, Speciality: u.Speciality, Approves: u.Approves}
}

func (d directory) Units() []incident.UnitRef {
	units := d.app.People.Directory().OpenUnits()
	out := make([]incident.UnitRef, len(units))
	for i, u := range units {
		out[i] = unitRef(u)
	}
	return out
}

func (d directory) PersonName(id string) string { return d.app.People.Directory().PersonName(id) }

func (d directory) Colleagues(unit string) []incident.Colleague {
	var out []incident.Colleague
	for _, p := range d.app.People.Directory().Colleagues(unit, perm.IncidentHandle) {
		c := incident.Colleague{PersonRef: incident.PersonRef{ID: p.ID, Name: p.Name}}
		for _, r := range p.Roles {
			c.Posts = append(c.Posts, incident.PostRef{Role: r.Code, Name: r.NameZh, NameEN: r.NameEn})
		}
		out = append(out, c)
	}
	return out
}

func (d directory) AbsenceOf(person string) (incident.Absence, bool) {
	a, away := d.app.People.Directory().AbsenceOf(person)
	if !away {
		return incident.Absence{}, false
	}
	out := incident.Absence{Until: a.To}
	if a.DelegateID != "" {
		out.Delegate = incident.PersonRef{ID: a.DelegateID, Name: d.PersonName(a.DelegateID)}
	}
	return out, true
}

func (d directory) HomeAreas(actor authz.Actor) []string {
	var areas []string
	for _, p := range actor.Posts {
		if p.AreaID != "" {
			areas = append(areas, p.AreaID)
		}
	}
	return areas
}

// proposer asks the routing rules for incidents.
type proposer struct{ dispatch *dispatch.Service }

func (p proposer) Propose(s incident.Situation) incident.Proposal {
	d := p.dispatch.Decide(situationOf(s))
	return incident.Proposal{RuleID: d.RuleID, UnitID: d.UnitID, PersonID: d.PersonID, Pool: d.Pool, Automatic: d.Automatic, Reason: incident.Reason(d.Reason),
		Inform: informed(d.Inform), General: d.General}
}

func (p proposer) Hinders(s incident.Situation, unit string) string {
	return p.dispatch.Hinders(situationOf(s), unit)
}

// force is what the routing rules know of units and people.
type force struct {
	app    *App
	survey *surveyor
}

func (f force) dir() *people.Directory { return f.app.People.Directory() }

func (f force) StationOf(path []dispatch.Area) (unit, patrolArea string, ok bool) {
	if len(path) == 0 {
		return "", "", false
	}
	pa, ok := f.app.Grid.Tree().PatrolAreaOf(path[len(path)-1].ID)
	return pa.StationID, pa.Name, ok && pa.StationID != ""
}

func (f force) CommunityUnit(area string) (string, bool) {
	units := f.dir().UnitsByAreaKind(area, people.Community)
	if len(units) == 0 {
		return "", false
	}
	return units[0].ID, true
}

func (f force) UnitBySpeciality(speciality string, path []dispatch.Area) (string, bool) {
	return f.nearest(path, func(u people.Unit) bool { return u.Speciality == speciality })
}

func (f force) Centre(path []dispatch.Area) (string, bool) {
	if unit, ok := f.nearest(path, func(u people.Unit) bool { return u.Kind == people.Centre }); ok {
		return unit, true
	}
	for _, u := range f.dir().OpenUnits() {
		if u.Kind == people.Centre {
			return u.ID, true
		}
	}
	return "", false
}

// nearest returns the first fitting open unit of the deepest area on the path that has one, then of those that are
// responsible everywhere.
func (f force) nearest(path []dispatch.Area, fits func(people.Unit) bool) (string, bool) {
	areas := []string{""}
	for _, a := range path {
		areas = append(areas, a.ID)
	}
	for _, area := range slices.Backward(areas) {
		for _, u := range f.dir().UnitsByAreaKind(area, "") {
			if fits(u) {
				return u.ID, true
			}
		}
	}
	return "", false
}

func (f force) Unit(id string) (dispatch.Unit, bool) {
	u, ok := f.dir().Unit(id)
	return dispatch.Unit{ID: u.ID, Name: u.Name, Open: u.Open}, ok
}

func (f force) WorkerOf(areas []string) (dispatch.Worker, bool) {
	for _, area := range areas {
		if p, post, ok := f.dir().WorkerPost(area); ok && post.UnitID != "" {
			return dispatch.Worker{PersonID: p.ID, Name: p.Name, UnitID: post.UnitID, AreaID: area}, true
		}
	}
	return dispatch.Worker{}, false
}

// stations tells the grid which units are stations.
type stations struct{ dir *people.Directory }

func (s stations) IsStation(_ context.Context, unit string) (bool, error) {
	u, ok := s.dir.Unit(unit)
	return ok && u.Kind == people.Station && u.Open, nil
}

// staffing counts posts for the list of areas that miss somebody.
type staffing struct{ app *App }

func (s staffing) CountByAreaRole(ctx context.Context, at int64) (map[string]map[string]int, error) {
	return s.app.People.CountByAreaRole(ctx, at)
}

// loopback tells whether an address of the server is on loopback only.
func loopback(addr string) bool {
	host := addr
	if i := strings.LastIndexByte(addr, ':'); i >= 0 {
		host = addr[:i]
	}
	return host == "localhost" || host == "[::1]" || strings.HasPrefix(host, "127.")
}

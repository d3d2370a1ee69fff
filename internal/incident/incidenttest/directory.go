package incidenttest

import (
	"slices"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
	"gezhi/internal/perm"
)

// The units.
const (
	Centre    = "centre"
	Station   = "station"   // of community-a1
	Station2  = "station-2" // of community-a2
	Police    = "police"
	Urban     = "urban" // urban management
	Committee = "committee"
	Closed    = "closed-unit"
)

var unitNames = []incident.UnitRef{
	{ID: Centre, Name: "治理中心", Kind: "centre", Open: true},
	{ID: Station, Name: "合江工作站", Kind: "station", Open: true},
	{ID: Station2, Name: "水井工作站", Kind: "station", Open: true},
	{ID: Police, Name: "东门派出所", Kind: "department", Open: true, Speciality: "police"},
	{ID: Urban, Name: "城市管理局", Kind: "department", Open: true},
	{ID: Committee, Name: "合江居委会", Kind: "community", Open: true},
	{ID: Closed, Name: "撤销的科室", Kind: "department"},
}

type person struct {
	id, name, role, unit, area string
}

// staff is everybody who works there: login, name, role, unit and area of the one post.
var staff = []person{
	{"duty", "值班甲", "duty", Centre, StreetA},
	{"duty2", "值班乙", "duty", Centre, StreetA},
	{"dutyB", "值班丙", "duty", "", StreetB},
	{"station1", "工作甲", "station", Station, ""},
	{"station1b", "工作乙", "station", Station, ""},
	{"chief", "站长甲", "unit_head", Station, ""},
	{"station2", "工作丙", "station", Station2, ""},
	{"head", "网格长甲", "grid_head", Committee, Grid1},
	{"instructor", "指导甲", "grid_instructor", Committee, Grid1},
	{"worker", "专职甲", "grid_worker", Committee, Grid1},
	{"functional", "职能甲", "functional_worker", Urban, Grid1},
	{"micro", "微格甲", "microgrid_worker", Committee, Micro1},
	{"micro3", "微格丙", "microgrid_worker", "", Micro3},
	{"supervisor", "监督甲", "grid_supervisor", "", StreetA},
	{"department", "城管甲", "department", Urban, ""},
	{"police1", "民警甲", "police", Police, ""},
	{"police2", "民警乙", "police", Police, ""},
	{"mediator", "调解甲", "mediator", Police, ""},
	{"volunteer", "志愿甲", "volunteer", Station2, ""},
	{"window", "窗口甲", "window", Centre, StreetA},
	{"leader", "领导甲", "leader", "", StreetA},
	{"system", "系统管理", "system_admin", "", ""},
	{"security", "安全管理", "security_admin", "", ""},
	{"audit", "审计管理", "audit_admin", "", ""},
	{"partner", "接入平台", "partner", "", StreetA},
	{"nobody", "无岗", "", "", ""},
}

// Directory knows the units and the staff.
type Directory struct {
	roles map[string]people.Role
	// Away are those who are absent.
	Away map[string]incident.Absence
	// Approving are the units whose replies are approved before they go out.
	Approving map[string]bool
}

// NewDirectory returns the directory, with the roles that every installation begins with.
func NewDirectory() *Directory {
	d := &Directory{roles: map[string]people.Role{}, Away: map[string]incident.Absence{}, Approving: map[string]bool{}}
	for _, r := range people.SeedRoles() {
		d.roles[r.Code] = r
	}
	return d
}

// Logins returns everybody, in a fixed order.
func (d *Directory) Logins() []string {
	var all []string
	for _, p := range staff {
		all = append(all, p.id)
	}
	return all
}

// Actor returns somebody of the staff with their one post. The account's id is the login.
func (d *Directory) Actor(login string) authz.Actor {
	for _, p := range staff {
		if p.id != login {
			continue
		}
		a := authz.Actor{AccountID: p.id, Login: p.id, Name: p.name, StandsFor: d.standsFor(p.id)}
		if p.role != "" {
			a.Posts = []authz.Post{d.Post(p.role, p.unit, p.area)}
		}
		return a
	}
	panic("incidenttest: nobody is called " + login)
}

func (d *Directory) standsFor(login string) (list []string) {
	for who, a := range d.Away {
		if a.Delegate.ID == login {
			list = append(list, who)
		}
	}
	slices.Sort(list)
	return list
}

// Post returns a post of a seed role.
func (d *Directory) Post(role, unit, area string) authz.Post {
	r, ok := d.roles[role]
	if !ok {
		panic("incidenttest: there is no role " + role)
	}
	post := authz.Post{ID: role + " " + unit + area, Role: role, UnitID: unit, AreaID: area, Reach: r.Reach, Permissions: map[authz.Permission]bool{}}
	for _, p := range r.Permissions {
		post.Permissions[p] = true
	}
	return post
}

// Unit returns a unit by its id.
func (d *Directory) Unit(id string) (incident.UnitRef, bool) {
	n := slices.IndexFunc(unitNames, func(u incident.UnitRef) bool { return u.ID == id })
	if n < 0 {
		return incident.UnitRef{}, false
	}
	u := unitNames[n]
	u.Approves = d.Approving[id]
	return u, true
}

// Units returns the open units.
func (d *Directory) Units() []incident.UnitRef {
	return slices.DeleteFunc(slices.Clone(unitNames), func(u incident.UnitRef) bool { return !u.Open })
}

// PersonName returns the name of somebody of the staff.
func (d *Directory) PersonName(id string) string {
	n := slices.IndexFunc(staff, func(p person) bool { return p.id == id })
	if n < 0 {
		return ""
	}
	return staff[n].name
}

// Colleagues returns those of a unit whose role lets them take an order.
func (d *Directory) Colleagues(unit string) []incident.Colleague {
	var list []incident.Colleague
	for _, p := range staff {
		if p.unit == unit && d.Actor(p.id).Can(perm.IncidentHandle) {
			r := d.roles[p.role]
			list = append(list, incident.Colleague{PersonRef: incident.PersonRef{ID: p.id, Name: p.name},
				Posts: []incident.PostRef{{Role: r.Code, Name: r.NameZh, NameEN: r.NameEn}}})
		}
	}
	return list
}

// AbsenceOf returns the absence of somebody whom a test sent away.
func (d *Directory) AbsenceOf(person string) (incident.Absence, bool) {
	a, away := d.Away[person]
	return a, away
}

// HomeAreas returns the areas of an actor's posts.
func (d *Directory) HomeAreas(actor authz.Actor) []string {
	var areas []string
	for _, p := range actor.Posts {
		if p.AreaID != "" {
			areas = append(areas, p.AreaID)
		}
	}
	return areas
}

// OfficialOf takes the leader for one of the county, and everybody else by the unit.
func (d *Directory) OfficialOf(person string) string {
	for _, p := range staff {
		switch {
		case p.id != person:
		case p.role == "leader":
			return incident.CountyOfficial
		case p.unit == Committee:
			return incident.VillageOfficial
		case p.unit == Urban, p.unit == Centre:
			return incident.DepartmentOfficial
		}
	}
	return ""
}

// Package people knows who works here: units, accounts with their posts, the roles that say what a post may do, and
// the sessions in which accounts act.
package people

import (
	"regexp"
	"slices"

	"gezhi/internal/kit/fault"
)

// UnitKind says what sort of organisation a unit is.
type UnitKind string

// The kinds of units.
const (
	Centre     UnitKind = "centre"
	Station    UnitKind = "station"
	Department UnitKind = "department"
	Community  UnitKind = "community"
	Team       UnitKind = "team"
	Company    UnitKind = "company"
)

// UnitKinds lists the kinds in the order in which a form offers them.
var UnitKinds = []UnitKind{Centre, Station, Department, Community, Team, Company}

// Unit is whoever can be given work: a centre, a station, a department, a community, a team, a company.
type Unit struct {
	ID         string
	Code       string // unique, as people and imports name it
	Name       string
	Kind       UnitKind
	Speciality string // what a routing rule asks for, e.g. "police"; '' for none
	ParentID   string // '' for none
	AreaID     string // where it is responsible; '' for everywhere
	Section    string // a department's section
	Phone      string // of the office, not of a person
	Address    string
	Approves   bool // replies are approved by somebody else of the unit before they go out
	Open       bool // a closed unit gets no new work and no new posts
	Version    int64
	CreatedAt  int64 // unix ms
	UpdatedAt  int64 // unix ms
}

var (
	unitCode   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$`)
	speciality = regexp.MustCompile(`^[a-z0-9_]{0,40}$`)
	phoneForm  = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{1,22}$`)
)

// Validate brings the texts into their kept form and notes everything that is wrong with them. Whether parent and area
// exist is for the service to say.
func (u *Unit) Validate(f *fault.Fields) {
	u.Code = fault.CheckText(f, "code", u.Code, true, 40)
	if u.Code != "" && !unitCode.MatchString(u.Code) {
		f.Add("code", "unit.code_form")
	}
	u.Name = fault.CheckText(f, "name", u.Name, true, 80)
	if !slices.Contains(UnitKinds, u.Kind) {
		f.Add("kind", "field.choice", "choices", UnitKinds)
	}
	if !speciality.MatchString(u.Speciality) {
		f.Add("speciality", "unit.speciality_form")
	}
	u.Section = fault.CheckText(f, "section", u.Section, false, 80)
	u.Phone = checkPhone(f, "phone", u.Phone)
	u.Address = fault.CheckText(f, "address", u.Address, false, 200)
	if u.ParentID != "" && u.ParentID == u.ID {
		f.Add("parent", "unit.parent_loop")
	}
}

func checkPhone(f *fault.Fields, field, phone string) string {
	phone = fault.CheckText(f, field, phone, false, 24)
	if phone != "" && !phoneForm.MatchString(phone) {
		f.Add(field, "field.phone")
	}
	return phone
}

// Package dispatch decides who gets an incident: routing rules that are data, tried in order against a situation in
// memory, so that the decision can be made inside the report's own transaction.
package dispatch

import "gezhi/internal/kit/geo"

// Area is one node on the path to a place.
type Area struct {
	ID    string
	Code  string
	Name  string
	Level string // city, district, street, community, grid or microgrid
	Kind  string // e.g. "market"; '' for an ordinary area
}

// Situation is what a decision depends on.
type Situation struct {
	Category string
	Kind     string
	Severity string
	Channel  string
	Path     []Area    // from the city down; it ends early, or is empty, while the place is not known well enough
	Avoid    []string  // units that returned the matter: no rule gives it to them again
	At       int64     // unix ms; Service.Decide takes the present for 0
	Position geo.Point // WGS-84; the zero Point while the position is not known
	Unplaced bool      // its place is yet to be found out: then nothing is sent without a person
}

// area returns the area of a level on the path.
func (s *Situation) area(level string) (Area, bool) {
	for _, a := range s.Path {
		if a.Level == level {
			return a, true
		}
	}
	return Area{}, false
}

// Unit is whoever can be given work. A closed unit gets none.
type Unit struct {
	ID   string
	Name string
	Open bool
}

// Worker is a person who walks an area, with the unit to which that post belongs.
type Worker struct {
	PersonID string
	Name     string
	UnitID   string
	AreaID   string // the area whose post it is
}

// Site is a unit or a person with where it usually is.
type Site struct {
	UnitID   string
	PersonID string // '' for a unit
	Area     string // name of the patrol area or of the area whose post it is
	At       geo.Point
}

// Directory knows from memory which units and people there are. Every method is called inside a transaction: it may
// not wait for the store. An id that it names may still be of a closed unit; Decide looks.
type Directory interface {
	// StationOf returns the station that serves the patrol area in which the path ends, and the name of that area.
	StationOf(path []Area) (unitID, patrolArea string, ok bool)
	// CommunityUnit returns the unit of a community's area.
	CommunityUnit(areaID string) (unitID string, ok bool)
	// UnitBySpeciality returns the nearest unit of a speciality by territory: the one whose area lies deepest on the
	// path, else one that is responsible everywhere. It prefers open units.
	UnitBySpeciality(speciality string, path []Area) (unitID string, ok bool)
	// Unit returns a unit, also a closed one.
	Unit(id string) (Unit, bool)
	// WorkerOf returns the worker of the first of the areas that has one.
	WorkerOf(areaIDs []string) (Worker, bool)
	// HeadOf returns the head of the first of the areas that has one.
	HeadOf(areaIDs []string) (Worker, bool)
	// Stations returns the open stations with the middles of what they patrol. The caller must not change it.
	Stations() []Site
	// Walkers returns who walks areas of the street on the path, of every street when it has none, with the middles of
	// those areas. The caller must not change it.
	Walkers(path []Area) []Site
	// Staffed tells whether anybody holds a post in a unit.
	Staffed(unitID string) bool
	// Centre returns the open centre whose area lies deepest on the path, else any open centre.
	Centre(path []Area) (unitID string, ok bool)
}

// Reason says in a code with values why a matter goes where it goes; screens make a sentence of it. The codes are
// rule.<target> and fallback.centre; the values are names: rule, unit, patrol_area, area, speciality, and distance in
// metres. Where rules were passed over before, passed names the first of them and passed_why says why. Where not the
// one of the place itself got it but the nearest, obvious names the former and obvious_why says why. passed_unit is the
// unit of the first rule where nobody is on duty; on_duty is "nobody" where nobody at all is, and it was sent nevertheless.
type Reason struct {
	Code   string
	Params map[string]string
}

// Passed is a rule that fitted the situation but whose target could not be had.
type Passed struct {
	RuleID string
	Rule   string // its name
	// Why is one of passed.no_place, passed.no_position, passed.no_<target>, passed.closed, passed.returned,
	// passed.off_duty and passed.full.
	Why  string
	Unit string // its name, where nobody of it is on duty
}

// Copy is somebody who is told of a matter without being given work.
type Copy struct {
	UnitID   string
	PersonID string // '' for the whole unit
	Why      string // inform.<who>
}

// Decision is where a matter should go. A zero UnitID means that there is nobody at all: no rule that can be met and
// no open centre.
type Decision struct {
	RuleID    string // '' for the fallback
	UnitID    string
	PersonID  string
	Pool      bool // it waits in the unit's pool to be claimed
	Automatic bool // it is sent without a person's confirmation
	Reason    Reason
	Passed    []Passed // rules passed over before, in order
	Inform    []Copy   // who is told beside, each once
	General   bool     // no rule with a condition fits: it goes by what holds for everything
}

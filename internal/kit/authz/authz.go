// Package authz answers who may do what, and where. A permission is a verb; roles are data that hold permissions; a
// post gives an account a role over an area or in a unit for a period.
package authz

import "slices"

// Permission is a verb such as "incident.dispatch".
type Permission string

// Reach says over what the permissions of a post extend.
type Reach string

// The reaches.
const (
	ReachArea Reach = "area" // the post's area with everything below it; without an area, everything
	ReachUnit Reach = "unit" // the work of the post's unit
	ReachBoth Reach = "both" // its area and its unit's work
	ReachNone Reach = "none" // not bound to a place or unit (administration)
)

// Post is one role that an actor holds now.
type Post struct {
	ID          string
	Role        string
	UnitID      string
	AreaID      string // empty: everything
	Reach       Reach
	Permissions map[Permission]bool
}

// Actor is who acts: an account with the posts it holds at this moment, or nobody.
type Actor struct {
	AccountID string // empty: a stranger
	Login     string
	Name      string
	SessionID string
	Posts     []Post
	StandsFor []string // accounts of those who are away and whose work the actor takes meanwhile
	Machine   bool     // the system itself (import, sweep, demo): may do everything the caller asks
	// Barred, if not empty, is the code of what the person must do first (a new password): until then only the routes
	// that say so let the actor in.
	Barred string
}

// System is the actor for what the program does by itself.
func System(name string) Actor { return Actor{Name: name, Machine: true} }

// Known tells whether somebody is signed in.
func (a Actor) Known() bool { return a.AccountID != "" || a.Machine }

// Can tells whether any post of the actor holds the permission, wherever it reaches.
func (a Actor) Can(p Permission) bool {
	if a.Machine {
		return true
	}
	return slices.ContainsFunc(a.Posts, func(post Post) bool { return post.Permissions[p] })
}

// HasRole tells whether one of the posts has the role.
func (a Actor) HasRole(role string) bool {
	return slices.ContainsFunc(a.Posts, func(post Post) bool { return post.Role == role })
}

// Units returns the units in which the actor holds a post, in order, each once.
func (a Actor) Units() []string {
	var units []string
	for _, p := range a.Posts {
		if p.UnitID != "" && !slices.Contains(units, p.UnitID) {
			units = append(units, p.UnitID)
		}
	}
	return units
}

// Scope is where a permission reaches: everything, or some areas with what lies below them, the work of some units,
// and always what is in the person's own hands or in the hands of those for whom they stand in.
type Scope struct {
	All    bool
	Areas  []string
	Units  []string
	Person string
	Others []string // for whom the person stands in
}

// Persons returns whose own work the scope covers.
func (s Scope) Persons() []string {
	if s.Person == "" {
		return nil
	}
	return append([]string{s.Person}, s.Others...)
}

// Scope returns where the actor holds the permission. The zero Scope covers nothing.
func (a Actor) Scope(p Permission) Scope {
	if a.Machine {
		return Scope{All: true}
	}
	var s Scope
	for _, post := range a.Posts {
		if !post.Permissions[p] {
			continue
		}
		s.Person, s.Others = a.AccountID, a.StandsFor
		if post.Reach == ReachArea || post.Reach == ReachBoth {
			if post.AreaID == "" && (post.Reach == ReachArea || post.UnitID == "") {
				s.All = true
			} else if post.AreaID != "" && !slices.Contains(s.Areas, post.AreaID) {
				s.Areas = append(s.Areas, post.AreaID)
			}
		}
		if post.Reach == ReachNone || post.Reach == ReachUnit && post.UnitID == "" && post.AreaID == "" {
			s.All = true // an account made at a terminal without an area covers everything
		}
		if (post.Reach == ReachUnit || post.Reach == ReachBoth) && post.UnitID != "" && !slices.Contains(s.Units, post.UnitID) {
			s.Units = append(s.Units, post.UnitID)
		}
	}
	return s
}

// Empty tells whether the scope covers nothing at all.
func (s Scope) Empty() bool {
	return !s.All && len(s.Areas) == 0 && len(s.Units) == 0 && s.Person == ""
}

// Target is what a scope may cover: the areas a thing lies in (from the top down), and the units and persons that
// have it in hand.
type Target struct {
	Areas   []string
	Units   []string
	Persons []string
}

// Covers tells whether the target lies in the scope.
func (s Scope) Covers(t Target) bool {
	if s.All {
		return true
	}
	if s.Person != "" && slices.Contains(t.Persons, s.Person) || overlap(s.Others, t.Persons) {
		return true
	}
	return overlap(s.Areas, t.Areas) || overlap(s.Units, t.Units)
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return x != "" && slices.Contains(b, x) })
}

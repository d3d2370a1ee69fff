package people

import (
	"slices"

	"gezhi/internal/kit/authz"
)

// Colleague is somebody who holds posts in a unit, with the roles in which they do.
type Colleague struct {
	Person
	Roles []Role
}

// Colleagues returns the people who hold a post in a unit now and may do something by one of those posts, each once,
// in order of their posts.
func (d *Directory) Colleagues(unitID string, may authz.Permission) []Colleague {
	s, at := d.current(), d.clock.Now().UnixMilli()
	var out []Colleague
	for _, p := range s.byUnit[unitID] {
		if !p.Holds(at) || !slices.Contains(s.roles[p.Role].Permissions, may) {
			continue
		}
		n := slices.IndexFunc(out, func(c Colleague) bool { return c.ID == p.AccountID })
		if n < 0 {
			out = append(out, Colleague{Person: s.persons[p.AccountID]})
			n = len(out) - 1
		}
		out[n].Roles = append(out[n].Roles, s.roles[p.Role])
	}
	return out
}

// AbsenceOf returns the absence of somebody who is away now.
func (d *Directory) AbsenceOf(account string) (Absence, bool) {
	a, ok := d.current().absences[account]
	return a, ok && a.Holds(d.clock.Now().UnixMilli())
}

// StandsFor returns for whom somebody stands in now, in order of their ids.
func (d *Directory) StandsFor(account string) []string {
	at := d.clock.Now().UnixMilli()
	var out []string
	for _, a := range d.current().delegations[account] {
		if a.Holds(at) {
			out = append(out, a.AccountID)
		}
	}
	return out
}

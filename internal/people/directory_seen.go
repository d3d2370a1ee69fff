package people

import "gezhi/internal/kit/authz"

// Seen names the state of units and people that the directory answers from: it changes whenever they do.
func (d *Directory) Seen() int64 { return d.current().version }

// Walkers calls f for everybody who walks an area now, with the post by which they do. Somebody with several posts
// comes several times.
func (d *Directory) Walkers(f func(Person, Post)) {
	s, at := d.current(), d.clock.Now().UnixMilli()
	for area, posts := range s.byArea {
		if area == "" {
			continue
		}
		for _, role := range workerRoles {
			for _, p := range posts {
				if p.Role == role && p.Holds(at) {
					f(s.persons[p.AccountID], p)
				}
			}
		}
	}
}

// Staffed tells whether anybody who may do something holds a post in a unit now.
func (d *Directory) Staffed(unitID string, may authz.Permission) bool {
	s, at := d.current(), d.clock.Now().UnixMilli()
	for _, p := range s.byUnit[unitID] {
		if !p.Holds(at) {
			continue
		}
		for _, held := range s.roles[p.Role].Permissions {
			if held == may {
				return true
			}
		}
	}
	return false
}

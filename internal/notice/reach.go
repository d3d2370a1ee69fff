package notice

import (
	"cmp"
	"slices"

	"gezhi/internal/kit/authz"
)

// Post is one post that somebody holds now.
type Post struct {
	Person string
	Role   string
	Unit   string
	Areas  []string // of the post, else of its unit, from the top down; none for one that is not bound to a place
}

// fieldRoles work with a phone only, officeRoles at a desk only, and all others with either. quietRoles administer the
// program: they see notices, but nobody waits for them to read one.
var (
	fieldRoles  = []string{"grid_worker", "microgrid_worker", "functional_worker", "volunteer"}
	officeRoles = []string{"duty", "window", "leader", "unit_head", "grid_supervisor"}
	quietRoles  = []string{"system_admin", "security_admin", "audit_admin", "partner"}
)

// touches tells how a post stands to a notice: it lies in its areas (reached), or it only looks after one of them from
// above (over).
func (n *Notice) touches(p Post, paths map[string][]string) (reached, over bool) {
	if n.Everywhere {
		return true, false
	}
	for _, area := range n.Areas {
		if slices.Contains(p.Areas, area) {
			return true, false
		}
		over = over || len(p.Areas) == 0 || slices.Contains(paths[area], p.Areas[len(p.Areas)-1])
	}
	return false, over
}

// shownTo tells whether a role works where the notice is shown.
func (n *Notice) shownTo(role string) bool {
	switch {
	case slices.Contains(quietRoles, role):
		return false
	case slices.Contains(fieldRoles, role):
		return n.For(Phones)
	case slices.Contains(officeRoles, role):
		return n.For(Desks)
	}
	return n.For(Phones) || n.For(Desks)
}

// crowd is whom a notice concerns: those whom it reaches, each once with the post by which it does, in order of their
// ids, and everybody who sees it.
type crowd struct {
	reached []Post
	seen    []string
}

func (s *Service) crowd(n *Notice, posts []Post) crowd {
	paths := map[string][]string{}
	for _, id := range n.Areas {
		a, _ := s.World.Area(id)
		paths[id] = a.Path
	}
	var c crowd
	by, seen := map[string]bool{}, map[string]bool{}
	for _, p := range posts {
		reached, over := n.touches(p, paths)
		if !reached && !over {
			continue
		}
		if !seen[p.Person] {
			seen[p.Person] = true
			c.seen = append(c.seen, p.Person)
		}
		if reached && n.shownTo(p.Role) && !by[p.Person] {
			by[p.Person] = true
			c.reached = append(c.reached, p)
		}
	}
	slices.SortFunc(c.reached, func(a, b Post) int { return cmp.Compare(a.Person, b.Person) })
	return c
}

// place is where a post is: its area, else its unit.
func (p Post) place() string {
	if len(p.Areas) > 0 {
		return p.Areas[len(p.Areas)-1]
	}
	return p.Unit
}

// standing is where somebody stands in the tree, for the question which notices concern them.
type standing struct {
	all   bool
	areas []string // of their posts
	above []string // those with all above them
}

func (s *Service) standing(actor authz.Actor) standing {
	if actor.Machine {
		return standing{all: true}
	}
	var out standing
	for _, p := range actor.Posts {
		path := s.World.Place(p.AreaID, p.UnitID)
		if len(path) == 0 {
			return standing{all: true}
		}
		out.areas = append(out.areas, path[len(path)-1])
		out.above = append(out.above, path...)
	}
	return out
}

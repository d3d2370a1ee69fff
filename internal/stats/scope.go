package stats

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// reach is over which incidents figures are told: those of all areas, those of some areas, those of some units, or
// those of both. What a person brought or has in hand elsewhere is no figure of theirs.
type reach struct {
	all   bool
	areas []AreaRef
	units []string
	asked *AreaRef  // the area that was asked for
	tops  []AreaRef // the areas of the scope; none where it is bound to no area
}

// reachOf returns what an actor may see of an area, of everything with ”: of an area above theirs it is theirs. An area
// outside is as if it were not there.
func (s *Service) reachOf(actor authz.Actor, area string) (reach, error) {
	if !actor.Can(perm.FiguresRead) {
		return reach{}, fault.New(fault.Forbidden, "forbidden")
	}
	scope := actor.Scope(perm.FiguresRead)
	r := reach{all: scope.All, units: scope.Units}
	if !scope.All {
		r.areas = s.roots(scope.Areas)
		r.tops = r.areas
	} else {
		r.units = nil
	}
	if area == "" {
		return r, nil
	}
	path := s.Places.Path(area)
	if len(path) == 0 {
		return r, fault.Missing("area")
	}
	r.asked = &path[len(path)-1]
	inside := r.all || slices.ContainsFunc(r.areas, func(root AreaRef) bool { return slices.Contains(path, root) })
	below := slices.DeleteFunc(slices.Clone(r.areas), func(root AreaRef) bool { return !slices.Contains(s.Places.Path(root.ID), *r.asked) })
	switch {
	case inside:
		r.units, below = nil, []AreaRef{*r.asked}
	case len(below) > 0:
		r.units = nil
	case len(r.units) > 0:
		below = []AreaRef{*r.asked}
	default:
		return r, fault.Missing("area")
	}
	r.all, r.areas = false, below
	return r, nil
}

// roots returns the areas that lie below no other of the list.
func (s *Service) roots(ids []string) []AreaRef {
	var list []AreaRef
	for _, id := range ids {
		path := s.Places.Path(id)
		if len(path) == 0 {
			continue
		}
		above := slices.ContainsFunc(path[:len(path)-1], func(a AreaRef) bool { return slices.Contains(ids, a.ID) })
		if !above {
			list = append(list, path[len(path)-1])
		}
	}
	return list
}

// visible is the part of a path that lies in the scope.
func (r reach) visible(path []AreaRef) []AreaRef {
	for n, a := range path {
		if slices.Contains(r.tops, a) {
			return path[n:]
		}
	}
	return path
}

// mixed tells whether incidents count that lie in areas or else belong to units.
func (r reach) mixed() bool { return r.asked == nil && len(r.areas) > 0 && len(r.units) > 0 }

// nothing tells whether no incident counts.
func (r reach) nothing() bool { return !r.all && len(r.areas) == 0 && len(r.units) == 0 }

package mapview

import (
	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// mostBorders bounds how many boundaries one answer holds.
const mostBorders = 2000

// Borders is an area with what lies right below it.
type Borders struct {
	Ground    int64      // grows when areas change
	Area      *grid.Area // nil where several areas lie side by side
	Path      []grid.Area
	Children  []grid.Area
	Truncated bool
}

// Borders returns the boundary of an area and of those below it; of "" those of what the actor may see. An area that is
// unknown, or no longer there since a redraw, is not found.
func (s *Service) Borders(actor authz.Actor, area string) (*Borders, error) {
	tree := s.Tree()
	if area == "" {
		area = startOf(tree, actor)
	}
	b := &Borders{Ground: tree.Seq()}
	if area != "" {
		found, ok := tree.Area(area)
		if !ok {
			return nil, fault.Missing("area")
		}
		b.Area, b.Path = &found, tree.Path(area)
	}
	b.Children = tree.Children(area)
	if len(b.Children) > mostBorders {
		b.Children, b.Truncated = b.Children[:mostBorders], true
	}
	return b, nil
}

// startOf returns the deepest area that holds all that the actor may see; "" for none.
func startOf(tree *grid.Tree, actor authz.Actor) string {
	scope := actor.Scope(perm.IncidentRead)
	var common []string
	for _, area := range scope.Areas {
		path := tree.PathIDs(area)
		if common == nil {
			common = path
			continue
		}
		n := 0
		for n < min(len(common), len(path)) && common[n] == path[n] {
			n++
		}
		common = common[:n]
	}
	if !scope.All && len(common) > 0 {
		return common[len(common)-1]
	}
	if trunk, ok := tree.Trunk(); ok {
		return trunk.ID
	}
	return ""
}

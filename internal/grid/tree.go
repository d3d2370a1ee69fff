package grid

import (
	"cmp"
	"slices"

	"gezhi/internal/kit/geo"
)

// Tree is all valid areas with their boundaries at one moment, in memory. It never changes, so any number of
// goroutines may use it at once; a change makes a new one beside it (Service.Tree). What it returns must not be
// written to.
type Tree struct {
	seq       int64 // the change of areas that it shows
	byID      map[string]*Area
	byCode    map[levelCode]*Area
	order     []*Area // by level, code, id
	folded    []string
	boxes     []geo.Box // beside order
	children  map[string][]*Area
	levels    [6]levelIndex
	patrols   []PatrolArea // by code
	patrolsOf map[string][]*PatrolArea
	kinds     []Kind
	templates []Template
	places    []Place
	placeFold []string
}

type levelCode struct {
	level Level
	code  string
}

// levelIndex finds the area of one level at a point. shapes names what it was made of, so that a change elsewhere
// need not build it again.
type levelIndex struct {
	shapes []string
	index  *geo.Index
}

// treeData is what the store holds of a tree.
type treeData struct {
	seq       int64
	areas     []Area
	patrols   []PatrolArea
	kinds     []Kind
	templates []Template
	places    []Place
}

// newTree builds a tree. It takes over indexes of before (which may be nil) whose boundaries are the same.
func newTree(d treeData, before *Tree) *Tree {
	t := &Tree{
		seq: d.seq, byID: make(map[string]*Area, len(d.areas)), byCode: make(map[levelCode]*Area, len(d.areas)),
		order: make([]*Area, 0, len(d.areas)), children: map[string][]*Area{}, patrols: d.patrols,
		patrolsOf: map[string][]*PatrolArea{}, kinds: d.kinds, templates: d.templates, places: d.places,
	}
	for i := range d.areas {
		a := &d.areas[i]
		t.byID[a.ID], t.byCode[levelCode{a.Level, a.Code}] = a, a
		t.order = append(t.order, a)
	}
	slices.SortFunc(t.order, byPlaceInTree)
	t.folded, t.boxes = make([]string, len(t.order)), make([]geo.Box, len(t.order))
	var cells [6][]geo.IndexCell
	var shapes [6][]string
	for i, a := range t.order {
		t.folded[i], t.boxes[i] = fold(a.Name), a.Shape.Bounds()
		parent := a.ParentID
		if t.byID[parent] == nil {
			parent = ""
		}
		t.children[parent] = append(t.children[parent], a)
		if n := a.Level.Depth(); n >= 0 && !a.Shape.IsEmpty() {
			cells[n] = append(cells[n], geo.IndexCell{ID: a.ID, Shape: a.Shape})
			shapes[n] = append(shapes[n], a.ShapeID)
		}
	}
	for n := range t.levels {
		if before != nil && slices.Equal(before.levels[n].shapes, shapes[n]) {
			t.levels[n] = before.levels[n]
		} else {
			t.levels[n] = levelIndex{shapes[n], geo.NewIndex(cells[n])}
		}
	}
	for i := range t.patrols {
		for _, member := range t.patrols[i].Members {
			t.patrolsOf[member] = append(t.patrolsOf[member], &t.patrols[i])
		}
	}
	t.placeFold = foldAll(t.places)
	return t
}

func byPlaceInTree(a, b *Area) int {
	return cmp.Or(cmp.Compare(a.Level.Depth(), b.Level.Depth()), cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID))
}

// Seq numbers the changes of areas: a tree with a larger one is newer.
func (t *Tree) Seq() int64 { return t.seq }

// Len returns the number of areas.
func (t *Tree) Len() int { return len(t.order) }

// Area returns the valid area with the id.
func (t *Tree) Area(id string) (Area, bool) {
	if a := t.byID[id]; a != nil {
		return *a, true
	}
	return Area{}, false
}

// AreaByCode returns the valid area of the level with the code.
func (t *Tree) AreaByCode(level Level, code string) (Area, bool) {
	if a := t.byCode[levelCode{level, code}]; a != nil {
		return *a, true
	}
	return Area{}, false
}

// Path returns the areas from the root down to the area with the id; nil for an unknown one.
func (t *Tree) Path(id string) []Area {
	var way [6]*Area
	n := len(way)
	for a := t.byID[id]; a != nil && n > 0; a = t.byID[a.ParentID] {
		n--
		way[n] = a
	}
	if n == len(way) {
		return nil
	}
	path := make([]Area, 0, len(way)-n)
	for _, a := range way[n:] {
		path = append(path, *a)
	}
	return path
}

// PathIDs returns the ids of Path, for a scope to cover.
func (t *Tree) PathIDs(id string) []string {
	var ids []string
	for a := t.byID[id]; a != nil; a = t.byID[a.ParentID] {
		ids = append(ids, a.ID)
	}
	slices.Reverse(ids)
	return ids
}

// Children returns the areas right below the one with the id, by level and code; those of "" are the roots.
func (t *Tree) Children(id string) []Area {
	list := t.children[id]
	out := make([]Area, len(list))
	for i, a := range list {
		out[i] = *a
	}
	return out
}

// Below returns the ids of the area and of all areas under it.
func (t *Tree) Below(id string) []string {
	if t.byID[id] == nil {
		return nil
	}
	ids := []string{id}
	for i := 0; i < len(ids); i++ {
		for _, child := range t.children[ids[i]] {
			ids = append(ids, child.ID)
		}
	}
	return ids
}

// Trunk returns the deepest area that holds all areas: in a tree of one street office it is the street. ok is false
// for an empty tree and one with several roots.
func (t *Tree) Trunk() (Area, bool) {
	list := t.children[""]
	if len(list) != 1 {
		return Area{}, false
	}
	trunk := list[0]
	for list = t.children[trunk.ID]; len(list) == 1; list = t.children[trunk.ID] {
		trunk = list[0]
	}
	return *trunk, true
}

// PatrolAreas returns the valid patrol areas by code.
func (t *Tree) PatrolAreas() []PatrolArea { return t.patrols }

// PatrolArea returns the valid patrol area with the id.
func (t *Tree) PatrolArea(id string) (PatrolArea, bool) {
	for _, p := range t.patrols {
		if p.ID == id {
			return p, true
		}
	}
	return PatrolArea{}, false
}

// PatrolAreaOf returns the patrol area that serves an area: one of which it or an area above it is a member. A
// dedicated one wins over a general one, then the member nearest to the area, then the smaller code.
func (t *Tree) PatrolAreaOf(areaID string) (PatrolArea, bool) {
	var best *PatrolArea
	for a := t.byID[areaID]; a != nil; a = t.byID[a.ParentID] {
		for _, p := range t.patrolsOf[a.ID] {
			if best == nil || best.Kind == General && p.Kind == Dedicated {
				best = p
			}
		}
	}
	if best == nil {
		return PatrolArea{}, false
	}
	return *best, true
}

// Kinds returns the kinds of areas in their order.
func (t *Tree) Kinds() []Kind { return t.kinds }

// Templates returns all lines of the staffing templates.
func (t *Tree) Templates() []Template { return t.templates }

func (t *Tree) hasKind(code string) bool {
	return slices.ContainsFunc(t.kinds, func(k Kind) bool { return k.Code == code })
}

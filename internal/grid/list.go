package grid

import (
	"cmp"
	"slices"
	"strings"

	"gezhi/internal/kit/geo"
)

// Filter chooses areas of a tree. Empty fields choose all.
type Filter struct {
	Level  Level
	Kind   *string // nil: all; '' is the general kind
	Parent string  // right below this area; RootParent for the roots
	Under  string  // anywhere below this area
	Q      string  // words that the name holds, or the beginning of the code
	After  Area    // the last area of the page before; its level, code and id are enough
	Limit  int     // 0: all
	Sort   Order   // of the list; After then needs the name or the instant of change too
}

// Order is how a list of areas is sorted.
type Order string

// The orders.
const (
	ByCode    Order = ""        // by level, code and id, as in the tree
	ByName    Order = "name"    // by name and id
	ByChanged Order = "changed" // what was changed last in front
)

func (o Order) compare(a, b *Area) int {
	switch o {
	case ByName:
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	case ByChanged:
		return cmp.Or(cmp.Compare(b.UpdatedAt, a.UpdatedAt), cmp.Compare(a.ID, b.ID))
	}
	return byPlaceInTree(a, b)
}

// sorted returns the list in the order; the list itself stays as it is.
func (o Order) sorted(list []*Area) []*Area {
	if o == ByCode {
		return list
	}
	list = slices.Clone(list)
	slices.SortFunc(list, o.compare)
	return list
}

// RootParent chooses the areas without a parent.
const RootParent = "root"

// List returns the chosen areas in their order, and whether there are more after them.
func (t *Tree) List(f Filter) (areas []Area, more bool) {
	list, folded := t.order, t.folded
	words, code := strings.Fields(fold(f.Q)), strings.TrimSpace(f.Q)
	if f.Parent != "" {
		parent := f.Parent
		if parent == RootParent {
			parent = ""
		}
		list, folded = t.children[parent], nil
	}
	if f.Sort != ByCode {
		list, folded = f.Sort.sorted(list), nil
	}
	from := 0
	if f.After.ID != "" {
		at, found := slices.BinarySearchFunc(list, &f.After, f.Sort.compare)
		from = at
		if found {
			from++
		}
	}
	for i := from; i < len(list); i++ {
		a := list[i]
		if f.Level != "" && a.Level != f.Level || f.Kind != nil && a.Kind != *f.Kind || !t.isUnder(a, f.Under) {
			continue
		}
		if len(words) > 0 && !strings.HasPrefix(a.Code, code) {
			name := ""
			if folded != nil {
				name = folded[i]
			} else {
				name = fold(a.Name)
			}
			if _, ok := matchWords(name, words); !ok {
				continue
			}
		}
		if f.Limit > 0 && len(areas) == f.Limit {
			return areas, true
		}
		areas = append(areas, *a)
	}
	return areas, false
}

// Within returns at most limit areas of a level whose boundary's box meets the given box, and whether there are more.
// An empty parent stands for all; otherwise the areas lie anywhere below it.
func (t *Tree) Within(level Level, parent string, box geo.Box, limit int) (areas []Area, more bool) {
	for i, a := range t.order {
		if a.Level != level || a.Shape.IsEmpty() || !t.boxes[i].Meets(box) || !t.isUnder(a, parent) {
			continue
		}
		if len(areas) == limit {
			return areas, true
		}
		areas = append(areas, *a)
	}
	return areas, false
}

// Outline returns the areas whose boundaries together show the place that is served: the highest level that has any
// boundary at or below the trunk, else the nearest one above it. Without a boundary it is empty.
func (t *Tree) Outline() []Area {
	from := 0
	if trunk, ok := t.Trunk(); ok {
		from = trunk.Level.Depth()
	}
	var best []Area
	for n := range Levels {
		if n > from && len(best) > 0 {
			break
		}
		var level []Area
		for _, a := range t.order {
			if a.Level.Depth() == n && !a.Shape.IsEmpty() {
				level = append(level, *a)
			}
		}
		if len(level) > 0 {
			best = level
		}
	}
	return best
}

func (t *Tree) isUnder(a *Area, id string) bool {
	if id == "" {
		return true
	}
	for a = t.byID[a.ParentID]; a != nil; a = t.byID[a.ParentID] {
		if a.ID == id {
			return true
		}
	}
	return false
}

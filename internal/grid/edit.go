package grid

import (
	"maps"
	"slices"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// edit is what one transaction does to the tree. It is planned on one tree and written only if that tree is still the
// newest.
type edit struct {
	at      int64 // unix ms: what is closed or redrawn ends then, what is new begins
	datum   geo.Datum
	source  string
	opens   []Area            // new areas with id and shape (WGS-84)
	updates []Area            // code, name, kind or parent as they shall be; Version as it is
	draws   map[string]drawn  // new boundaries of areas that stay, by id
	closes  []string          // ids of areas that end
	lineage []Lineage         // of opens and draws
	where   map[string]string // by area id: the part of the input that speaks of it, e.g. "features[3]."
}

// drawn is a boundary both as stored and as in its file.
type drawn struct {
	stored geo.Shape // WGS-84, normalised
	file   geo.Shape
}

func (e *edit) empty() bool {
	return len(e.opens) == 0 && len(e.updates) == 0 && len(e.draws) == 0 && len(e.closes) == 0
}

func (e *edit) field(id, name string) string { return e.where[id] + name }

// sketch is the tree as an edit would leave it, without indexes.
type sketch struct {
	byID     map[string]Area
	children map[string][]string
}

func sketchOf(t *Tree) *sketch {
	s := &sketch{byID: make(map[string]Area, len(t.byID)), children: map[string][]string{}}
	for _, a := range t.order {
		s.byID[a.ID] = *a
		s.children[a.ParentID] = append(s.children[a.ParentID], a.ID)
	}
	return s
}

// after returns the sketch that the edit makes of a tree.
func (e *edit) after(t *Tree) *sketch {
	s := &sketch{byID: make(map[string]Area, len(t.byID)+len(e.opens)), children: map[string][]string{}}
	for _, a := range t.order {
		s.byID[a.ID] = *a
	}
	for _, id := range e.closes {
		delete(s.byID, id)
	}
	for _, a := range e.opens {
		s.byID[a.ID] = a
	}
	for _, a := range e.updates {
		if old, ok := s.byID[a.ID]; ok {
			a.Shape = old.Shape
			s.byID[a.ID] = a
		}
	}
	for id, d := range e.draws {
		if a, ok := s.byID[id]; ok {
			a.Shape = d.stored
			s.byID[id] = a
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.byID)) {
		p := s.byID[id].ParentID
		s.children[p] = append(s.children[p], id)
	}
	return s
}

// checkTree notes what would be wrong with the tree itself: codes used twice, parents that are missing or not above,
// unknown kinds, areas that would hang in the air.
func (e *edit) checkTree(f *fault.Fields, t *Tree, s *sketch) {
	touched := slices.Concat(e.opens, e.updates)
	counts := make(map[levelCode]int, len(touched))
	for _, a := range s.byID {
		counts[levelCode{a.Level, a.Code}]++
	}
	for _, a := range touched {
		if counts[levelCode{a.Level, a.Code}] > 1 {
			f.Add(e.field(a.ID, "code"), "area.code_taken", "code", a.Code)
		}
		if !t.hasKind(a.Kind) {
			f.Add(e.field(a.ID, "kind"), "area.kind_unknown", "kind", a.Kind)
		}
		if a.ParentID == "" {
			continue
		}
		parent, ok := s.byID[a.ParentID]
		switch {
		case !ok:
			f.Add(e.field(a.ID, "parent"), "area.parent_unknown")
		case parent.Level.Depth() >= a.Level.Depth():
			f.Add(e.field(a.ID, "parent"), "area.parent_level", "parent", parent.Name)
		}
	}
	for _, id := range e.closes {
		if n := len(s.children[id]); n > 0 {
			f.Add(e.field(id, "ends"), "area.has_children", "code", t.byID[id].Code, "count", n)
		}
	}
}

// moved lists the ids whose place in the tree or on the map changes: incidents there may belong elsewhere now. A new
// area takes from its parent, so the parent counts too.
func (e *edit) moved(t *Tree) []string {
	set := map[string]bool{}
	for id := range e.draws {
		set[id] = true
	}
	for _, id := range e.closes {
		set[id] = true
	}
	for _, a := range e.opens {
		if !a.Shape.IsEmpty() {
			set[a.ID] = true
			if a.ParentID != "" {
				set[a.ParentID] = true
			}
		}
	}
	for _, a := range e.updates {
		if old := t.byID[a.ID]; old != nil && old.ParentID != a.ParentID {
			set[a.ID] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

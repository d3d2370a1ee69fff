package geo

import (
	"encoding/binary"
	"slices"
)

// run walks the slabs from left to right. Edges enter and leave the list of
// active ones, which is kept in the order of their heights.
func (s *sweep) run() {
	xs := s.cuts()
	if s.incomplete {
		// Edges would cross within slabs, and what covers what be guesswork.
		return
	}
	type live struct {
		edge int32
		y    float64
	}
	var active []live
	next := 0
	var before []int32
	for k := 0; k+1 < len(xs); k++ {
		x0, x1 := xs[k], xs[k+1]
		mid := x0 + (x1-x0)/2
		for ; next < len(s.edges) && s.edges[next].x0 < mid; next++ {
			active = append(active, live{edge: int32(next)})
		}
		active = slices.DeleteFunc(active, func(a live) bool { return s.edges[a.edge].x1 <= mid })
		for i := range active {
			a := live{active[i].edge, s.edges[active[i].edge].at(mid)}
			j := i
			for ; j > 0 && active[j-1].y > a.y; j-- {
				active[j] = active[j-1]
			}
			active[j] = a
		}
		first := int32(len(s.traps))
		s.cover, s.inParent = s.cover[:0], false
		below := int32(-1)
		for _, a := range active {
			s.interval(x0, x1, below, a.edge, first)
			s.toggle(s.edges[a.edge].owners)
			below = a.edge
		}
		s.interval(x0, x1, below, -1, first)
		before = s.join(before, first)
		if len(s.traps) > maxTrapezoids || s.work > maxWork {
			s.incomplete = true
			return
		}
	}
}

// toggle enters or leaves the owners of an edge.
func (s *sweep) toggle(owners []int32) {
	for _, o := range owners {
		if o == parentOwner {
			s.inParent = !s.inParent
			continue
		}
		if i, in := slices.BinarySearch(s.cover, o); in {
			s.cover = slices.Delete(s.cover, i, i+1)
		} else {
			s.cover = slices.Insert(s.cover, i, o)
		}
	}
}

// interval judges the piece of the slab between two edges.
func (s *sweep) interval(x0, x1 float64, below, above, first int32) {
	if len(s.cover) == 1 && s.inParent == s.hasParent {
		return
	}
	if s.hasParent && !s.inParent && len(s.cover) == 0 {
		return
	}
	t := trapezoid{
		below: below, above: above, x0: x0, x1: x1,
		low0: -farAway, low1: -farAway, high0: farAway, high1: farAway,
		open: below < 0 || above < 0,
	}
	if below >= 0 {
		t.low0, t.low1 = s.edges[below].at(x0), s.edges[below].at(x1)
	}
	if above >= 0 {
		t.high0, t.high1 = s.edges[above].at(x0), s.edges[above].at(x1)
	}
	if t.high0-t.low0 < noiseWidth && t.high1-t.low1 < noiseWidth {
		return
	}
	if len(s.cover) == 0 {
		s.put(t, Gap, nil, first)
	}
	if len(s.cover) > 1 {
		s.put(t, Overlap, s.cover, first)
	}
	if s.hasParent && !s.inParent {
		for i := range s.cover {
			s.put(t, Outside, s.cover[i:i+1], first)
		}
	}
}

// put stores a faulty trapezoid, or lengthens the one below it if only a line
// that does not matter to its class lies between them.
func (s *sweep) put(t trapezoid, kind FindingKind, cells []int32, first int32) {
	s.work += len(cells)
	t.class = s.intern(kind, cells)
	for i := len(s.traps) - 1; i >= int(first); i-- {
		u := &s.traps[i]
		if u.class != t.class {
			continue
		}
		if t.low0-u.high0 < noiseWidth && t.low1-u.high1 < noiseWidth {
			u.above, u.high0, u.high1 = t.above, t.high0, t.high1
			u.open = u.open || t.open
			return
		}
		break
	}
	t.up = int32(len(s.traps))
	s.traps = append(s.traps, t)
}

// intern numbers the classes.
func (s *sweep) intern(kind FindingKind, cells []int32) int32 {
	key := make([]byte, 0, 1+4*len(cells))
	key = append(key, byte(slices.Index(kindOrder, kind)))
	for _, c := range cells {
		key = binary.LittleEndian.AppendUint32(key, uint32(c))
	}
	if n, known := s.names[string(key)]; known {
		return n
	}
	n := int32(len(s.classes))
	s.names[string(key)] = n
	s.classes = append(s.classes, class{kind, slices.Clone(cells)})
	return n
}

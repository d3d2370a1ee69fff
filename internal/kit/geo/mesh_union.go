package geo

import (
	"cmp"
	"slices"
)

// Union returns the outline of the faces that belong, as Normalise would leave
// it. Rings that enclose less than speck m2 are left out: they are what drawing
// by hand leaves between borders that were meant to be one.
func (m *Mesh) Union(belongs func(face int) bool, speck float64) Shape {
	in := make([]bool, len(m.faces)+1) // the last one is the outside
	for i := range m.faces {
		in[i] = belongs(i)
	}
	inside := func(h int32) bool { return m.face[h] >= 0 && in[m.face[h]] }
	border := make([]bool, len(m.ends))
	for h := range m.ends {
		border[h] = inside(int32(h)) && !inside(int32(h)^1)
	}
	used := make([]bool, len(m.ends))
	var outer, holes []Ring
	for h := range m.ends {
		if !border[h] || used[h] {
			continue
		}
		ring := Ring{m.nodes[m.ends[h^1]]}
		for g := int32(h); !used[g]; {
			used[g] = true
			ring = append(ring, m.nodes[m.ends[g]])
			// Turn as sharply to the left as there is a border, so that rings
			// that touch at a node stay apart.
			g = m.next[g]
			for !border[g] {
				g = m.next[g^1]
			}
		}
		switch {
		case ring.Area() < speck:
		case flatArea(ring) > 0:
			outer = append(outer, ring)
		default:
			holes = append(holes, ring)
		}
	}
	slices.SortStableFunc(outer, func(a, b Ring) int { return cmp.Compare(b.Area(), a.Area()) })
	shape := make(Shape, len(outer))
	for i, r := range outer {
		shape[i] = Polygon{r}
	}
	for _, hole := range holes {
		at := besideRing(hole)
		for i := len(outer) - 1; i >= 0; i-- { // the smallest first
			if outer[i].odd(at) {
				shape[i] = append(shape[i], hole)
				break
			}
		}
	}
	return shape
}

// besideRing returns a place just left of the ring's longest edge.
func besideRing(r Ring) Point {
	m := Mesh{nodes: r}
	var walk []int32
	for i := 1; i < len(r); i++ {
		m.ends = append(m.ends, int32(i), int32(i-1))
		walk = append(walk, int32(2*(i-1)))
	}
	return m.beside(walk)
}

// Touches reports whether some face that a takes and some face that b takes
// have an edge in common.
func (m *Mesh) Touches(a, b func(face int) bool) bool {
	for h := range m.ends {
		f, g := m.face[h], m.face[h^1]
		if f >= 0 && g >= 0 && a(int(f)) && b(int(g)) {
			return true
		}
	}
	return false
}

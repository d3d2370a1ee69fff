package geo

import (
	"cmp"
	"slices"
)

// parentOwner marks an edge as one of the parent's.
const parentOwner int32 = -1

// edge is a piece of boundary in the plane, with x0 < x1. Crossing it upwards
// enters or leaves each of its owners. An edge that neighbours share exists once.
type edge struct {
	x0, y0, x1, y1 float64
	owners         []int32
}

// at is the height of the edge at x, which must not lie beyond its ends by more
// than rounding.
func (e *edge) at(x float64) float64 {
	if x <= e.x0 {
		return e.y0
	}
	if x >= e.x1 {
		return e.y1
	}
	return e.y0 + (x-e.x0)/(e.x1-e.x0)*(e.y1-e.y0)
}

// buildEdges collects the edges of the cells and of the parent, shared ones
// once, sorted from left to right.
func buildEdges(pl plane, cells []Cell, parent Shape) []edge {
	var raw []edge
	add := func(s Shape, owner int32) {
		for _, r := range s.rings() {
			for i, q := range r {
				p := r[(i+len(r)-1)%len(r)]
				x0, y0 := pl.forth(p)
				x1, y1 := pl.forth(q)
				if x0 > x1 {
					x0, y0, x1, y1 = x1, y1, x0, y0
				}
				if x0 < x1 {
					raw = append(raw, edge{x0, y0, x1, y1, []int32{owner}})
				}
			}
		}
	}
	for i, c := range cells {
		add(c.Shape, int32(i))
	}
	add(parent, parentOwner)
	slices.SortFunc(raw, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.x0, b.x0), cmp.Compare(a.y0, b.y0),
			cmp.Compare(a.x1, b.x1), cmp.Compare(a.y1, b.y1), cmp.Compare(a.owners[0], b.owners[0]))
	})
	out := raw[:0]
	for _, e := range raw {
		if n := len(out); n > 0 && sameLine(out[n-1], e) {
			last := &out[n-1]
			// A ring that runs along a line twice does not divide anything there.
			if k := len(last.owners) - 1; k >= 0 && last.owners[k] == e.owners[0] {
				last.owners = last.owners[:k]
			} else {
				last.owners = append(last.owners, e.owners[0])
			}
			continue
		}
		out = append(out, e)
	}
	return slices.DeleteFunc(out, func(e edge) bool { return len(e.owners) == 0 })
}

func sameLine(a, b edge) bool {
	return a.x0 == b.x0 && a.y0 == b.y0 && a.x1 == b.x1 && a.y1 == b.y1
}

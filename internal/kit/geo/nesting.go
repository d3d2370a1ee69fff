package geo

import (
	"cmp"
	"slices"
)

// nesting checks which ring lies in which, once it is known that no two cut
// through each other: then one inner point of a ring speaks for all of it.
func (v *validator) nesting() {
	type part struct {
		box   Box
		shape Shape
		index int
	}
	parts := make([]part, 0, len(v.shape))
	for i, poly := range v.shape {
		v.holes(i, poly)
		parts = append(parts, part{poly[0].Bounds(), Shape{poly}, i})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.box.West, b.box.West) })
	for i, a := range parts {
		for _, b := range parts[i+1:] {
			if b.box.West > a.box.East {
				break
			}
			if !a.box.Meets(b.box) {
				continue
			}
			if p, hit := sharesInside(a.shape, b.shape); hit {
				if !v.add(Fault{Kind: FaultPartsOverlap, Part: max(a.index, b.index), At: p}) {
					return
				}
			}
		}
	}
}

// holes checks that the holes of a polygon lie in its outer ring and apart.
func (v *validator) holes(part int, poly Polygon) {
	outer := Shape{{poly[0]}}
	for j, hole := range poly[1:] {
		h := Shape{{hole}}
		p, ok := h.Inside()
		if ok && !outer.Contains(p) {
			v.add(Fault{Kind: FaultHoleOutside, Part: part, Ring: j + 1, At: p})
			continue
		}
		box := hole.Bounds()
		for k := j + 2; k < len(poly); k++ {
			if !box.Meets(poly[k].Bounds()) {
				continue
			}
			if q, hit := sharesInside(h, Shape{{poly[k]}}); hit {
				if !v.add(Fault{Kind: FaultHolesOverlap, Part: part, Ring: k, At: q}) {
					return
				}
			}
		}
	}
}

// sharesInside reports whether one of two shapes whose lines do not cut through
// each other lies in the other, and a point that is in both.
func sharesInside(a, b Shape) (Point, bool) {
	if p, ok := a.Inside(); ok && b.Contains(p) {
		return p, true
	}
	if p, ok := b.Inside(); ok && a.Contains(p) {
		return p, true
	}
	return Point{}, false
}

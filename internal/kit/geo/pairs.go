package geo

import (
	"cmp"
	"slices"
)

// segment is a straight piece of a boundary in any plane.
type segment struct {
	ax, ay, bx, by float64
}

func (s segment) span() (x0, y0, x1, y1 float64) {
	return min(s.ax, s.bx), min(s.ay, s.by), max(s.ax, s.bx), max(s.ay, s.by)
}

// pairBudget bounds the comparisons of one run of pairs: some seconds. Real
// boundaries need a thousandth of it; a hostile file could ask for the square
// of its length.
const pairBudget = 500_000_000

// pairs calls visit once for each two segments whose boxes meet, until visit
// returns false. It sweeps from left to right and keeps the segments that the
// sweep line touches. The result is false if the budget ran out before the end.
func pairs(segs []segment, visit func(i, j int) bool) bool {
	type box struct {
		x0, y0, x1, y1 float64
		seg            int
	}
	boxes := make([]box, len(segs))
	for i, s := range segs {
		x0, y0, x1, y1 := s.span()
		boxes[i] = box{x0, y0, x1, y1, i}
	}
	slices.SortFunc(boxes, func(a, b box) int {
		return cmp.Or(cmp.Compare(a.x0, b.x0), cmp.Compare(a.seg, b.seg))
	})
	var active []box
	budget := pairBudget
	for _, b := range boxes {
		if budget -= len(active); budget < 0 {
			return false
		}
		keep := active[:0]
		for _, a := range active {
			if a.x1 < b.x0 {
				continue
			}
			keep = append(keep, a)
			if a.y0 <= b.y1 && b.y0 <= a.y1 && !visit(a.seg, b.seg) {
				return true
			}
		}
		active = append(keep, b)
	}
	return true
}

// side is twice the signed area of the triangle a, b, c: positive if c lies to
// the left of the line from a to b.
func side(ax, ay, bx, by, cx, cy float64) float64 {
	return (bx-ax)*(cy-ay) - (cx-ax)*(by-ay)
}

// relation tells how two segments meet.
type relation int

const (
	apart   relation = iota
	touches          // an end of one lies on the other
	crosses          // they cut through each other
)

// relate tells how s and t meet, given that their boxes meet.
func relate(s, t segment) relation {
	a := side(s.ax, s.ay, s.bx, s.by, t.ax, t.ay)
	b := side(s.ax, s.ay, s.bx, s.by, t.bx, t.by)
	c := side(t.ax, t.ay, t.bx, t.by, s.ax, s.ay)
	d := side(t.ax, t.ay, t.bx, t.by, s.bx, s.by)
	switch {
	case (a > 0 && b > 0) || (a < 0 && b < 0) || (c > 0 && d > 0) || (c < 0 && d < 0):
		return apart
	case a == 0 || b == 0 || c == 0 || d == 0:
		return touches
	}
	return crosses
}

// meeting returns the point where s and t cross; they must cross.
func meeting(s, t segment) (x, y float64) {
	c := side(t.ax, t.ay, t.bx, t.by, s.ax, s.ay)
	d := side(t.ax, t.ay, t.bx, t.by, s.bx, s.by)
	f := c / (c - d)
	return s.ax + f*(s.bx-s.ax), s.ay + f*(s.by-s.ay)
}

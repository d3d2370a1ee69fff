package survey

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// segment is a straight piece of a line.
type segment struct {
	a, b  Point
	class class
}

const (
	cell   = 600  // micro-degrees: side of the squares in which near segments are looked for
	snap   = 1.0  // metres within which a line ends on another
	exact  = 0.06 // the same once all is snapped: half a micro-degree
	snaps  = 3    // rounds with snapping; tiny triangles would go on for ever
	rounds = 30
)

var errTangled = errors.New("lines cannot be told apart")

// split cuts all segments where they meet, so that afterwards two of them share an end or nothing. Cuts are rounded to
// whole micro-degrees, which moves lines a little; so it is repeated until nothing meets any more.
func split(list []segment) ([]segment, error) {
	list = tidy(list)
	for round := range rounds {
		within := exact
		if round < snaps {
			within = snap
		}
		cuts := meetings(list, within)
		if len(cuts) == 0 {
			return list, nil
		}
		var next []segment
		for i, s := range list {
			points := cuts[i]
			slices.SortFunc(points, func(p, q Point) int {
				return cmp.Or(cmp.Compare(metres(s.a, p), metres(s.a, q)), comparePoints(p, q))
			})
			from := s.a
			for _, p := range append(points, s.b) {
				next = append(next, segment{from, p, s.class})
				from = p
			}
		}
		list = tidy(next)
	}
	return nil, errTangled
}

// tidy orders segments, drops empty ones, and of several on one place keeps the strongest.
func tidy(list []segment) []segment {
	out := make([]segment, 0, len(list))
	for _, s := range list {
		if comparePoints(s.a, s.b) > 0 {
			s.a, s.b = s.b, s.a
		}
		if s.a != s.b {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(s, t segment) int {
		return cmp.Or(comparePoints(s.a, t.a), comparePoints(s.b, t.b), cmp.Compare(t.class, s.class))
	})
	return slices.CompactFunc(out, func(s, t segment) bool { return s.a == t.a && s.b == t.b })
}

// meetings lists the points at which each segment must be cut, within so many metres.
func meetings(list []segment, within float64) map[int][]Point {
	cuts := map[int][]Point{}
	near(list, func(i, j int) {
		s, t := list[i], list[j]
		met := false
		for _, p := range [2]Point{t.a, t.b} {
			if touches(p, s, within) {
				cuts[i], met = append(cuts[i], p), true
			}
		}
		for _, p := range [2]Point{s.a, s.b} {
			if touches(p, t, within) {
				cuts[j], met = append(cuts[j], p), true
			}
		}
		if met || !crosses(s, t) {
			return
		}
		p := crossing(s, t)
		for _, end := range [4]Point{s.a, s.b, t.a, t.b} {
			if metres(p, end) < within {
				p = end
				break
			}
		}
		if p != s.a && p != s.b {
			cuts[i] = append(cuts[i], p)
		}
		if p != t.a && p != t.b {
			cuts[j] = append(cuts[j], p)
		}
	})
	return cuts
}

// near calls fn once for each pair of segments that lie in one square.
func near(list []segment, fn func(i, j int)) {
	type square [2]int64
	in := map[square][]int{}
	var order []square
	each := func(s segment, fn func(square)) {
		x0, x1 := min(s.a.X, s.b.X)-10, max(s.a.X, s.b.X)+10
		y0, y1 := min(s.a.Y, s.b.Y)-10, max(s.a.Y, s.b.Y)+10
		for x := x0 / cell; x <= x1/cell; x++ {
			for y := y0 / cell; y <= y1/cell; y++ {
				fn(square{x, y})
			}
		}
	}
	for i, s := range list {
		each(s, func(q square) {
			if in[q] == nil {
				order = append(order, q)
			}
			in[q] = append(in[q], i)
		})
	}
	seen := map[[2]int]bool{}
	for _, q := range order {
		here := in[q]
		for n, i := range here {
			for _, j := range here[n+1:] {
				if pair := [2]int{i, j}; meet(list[i], list[j]) && !seen[pair] {
					seen[pair] = true
					fn(i, j)
				}
			}
		}
	}
}

// meet tells whether the boxes of two segments, a little widened, have a place in common.
func meet(s, t segment) bool {
	const wide = 12
	return min(s.a.X, s.b.X)-wide <= max(t.a.X, t.b.X) && min(t.a.X, t.b.X)-wide <= max(s.a.X, s.b.X) &&
		min(s.a.Y, s.b.Y)-wide <= max(t.a.Y, t.b.Y) && min(t.a.Y, t.b.Y)-wide <= max(s.a.Y, s.b.Y)
}

// touches tells whether a point lies on a segment, but not at its ends.
func touches(p Point, s segment, within float64) bool {
	if p == s.a || p == s.b {
		return false
	}
	_, d := nearest(p, s.a, s.b)
	return d < within && metres(p, s.a) >= within && metres(p, s.b) >= within || d == 0
}

func crosses(s, t segment) bool {
	a, b := cross(s.a, s.b, t.a), cross(s.a, s.b, t.b)
	c, d := cross(t.a, t.b, s.a), cross(t.a, t.b, s.b)
	return (a > 0) != (b > 0) && a != 0 && b != 0 && (c > 0) != (d > 0) && c != 0 && d != 0
}

func crossing(s, t segment) Point {
	a, b := cross(t.a, t.b, s.a), cross(t.a, t.b, s.b)
	share := math.Abs(float64(a)) / (math.Abs(float64(a)) + math.Abs(float64(b)))
	return between(s.a, s.b, share)
}

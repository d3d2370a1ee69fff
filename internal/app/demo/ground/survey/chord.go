package survey

import (
	"cmp"
	"math"
	"slices"
)

const (
	thin     = 26.0 // metres: mean width up to which a face is the strip between two carriageways
	farthest = 60.0 // metres: how wide a strip is cut across
	stride   = 45.0 // metres between two places where a cut may end
	largest  = 1.25 // times its ordinary size a face may have before it is cut
	slender  = 0.35 // compactness below which a face is cut sooner
	quality  = 0.22 // of the area, that the smaller part of a cut has at least
	tries    = 400  // cuts that are looked at
)

// width is the mean width of a long face.
func (f face) width() float64 { return 2 * f.area / f.length }

// compact tells how round a piece of land is: 1 for a circle, 0.8 for a square, near 0 for a strip.
func compact(area, length float64) float64 { return 4 * math.Pi * area / (length * length) }

// thinCuts cuts the strips between carriageways at every junction, so that each piece can be given to the block beside
// it.
func thinCuts(g *graph) []segment {
	var out []segment
	for _, f := range g.faces {
		if f.area <= 0 || f.width() > thin {
			continue
		}
		for i, h := range f.ring {
			if v := g.from(h); len(g.around[v]) > 2 {
				if s, ok := g.across(f, i); ok {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// across is the shortest way over a face from a corner of its ring to the other side.
func (g *graph) across(f face, corner int) (segment, bool) {
	from := g.points[g.from(f.ring[corner])]
	best, found := segment{}, math.Inf(1)
	along := 0.0
	for n := range f.ring {
		h := f.ring[(corner+n)%len(f.ring)]
		long := g.length(h)
		a, b := g.points[g.from(h)], g.points[g.to(h)]
		share, d := nearest(from, a, b)
		walked := along + share*long
		along += long
		walked = min(walked, f.length-walked)
		if d < found && d < farthest && walked > 2.5*d+5 {
			to := between(a, b, share)
			for _, end := range [2]Point{a, b} {
				if metres(to, end) < 4 {
					to = end
				}
			}
			found, best = d, segment{from, to, chord}
		}
	}
	return best, best.a != best.b && g.clear(f, best)
}

// clear tells whether a chord runs inside a face.
func (g *graph) clear(f face, s segment) bool {
	for _, h := range f.ring {
		t := segment{a: g.points[g.from(h)], b: g.points[g.to(h)]}
		if t.a == s.a || t.b == s.a || t.a == s.b || t.b == s.b {
			continue
		}
		if crosses(s, t) {
			return false
		}
		for _, p := range [2]Point{t.a, t.b} {
			if _, d := nearest(p, s.a, s.b); d < 4 {
				return false
			}
		}
	}
	return g.holds(f, between(s.a, s.b, 0.5))
}

// holds tells whether a point lies in a face.
func (g *graph) holds(f face, p Point) bool {
	in := false
	for _, h := range f.ring {
		a, b := g.points[g.from(h)], g.points[g.to(h)]
		if (a.Y > p.Y) == (b.Y > p.Y) {
			continue
		}
		if a.Y > b.Y {
			a, b = b, a
		}
		if cross(a, b, p) > 0 {
			in = !in
		}
	}
	return in
}

// cuts cuts each face that is too large for its place into two, straight and short.
func (s *sizer) cuts(g *graph) []segment {
	var out []segment
	for _, f := range g.faces {
		if f.area <= 0 || f.width() < thin {
			continue
		}
		if f.area > largest*s.ordinary(f.centre)*min(1, compact(f.area, f.length)/slender) {
			if c, ok := g.halve(f); ok {
				out = append(out, c)
			}
		}
	}
	return out
}

// halve finds the cut that is short for the area of the smaller part.
func (g *graph) halve(f face) (segment, bool) {
	var ends []Point
	var corner []bool
	for _, h := range f.ring {
		a, b := g.points[g.from(h)], g.points[g.to(h)]
		n := int(g.length(h) / stride)
		for i := range n + 1 {
			ends = append(ends, between(a, b, float64(i)/float64(n+1)))
			corner = append(corner, i == 0 && len(g.around[g.from(h)]) > 2)
		}
	}
	swept := make([]int64, len(ends)+1) // doubled area of the fan up to each end
	for i := range ends {
		swept[i+1] = swept[i] + cross(ends[0], ends[i], ends[(i+1)%len(ends)])
	}
	type cut struct {
		segment
		price float64
	}
	var list []cut
	for i := range ends {
		for j := i + 2; j < len(ends); j++ {
			part := squareMetres(swept[j] - swept[i] + cross(ends[0], ends[j], ends[i]))
			smaller := min(part, f.area-part)
			if smaller < quality*f.area {
				continue
			}
			d := metres(ends[i], ends[j])
			price := d * d / smaller
			for _, c := range [2]bool{corner[i], corner[j]} {
				if c {
					price *= 0.75
				}
			}
			list = append(list, cut{segment{ends[i], ends[j], chord}, price})
		}
	}
	slices.SortStableFunc(list, func(a, b cut) int { return cmp.Compare(a.price, b.price) })
	for _, c := range list[:min(len(list), tries)] {
		if g.clear(f, c.segment) {
			return c.segment, true
		}
	}
	return segment{}, false
}

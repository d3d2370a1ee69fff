package geo

import "math"

// isSliver reports whether no circle of about the given diameter fits into the
// piece. It looks at points a quarter of the width apart, so the true limit lies
// between the width and 1.5 times the width.
func (s *sweep) isSliver(p *piece, width float64) bool {
	// In every figure the radius of the largest circle is at least the area
	// divided by the perimeter, which settles most cases at once and bounds the
	// number of points for the rest.
	if !(width > 0) || 2*p.area/p.perimeter > width {
		return false
	}
	from := 0
	for _, i := range p.traps {
		t := &s.traps[i]
		for s.traps[p.traps[from]].x1 < t.x0-width/2 {
			from++
		}
		if math.Max(t.high0-t.low0, t.high1-t.low1) < width {
			// A circle around a point has the vertical chord through it within
			// it, so none of this width is centred here.
			continue
		}
		if s.hasRoom(p.traps[from:], t, width) {
			return false
		}
	}
	return true
}

// hasRoom reports whether some point of t is farther than half the width from
// the boundary of its piece. near holds the trapezoids of the piece from half a
// width left of t on.
func (s *sweep) hasRoom(near []int32, t *trapezoid, width float64) bool {
	step := width / 4
	nx := math.Ceil((t.x1 - t.x0) / step)
	for i := 0.5; i < nx; i++ {
		f := i / nx
		x := t.x0 + f*(t.x1-t.x0)
		low, high := t.low0+f*(t.low1-t.low0), t.high0+f*(t.high1-t.high0)
		if high-low < width {
			continue
		}
		for y := low + width/2; y <= high-width/2+step; y += step {
			if s.clear(near, x, math.Min(y, high-width/2), width/2) {
				return true
			}
		}
	}
	return false
}

// clear reports whether no boundary of the trapezoids is closer to x,y than r.
func (s *sweep) clear(near []int32, x, y, r float64) bool {
	for _, i := range near {
		t := &s.traps[i]
		if t.x0 > x+r {
			break
		}
		if t.x1 < x-r {
			continue
		}
		if distance(x, y, t.x0, t.low0, t.x1, t.low1) < r || distance(x, y, t.x0, t.high0, t.x1, t.high1) < r {
			return false
		}
	}
	return true
}

// distance is the distance of x,y from the segment a-b in the plane.
func distance(x, y, ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	f := ((x-ax)*dx + (y-ay)*dy) / (dx*dx + dy*dy)
	f = math.Max(0, math.Min(1, f))
	return math.Hypot(x-ax-f*dx, y-ay-f*dy)
}

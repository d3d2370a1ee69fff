package geo

import "slices"

const (
	// noiseArea in m2 and noiseWidth in metres are below what coordinates in
	// double precision can tell apart: nothing smaller is ever reported.
	noiseArea  = 1e-3
	noiseWidth = 1e-7
	// farAway stands for the infinite in the plane, in metres.
	farAway = 1e12
	// These bound the memory and time of one family: the faulty trapezoids, the
	// crossings of edges, and the cells of all faulty trapezoids together.
	maxTrapezoids = 3_000_000
	maxCrossings  = 300_000
	maxWork       = 20_000_000
)

// class is one way of being wrong: all faulty trapezoids of one class that touch
// belong together.
type class struct {
	kind  FindingKind
	cells []int32 // empty for gaps
}

// trapezoid is a faulty piece of one slab: it lies between two lines, at heights
// low and high on its left and on its right.
type trapezoid struct {
	class        int32
	below, above int32 // edges, -1 for the infinite
	x0, x1       float64
	low0, low1   float64
	high0, high1 float64
	up           int32 // parent in the forest of joined trapezoids
	open         bool  // it, or at a root one joined with it, reaches the infinite
}

// sweep cuts the family into slabs and collects the faulty trapezoids.
type sweep struct {
	plane      plane
	edges      []edge
	hasParent  bool
	classes    []class
	names      map[string]int32
	traps      []trapezoid
	incomplete bool
	work       int // cells of all faulty trapezoids together

	cover    []int32 // the cells that cover the current interval, sorted
	inParent bool
}

func newSweep(cells []Cell, parent Shape) *sweep {
	box := emptyBox()
	for _, s := range append([]Cell{{Shape: parent}}, cells...) {
		for _, r := range s.Shape.rings() {
			for _, p := range r {
				box.add(p)
			}
		}
	}
	s := &sweep{plane: newPlane(box), hasParent: !parent.IsEmpty(), names: map[string]int32{}}
	s.edges = buildEdges(s.plane, cells, parent)
	return s
}

// cuts returns the borders of the slabs: every x where an edge ends or two cross.
func (s *sweep) cuts() []float64 {
	xs := make([]float64, 0, 2*len(s.edges))
	segs := make([]segment, len(s.edges))
	for i, e := range s.edges {
		xs = append(xs, e.x0, e.x1)
		segs[i] = segment{e.x0, e.y0, e.x1, e.y1}
	}
	crossings := 0
	done := pairs(segs, func(i, j int) bool {
		if relate(segs[i], segs[j]) == crosses {
			x, _ := meeting(segs[i], segs[j])
			xs = append(xs, x)
			crossings++
		}
		return crossings < maxCrossings
	})
	s.incomplete = !done || crossings >= maxCrossings
	slices.Sort(xs)
	// Vertices closer than the noise share a slab border.
	out := xs[:0]
	for _, x := range xs {
		if len(out) == 0 || x-out[len(out)-1] > noiseWidth {
			out = append(out, x)
		}
	}
	return out
}

package geo

import "slices"

// Ring is a closed line: the last point repeats the first.
type Ring []Point

// Polygon is one outer ring followed by its holes.
type Polygon []Ring

// Shape is a multipolygon. The empty Shape means "no boundary".
type Shape []Polygon

// Bounds returns the box of the ring, an empty one for an empty ring.
func (r Ring) Bounds() Box {
	b := emptyBox()
	for _, p := range r {
		b.add(p)
	}
	return b
}

// Bounds returns the box of the shape, an empty one for the empty shape.
func (s Shape) Bounds() Box {
	b := emptyBox()
	for _, r := range s.rings() {
		for _, p := range r {
			b.add(p)
		}
	}
	return b
}

// IsEmpty reports whether the shape has no vertex, which means "no boundary".
func (s Shape) IsEmpty() bool { return s.Vertices() == 0 }

// Vertices counts the points of all rings, closing points included.
func (s Shape) Vertices() int {
	n := 0
	for _, r := range s.rings() {
		n += len(r)
	}
	return n
}

func (s Shape) rings() []Ring {
	var all []Ring
	for _, poly := range s {
		all = append(all, poly...)
	}
	return all
}

// Contains reports whether p lies in the shape. Of the boundary exactly the
// half belongs to the shape that makes shapes which share edges tile the plane:
// no point belongs to two of them, and none on a shared edge to neither.
func (s Shape) Contains(p Point) bool {
	odd := false
	for _, poly := range s {
		for _, r := range poly {
			if r.odd(p) {
				odd = !odd
			}
		}
	}
	return odd
}

// odd reports whether a line from p to the east crosses the ring an odd number
// of times.
func (r Ring) odd(p Point) bool {
	odd := false
	for i, n := 0, len(r); i < n; i++ {
		j := i + 1
		if j == n {
			j = 0
		}
		if crossesEast(r[i].Lon, r[i].Lat, r[j].Lon, r[j].Lat, p.Lon, p.Lat) {
			odd = !odd
		}
	}
	return odd
}

// crossesEast reports whether the line from x,y to the east crosses the edge
// a-b. The lower end of an edge counts and the upper does not, and the edge is
// always looked at from its lower end, so that both neighbours of an edge get
// the same answer to the last bit.
func crossesEast(ax, ay, bx, by, x, y float64) bool {
	if (ay > y) == (by > y) {
		return false
	}
	if ay > by {
		ax, ay, bx, by = bx, by, ax, ay
	}
	return (bx-ax)*(y-ay)-(x-ax)*(by-ay) > 0
}

// Normalise returns the shape in the form that is stored and published: points
// repeated in a row are removed, outer rings run counter-clockwise and holes
// clockwise (the right-hand rule of RFC 7946). The shape itself is not changed.
func (s Shape) Normalise() Shape {
	out := make(Shape, 0, len(s))
	for _, poly := range s {
		q := make(Polygon, 0, len(poly))
		for i, r := range poly {
			n := slices.Compact(slices.Clone(r))
			if (n.signedArea() > 0) != (i == 0) {
				slices.Reverse(n)
			}
			q = append(q, n)
		}
		out = append(out, q)
	}
	return out
}

// ToWGS84 converts every vertex from the datum d. Equal vertices stay equal, so
// shared edges stay shared. It fails with the error of the first bad vertex.
func (s Shape) ToWGS84(d Datum) (Shape, error) {
	out := make(Shape, len(s))
	for i, poly := range s {
		out[i] = make(Polygon, len(poly))
		for j, r := range poly {
			out[i][j] = make(Ring, len(r))
			for k, p := range r {
				w, err := ToWGS84(p, d)
				if err != nil {
					return nil, err
				}
				out[i][j][k] = w
			}
		}
	}
	return out, nil
}

package geo

import (
	"cmp"
	"math"
	"slices"
)

// Mesh is a part of the plane cut into faces by the borders of shapes and by
// lines. From it shapes are split, united and trimmed: whoever asks says of
// each face whether it belongs, and gets the outline of those that do. Borders
// that run along each other become one, so the outlines of two disjoint sets of
// faces share their edges to the last bit.
type Mesh struct {
	nodes []Point
	ends  []int32 // half-edge h runs from ends[h^1] to ends[h]
	next  []int32 // the half-edge after h around the face on its left
	face  []int32 // the face on the left of h, -1 for the outside
	faces []Face
}

// Face is one piece of a Mesh.
type Face struct {
	At   Point   // a place inside, close to an edge
	Area float64 // m2, holes not taken off
	ring Ring
}

const (
	// weld in degrees, about a millimetre: nodes and lines that come closer
	// are one.
	weld = 1e-8
	// step in degrees is how far beside an edge its face is looked at.
	step = 5e-8
	// maxRounds bounds how often bent lines are cut again.
	maxRounds = 8
	// maxSegments bounds what a person can have drawn on one map.
	maxSegments = 400_000
)

// NewMesh cuts the plane along the shapes' borders and the lines. ok is false
// if they are too tangled.
func NewMesh(shapes []Shape, lines ...[]Point) (m *Mesh, ok bool) {
	b := netBuilder{cells: map[[2]int64][]int32{}, edges: map[[2]int32]bool{}}
	for _, s := range shapes {
		for _, r := range s.rings() {
			b.line(r)
		}
	}
	for _, l := range lines {
		b.line(l)
	}
	if !b.cut() {
		return nil, false
	}
	m = &Mesh{nodes: b.nodes}
	m.trace(b.sorted())
	return m, true
}

// Faces returns the bounded faces. Their order depends on the input only.
func (m *Mesh) Faces() []Face { return m.faces }

// trace makes the half-edges and walks around every face.
func (m *Mesh) trace(edges [][2]int32) {
	out := make([][]int32, len(m.nodes)) // half-edges that leave a node
	for i, e := range edges {
		h := int32(2 * i)
		m.ends = append(m.ends, e[1], e[0])
		out[e[0]] = append(out[e[0]], h)
		out[e[1]] = append(out[e[1]], h+1)
	}
	m.next = make([]int32, len(m.ends))
	for v, list := range out {
		at := m.nodes[v]
		slices.SortFunc(list, func(g, h int32) int {
			p, q := m.nodes[m.ends[g]], m.nodes[m.ends[h]]
			return cmp.Compare(math.Atan2(p.Lat-at.Lat, p.Lon-at.Lon), math.Atan2(q.Lat-at.Lat, q.Lon-at.Lon))
		})
		for i, h := range list {
			// What comes in against h goes on along the next one clockwise.
			m.next[h^1] = list[(i+len(list)-1)%len(list)]
		}
	}
	m.face = make([]int32, len(m.ends))
	for i := range m.face {
		m.face[i] = -2
	}
	var others [][]int32 // walks that bound a face from inside, or the outside
	for h := range m.ends {
		if m.face[h] != -2 {
			continue
		}
		walk := m.walk(int32(h))
		ring := m.ringOf(walk)
		n := int32(-1)
		if flatArea(ring) > 0 {
			n = int32(len(m.faces))
			m.faces = append(m.faces, Face{At: m.beside(walk), Area: ring.Area(), ring: ring})
		} else {
			others = append(others, walk)
		}
		for _, g := range walk {
			m.face[g] = n
		}
	}
	for _, walk := range others {
		n := m.around(m.beside(walk))
		for _, g := range walk {
			m.face[g] = n
		}
	}
}

func (m *Mesh) walk(h int32) []int32 {
	var walk []int32
	for g := h; ; {
		walk = append(walk, g)
		m.face[g] = -1
		if g = m.next[g]; g == h {
			return walk
		}
	}
}

func (m *Mesh) ringOf(walk []int32) Ring {
	ring := make(Ring, 0, len(walk)+1)
	ring = append(ring, m.nodes[m.ends[walk[len(walk)-1]]])
	for _, h := range walk {
		ring = append(ring, m.nodes[m.ends[h]])
	}
	return ring
}

// beside returns a place just left of the longest edge of a walk.
func (m *Mesh) beside(walk []int32) Point {
	best, length := walk[0], -1.0
	on := make(map[int32]bool, len(walk))
	for _, h := range walk {
		on[h] = true
	}
	for _, h := range walk {
		p, q := m.nodes[m.ends[h^1]], m.nodes[m.ends[h]]
		l := math.Hypot(q.Lon-p.Lon, q.Lat-p.Lat)
		if on[h^1] {
			l /= 1e6 // a dead end has the same face on both sides
		}
		if l > length {
			best, length = h, l
		}
	}
	p, q := m.nodes[m.ends[best^1]], m.nodes[m.ends[best]]
	dx, dy := q.Lon-p.Lon, q.Lat-p.Lat
	l := math.Hypot(dx, dy)
	d := min(step, l/4)
	return Point{Lon: (p.Lon+q.Lon)/2 - dy/l*d, Lat: (p.Lat+q.Lat)/2 + dx/l*d}
}

// around returns the smallest face whose outer ring is around a place.
func (m *Mesh) around(p Point) int32 {
	best := int32(-1)
	for i, f := range m.faces {
		if (best < 0 || f.Area < m.faces[best].Area) && f.ring.odd(p) {
			best = int32(i)
		}
	}
	return best
}

// flatArea is positive for a ring that runs counter-clockwise.
func flatArea(r Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		sum += (r[i-1].Lon-r[0].Lon)*(r[i].Lat-r[0].Lat) - (r[i].Lon-r[0].Lon)*(r[i-1].Lat-r[0].Lat)
	}
	return sum
}

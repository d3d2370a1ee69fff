package survey

import (
	"errors"
	"slices"
)

// graph is a net of lines in the plane, in which every line has a face on both sides and every face one simple ring.
// Line n is two half-edges: 2n from a to b and 2n+1 back.
type graph struct {
	points []Point
	lines  []line
	around [][]int // half-edges that leave a point, counter-clockwise
	faces  []face
	left   []int // the face left of each half-edge
}

type line struct {
	a, b  int
	class class
}

// face is a piece of land; the one outside everything has a negative area.
type face struct {
	ring   []int // half-edges, counter-clockwise
	area   float64
	length float64 // of the ring
	centre Point
}

var errEmpty = errors.New("no net of lines")

// net makes a graph of lines that may meet anywhere.
func net(list []segment) (*graph, error) {
	list, err := split(list)
	if err != nil {
		return nil, err
	}
	if list = block(list); len(list) == 0 {
		return nil, errEmpty
	}
	g := &graph{}
	g.points, g.lines = number(list)
	g.spin()
	g.findFaces()
	return g, nil
}

// number gives the points of segments their indices, in order of place.
func number(list []segment) ([]Point, []line) {
	var points []Point
	for _, s := range list {
		points = append(points, s.a, s.b)
	}
	slices.SortFunc(points, comparePoints)
	points = slices.Compact(points)
	at := func(p Point) int {
		i, _ := slices.BinarySearchFunc(points, p, comparePoints)
		return i
	}
	lines := make([]line, len(list))
	for i, s := range list {
		lines[i] = line{at(s.a), at(s.b), s.class}
	}
	return points, lines
}

func (g *graph) from(half int) int {
	if half%2 == 0 {
		return g.lines[half/2].a
	}
	return g.lines[half/2].b
}

func (g *graph) to(half int) int { return g.from(half ^ 1) }

func (g *graph) length(half int) float64 { return metres(g.points[g.from(half)], g.points[g.to(half)]) }

func (g *graph) segments() []segment {
	out := make([]segment, len(g.lines))
	for i, l := range g.lines {
		out[i] = segment{g.points[l.a], g.points[l.b], l.class}
	}
	return out
}

// spin orders the half-edges around each point.
func (g *graph) spin() {
	g.around = make([][]int, len(g.points))
	for i, l := range g.lines {
		g.around[l.a] = append(g.around[l.a], 2*i)
		g.around[l.b] = append(g.around[l.b], 2*i+1)
	}
	for v, list := range g.around {
		at := g.points[v]
		lower := func(p Point) bool { return p.Y < at.Y || p.Y == at.Y && p.X < at.X }
		slices.SortFunc(list, func(h, k int) int {
			p, q := g.points[g.to(h)], g.points[g.to(k)]
			switch c := cross(at, p, q); {
			case lower(p) != lower(q):
				if lower(q) {
					return -1
				}
				return 1
			case c > 0:
				return -1
			case c < 0:
				return 1
			}
			return 0
		})
	}
}

// next is the half-edge that follows around the face on the left.
func (g *graph) next(half int) int {
	list := g.around[g.to(half)]
	i := slices.Index(list, half^1)
	return list[(i+len(list)-1)%len(list)]
}

func (g *graph) findFaces() {
	g.left = make([]int, 2*len(g.lines))
	for i := range g.left {
		g.left[i] = -1
	}
	for h := range g.left {
		if g.left[h] >= 0 {
			continue
		}
		var f face
		for k := h; g.left[k] < 0; k = g.next(k) {
			g.left[k] = len(g.faces)
			f.ring = append(f.ring, k)
		}
		g.measure(&f)
		g.faces = append(g.faces, f)
	}
}

func (g *graph) measure(f *face) {
	start := g.points[g.from(f.ring[0])]
	var doubled, x, y int64
	for _, h := range f.ring {
		p, q := g.points[g.from(h)], g.points[g.to(h)]
		doubled += cross(start, p, q)
		f.length += g.length(h)
		x, y = x+p.X-start.X, y+p.Y-start.Y
	}
	n := int64(len(f.ring))
	f.area = squareMetres(doubled)
	f.centre = Point{start.X + x/n, start.Y + y/n}
}

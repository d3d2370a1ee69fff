package geo

import (
	"cmp"
	"math"
	"slices"
)

// netBuilder turns lines into edges that meet at nodes only.
type netBuilder struct {
	nodes []Point
	cells map[[2]int64][]int32 // nodes by cells of the size of weld
	edges map[[2]int32]bool    // the smaller node first
}

// node returns the node at a place, the nearest within weld or a new one.
func (b *netBuilder) node(p Point) int32 {
	x, y := int64(math.Floor(p.Lon/weld)), int64(math.Floor(p.Lat/weld))
	best, distance := int32(-1), weld
	for dx := int64(-1); dx <= 1; dx++ {
		for dy := int64(-1); dy <= 1; dy++ {
			for _, n := range b.cells[[2]int64{x + dx, y + dy}] {
				if d := math.Hypot(b.nodes[n].Lon-p.Lon, b.nodes[n].Lat-p.Lat); d <= distance {
					best, distance = n, d
				}
			}
		}
	}
	if best < 0 {
		best = int32(len(b.nodes))
		b.nodes = append(b.nodes, p)
		b.cells[[2]int64{x, y}] = append(b.cells[[2]int64{x, y}], best)
	}
	return best
}

func (b *netBuilder) line(points []Point) {
	for i := 1; i < len(points); i++ {
		b.edge(b.node(points[i-1]), b.node(points[i]))
	}
}

func (b *netBuilder) edge(p, q int32) {
	if p != q {
		b.edges[[2]int32{min(p, q), max(p, q)}] = true
	}
}

func (b *netBuilder) sorted() [][2]int32 {
	list := make([][2]int32, 0, len(b.edges))
	for e := range b.edges {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return list
}

// cut divides edges where they meet until they meet at nodes only. Moving a
// line to a node that it passes within weld may make it meet another, so it is
// looked at again.
func (b *netBuilder) cut() bool {
	for range maxRounds {
		if len(b.edges) > maxSegments {
			return false
		}
		edges := b.sorted()
		segs, boxes := make([]segment, len(edges)), make([]segment, len(edges))
		for i, e := range edges {
			p, q := b.nodes[e[0]], b.nodes[e[1]]
			segs[i] = segment{p.Lon, p.Lat, q.Lon, q.Lat}
			x0, y0, x1, y1 := segs[i].span()
			boxes[i] = segment{x0 - weld, y0 - weld, x1 + weld, y1 + weld}
		}
		cuts := map[int][]int32{}
		done := pairs(boxes, func(i, j int) bool {
			b.meet(edges, segs, i, j, cuts)
			return true
		})
		if !done {
			return false
		}
		if len(cuts) == 0 {
			return true
		}
		for i, at := range cuts {
			b.divide(edges[i], at)
		}
	}
	return false
}

// meet notes where two edges have to be cut.
func (b *netBuilder) meet(edges [][2]int32, segs []segment, i, j int, cuts map[int][]int32) {
	touched := false
	pass := func(along, other int) {
		for _, n := range edges[other] {
			if n == edges[along][0] || n == edges[along][1] {
				touched = true
				continue
			}
			s, p := segs[along], b.nodes[n]
			if toLine(s, p) <= weld {
				touched = true
				cuts[along] = append(cuts[along], n)
			}
		}
	}
	pass(i, j)
	pass(j, i)
	if touched || relate(segs[i], segs[j]) != crosses {
		return
	}
	x, y := meeting(segs[i], segs[j])
	n := b.node(Point{Lon: x, Lat: y})
	for _, k := range []int{i, j} {
		if n != edges[k][0] && n != edges[k][1] {
			cuts[k] = append(cuts[k], n)
		}
	}
}

// divide replaces an edge by its pieces.
func (b *netBuilder) divide(e [2]int32, at []int32) {
	delete(b.edges, e)
	from := b.nodes[e[0]]
	slices.SortFunc(at, func(p, q int32) int {
		return cmp.Compare(math.Hypot(b.nodes[p].Lon-from.Lon, b.nodes[p].Lat-from.Lat), math.Hypot(b.nodes[q].Lon-from.Lon, b.nodes[q].Lat-from.Lat))
	})
	last := e[0]
	for _, n := range slices.Compact(at) {
		b.edge(last, n)
		last = n
	}
	b.edge(last, e[1])
}

// toLine is the distance in degrees from a segment to a point.
func toLine(s segment, p Point) float64 {
	dx, dy := s.bx-s.ax, s.by-s.ay
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = max(0, min(1, ((p.Lon-s.ax)*dx+(p.Lat-s.ay)*dy)/l))
	}
	return math.Hypot(s.ax+t*dx-p.Lon, s.ay+t*dy-p.Lat)
}

package demo

import (
	"math"
	"math/rand/v2"

	"gezhi/internal/kit/geo"
)

// line is a street that bounds communities, as positions in WGS-84.
type line []geo.Point

// at returns the position at a share (0 to 1) of the line's length.
func (l line) at(share float64) geo.Point {
	total := 0.0
	for i := 1; i < len(l); i++ {
		total += flat(l[i-1], l[i])
	}
	left := share * total
	for i := 1; i < len(l); i++ {
		d := flat(l[i-1], l[i])
		if left <= d || i == len(l)-1 {
			t := min(left/d, 1)
			return geo.Point{Lon: l[i-1].Lon + t*(l[i].Lon-l[i-1].Lon), Lat: l[i-1].Lat + t*(l[i].Lat-l[i-1].Lat)}
		}
		left -= d
	}
	return l[0]
}

// flat is a distance good enough to share out a street's length: in degrees of latitude.
func flat(a, b geo.Point) float64 {
	return math.Hypot((b.Lon-a.Lon)*math.Cos(a.Lat*math.Pi/180), b.Lat-a.Lat)
}

// block is a piece of land between four streets, covered by a lattice of steps x steps cells. Cell borders bend with
// the streets (a Coons patch), and whatever is cut along them shares its vertices with its neighbours.
type block struct {
	north, south line // from west to east
	west, east   line // from north to south
	steps        int
	nodes        [][]geo.Point // [row][column]
}

// wobble is how far an inner node may lie beside its place, as a share of a cell: streets are not drawn with a ruler.
const wobble = 0.09

func newBlock(north, south, west, east line, steps int, rng *rand.Rand) *block {
	b := &block{north: north, south: south, west: west, east: east, steps: steps}
	for j := range steps + 1 {
		row := make([]geo.Point, steps+1)
		for i := range row {
			u, v := float64(i)/float64(steps), float64(j)/float64(steps)
			if inside := i > 0 && i < steps && j > 0 && j < steps; inside {
				row[i] = b.inner(u+b.shift(rng), v+b.shift(rng))
			} else {
				row[i] = b.edge(i, j, u, v)
			}
		}
		b.nodes = append(b.nodes, row)
	}
	return b
}

func (b *block) shift(rng *rand.Rand) float64 {
	return (rng.Float64()*2 - 1) * wobble / float64(b.steps)
}

// edge takes the node from the street itself, so that the blocks on both sides have the very same one.
func (b *block) edge(i, j int, u, v float64) geo.Point {
	switch {
	case j == 0:
		return rounded(b.north.at(u))
	case j == b.steps:
		return rounded(b.south.at(u))
	case i == 0:
		return rounded(b.west.at(v))
	default:
		return rounded(b.east.at(v))
	}
}

// inner blends the four streets.
func (b *block) inner(u, v float64) geo.Point {
	n, s, w, e := b.north.at(u), b.south.at(u), b.west.at(v), b.east.at(v)
	nw, ne, sw, se := b.north[0], b.north[len(b.north)-1], b.south[0], b.south[len(b.south)-1]
	blend := func(of func(geo.Point) float64) float64 {
		sides := (1-v)*of(n) + v*of(s) + (1-u)*of(w) + u*of(e)
		corners := (1-u)*(1-v)*of(nw) + u*(1-v)*of(ne) + (1-u)*v*of(sw) + u*v*of(se)
		return sides - corners
	}
	return rounded(geo.Point{Lon: blend(func(p geo.Point) float64 { return p.Lon }), Lat: blend(func(p geo.Point) float64 { return p.Lat })})
}

// rounded keeps six decimals, about 0.1 m, as surveyed files do.
func rounded(p geo.Point) geo.Point {
	return geo.Point{Lon: math.Round(p.Lon*1e6) / 1e6, Lat: math.Round(p.Lat*1e6) / 1e6}
}

// piece is a rectangle of cells: columns [x0, x1), rows [y0, y1).
type piece struct{ x0, y0, x1, y1 int }

func (b *block) whole() piece { return piece{0, 0, b.steps, b.steps} }

// ring returns the closed outline of a piece, counter-clockwise.
func (b *block) ring(p piece) geo.Ring {
	var r geo.Ring
	for i := p.x0; i < p.x1; i++ {
		r = append(r, b.nodes[p.y1][i])
	}
	for j := p.y1; j > p.y0; j-- {
		r = append(r, b.nodes[j][p.x1])
	}
	for i := p.x1; i > p.x0; i-- {
		r = append(r, b.nodes[p.y0][i])
	}
	for j := p.y0; j < p.y1; j++ {
		r = append(r, b.nodes[j][p.x0])
	}
	return append(r, r[0])
}

// split cuts a piece into n of about the same size, always across its longer side and never quite in the middle.
func (b *block) split(p piece, n int, rng *rand.Rand) []piece {
	if n <= 1 {
		return []piece{p}
	}
	first := n / 2
	share := float64(first)/float64(n) + (rng.Float64()-0.5)*0.12
	wide, high := flat(b.nodes[p.y0][p.x0], b.nodes[p.y0][p.x1]), flat(b.nodes[p.y0][p.x0], b.nodes[p.y1][p.x0])
	one, two := p, p
	if wide >= high && p.x1-p.x0 > 1 || p.y1-p.y0 < 2 {
		cut := p.x0 + min(max(int(math.Round(share*float64(p.x1-p.x0))), 1), p.x1-p.x0-1)
		one.x1, two.x0 = cut, cut
	} else {
		cut := p.y0 + min(max(int(math.Round(share*float64(p.y1-p.y0))), 1), p.y1-p.y0-1)
		one.y1, two.y0 = cut, cut
	}
	return append(b.split(one, first, rng), b.split(two, n-first, rng)...)
}

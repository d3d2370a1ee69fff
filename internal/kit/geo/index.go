package geo

import (
	"cmp"
	"math"
	"slices"
)

// IndexCell is a shape that an Index can find by a point in it.
type IndexCell struct {
	ID    string
	Shape Shape
}

// Index finds the cell that a point lies in. It is immutable, so any number of
// goroutines may use it at once.
//
// Coordinates lie in two flat arrays under a grid of buckets about the size of a
// cell; a bucket lists the cells whose box meets it.
type Index struct {
	ids   []string
	boxes []Box
	rings []int32 // first ring of each cell, and one past the last
	verts []int32 // first vertex of each ring, and one past the last
	xs    []float64
	ys    []float64

	box        Box
	cols, rows int
	perLon     float64 // columns per degree
	perLat     float64
	starts     []int32 // first entry of each bucket, and one past the last
	entries    []int32 // cells, ascending, so in the order of their ids
}

// touch in degrees is a tenth of a millimetre: a point that lies in no cell but
// this close to an edge is on that edge. It catches what falls between two cells
// of which only one has a vertex on their common line.
const touch = 1e-9

// NewIndex builds an index. Cells may overlap; then the smallest id wins. Empty
// shapes and shapes with impossible coordinates are left out. The order of the
// cells does not matter.
func NewIndex(cells []IndexCell) *Index {
	sorted := slices.Clone(cells)
	slices.SortStableFunc(sorted, func(a, b IndexCell) int { return cmp.Compare(a.ID, b.ID) })
	x := &Index{box: emptyBox(), rings: []int32{0}, verts: []int32{0}}
	for _, c := range sorted {
		b, ok := usableBox(c.Shape)
		if !ok {
			continue
		}
		for _, r := range c.Shape.rings() {
			for _, p := range r {
				x.xs, x.ys = append(x.xs, p.Lon), append(x.ys, p.Lat)
			}
			// An open ring is closed here, so that a look-up need not ask.
			if n := len(r); n > 0 && r[0] != r[n-1] {
				x.xs, x.ys = append(x.xs, r[0].Lon), append(x.ys, r[0].Lat)
			}
			x.verts = append(x.verts, int32(len(x.xs)))
		}
		x.rings = append(x.rings, int32(len(x.verts)-1))
		x.ids = append(x.ids, c.ID)
		b = Box{b.West - touch, b.South - touch, b.East + touch, b.North + touch}
		x.boxes = append(x.boxes, b)
		x.box.add(Point{b.West, b.South})
		x.box.add(Point{b.East, b.North})
	}
	x.fill()
	return x
}

func usableBox(s Shape) (Box, bool) {
	b := emptyBox()
	for _, r := range s.rings() {
		for _, p := range r {
			if p.Valid() != nil {
				return b, false
			}
			b.add(p)
		}
	}
	return b, !b.IsEmpty()
}

// fill lays the grid over the cells: about two buckets a cell, fewer if large
// cells would fill too many of them.
func (x *Index) fill() {
	n := len(x.ids)
	if n == 0 {
		return
	}
	width, height := x.box.East-x.box.West, x.box.North-x.box.South
	for buckets := float64(2*n + 16); ; buckets /= 4 {
		x.cols = int(math.Max(1, math.Min(4096, math.Sqrt(buckets*width/height))))
		x.rows = int(math.Max(1, math.Min(4096, buckets/float64(x.cols))))
		x.perLon, x.perLat = float64(x.cols)/width, float64(x.rows)/height
		total := 0
		for _, b := range x.boxes {
			c0, r0, c1, r1 := x.span(b)
			total += (c1 - c0 + 1) * (r1 - r0 + 1)
		}
		if total <= 16*n+4096 || x.cols*x.rows == 1 {
			break
		}
	}
	x.starts = make([]int32, x.cols*x.rows+1)
	x.each(func(bucket, _ int) { x.starts[bucket+1]++ })
	for i := 1; i < len(x.starts); i++ {
		x.starts[i] += x.starts[i-1]
	}
	x.entries = make([]int32, x.starts[len(x.starts)-1])
	free := slices.Clone(x.starts)
	x.each(func(bucket, cell int) {
		x.entries[free[bucket]] = int32(cell)
		free[bucket]++
	})
}

func (x *Index) each(visit func(bucket, cell int)) {
	for i, b := range x.boxes {
		c0, r0, c1, r1 := x.span(b)
		for r := r0; r <= r1; r++ {
			for c := c0; c <= c1; c++ {
				visit(r*x.cols+c, i)
			}
		}
	}
}

func (x *Index) span(b Box) (c0, r0, c1, r1 int) {
	c0, r0 = x.bucket(b.West, b.South)
	c1, r1 = x.bucket(b.East, b.North)
	return c0, r0, c1, r1
}

func (x *Index) bucket(lon, lat float64) (col, row int) {
	col = int((lon - x.box.West) * x.perLon)
	row = int((lat - x.box.South) * x.perLat)
	return min(max(col, 0), x.cols-1), min(max(row, 0), x.rows-1)
}

// Len returns the number of cells in the index.
func (x *Index) Len() int { return len(x.ids) }

// Locate returns the id of the cell that p lies in. A point on an edge or vertex
// that cells share belongs to exactly one of them, always the same; a point on
// the outer edge of the set belongs to the cell there. The zero Point lies
// nowhere. The datum must be that of the cells.
func (x *Index) Locate(p Point) (id string, ok bool) {
	if p.IsZero() || !x.box.Contains(p) {
		return "", false
	}
	col, row := x.bucket(p.Lon, p.Lat)
	k := row*x.cols + col
	list := x.entries[x.starts[k]:x.starts[k+1]]
	for _, c := range list {
		if x.boxes[c].Contains(p) && x.covers(c, p) {
			return x.ids[c], true
		}
	}
	for _, c := range list {
		if x.boxes[c].Contains(p) && x.touches(c, p) {
			return x.ids[c], true
		}
	}
	return "", false
}

// covers is Shape.Contains on the flat arrays.
func (x *Index) covers(cell int32, p Point) bool {
	odd := false
	for r := x.rings[cell]; r < x.rings[cell+1]; r++ {
		xs := x.xs[x.verts[r]:x.verts[r+1]]
		ys := x.ys[x.verts[r]:x.verts[r+1]]
		ys = ys[:len(xs)]
		for i := 1; i < len(xs); i++ {
			if (ys[i-1] > p.Lat) != (ys[i] > p.Lat) && crossesEast(xs[i-1], ys[i-1], xs[i], ys[i], p.Lon, p.Lat) {
				odd = !odd
			}
		}
	}
	return odd
}

// touches reports whether p is on an edge of the cell.
func (x *Index) touches(cell int32, p Point) bool {
	for r := x.rings[cell]; r < x.rings[cell+1]; r++ {
		for i := x.verts[r] + 1; i < x.verts[r+1]; i++ {
			ax, ay, bx, by := x.xs[i-1], x.ys[i-1], x.xs[i], x.ys[i]
			if (ax != bx || ay != by) && distance(p.Lon, p.Lat, ax, ay, bx, by) <= touch {
				return true
			}
		}
	}
	return false
}

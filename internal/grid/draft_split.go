package grid

import (
	"cmp"
	"slices"

	"gezhi/internal/kit/geo"
)

// speck in m2 is what pieces may leave of each other unnoticed.
const speck = 10

// piece is one part of a split area.
type piece struct {
	shape    geo.Shape
	children []string
}

// split cuts an area along the line. Areas below it stay whole: each goes to the piece that holds most of it, and the
// new border follows theirs.
func (w *drafting) split() {
	if len(w.in.Areas) != 1 {
		w.f.Add("areas", "redraw.choose_one")
		return
	}
	a, _ := w.t.Area(w.in.Areas[0])
	if a.Shape.IsEmpty() {
		w.f.Add("areas", "redraw.no_shape", "name", a.Name)
		return
	}
	if len(w.in.Line) < 2 {
		w.f.Add("line", "redraw.line_short")
		return
	}
	if at, crossed := geo.CrossesItself(w.in.Line); crossed {
		w.f.Add("line", "redraw.line_crosses", "lon", at.Lon, "lat", at.Lat)
		return
	}
	pieces, ok := cutAlong(w.t, a, geo.Reach(a.Shape, w.in.Line))
	switch {
	case !ok:
		w.f.Add("line", "redraw.too_much")
		return
	case len(pieces) < 2:
		w.f.Add("line", "redraw.line_misses", "name", a.Name)
		return
	case len(pieces) > maxParts:
		w.f.Add("line", "redraw.too_many_parts", "count", len(pieces))
		return
	}
	stays := false
	for i, part := range w.partsFor(len(pieces), a) {
		p := pieces[i]
		if part.Keep != "" {
			if part.Keep != a.ID || stays {
				w.f.Add("parts["+itoa(i)+"].keep", "redraw.keep_once")
			}
			stays = true
			w.reshape(a.ID, p.shape)
			continue
		}
		ref := "begins[" + itoa(len(w.out.Begins)) + "]"
		w.out.Begins = append(w.out.Begins, Begin{Code: part.Code, Name: part.Name, Level: a.Level, Kind: part.Kind, ParentID: a.ParentID,
			Shape: w.shape(p.shape), From: []string{a.ID}})
		for _, child := range p.children {
			w.out.Moves = append(w.out.Moves, Move{child, ref})
		}
	}
	if stays {
		return
	}
	w.out.Ends = []string{a.ID}
	for _, child := range w.t.children[a.ID] {
		if child.Shape.IsEmpty() {
			w.out.Moves = append(w.out.Moves, Move{child.ID, "begins[0]"})
		}
	}
}

// cutAlong returns the pieces of an area, the largest first.
func cutAlong(t *Tree, a Area, line []geo.Point) ([]piece, bool) {
	shapes := []geo.Shape{a.Shape}
	var below []*Area
	for _, child := range t.children[a.ID] {
		if !child.Shape.IsEmpty() {
			shapes, below = append(shapes, child.Shape), append(below, child)
		}
	}
	rough, ok := roughPieces(a.Shape, line)
	if !ok || len(rough) < 2 || len(rough) > maxParts {
		return make([]piece, len(rough)), ok
	}
	side := func(at geo.Point) int {
		return max(0, slices.IndexFunc(rough, func(s geo.Shape) bool { return s.Contains(at) }))
	}
	m, ok := geo.NewMesh(shapes, line)
	if !ok {
		return nil, false
	}
	faces := m.Faces()
	holder := make([]int, len(faces)) // which child holds the face
	sides := make([]int, len(faces))
	share := make([][]float64, len(below)) // m2 of each child on each side
	for i := range share {
		share[i] = make([]float64, len(rough))
	}
	for i, f := range faces {
		holder[i] = slices.IndexFunc(below, func(c *Area) bool { return c.Shape.Contains(f.At) })
		sides[i] = side(f.At)
		if h := holder[i]; h >= 0 {
			share[h][sides[i]] += f.Area
		}
	}
	pieces := make([]piece, len(rough))
	goes := make([]int, len(below))
	for i, c := range below {
		for k, m2 := range share[i] {
			if m2 > share[i][goes[i]] {
				goes[i] = k
			}
		}
		pieces[goes[i]].children = append(pieces[goes[i]].children, c.ID)
	}
	for k := range pieces {
		pieces[k].shape = m.Union(func(f int) bool {
			if !a.Shape.Contains(faces[f].At) {
				return false
			}
			if h := holder[f]; h >= 0 {
				return goes[h] == k
			}
			return sides[f] == k
		}, 0.01)
	}
	pieces = slices.DeleteFunc(pieces, func(p piece) bool { return p.shape.IsEmpty() })
	slices.SortStableFunc(pieces, func(x, y piece) int { return cmp.Compare(y.shape.Area(), x.shape.Area()) })
	return pieces, true
}

// roughPieces cuts a shape without regard to what lies in it. A speck goes with the largest piece, which comes first.
func roughPieces(s geo.Shape, line []geo.Point) ([]geo.Shape, bool) {
	m, ok := geo.NewMesh([]geo.Shape{s}, line)
	if !ok {
		return nil, false
	}
	faces := m.Faces()
	var order []int
	for i, f := range faces {
		if s.Contains(f.At) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(faces[j].Area, faces[i].Area) })
	large := slices.IndexFunc(order, func(i int) bool { return faces[i].Area < speck })
	if large < 0 {
		large = len(order)
	}
	// Parts of the area that lie apart and are not cut stay with the largest piece.
	own := map[int]bool{}
	for _, poly := range s {
		whole := geo.Shape{poly}
		var in []int
		for _, i := range order[:large] {
			if whole.Contains(faces[i].At) {
				in = append(in, i)
			}
		}
		if len(in) > 1 || len(s) == 1 {
			for _, i := range in {
				own[i] = true
			}
		}
	}
	if len(own) == 0 {
		return []geo.Shape{s}, true
	}
	var out []geo.Shape
	for _, i := range order {
		if !own[i] {
			continue
		}
		first := len(out) == 0
		out = append(out, m.Union(func(f int) bool { return f == i || first && slices.Contains(order, f) && !own[f] }, 0))
	}
	return out, true
}

package grid

import (
	"cmp"
	"slices"

	"gezhi/internal/kit/geo"
)

// merge makes one area of several neighbours under one parent. What lay below them lies below it.
func (w *drafting) merge() {
	ids := slices.Compact(slices.Sorted(slices.Values(w.in.Areas)))
	if len(ids) < 2 {
		w.f.Add("areas", "redraw.choose_several")
		return
	}
	var areas []Area
	var shapes []geo.Shape
	pieces := 1
	for _, id := range ids {
		a, _ := w.t.Area(id)
		areas, shapes, pieces = append(areas, a), append(shapes, a.Shape), max(pieces, len(a.Shape))
		switch {
		case a.Shape.IsEmpty():
			w.f.Add("areas", "redraw.no_shape", "name", a.Name)
		case a.Level != areas[0].Level:
			w.f.Add("areas", "redraw.different_levels")
		case a.ParentID != areas[0].ParentID:
			w.f.Add("areas", "redraw.different_parents", "name", a.Name)
		}
	}
	if len(w.f) > 0 {
		return
	}
	whole, ok := united(shapes)
	if !ok {
		w.f.Add("areas", "redraw.too_much")
		return
	}
	if len(whole) > pieces {
		w.f.Add("areas", "redraw.not_neighbours")
		return
	}
	largest := slices.MaxFunc(areas, func(a, b Area) int { return cmp.Compare(a.Shape.Area(), b.Shape.Area()) })
	part := w.partsFor(1, largest)[0]
	into := part.Keep
	if into == "" {
		into = "begins[0]"
		w.out.Begins = []Begin{{Code: part.Code, Name: part.Name, Level: areas[0].Level, Kind: part.Kind, ParentID: areas[0].ParentID, Shape: w.shape(whole), From: ids}}
	} else if !slices.Contains(ids, into) {
		w.f.Add("parts[0].keep", "redraw.keep_one_of_them")
		return
	} else {
		w.reshape(into, whole, slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == into })...)
	}
	for _, a := range areas {
		if a.ID == into {
			continue
		}
		w.out.Ends = append(w.out.Ends, a.ID)
		for _, child := range w.t.children[a.ID] {
			w.out.Moves = append(w.out.Moves, Move{child.ID, into})
		}
	}
}

// united is the outline of shapes that share borders. Holes and specks between them that drawing by hand leaves are
// filled.
func united(shapes []geo.Shape) (geo.Shape, bool) {
	m, ok := geo.NewMesh(shapes)
	if !ok {
		return nil, false
	}
	faces := m.Faces()
	return m.Union(func(f int) bool {
		return slices.ContainsFunc(shapes, func(s geo.Shape) bool { return s.Contains(faces[f].At) })
	}, speck), true
}

// less is a shape without the others.
func less(s geo.Shape, others []geo.Shape) (geo.Shape, bool) {
	m, ok := geo.NewMesh(append([]geo.Shape{s}, others...))
	if !ok {
		return nil, false
	}
	faces := m.Faces()
	return m.Union(func(f int) bool {
		return s.Contains(faces[f].At) && !slices.ContainsFunc(others, func(o geo.Shape) bool { return o.Contains(faces[f].At) })
	}, speck), true
}

package grid

import (
	"slices"

	"gezhi/internal/kit/geo"
)

// draw adds an area. Drawn roughly over its neighbours' borders it is trimmed to what is free, if Fit asks for it.
// Gaps beside it are no fault, for areas are drawn one by one.
func (w *drafting) draw() {
	w.rule = reportGaps
	shape := readShape(&w.f, "shape", w.in.Shape)
	if shape == nil {
		if len(w.f) == 0 {
			w.f.Add("shape", "field.required")
		}
		return
	}
	parent, ok := w.t.Area(w.in.Parent)
	if w.in.Parent != "" && !ok {
		w.f.Add("parent", "area.parent_unknown")
		return
	}
	if w.in.Fit && len(geo.Validate(shape)) == 0 {
		if shape, ok = w.trim(shape, parent); !ok {
			w.f.Add("shape", "redraw.too_much")
			return
		}
		if shape.IsEmpty() {
			w.f.Add("shape", "redraw.nothing_left", "parent", parent.Name)
			return
		}
	}
	part := Part{}
	if len(w.in.Parts) > 0 {
		part = w.in.Parts[0]
	} else if siblings := w.siblings(); len(siblings) > 0 {
		part.Code = w.freeCode(*siblings[len(siblings)-1])
	}
	w.parts = []Part{part}
	w.out.Begins = []Begin{{Code: part.Code, Name: part.Name, Level: w.in.Level, Kind: part.Kind, ParentID: w.in.Parent, Shape: w.shape(shape)}}
}

func (w *drafting) siblings() []*Area {
	return slices.DeleteFunc(slices.Clone(w.t.children[w.in.Parent]), func(a *Area) bool { return a.Level != w.in.Level })
}

// trim leaves out what is the neighbours' or not the parent's.
func (w *drafting) trim(s geo.Shape, parent Area) (geo.Shape, bool) {
	var taken []geo.Shape
	box := s.Bounds()
	for _, a := range w.siblings() {
		if a.Shape.Bounds().Meets(box) && !a.Shape.IsEmpty() {
			taken = append(taken, a.Shape)
		}
	}
	shapes := append([]geo.Shape{s}, taken...)
	if !parent.Shape.IsEmpty() {
		shapes = append(shapes, parent.Shape)
	}
	m, ok := geo.NewMesh(shapes)
	if !ok {
		return nil, false
	}
	faces := m.Faces()
	return m.Union(func(f int) bool {
		at := faces[f].At
		return s.Contains(at) && (parent.Shape.IsEmpty() || parent.Shape.Contains(at)) &&
			!slices.ContainsFunc(taken, func(o geo.Shape) bool { return o.Contains(at) })
	}, speck), true
}

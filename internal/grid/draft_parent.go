package grid

import (
	"slices"

	"gezhi/internal/kit/geo"
)

// hang moves areas under another parent. The boundaries above follow: what they leave becomes smaller, what they come
// to larger.
func (w *drafting) hang() {
	ids := slices.Compact(slices.Sorted(slices.Values(w.in.Areas)))
	if len(ids) == 0 {
		w.f.Add("areas", "redraw.choose_one")
		return
	}
	target, ok := w.t.Area(w.in.Parent)
	if !ok {
		w.f.Add("parent", "area.parent_unknown")
		return
	}
	gains, losses := map[string][]geo.Shape{}, map[string][]geo.Shape{}
	for _, id := range ids {
		a, _ := w.t.Area(id)
		if a.ParentID == target.ID {
			w.f.Add("areas", "redraw.there_already", "name", a.Name, "parent", target.Name)
			continue
		}
		w.out.Moves = append(w.out.Moves, Move{a.ID, target.ID})
		if a.Shape.IsEmpty() {
			continue
		}
		from, to := w.t.PathIDs(a.ParentID), w.t.PathIDs(target.ID)
		for _, above := range from {
			if !slices.Contains(to, above) {
				losses[above] = append(losses[above], a.Shape)
			}
		}
		for _, above := range to {
			if !slices.Contains(from, above) {
				gains[above] = append(gains[above], a.Shape)
			}
		}
	}
	for _, a := range w.t.order {
		if a.Shape.IsEmpty() || gains[a.ID] == nil && losses[a.ID] == nil {
			continue
		}
		shape, ok := a.Shape, true
		if given := gains[a.ID]; given != nil {
			shape, ok = united(append([]geo.Shape{shape}, given...))
		}
		if taken := losses[a.ID]; taken != nil && ok {
			shape, ok = less(shape, taken)
		}
		switch {
		case !ok:
			w.f.Add("areas", "redraw.too_much")
		case shape.IsEmpty():
			w.f.Add("areas", "redraw.leaves_nothing", "name", a.Name)
		default:
			w.reshape(a.ID, shape)
		}
	}
}

package grid

import (
	"cmp"
	"math"
	"slices"

	"gezhi/internal/kit/geo"
)

// near in degrees, about five centimetres: a border that passes a point this close passes through it.
const near = 5e-7

// border moves points of borders for all areas, of whatever level, whose border passes there: neighbours change
// together, and what lies above and below with them.
func (w *drafting) border() {
	if len(w.in.Moves) == 0 {
		w.f.Add("moves", "redraw.nothing_moved")
		return
	}
	var changed []string
	work := map[string]geo.Shape{}
	for i, m := range w.in.Moves {
		hit := w.passing(work, m.From)
		if len(hit) == 0 {
			w.f.Add("moves["+itoa(i)+"]", "redraw.no_border_there", "lon", m.From.Lon, "lat", m.From.Lat)
			continue
		}
		for _, a := range hit {
			if work[a.ID] == nil {
				work[a.ID] = copied(a.Shape)
				changed = append(changed, a.ID)
			}
		}
	}
	if len(w.f) > 0 {
		return
	}
	corners := w.cornersAround(work)
	for id, s := range work {
		work[id] = withCorners(s, w.in.Moves, corners)
	}
	for _, id := range changed {
		w.reshape(id, moved(work[id], w.in.Moves))
	}
}

// passing lists the areas whose border passes through a point.
func (w *drafting) passing(work map[string]geo.Shape, p geo.Point) []*Area {
	around := geo.Box{West: p.Lon - near, South: p.Lat - near, East: p.Lon + near, North: p.Lat + near}
	var out []*Area
	for i, a := range w.t.order {
		if !w.t.boxes[i].Meets(around) {
			continue
		}
		touches := false
		eachEdge(a.Shape, func(q, r geo.Point) { touches = touches || offLine(q, r, p) <= near })
		if touches {
			out = append(out, a)
		}
	}
	return out
}

// cornersAround lists the corners of all areas that lie close to the changed ones: a changed edge that runs along them
// must not pull away from them.
func (w *drafting) cornersAround(work map[string]geo.Shape) []geo.Point {
	var all geo.Shape
	for _, s := range work {
		all = append(all, s...)
	}
	box := all.Bounds()
	seen := map[geo.Point]bool{}
	var out []geo.Point
	for i, a := range w.t.order {
		if !w.t.boxes[i].Meets(box) {
			continue
		}
		eachEdge(a.Shape, func(p, _ geo.Point) {
			if box.Contains(p) && !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		})
	}
	slices.SortFunc(out, func(p, q geo.Point) int { return cmp.Compare(p.Lon, q.Lon) })
	return out
}

// withCorners makes a corner of every moved point that lies on an edge, and, on the edges that will move, of every
// corner that another area has there.
func withCorners(s geo.Shape, moves []VertexMove, corners []geo.Point) geo.Shape {
	out := copied(s)
	var from []geo.Point
	for _, m := range moves {
		from = append(from, m.From)
	}
	for i, poly := range out {
		for j, ring := range poly {
			ring = insertOn(ring, from, func(geo.Point, geo.Point) bool { return true })
			ring = insertOn(ring, corners, func(p, q geo.Point) bool { return isOneOf(from, p) || isOneOf(from, q) })
			out[i][j] = ring
		}
	}
	return out
}

// insertOn adds to a ring the points that lie on those of its edges that are asked for.
func insertOn(ring geo.Ring, points []geo.Point, edge func(p, q geo.Point) bool) geo.Ring {
	out := geo.Ring{ring[0]}
	for i := 1; i < len(ring); i++ {
		p, q := ring[i-1], ring[i]
		if edge(p, q) {
			var on []geo.Point
			for _, c := range points {
				if !same(c, p) && !same(c, q) && offLine(p, q, c) <= near && !isOneOf(on, c) {
					on = append(on, c)
				}
			}
			slices.SortFunc(on, func(a, b geo.Point) int { return cmp.Compare(flatDistance(p, a), flatDistance(p, b)) })
			out = append(out, on...)
		}
		out = append(out, q)
	}
	return out
}

// moved carries the moves out.
func moved(s geo.Shape, moves []VertexMove) geo.Shape {
	out := make(geo.Shape, len(s))
	for i, poly := range s {
		out[i] = make(geo.Polygon, len(poly))
		for j, ring := range poly {
			var r geo.Ring
			for _, p := range ring[:len(ring)-1] {
				k := slices.IndexFunc(moves, func(m VertexMove) bool { return same(m.From, p) })
				switch {
				case k < 0:
					r = append(r, p)
				case !moves[k].Drop:
					r = append(r, moves[k].To)
				}
			}
			if len(r) > 0 {
				r = append(r, r[0])
			}
			out[i][j] = r
		}
	}
	return out
}

func copied(s geo.Shape) geo.Shape {
	out := make(geo.Shape, len(s))
	for i, poly := range s {
		out[i] = make(geo.Polygon, len(poly))
		for j, ring := range poly {
			out[i][j] = slices.Clone(ring)
		}
	}
	return out
}

func eachEdge(s geo.Shape, visit func(p, q geo.Point)) {
	for _, poly := range s {
		for _, ring := range poly {
			for i := 1; i < len(ring); i++ {
				visit(ring[i-1], ring[i])
			}
		}
	}
}

func same(p, q geo.Point) bool { return flatDistance(p, q) <= near }

func isOneOf(list []geo.Point, p geo.Point) bool {
	return slices.ContainsFunc(list, func(q geo.Point) bool { return same(p, q) })
}

func flatDistance(p, q geo.Point) float64 { return math.Hypot(p.Lon-q.Lon, p.Lat-q.Lat) }

// offLine is the distance in degrees from the edge p-q to a point.
func offLine(p, q, at geo.Point) float64 {
	return toSegment(p.Lon-at.Lon, p.Lat-at.Lat, q.Lon-at.Lon, q.Lat-at.Lat)
}

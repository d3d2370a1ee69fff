package grid

import (
	"math"

	"gezhi/internal/kit/geo"
)

// Locate returns the areas that a point (WGS-84) lies in, from the top down to the deepest one that has a boundary
// there. A point on an edge that areas share belongs to one of them, always the same. ok is false outside every
// boundary and for the zero point.
func (t *Tree) Locate(p geo.Point) (path []Area, ok bool) {
	for n := len(t.levels) - 1; n >= 0; n-- {
		if id, found := t.levels[n].index.Locate(p); found {
			return t.Path(id), true
		}
	}
	return nil, false
}

// Nearest returns the area of the deepest level that has one within metres of the point, the nearest of it.
func (t *Tree) Nearest(p geo.Point, metres float64) (area Area, distance float64, ok bool) {
	if p.IsZero() || p.Valid() != nil || !(metres >= 0) {
		return Area{}, 0, false
	}
	dLat := metres/metresPerDegree + 1e-9
	dLon := dLat / math.Max(0.01, math.Cos(p.Lat*math.Pi/180))
	around := geo.Box{West: p.Lon - dLon, South: p.Lat - dLat, East: p.Lon + dLon, North: p.Lat + dLat}
	var best *Area
	distance = metres
	for i := len(t.order) - 1; i >= 0; i-- { // the deepest level comes last
		a := t.order[i]
		if best != nil && a.Level != best.Level {
			break
		}
		if !t.boxes[i].Meets(around) {
			continue
		}
		if d := distanceTo(a.Shape, p); d < distance || d == distance && best == nil {
			best, distance = a, d
		}
	}
	if best == nil {
		return Area{}, 0, false
	}
	return *best, distance, true
}

// metresPerDegree of latitude on a sphere of the mean radius 6,371,008.8 m.
const metresPerDegree = 6371008.8 * math.Pi / 180

// distanceTo is the distance in metres from a point to a shape, 0 inside. Edges are taken as straight on a plane
// around the point, which is good to 1 % within some kilometres.
func distanceTo(s geo.Shape, p geo.Point) float64 {
	if s.Contains(p) {
		return 0
	}
	best := math.Inf(1)
	kx := metresPerDegree * math.Cos(p.Lat*math.Pi/180)
	for _, poly := range s {
		for _, ring := range poly {
			for i := 1; i < len(ring); i++ {
				ax, ay := (ring[i-1].Lon-p.Lon)*kx, (ring[i-1].Lat-p.Lat)*metresPerDegree
				bx, by := (ring[i].Lon-p.Lon)*kx, (ring[i].Lat-p.Lat)*metresPerDegree
				best = math.Min(best, toSegment(ax, ay, bx, by))
			}
		}
	}
	return best
}

// toSegment is the distance from the origin to the line from a to b.
func toSegment(ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = math.Max(0, math.Min(1, -(ax*dx+ay*dy)/length))
	}
	return math.Hypot(ax+t*dx, ay+t*dy)
}

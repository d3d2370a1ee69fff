package mapview

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// coordinateFactor keeps six decimals of a degree, about 0.1 m.
const coordinateFactor = 1e6

// line gives a way's points; nodes that the extract cut off are left out.
func (e *Extract) line(way *Way) orb.LineString {
	line := make(orb.LineString, 0, len(way.Nodes))
	for _, id := range way.Nodes {
		if point, ok := e.points[id]; ok {
			line = append(line, point)
		}
	}
	return line
}

// closed says whether the way ends where it began and can be a ring.
func (w *Way) closed() bool {
	return len(w.Nodes) >= 4 && w.Nodes[0] == w.Nodes[len(w.Nodes)-1]
}

// rings joins the ways of one role into closed rings. Ways whose other half lies outside the extract
// do not close and are dropped, for half a ring would paint a false area.
func (e *Extract) rings(relation Relation, role string) []orb.Ring {
	var open [][]int64
	for _, member := range relation.Members {
		same := member.Role == role || (role == "outer" && member.Role == "")
		if way, ok := e.ways[member.Way]; ok && same && len(way.Nodes) > 1 {
			open = append(open, slices.Clone(way.Nodes))
		}
	}
	var rings []orb.Ring
	for len(open) > 0 {
		chain := open[0]
		open = open[1:]
		for chain[0] != chain[len(chain)-1] {
			i := slices.IndexFunc(open, func(next []int64) bool {
				end := chain[len(chain)-1]
				return next[0] == end || next[len(next)-1] == end
			})
			if i < 0 {
				break
			}
			next := open[i]
			open = slices.Delete(open, i, i+1)
			if next[0] != chain[len(chain)-1] {
				slices.Reverse(next)
			}
			chain = append(chain, next[1:]...)
		}
		joined := Way{Nodes: chain}
		if joined.closed() {
			rings = append(rings, orb.Ring(e.line(&joined)))
		}
	}
	return rings
}

// polygon gives the area of a multipolygon relation; empty when no outer ring is whole.
func (e *Extract) polygon(relation Relation) orb.MultiPolygon {
	var area orb.MultiPolygon
	for _, outer := range e.rings(relation, "outer") {
		area = append(area, orb.Polygon{outer})
	}
	for _, inner := range e.rings(relation, "inner") {
		for i := range area {
			if planar.RingContains(area[i][0], inner[0]) {
				area[i] = append(area[i], inner)
				break
			}
		}
	}
	return area
}

// compact simplifies to a tolerance in degrees and rounds the coordinates. The ends of a line and the closing
// of a ring stay; a ring that would collapse keeps its own points.
func compact(geometry orb.Geometry, tolerance float64) orb.Geometry {
	simplifier := simplify.DouglasPeucker(tolerance)
	switch shape := geometry.(type) {
	case orb.LineString:
		geometry = simplifier.LineString(shape.Clone())
	case orb.Polygon:
		geometry = compactPolygon(shape, simplifier)
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(shape))
		for i, polygon := range shape {
			out[i] = compactPolygon(polygon, simplifier)
		}
		geometry = out
	}
	return orb.Round(orb.Clone(geometry), coordinateFactor)
}

func compactPolygon(polygon orb.Polygon, simplifier orb.Simplifier) orb.Polygon {
	out := make(orb.Polygon, len(polygon))
	for i, ring := range polygon {
		if smaller := simplifier.Ring(ring.Clone()); len(smaller) >= 4 {
			out[i] = smaller
		} else {
			out[i] = ring
		}
	}
	return out
}

// middle gives the point half-way along a line, so that a label or a search result stands on the line itself.
func middle(line orb.LineString) orb.Point {
	rest := planar.Length(line) / 2
	for i := 1; i < len(line); i++ {
		part := planar.Distance(line[i-1], line[i])
		if part >= rest && part > 0 {
			share := rest / part
			return orb.Point{
				line[i-1][0] + (line[i][0]-line[i-1][0])*share,
				line[i-1][1] + (line[i][1]-line[i-1][1])*share,
			}
		}
		rest -= part
	}
	return line[0]
}

package survey

import (
	"strings"

	"gezhi/internal/mapview"
)

// class orders lines by how strong a border they make.
type class uint8

const (
	edgeOfMap class = iota // the frame around the extract
	chord                  // a straight cut where the map has no line
	path
	service
	lane
	tertiary
	secondary
	primary // also rivers and railways
)

// strength is what it costs to merge over a metre of each class.
var strength = [...]float64{edgeOfMap: 0, chord: 0.1, path: 0.35, service: 0.5, lane: 1, tertiary: 2, secondary: 4, primary: 6}

var classes = map[string]class{
	"trunk": primary, "motorway": primary, "primary": primary, "secondary": secondary, "tertiary": tertiary,
	"residential": lane, "unclassified": lane, "living_street": lane, "road": lane, "pedestrian": lane,
	"service": service, "track": service, "footway": path, "cycleway": path, "path": path,
}

// classOf says what border a way makes; false for what makes none: what runs above or below the ground, ramps, yards.
func classOf(tags mapview.Tags) (class, bool) {
	switch {
	case tags["tunnel"] != "" && tags["tunnel"] != "no", strings.HasPrefix(tags["layer"], "-"), tags["area"] == "yes":
		return 0, false
	case tags["waterway"] == "river" || tags["waterway"] == "canal":
		return primary, true
	case tags["railway"] == "rail" && tags["service"] == "":
		return primary, true
	case (tags["highway"] == "trunk" || tags["highway"] == "motorway") && tags["bridge"] != "" && tags["bridge"] != "no":
		return 0, false
	}
	c, ok := classes[tags["highway"]]
	return c, ok
}

// streets lists the lines of the extract that can be borders.
func streets(extract *mapview.Extract) []segment {
	at := make(map[int64]Point, len(extract.Nodes))
	for _, n := range extract.Nodes {
		at[n.ID] = pointOf(n.Point)
	}
	var list []segment
	for _, way := range extract.Ways {
		c, ok := classOf(way.Tags)
		if !ok {
			continue
		}
		var last Point
		for i, id := range way.Nodes {
			p, known := at[id]
			if known && i > 0 && last != (Point{}) {
				list = append(list, segment{last, p, c})
			}
			last = p
		}
	}
	return clip(list, pointOf(extract.Bound.Min), pointOf(extract.Bound.Max))
}

// margin keeps the frame inside the extract, in micro-degrees.
const margin = 300

// frame is the rectangle around everything.
func frame(extract *mapview.Extract) []segment {
	low, high := pointOf(extract.Bound.Min), pointOf(extract.Bound.Max)
	a, c := Point{low.X + margin, low.Y + margin}, Point{high.X - margin, high.Y - margin}
	b, d := Point{c.X, a.Y}, Point{a.X, c.Y}
	return []segment{{a, b, edgeOfMap}, {b, c, edgeOfMap}, {c, d, edgeOfMap}, {d, a, edgeOfMap}}
}

// clip drops what lies outside the frame and lets what crosses it end a little outside, where it becomes a dead end.
func clip(list []segment, low, high Point) []segment {
	in := func(p Point) bool {
		return p.X > low.X+margin && p.X < high.X-margin && p.Y > low.Y+margin && p.Y < high.Y-margin
	}
	var out []segment
	for _, s := range list {
		if in(s.a) || in(s.b) {
			out = append(out, s)
		}
	}
	return out
}

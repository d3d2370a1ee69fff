// Package survey draws the demo's invented areas on the ground of a map extract: the street network is cut into faces,
// faces become micro-grids of a chosen number, micro-grids become grids, grids communities, and communities patrol
// areas. It works on whole micro-degrees, so that neighbours share the very same vertices, and the same extract gives
// the same areas on every machine.
package survey

import (
	"fmt"

	"gezhi/internal/app/demo/ground"
	"gezhi/internal/mapview"
)

// Zone is where grids of a kind lie: so many of those nearest to a place.
type Zone struct {
	Kind   string
	Lon    float64
	Lat    float64
	Radius float64 // metres within which micro-grids have the size of the kind
	Grids  int
	Own    bool // its grids have a patrol area to themselves
}

// Plan says what is to be drawn.
type Plan struct {
	Area        float64 // of the whole, in km2
	Microgrids  int
	Grids       int
	Communities int
	Patrols     int
	Zones       []Zone
	Sizes       map[string]float64 // how large the micro-grids of a kind are, an ordinary one being 1
}

// Areas is what was drawn.
type Areas struct {
	ground.File
	// OnStreets is the share of the length of the micro-grids' borders that lies on streets, rivers and rails, OnMain
	// that of the communities' borders and main streets: 0 to 1.
	OnStreets, OnMain float64
}

// Arc is a border between two areas, or between one and the outside, with both ends.
type Arc []Point

// Draw draws the plan on an extract. It fails when the extract is too small or too empty for it.
func Draw(extract *mapview.Extract, p Plan) (*Areas, error) {
	lines := append(streets(extract), frame(extract)...)
	g, err := net(lines)
	if err != nil {
		return nil, err
	}
	size := newSizer(p)
	for _, more := range []func(*graph) []segment{thinCuts, size.cuts, size.cuts, size.cuts, size.cuts} {
		cuts := more(g)
		if g, err = net(append(g.segments(), cuts...)); err != nil {
			return nil, err
		}
	}
	inside, err := g.within(p.Area)
	if err != nil {
		return nil, err
	}
	micro := newRegions(g, inside, size)
	if err := micro.merge(p.Microgrids); err != nil {
		return nil, fmt.Errorf("micro-grids: %w", err)
	}
	return micro.areas(p)
}

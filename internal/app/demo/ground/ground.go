// Package ground holds the areas of the demo's invented street: communities, grids of five kinds and micro-grids whose
// borders follow the real streets of the map extract (© OpenStreetMap contributors, ODbL, see ATTRIBUTION.md). It reads
// a file that the package survey draws and the command build writes.
package ground

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"gezhi/internal/kit/geo"
)

// Street is the whole street.
type Street struct {
	Shape       geo.Shape
	Communities []Community
}

// Community is a part of the street.
type Community struct {
	Name   string
	Patrol int // number of its patrol area, from 0
	Shape  geo.Shape
	Grids  []Grid
}

// Grid is a part of a community.
type Grid struct {
	Name       string
	Kind       string // rural, business, university, residential or market
	Own        bool   // it belongs to the dedicated patrol area, not to its community's
	Shape      geo.Shape
	Microgrids []Microgrid
}

// Microgrid is a part of a grid.
type Microgrid struct {
	Name  string
	Shape geo.Shape
}

//go:embed ground.json
var drawn []byte

// Read returns the street. Areas that meet share the very same vertices.
func Read() (*Street, error) {
	var f File
	if err := json.Unmarshal(drawn, &f); err != nil {
		return nil, fmt.Errorf("read the ground of the demo: %w", err)
	}
	return f.street()
}

func (f *File) street() (*Street, error) {
	b := builder{file: f}
	s := &Street{}
	for _, c := range f.Communities {
		s.Communities = append(s.Communities, Community{Name: nameOf(len(s.Communities)), Patrol: c.Of})
	}
	at := make([][2]int, len(f.Grids))
	rings := make([][]int, len(f.Communities))
	around := make([][]int, len(f.Grids))
	for i, g := range f.Grids {
		c := &s.Communities[g.Of]
		at[i] = [2]int{g.Of, len(c.Grids)}
		c.Grids = append(c.Grids, Grid{Name: c.Name + "第" + numeral(len(c.Grids)+1) + "网格", Kind: g.Kind, Own: g.Own})
	}
	for _, m := range f.Microgrids {
		g := &s.Communities[at[m.Of][0]].Grids[at[m.Of][1]]
		g.Microgrids = append(g.Microgrids, Microgrid{Name: fmt.Sprintf("%s%02d-%02d微网格", strings.TrimSuffix(s.Communities[at[m.Of][0]].Name, "社区"), at[m.Of][1]+1, len(g.Microgrids)+1), Shape: b.shape(m.Ring)})
		around[m.Of] = append(around[m.Of], m.Ring...)
	}
	var whole []int
	for i, g := range f.Grids {
		s.Communities[at[i][0]].Grids[at[i][1]].Shape = b.shape(b.outline(around[i]))
		rings[g.Of] = append(rings[g.Of], around[i]...)
	}
	for i, ring := range rings {
		s.Communities[i].Shape = b.shape(b.outline(ring))
		whole = append(whole, ring...)
	}
	s.Shape = b.shape(b.outline(whole))
	return s, b.err
}

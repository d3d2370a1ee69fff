package app

import (
	"gezhi/internal/grid"
	"gezhi/internal/people"
)

// clockAreas is what limits of time know of areas.
type clockAreas struct{ grid *grid.Service }

func (c clockAreas) Exists(id string) bool { _, ok := c.grid.Tree().Area(id); return ok }

func (c clockAreas) Path(id string) []string {
	var out []string
	for _, a := range c.grid.Tree().Path(id) {
		out = append(out, a.ID)
	}
	return out
}

// clockUnits is what limits of time know of units.
type clockUnits struct{ directory *people.Directory }

func (c clockUnits) Exists(id string) bool { _, ok := c.directory.Unit(id); return ok }

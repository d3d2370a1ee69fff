package grid

import (
	"slices"

	"gezhi/internal/kit/fault"
)

// PatrolKind is the kind of a patrol area.
type PatrolKind string

// The kinds. A dedicated patrol area (a market, say) wins over a general one that covers the same place.
const (
	General   PatrolKind = "general"
	Dedicated PatrolKind = "dedicated"
)

// PatrolArea is a group of areas served by one station. It lies across the tree.
type PatrolArea struct {
	ID        string
	Code      string // unique among the valid ones
	Name      string
	Kind      PatrolKind
	StationID string   // a unit; empty while no station serves it
	Members   []string // area ids, sorted
	ValidFrom int64    // unix ms
	Version   int64
}

// checkPatrol notes what is wrong with a patrol area by itself and returns it trimmed, members sorted, each once.
func checkPatrol(f *fault.Fields, p PatrolArea) PatrolArea {
	p.Code = checkCode(f, "code", p.Code)
	p.Name = fault.CheckText(f, "name", p.Name, true, maxName)
	if p.Kind != General && p.Kind != Dedicated {
		f.Add("kind", "field.choice", "choices", "general, dedicated")
	}
	p.Members = slices.Clone(p.Members)
	slices.Sort(p.Members)
	p.Members = slices.Compact(p.Members)
	return p
}

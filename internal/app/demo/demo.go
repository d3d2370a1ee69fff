// Package demo fills an empty store with an invented street, its people and weeks of work, and plays a living day
// on it. Everything goes through the services, so that timelines, orders and figures are what they would be in real
// life. Nothing real is named.
package demo

import (
	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/people"
	"gezhi/internal/window"
)

// seed makes every demo the same.
const seed = 20230521

// Services is what the demo works with. Clock must be the clock of the services themselves.
type Services struct {
	Grid     *grid.Service
	People   *people.Service
	Dispatch *dispatch.Service
	Incident *incident.Service
	Window   *window.Service // nil: nothing happens at the windows
	Clock    *Clock
}

package app

import (
	"time"

	"gezhi/internal/kit/geo"
)

// roster tells the routing rules who is at work and where. The service of duty is made after that of the rules, and
// nothing is decided in between.
type roster struct{ app *App }

func (r roster) OnDuty(unit string, at time.Time) ([]string, bool) {
	return r.app.Duty.OnDuty(unit, at)
}

func (r roster) IsOnDuty(person string, at time.Time) bool { return r.app.Duty.IsOnDuty(person, at) }

func (r roster) Position(person string) (geo.Point, int64, bool) { return r.app.Duty.Position(person) }

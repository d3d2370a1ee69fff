package dispatch

import (
	"slices"
	"time"

	"gezhi/internal/kit/geo"
)

// Duty knows from memory who is at work and where. It is asked inside transactions and may not wait for the store.
type Duty interface {
	// OnDuty returns who of a unit is at work at an instant. When rostered is false the unit keeps no roster: everybody
	// with a post there counts as at work.
	OnDuty(unitID string, at time.Time) (persons []string, rostered bool)
	// IsOnDuty tells whether somebody is at work at an instant.
	IsOnDuty(person string, at time.Time) bool
	// Position returns where somebody was last on duty, and when (unix ms).
	Position(person string) (p geo.Point, at int64, ok bool)
}

// Load counts open orders from memory.
type Load interface {
	OfUnit(unitID string) int64
	OfPerson(personID string) int64
}

// Force is everything that a decision asks beside the rules: who there is, who is at work and how much they have in
// hand. Without Duty everybody is at work, without Load nobody has anything in hand, without Calendar offices work from
// Monday to Friday.
type Force struct {
	Directory
	Duty     Duty
	Load     Load
	Calendar Calendar
}

// manned tells whether somebody of a unit is at work at an instant (unix ms).
func (f *Force) manned(unit string, at int64) bool {
	if f.Duty == nil {
		return true
	}
	persons, rostered := f.Duty.OnDuty(unit, time.UnixMilli(at))
	return !rostered || len(persons) > 0
}

// working tells whether somebody is at work at an instant (unix ms).
func (f *Force) working(person string, at int64) bool {
	return f.Duty == nil || f.Duty.IsOnDuty(person, time.UnixMilli(at))
}

// refuses says why a unit gets no work at all: passed.no_unit, passed.closed or passed.returned; ” when it does.
func (f *Force) refuses(unit string, s *Situation) string {
	switch u, known := f.Unit(unit); {
	case !known:
		return "passed.no_unit"
	case !u.Open:
		return "passed.closed"
	case slices.Contains(s.Avoid, unit):
		return "passed.returned"
	}
	return ""
}

// offDuty is why a unit with a roster is passed over while nobody of it is on duty.
const offDuty = "passed.off_duty"

// hinders says why a unit, or a person of it, cannot take more: as refuses, or passed.off_duty or passed.full.
func (f *Force) hinders(unit, person string, s *Situation, capacity int64) string {
	if why := f.refuses(unit, s); why != "" {
		return why
	}
	if person != "" && !f.working(person, s.At) || person == "" && !f.manned(unit, s.At) {
		return offDuty
	}
	if capacity > 0 && f.Load != nil {
		if person != "" && f.Load.OfPerson(person) >= capacity || person == "" && f.Load.OfUnit(unit) >= capacity {
			return "passed.full"
		}
	}
	return ""
}

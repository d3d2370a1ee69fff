package duty

import (
	"time"

	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// OnDuty returns who of a unit is on duty at an instant, in order of their ids. rostered is false for a unit that keeps
// no roster: then everybody with a post there counts as on duty, and the persons are those who said that they are. It
// reads memory only, so it may be asked inside a transaction.
func (s *Service) OnDuty(unit string, at time.Time) (persons []string, rostered bool) {
	r := s.roster.Load()
	return r.ofUnit(unit, at.UnixMilli(), s.People.Away), len(r.byUnit[unit]) > 0
}

// IsOnDuty tells whether somebody is on duty at an instant: by their own word, else by the roster. Somebody whom no
// roster names counts as on duty, and nobody does who is away. It reads memory only.
func (s *Service) IsOnDuty(person string, at time.Time) bool {
	r := s.roster.Load()
	if m, ok := r.marks[person]; ok && m.Holds(at.UnixMilli()) {
		return m.On
	}
	if s.People.Away(person) {
		return false
	}
	on, known := r.on(person, at.UnixMilli())
	return on || !known
}

// Position returns the last known position of somebody who is on duty now, and when it was taken (unix ms); false when
// there is none that is still kept. It reads memory only.
func (s *Service) Position(person string) (geo.Point, int64, bool) {
	at := now.Ms(s.Clock)
	p, ok := s.positions.get(person)
	if !ok || !s.kept(p, at) {
		return geo.Point{}, 0, false
	}
	return p.Point, p.At, true
}

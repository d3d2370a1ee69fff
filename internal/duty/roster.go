package duty

import (
	"slices"
	"time"
)

// The roster in memory reaches from a week back to two months ahead. A unit that planned nothing in that time keeps no
// roster (any more).
const (
	rosterBack  = 7 * 24 * time.Hour
	rosterAhead = 62 * 24 * time.Hour
)

// roster is the state of shifts and marks at one reading. It is never changed.
type roster struct {
	version  string
	readAt   int64
	byUnit   map[string][]Shift // in order of their beginning
	byPerson map[string][]Shift
	marks    map[string]Mark
}

func newRoster(shifts []Shift, marks []Mark) *roster {
	r := &roster{byUnit: map[string][]Shift{}, byPerson: map[string][]Shift{}, marks: map[string]Mark{}}
	for _, s := range shifts {
		r.byUnit[s.Unit] = append(r.byUnit[s.Unit], s)
		for _, p := range s.Members {
			r.byPerson[p] = append(r.byPerson[p], s)
		}
	}
	for _, m := range marks {
		r.marks[m.Person] = m
	}
	return r
}

// shiftOf returns the shift in which somebody is planned at an instant.
func (r *roster) shiftOf(person string, at int64) (Shift, bool) {
	for _, s := range r.byPerson[person] {
		if s.Holds(at) {
			return s, true
		}
	}
	return Shift{}, false
}

// on tells whether somebody is on duty by their own word or by the roster, and until when. known is false for somebody
// of whom neither says anything.
func (r *roster) on(person string, at int64) (on, known bool) {
	if m, ok := r.marks[person]; ok && m.Holds(at) {
		return m.On, true
	}
	if _, ok := r.shiftOf(person, at); ok {
		return true, true
	}
	return false, len(r.byPerson[person]) > 0
}

// ofUnit returns who of a unit is on duty by their own word or by the roster, in order of their ids.
func (r *roster) ofUnit(unit string, at int64, away func(person string) bool) []string {
	var out []string
	for _, s := range r.byUnit[unit] {
		if !s.Holds(at) {
			continue
		}
		for _, p := range s.Members {
			if m, ok := r.marks[p]; ok && m.Holds(at) && !m.On {
				continue
			}
			if !away(p) {
				out = append(out, p)
			}
		}
	}
	for _, m := range r.marks {
		if m.On && m.Unit == unit && m.Holds(at) {
			out = append(out, m.Person)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

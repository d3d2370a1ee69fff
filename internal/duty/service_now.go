package duty

import (
	"context"
	"slices"
	"strings"

	"gezhi/internal/kit/authz"
)

// OnNow is one person of a unit's duty at this moment.
type OnNow struct {
	Person string
	On     bool  // false: planned, but away or gone off
	Signed int64 // unix ms since when they are on by their own word; 0: by the roster only
	Until  int64 // unix ms
	Leader bool  // of the shift
	Away   bool
}

// UnitNow is the duty of one unit at this moment.
type UnitNow struct {
	Unit     Unit
	Rostered bool
	Shifts   []Shift // that hold now
	People   []OnNow // who are planned or on duty, those on duty first
	Next     *Shift  // the first that begins later
	Unhanded []Shift // that ended in the last two days and were not signed over
}

// Now returns the duty of the units that the actor may read, of one unit or with an empty one of all, of those that lie
// in an area or with an empty one anywhere.
func (s *Service) Now(_ context.Context, actor authz.Actor, unit, area string) ([]UnitNow, error) {
	if unit != "" {
		u, err := s.seen(actor, unit)
		if err != nil {
			return nil, err
		}
		return []UnitNow{s.unitNow(u)}, nil
	}
	var list []UnitNow
	for _, u := range s.Units.Units() {
		if !s.sees(actor, u.ID) || area != "" && !slices.Contains(u.Areas, area) {
			continue
		}
		if one := s.unitNow(u); one.Rostered || len(one.People) > 0 {
			list = append(list, one)
		}
	}
	return list, nil
}

func (s *Service) unitNow(u Unit) UnitNow {
	at, r := s.Clock.Now().UnixMilli(), s.roster.Load()
	shifts := r.byUnit[u.ID]
	n := UnitNow{Unit: u, Rostered: len(shifts) > 0}
	seen := map[string]bool{}
	for _, shift := range shifts {
		switch {
		case shift.Holds(at):
			n.Shifts = append(n.Shifts, shift)
			for _, p := range shift.Members {
				if !seen[p] {
					seen[p] = true
					n.People = append(n.People, s.planned(r, shift, p, at))
				}
			}
		case shift.From > at && n.Next == nil:
			n.Next = &shift
		case shift.Unhanded(at) && shift.To > at-lateHandover.Milliseconds():
			n.Unhanded = append(n.Unhanded, shift)
		}
	}
	for _, m := range r.marks {
		if m.On && m.Unit == u.ID && m.Holds(at) && !seen[m.Person] {
			n.People = append(n.People, OnNow{Person: m.Person, On: true, Signed: m.Since, Until: m.Until})
		}
	}
	slices.SortFunc(n.People, func(a, b OnNow) int {
		if a.On != b.On {
			return map[bool]int{true: -1, false: 1}[a.On]
		}
		if a.Leader != b.Leader {
			return map[bool]int{true: -1, false: 1}[a.Leader]
		}
		return strings.Compare(a.Person, b.Person)
	})
	return n
}

func (s *Service) planned(r *roster, shift Shift, person string, at int64) OnNow {
	o := OnNow{Person: person, On: true, Until: shift.To, Leader: shift.Leader == person, Away: s.People.Away(person)}
	if m, ok := r.marks[person]; ok && m.Holds(at) {
		if o.On = m.On; m.On {
			o.Signed, o.Until = m.Since, max(m.Until, shift.To)
		}
		return o
	}
	o.On = !o.Away
	return o
}

package incident

import (
	"slices"

	"gezhi/internal/kit/id"
)

// Copy says that somebody is told of an incident without being given work: they may read it while it is open and
// afterwards.
type Copy struct {
	ID       string
	UnitID   string // '' where it is a person alone
	PersonID string // '' for the whole unit
	Why      string // code: what made it, e.g. climb, rule, escalate, send_down
	At       int64  // unix ms

	fresh bool
}

// copyTo tells a unit, or a person, of the incident. Whoever was told already is not told twice.
func (c *change) copyTo(unit, person, why string) {
	if unit == "" && person == "" {
		return
	}
	told := slices.ContainsFunc(c.inc.Copies, func(k *Copy) bool { return k.UnitID == unit && k.PersonID == person })
	if !told {
		c.inc.Copies = append(c.inc.Copies, &Copy{ID: id.New(c.Clock.Now()), UnitID: unit, PersonID: person, Why: why, At: c.entry.At, fresh: true})
	}
}

// copied adds to what a scope must cover those who were told.
func (i *Incident) copied(units, persons []string) ([]string, []string) {
	for _, k := range i.Copies {
		if k.PersonID != "" {
			persons = append(persons, k.PersonID)
		} else if !slices.Contains(units, k.UnitID) {
			units = append(units, k.UnitID)
		}
	}
	return units, persons
}

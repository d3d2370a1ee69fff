// Package duty knows who works when: the shifts of units, who is on duty now, where they last were, and how a shift
// hands over to the next. It answers from memory, so that dispatching can ask inside its own transactions.
package duty

import (
	"slices"
	"time"

	"gezhi/internal/kit/fault"
)

// Bounds of a shift. A longer one is two, and a shorter one is a mistake of typing.
const (
	ShortestShift = 15 * time.Minute
	LongestShift  = 36 * time.Hour
)

// maxMembers bounds how many people one shift has.
const maxMembers = 200

// Shift is a time in which some people of a unit work.
type Shift struct {
	ID      string
	Unit    string
	Name    string
	From    int64    // unix ms, inclusive
	To      int64    // unix ms, exclusive
	Leader  string   // one of the members; '' for none
	Members []string // in order of their ids
	Version int64

	Handover HandoverState // '' while nobody signed it over
}

// Holds tells whether an instant (unix ms) lies in the shift.
func (s Shift) Holds(at int64) bool { return s.From <= at && at < s.To }

// Unhanded tells whether the shift is over at an instant (unix ms) and nobody signed it over.
func (s Shift) Unhanded(at int64) bool { return s.To <= at && s.Handover == "" }

// Validate brings the shift into its kept form and notes everything that is wrong with it. Whether unit and members
// exist is for the service to say.
func (s *Shift) Validate(f *fault.Fields) {
	s.Unit = fault.CheckText(f, "unit", s.Unit, true, 40)
	s.Name = fault.CheckText(f, "name", s.Name, true, 40)
	length := time.Duration(s.To-s.From) * time.Millisecond
	switch {
	case s.From <= 0 || s.From > lastInstant:
		f.Add("from", "field.required")
	case s.To <= s.From || s.To > lastInstant:
		f.Add("to", "duty.period")
	case length < ShortestShift:
		f.Add("to", "duty.too_short", "minutes", int(ShortestShift.Minutes()))
	case length > LongestShift:
		f.Add("to", "duty.too_long", "hours", int(LongestShift.Hours()))
	}
	s.Members = slices.Clone(s.Members)
	slices.Sort(s.Members)
	s.Members = slices.Compact(s.Members)
	switch {
	case len(s.Members) == 0:
		f.Add("members", "duty.nobody")
	case len(s.Members) > maxMembers:
		f.Add("members", "field.too_many", "max", maxMembers)
	}
	if s.Leader != "" && !slices.Contains(s.Members, s.Leader) {
		f.Add("leader", "duty.leader_outside")
	}
}

// lastInstant keeps arithmetic with days far from the end of what a time can hold: the year 2200.
const lastInstant = 7_258_118_400_000

// Mark is what a person said of their own duty. Until it ends it goes before the roster.
type Mark struct {
	Person string
	On     bool
	Unit   string // for which; '' for none
	Since  int64  // unix ms
	Until  int64  // unix ms, exclusive
}

// Holds tells whether the mark counts at an instant (unix ms).
func (m Mark) Holds(at int64) bool { return m.Since <= at && at < m.Until }

package dispatch

import (
	"slices"
	"time"
)

// Climb asks before whom an overdue stage is put next.
type Climb struct {
	Stage     string
	Situation Situation
	UnitID    string // of the lead order; '' for none
	PersonID  string // of the lead order; '' for none
	Rung      string // reached so far; '' for none
	OverdueAt int64  // unix ms
	At        int64  // unix ms
}

// Step is the next rung that an overdue stage reaches.
type Step struct {
	Rung      string
	UnitID    string        // '' for a grid head of no unit
	PersonIDs []string      // who of it; none for the whole unit
	At        int64         // unix ms, when it is due; not before the stage was overdue
	Skipped   []SkippedRung // rungs below at which nobody could be reached, from below
	RuleID    string        // of the ladder
}

// SkippedRung is a rung at which nobody could be reached.
type SkippedRung struct {
	Rung string `json:"rung"`
	Why  string `json:"why"` // nobody_on_duty or no_post
}

// Why a rung was skipped.
const (
	nobodyOnDuty = "nobody_on_duty"
	noPost       = "no_post"
)

// Next returns the step above the rung that was reached, always a higher one, and false at the top or where no ladder
// fits. A rung with nobody on duty is not waited for: the next above is due at its time. Where nobody above is on duty
// at all, the highest unit that there is gets it nevertheless.
func (l *Ladders) Next(c Climb, f Force) (Step, bool) {
	n := slices.IndexFunc(l.list, func(one Ladder) bool { return one.fits(c.Stage, &c.Situation) })
	reached := slices.Index(Rungs, c.Rung)
	if n < 0 || reached < 0 && c.Rung != "" {
		return Step{}, false
	}
	ladder := &l.list[n]
	above := slices.IndexFunc(ladder.Steps, func(s LadderStep) bool { return slices.Index(Rungs, s.Rung) > reached })
	if above < 0 {
		return Step{}, false
	}
	step := Step{At: c.OverdueAt + ladder.Steps[above].After*time.Minute.Milliseconds(), RuleID: ladder.ID}
	on := max(step.At, c.At)
	for _, s := range ladder.Steps[above:] {
		unit, persons, why := c.reach(s.Rung, on, &f)
		if why == "" {
			step.Rung, step.UnitID, step.PersonIDs = s.Rung, unit, persons
			return step, true
		}
		step.Skipped = append(step.Skipped, SkippedRung{s.Rung, why})
	}
	for n, skipped := range slices.Backward(step.Skipped) {
		if unit, _, _ := c.reach(skipped.Rung, on, &f); skipped.Why == nobodyOnDuty && unit != "" && skipped.Rung != RungWorker {
			step.Rung, step.UnitID = skipped.Rung, unit
			step.Skipped = slices.Delete(step.Skipped, n, n+1)
			return step, true
		}
	}
	return Step{}, false
}

// reach finds who stands on a rung at an instant (unix ms); why says why nobody could be reached.
func (c *Climb) reach(rung string, at int64, f *Force) (unit string, persons []string, why string) {
	switch rung {
	case RungWorker:
		return person(c.UnitID, c.PersonID, at, f)
	case RungGridHead:
		head, _ := f.HeadOf(c.Situation.walked())
		return person(head.UnitID, head.PersonID, at, f)
	}
	rule := Rule{Target: Target(rung)} // the upper rungs are called as the targets are
	unit, _, _, missing := rule.look(&c.Situation, f)
	if u, known := f.Unit(unit); missing != "" || !known || !u.Open {
		return "", nil, noPost
	}
	if !f.Staffed(unit) {
		return unit, nil, nobodyOnDuty
	}
	if f.Duty != nil {
		on, rostered := f.Duty.OnDuty(unit, time.UnixMilli(at))
		if rostered && len(on) == 0 {
			return unit, nil, nobodyOnDuty
		}
		if rostered {
			persons = on
		}
	}
	return unit, persons, ""
}

func person(unit, id string, at int64, f *Force) (string, []string, string) {
	switch {
	case id == "":
		return "", nil, noPost
	case !f.working(id, at):
		return unit, nil, nobodyOnDuty
	}
	return unit, []string{id}, ""
}

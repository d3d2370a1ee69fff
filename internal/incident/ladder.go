package incident

import "gezhi/internal/clock"

// Ladder knows whom an overdue stage is put before next, and who stands on a rung. It answers from memory.
type Ladder interface {
	// Next returns the step after the one reached, with the time at which it is due; false at the top, or where no rule
	// lets the stage climb.
	Next(c Climb) (LadderStep, bool)
	// At returns who stands on a rung for a matter.
	At(rung string, c Climb) (LadderStep, bool)
}

// Climb is what a step depends on.
type Climb struct {
	Stage     string
	Situation Situation
	UnitID    string // of the lead order, '' without one
	PersonID  string // of the lead order, '' without one
	Rung      string // reached so far, '' for none
	OverdueAt int64  // unix ms
	At        int64  // now, unix ms
}

// LadderStep is one step up the ladder: who is told there.
type LadderStep struct {
	Rung      string        `json:"rung"`
	UnitID    string        `json:"unit"`
	PersonIDs []string      `json:"persons"`
	At        int64         `json:"at"` // when it is due, unix ms
	Skipped   []SkippedRung `json:"skipped"`
	RuleID    string        `json:"rule"`
}

// SkippedRung is a rung on which nobody could be told, and why: nobody_on_duty or no_post.
type SkippedRung struct {
	Rung string `json:"rung"`
	Why  string `json:"why"`
}

// climbing describes the incident to the ladder.
func (c *change) climbing(stage clock.Stage, rung string) Climb {
	climb := Climb{Stage: string(stage), Situation: c.situation(c.inc), Rung: rung, At: c.at}
	if lead := c.inc.Lead(); lead != nil {
		climb.UnitID, climb.PersonID = lead.UnitID, lead.PersonID
	}
	return climb
}

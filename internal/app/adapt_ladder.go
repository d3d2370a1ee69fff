package app

import (
	"time"

	"gezhi/internal/clock"
	"gezhi/internal/dispatch"
	"gezhi/internal/incident"
)

// limits is what incidents know of limits and of the calendars by which time counts.
type limits struct{ clock *clock.Service }

func (l limits) Limit(stage clock.Stage, c clock.Case, at time.Time) (clock.Chosen, bool) {
	return l.clock.Limit(stage, c, at)
}

func (l limits) Calendar(unit string) *clock.Calendar { return l.clock.Table().Calendar(unit) }

// ladder is what incidents know of the ladder that an overdue stage climbs.
type ladder struct{ dispatch *dispatch.Service }

func (l ladder) Next(c incident.Climb) (incident.LadderStep, bool) {
	return stepOf(l.dispatch.Climb(climbOf(c)))
}

func (l ladder) At(rung string, c incident.Climb) (incident.LadderStep, bool) {
	return stepOf(l.dispatch.Rung(rung, climbOf(c)))
}

func climbOf(c incident.Climb) dispatch.Climb {
	return dispatch.Climb{Stage: c.Stage, Situation: situationOf(c.Situation), UnitID: c.UnitID, PersonID: c.PersonID, Rung: c.Rung, OverdueAt: c.OverdueAt, At: c.At}
}

func stepOf(s dispatch.Step, ok bool) (incident.LadderStep, bool) {
	step := incident.LadderStep{Rung: s.Rung, UnitID: s.UnitID, PersonIDs: s.PersonIDs, At: s.At, RuleID: s.RuleID}
	for _, skipped := range s.Skipped {
		step.Skipped = append(step.Skipped, incident.SkippedRung(skipped))
	}
	return step, ok
}

func informed(copies []dispatch.Copy) []incident.Informed {
	var out []incident.Informed
	for _, c := range copies {
		out = append(out, incident.Informed{UnitID: c.UnitID, PersonID: c.PersonID})
	}
	return out
}

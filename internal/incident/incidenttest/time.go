package incidenttest

import (
	"slices"
	"time"

	"gezhi/internal/clock"
	"gezhi/internal/incident"
)

// Limits are those of the office: dispatched in a minute, taken in two, on the scene in five, handled in three working
// days, a word every half hour about an emergency. It works from Monday to Friday, 8 to 12 and 14 to 18.
func Limits() *clock.Table {
	hours := func(stage clock.Stage, minutes int64) clock.Limit {
		return clock.Limit{ID: string(stage), Stage: stage, Unit: clock.Hours, Amount: minutes, Active: true}
	}
	days := func(stage clock.Stage, n int64) clock.Limit {
		return clock.Limit{ID: string(stage), Stage: stage, Unit: clock.WorkingDays, Amount: n, Active: true}
	}
	words := hours(clock.Progress, 30)
	words.Severity, words.Every = "emergency", 30
	week := clock.Workweek(clock.Window{From: 8 * 60, To: 12 * 60}, clock.Window{From: 14 * 60, To: 18 * 60})
	cal, err := clock.NewCalendar(Begin.Location(), week, nil)
	if err != nil {
		panic(err)
	}
	return clock.NewTable([]clock.Limit{hours(clock.Dispatch, 1), hours(clock.Accept, 2), hours(clock.Arrive, 5), hours(clock.Verify, 120),
		hours(clock.Reply, 60), hours(clock.ReportIn, 30), words, days(clock.Handle, 3), days(clock.Check, 1), days(clock.Answer, 1), days(clock.Total, 15)}, cal, nil)
}

// Ladder lets every overdue stage climb one rung every ten minutes, from the station to the centre and the police, who stand for the command; Empty are the
// rungs where nobody is on duty.
type Ladder struct{ Empty []string }

// next is how long a rung waits before the one above it is told.
const next = 10 * time.Minute

var rungUnits = map[string]string{"station": Station, "centre": Centre, "command": Police}

// Next returns the rung above, skipping empty ones.
func (l Ladder) Next(c incident.Climb) (incident.LadderStep, bool) {
	at, reached := c.OverdueAt, slices.Index(incident.Rungs, c.Rung)
	var skipped []incident.SkippedRung
	for n, rung := range incident.Rungs {
		if rungUnits[rung] == "" || n <= reached {
			continue
		}
		if reached >= 0 {
			at = c.OverdueAt + int64(n-1)*next.Milliseconds()
		}
		if slices.Contains(l.Empty, rung) {
			skipped = append(skipped, incident.SkippedRung{Rung: rung, Why: "nobody_on_duty"})
			continue
		}
		return incident.LadderStep{Rung: rung, UnitID: rungUnits[rung], At: at, Skipped: skipped}, true
	}
	return incident.LadderStep{}, false
}

// At returns the unit of a rung.
func (l Ladder) At(rung string, _ incident.Climb) (incident.LadderStep, bool) {
	unit := rungUnits[rung]
	return incident.LadderStep{Rung: rung, UnitID: unit}, unit != "" && !slices.Contains(l.Empty, rung)
}

package people

import "gezhi/internal/kit/fault"

// maxAbsence bounds how long an absence may be planned for: a year.
const maxAbsence = 366 * 24 * 60 * 60 * 1000

// Absence is a time in which somebody is away. Orders meant for them go to the delegate meanwhile.
type Absence struct {
	AccountID  string
	From       int64  // unix ms, inclusive
	To         int64  // unix ms, exclusive
	DelegateID string // '' for nobody
	Note       string
}

// Holds tells whether the person is away at an instant (unix ms).
func (a Absence) Holds(at int64) bool { return a.From <= at && at < a.To }

// Validate brings the note into its kept form and notes what is wrong with the absence, seen at an instant (unix ms).
// Whether the delegate is somebody who can stand in is for the service to say.
func (a *Absence) Validate(f *fault.Fields, at int64) {
	a.Note = fault.CheckText(f, "note", a.Note, false, 200)
	switch {
	case a.To <= a.From:
		f.Add("to", "absence.period")
	case a.To <= at:
		f.Add("to", "absence.past")
	case a.To-a.From > maxAbsence:
		f.Add("to", "absence.too_long")
	}
	if a.DelegateID == a.AccountID {
		f.Add("delegate", "absence.delegate_self")
	}
}

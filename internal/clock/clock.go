// Package clock knows how long things may take: limits by stage, category, severity, channel and area, each for a
// period of validity, and the working calendars by which time counts. It keeps no clock of an incident itself: it
// answers, from memory, which limit a case has, when that is used up, and how much of a span counted.
//
// What the units mean. Hours run on through nights and holidays. Working hours run inside office hours only. Of days,
// the one on which the clock starts does not count, and the last one ends when the office closes, as article 201 and
// 203 of the Civil Code of China reckon periods: N working days end with the office hours of the N-th working day
// after the day of the start, and it makes no difference whether that was itself a working day. N calendar days end at
// 24:00 of the N-th day after; other than article 203 has it for contracts, a holiday at the end does not prolong
// them, because whoever wants that takes working days.
package clock

import "slices"

// Stage is a part of the work that has a clock of its own.
type Stage string

// The stages, in the order in which a matter goes through them.
const (
	Verify   Stage = "verify"       // from the report until it is accepted or rejected
	Dispatch Stage = "dispatch"     // from the receipt until somebody has an order
	Accept   Stage = "accept_order" // from the order until a person takes it
	Arrive   Stage = "arrive"       // from the order until somebody is on the scene
	Progress Stage = "progress"     // from one word about the work to the next
	Handle   Stage = "handle"       // from the order until it is handled
	Check    Stage = "check"        // from handled until it was checked
	Answer   Stage = "answer"       // from checked until the reporter has the answer
	Total    Stage = "total"        // from the receipt until the close
	Reply    Stage = "reply"        // from a question of the centre until its reply
	ReportIn Stage = "report_in"    // from the whistle until a unit that it calls is there
)

// Stages lists the stages in their order.
var Stages = []Stage{Verify, Dispatch, Accept, Arrive, Progress, Handle, Check, Answer, Total, Reply, ReportIn}

// Unit says how the amount of a limit is counted.
type Unit string

// The units.
const (
	Hours        Unit = "hours"         // continuous; the amount is in minutes
	WorkingHours Unit = "working_hours" // inside office hours only; the amount is in minutes
	WorkingDays  Unit = "working_days"  // whole days on which the office works
	CalendarDays Unit = "calendar_days" // whole days
)

// Units lists the units in the order in which a form offers them.
var Units = []Unit{Hours, WorkingHours, WorkingDays, CalendarDays}

// office tells whether only office hours count.
func (u Unit) office() bool { return u == WorkingHours || u == WorkingDays }

// days tells whether the amount is in days.
func (u Unit) days() bool { return u == WorkingDays || u == CalendarDays }

// Bounds of an amount. The longest limits that laws know, such as 90 days for a petition or 20 working days, are far
// inside them.
const (
	MaxMinutes = 366 * 24 * 60
	MaxDays    = 1000
)

// fits tells whether an amount of the unit lies within its bounds.
func (u Unit) fits(amount int64) bool {
	most := int64(MaxMinutes)
	if u.days() {
		most = MaxDays
	}
	return slices.Contains(Units, u) && amount >= 1 && amount <= most
}

// Limit says how long a stage may take for the cases that fit it. An empty condition fits every case.
type Limit struct {
	ID       string `json:"id"`
	Basis    string `json:"basis" doc:"what sets it, e.g. a rule of the city; may be empty"`
	Stage    Stage  `json:"stage" enum:"verify,dispatch,accept_order,arrive,progress,handle,check,answer,total,reply,report_in"`
	Category string `json:"category" doc:"code of a category; it fits those below it too"`
	Severity string `json:"severity"`
	Channel  string `json:"channel"`
	Area     string `json:"area" doc:"id of an area; it fits everything inside"`
	Unit     Unit   `json:"unit" enum:"hours,working_hours,working_days,calendar_days"`
	Amount   int64  `json:"amount" doc:"minutes for hours and working hours, else days"`
	Every    int64  `json:"every" doc:"of the stage progress: minutes from one report to the next, counted as the unit says; 0 for one report only"`
	From     int64  `json:"from" doc:"holds for clocks that start at this time, unix ms, or later"`
	To       int64  `json:"to" doc:"no longer holds for clocks that start at this time, unix ms; 0 while it is open"`
	Active   bool   `json:"active"`
	Version  int64  `json:"version"`
}

// Holds tells whether the limit is in force for clocks that start at an instant, in unix ms.
func (l *Limit) Holds(at int64) bool {
	return l.Active && l.From <= at && (l.To == 0 || at < l.To)
}

// Case is what a limit depends on.
type Case struct {
	Category string
	Severity string
	Channel  string
	Areas    []string // ids of the areas in which the place lies, from the city down
	Unit     string   // id of the unit that works on it: its office hours count; '' for the office's own
}

// Package window runs the service windows of an office: which are open, the numbers that people draw, who is called to
// which counter, and how long they waited.
package window

import (
	"fmt"

	"gezhi/internal/kit/fault"
)

// Kinds of windows: general service 综合服务, legal service 法律服务, enforcement 综合执法, people's mediation 人民调解.
var Kinds = []string{"general", "legal", "enforcement", "mediation"}

// letters begin the numbers of each kind.
var letters = map[string]string{"general": "A", "legal": "B", "enforcement": "C", "mediation": "D"}

// Window is one counter of an office.
type Window struct {
	ID      string
	Office  string // id of the unit that runs it
	Name    string
	Kind    string
	Counter int64 // the number over the counter
	Open    bool
	Version int64
}

// maxCounter is the highest number that a counter may have.
const maxCounter = 99

// Validate brings the texts into their kept form and notes everything that is wrong. Whether the office exists is for
// the service to say.
func (w *Window) Validate(f *fault.Fields) {
	w.Name = fault.CheckText(f, "name", w.Name, true, 40)
	w.Office = fault.CheckText(f, "office", w.Office, true, 40)
	if letters[w.Kind] == "" {
		f.Add("kind", "field.choice")
	}
	switch {
	case w.Counter < 1:
		f.Add("counter", "field.too_small", "min", 1)
	case w.Counter > maxCounter:
		f.Add("counter", "field.too_large", "max", maxCounter)
	}
}

// State is where a drawn number stands. Only the table in flow.go decides how it changes.
type State string

// The states.
const (
	Waiting State = "waiting"
	Called  State = "called"
	Serving State = "serving"
	Done    State = "done"
	Skipped State = "skipped"
)

// QueueNumber is a number that somebody drew for a kind of window on one day. Times are unix milliseconds; 0 means not
// yet.
type QueueNumber struct {
	ID             string
	Office         string
	Day            string // 2026-03-02
	Kind           string
	Seq            int64
	State          State
	Window         string // that called it last
	Clerk          string // account that called it last
	Calls          int64
	Incident       string // what was taken in for it
	IncidentNumber string
	TakenAt        int64
	CalledAt       int64 // the last time
	FirstCalledAt  int64
	ServingAt      int64
	EndedAt        int64
	Version        int64

	areas []string // in which the office lies
}

// Label is the number as it is printed and called: the letter of its kind and at least three digits, A012.
func (n *QueueNumber) Label() string { return fmt.Sprintf("%s%03d", letters[n.Kind], n.Seq) }

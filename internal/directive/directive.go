// Package directive sends a directive straight down: from whoever leads an area to every worker in it, past all levels
// between, who see a copy. Each receiver acknowledges it, and the sender sees who has.
package directive

import (
	"encoding/json"
	"slices"

	"gezhi/internal/kit/fault"
)

// Bounds of what is written and chosen.
const (
	maxTitle   = 80
	maxText    = 4000
	maxNote    = 300
	maxReason  = 300
	maxChosen  = 200
	maxPeople  = 20_000
	minSpanMs  = 5 * 60 * 1000
	longSpanMs = 92 * 24 * 60 * 60 * 1000
)

// Target is to whom a directive goes: everybody who holds one of the roles in one of the areas or below, or in one of
// the units. Without roles it is everybody.
type Target struct {
	Areas []string `json:"areas" nullable:"false"`
	Units []string `json:"units" nullable:"false"`
	Roles []string `json:"roles" nullable:"false" doc:"none: every role that works on the ground"`
}

// GroundRoles are the roles that a directive reaches and that may be chosen: those that work, and not those that
// administer the program.
var GroundRoles = []string{"grid_worker", "microgrid_worker", "functional_worker", "grid_head", "grid_instructor", "station", "department", "police",
	"mediator", "unit_head", "volunteer", "duty", "window", "grid_supervisor", "leader"}

// Directive is one directive. Times are unix ms; 0 means not (yet).
type Directive struct {
	ID          string
	Title       string
	Text        string
	Target      Target
	Deadline    int64 // by which it is to be acknowledged
	Sender      string
	SentAt      int64
	Receivers   int64
	RemindedAt  int64
	WithdrawnAt int64
	Withdrawn   string // why

	Read, Acked int64    // how many have
	Mine        *Receipt // of whoever reads, when they are a receiver

	seq, seqAt int64 // of the last outbox row
}

// Receipt is one receiver and how far they have come.
type Receipt struct {
	Person  string
	Role    string // by which it reached them
	Place   string // unit or area of that post
	ReadAt  int64
	AckedAt int64
	Note    string
}

// Status is how far a receiver has come: "unread", "read" or "acked".
func (r Receipt) Status() string {
	switch {
	case r.AckedAt > 0:
		return "acked"
	case r.ReadAt > 0:
		return "read"
	}
	return "unread"
}

// Validate brings the texts into their kept form and notes everything that is wrong, seen at an instant (unix ms).
// Whether areas and units exist and lie in the sender's reach is for the service to say.
func (d *Directive) Validate(f *fault.Fields, at int64) {
	d.Title = fault.CheckText(f, "title", d.Title, true, maxTitle)
	d.Text = fault.CheckText(f, "text", d.Text, true, maxText)
	switch {
	case d.Deadline < at+minSpanMs:
		f.Add("deadline", "directive.deadline_past", "minutes", minSpanMs/60_000)
	case d.Deadline > at+longSpanMs:
		f.Add("deadline", "directive.deadline_far", "days", longSpanMs/86_400_000)
	}
	t := &d.Target
	for _, list := range []*[]string{&t.Areas, &t.Units, &t.Roles} {
		*list = slices.Compact(slices.Sorted(slices.Values(*list)))
	}
	switch {
	case len(t.Areas)+len(t.Units) == 0:
		f.Add("areas", "directive.nowhere")
	case len(t.Areas)+len(t.Units) > maxChosen:
		f.Add("areas", "field.too_many", "max", maxChosen)
	}
	for _, r := range t.Roles {
		if !slices.Contains(GroundRoles, r) {
			f.Add("roles", "field.choice")
			break
		}
	}
}

func (t Target) text() (string, error) {
	b, err := json.Marshal(t)
	return string(b), err
}

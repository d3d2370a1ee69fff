// Package notice publishes what a centre has to say, or an emergency message, to walls, desks, phones and the residents'
// page, for a period and an area, and counts who has read it.
package notice

import (
	"slices"

	"gezhi/internal/kit/fault"
)

// The kinds.
const (
	Plain     = "notice"
	Emergency = "emergency"
)

// The audiences.
const (
	Screens   = "screens"
	Desks     = "desks"
	Phones    = "phones"
	Residents = "residents"
)

// Audiences lists them in the order in which they are shown.
var Audiences = []string{Screens, Desks, Phones, Residents}

// Bounds of what is written and chosen.
const (
	maxTitle   = 60
	maxText    = 1000
	maxEnglish = 2000
	maxReason  = 300
	minSpanMs  = 5 * 60 * 1000
	longSpanMs = 92 * 24 * 60 * 60 * 1000
)

// State is how a notice stands at a moment.
type State string

// The states.
const (
	Planned   State = "planned"
	Current   State = "current"
	Ended     State = "ended"
	Withdrawn State = "withdrawn"
)

// States lists them in the order in which a filter shows them.
var States = []State{Current, Planned, Ended, Withdrawn}

// Notice is one notice. Times are unix ms; 0 means not (yet).
type Notice struct {
	ID        string
	Kind      string
	Title     string
	Text      string
	TitleEN   string // '' for none
	TextEN    string
	Area      string   // as it was chosen; '' for all that its publisher reaches
	Areas     []string // that it covers; none with Everywhere
	Audiences []string

	Everywhere  bool
	From, Until int64
	Publisher   string
	PublishedAt int64
	WithdrawnAt int64
	WithdrawnBy string
	Withdrawn   string // why
	Devices     int64  // of residents that showed it

	ReadAt int64 // by whoever asks

	told       State // the part of its period that was told last
	seq, seqAt int64 // of the last outbox row
}

// State tells how the notice stands at an instant (unix ms). A period holds from its first moment to before its last.
func (n *Notice) State(at int64) State {
	switch {
	case n.WithdrawnAt > 0:
		return Withdrawn
	case at < n.From:
		return Planned
	case at < n.Until:
		return Current
	}
	return Ended
}

// For tells whether an audience is meant.
func (n *Notice) For(audience string) bool { return slices.Contains(n.Audiences, audience) }

// Validate brings the texts into their kept form and notes everything that is wrong, seen at an instant (unix ms). A
// beginning that is past becomes that instant. Whether the area lies in the publisher's reach is for the service to say.
func (n *Notice) Validate(f *fault.Fields, at int64) {
	if n.Kind != Plain && n.Kind != Emergency {
		f.Add("kind", "field.choice")
	}
	n.Title = fault.CheckText(f, "title", n.Title, true, maxTitle)
	n.Text = fault.CheckText(f, "text", n.Text, true, maxText)
	n.TitleEN = fault.CheckText(f, "title_en", n.TitleEN, n.TextEN != "", 2*maxTitle)
	n.TextEN = fault.CheckText(f, "text_en", n.TextEN, n.TitleEN != "", maxEnglish)
	n.checkAudiences(f)
	n.From = max(n.From, at)
	if n.From > at+longSpanMs {
		f.Add("from", "notice.from_far", "days", longSpanMs/86_400_000)
	}
	n.checkUntil(f)
}

func (n *Notice) checkAudiences(f *fault.Fields) {
	var kept []string
	for _, a := range Audiences {
		if n.For(a) {
			kept = append(kept, a)
		}
	}
	switch {
	case len(n.Audiences) == 0:
		f.Add("audiences", "notice.no_audience")
	case len(kept) < len(slices.Compact(slices.Sorted(slices.Values(n.Audiences)))):
		f.Add("audiences", "field.choice")
	}
	n.Audiences = kept
}

func (n *Notice) checkUntil(f *fault.Fields) {
	switch {
	case n.Until < n.From+minSpanMs:
		f.Add("until", "notice.until_early", "minutes", minSpanMs/60_000)
	case n.Until > n.From+longSpanMs:
		f.Add("until", "notice.until_far", "days", longSpanMs/86_400_000)
	}
}

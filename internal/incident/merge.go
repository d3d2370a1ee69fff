package incident

import (
	"slices"

	"gezhi/internal/kit/flow"
)

// Joined is an incident that is handled with another one, as that one remembers it.
type Joined struct {
	Member string
	Seq    int64  // the member's entry that said so last
	How    string // HowMerged or HowMeToo
	At     int64
	LeftAt int64 // 0 while it belongs to it
}

// How somebody's report came to be handled with another one.
const (
	HowMerged = "merge"  // the desk said so
	HowMeToo  = "me_too" // whoever reported it pointed at the matter
)

// What one incident has still to tell another.
const (
	linkJoin    = "join"    // the other is to handle this one too
	linkLeave   = "leave"   // it is not any more
	linkRelease = "release" // those that were handled with this one must belong elsewhere, because it ended or was merged itself
)

// link is a message from one incident to another. It is written with the entry that says so and carried out in a
// transaction of its own, as often as it takes.
type link struct {
	Incident string
	Seq      int64 // of the entry
	Target   string
	What     string
	How      string
	At       int64
}

func (c *change) tell(target, what, how string) {
	c.inc.tells = true
	c.links = append(c.links, link{c.inc.ID, c.entry.Seq, target, what, how, c.entry.At})
}

// merge lets the incident be handled with another one that was found before the transaction. That one may change
// meanwhile; whoever carries out the message sees to it.
func (c *change) merge() error {
	t := c.into
	switch {
	case t == nil:
		return invalid("into", "merge.unknown")
	case t.ID == c.inc.ID:
		return invalid("into", "merge.itself")
	case t.State == Closed:
		return invalid("into", "merge.closed")
	case Flow.Phase(t.State) != flow.Open:
		return invalid("into", "merge.ended")
	}
	how := HowMerged
	if c.entry.Do == "me_too" {
		how = HowMeToo
	}
	c.body["into"], c.body["into_number"] = t.ID, t.Number
	c.joinTo(t.ID, how)
	return nil
}

func (c *change) joinTo(target, how string) {
	c.inc.MergedInto = target
	c.tell(target, linkJoin, how)
}

// moveOn lets a merged incident follow the one with which it is handled into the one with which that is handled now.
func (c *change) moveOn() error {
	c.body["into"], c.body["into_number"] = c.into.ID, c.into.Number
	c.tell(c.inc.MergedInto, linkLeave, HowMerged)
	c.joinTo(c.into.ID, HowMerged)
	return nil
}

// standAlone begins anew what was handled with another one.
func (c *change) standAlone() error {
	c.body["from"] = c.inc.MergedInto
	c.inc.LeadOrder = ""
	return nil
}

// linked tells others what entering a state means for them. It is called before the state changes.
func (c *change) linked(to State) {
	i := c.inc
	if i.State == Merged && to != Merged && i.MergedInto != "" {
		c.tell(i.MergedInto, linkLeave, HowMerged)
		i.MergedInto = ""
	}
	if i.Joined > 0 && i.State != to && (to == Merged || to == Voided) {
		c.tell(i.ID, linkRelease, "")
	}
}

// joinsAtBirth tells whether a report that points at another matter is handled with it from the beginning. What may be
// more than the same matter once more is a matter of its own.
func joinsAtBirth(i *Incident) bool {
	return slices.Contains(nearbyKinds, i.Kind) && i.Severity != "emergency"
}

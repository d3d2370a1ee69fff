package incidenttest

import (
	"context"
	"fmt"
	"slices"

	"gezhi/internal/incident"
)

// Broken returns what is wrong with an incident as it is stored, whatever happened to it before: each sentence breaks
// an invariant of the workflow.
func (o *Office) Broken(id string) (bad []string) {
	o.t.Helper()
	say := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	inc := o.Load(id)
	var leads, active int
	for _, order := range inc.Orders {
		if order.Active() {
			active++
			if order.Role == incident.Lead {
				leads++
			}
			if order.EndedAt != 0 {
				say("order %s is active but ended at %d", order.ID, order.EndedAt)
			}
		} else if order.EndedAt == 0 {
			say("order %s is %s but never ended", order.ID, order.State)
		}
	}
	lead := inc.Lead()
	merged := inc.State == incident.Merged
	over := slices.Contains([]incident.State{incident.Closed, incident.Rejected, incident.Voided}, inc.State)
	switch {
	case leads > 1:
		say("%d lead orders are active", leads)
	case (inc.State == incident.InProgress) != (leads == 1):
		say("%s with %d active lead orders", inc.State, leads)
	case leads == 1 && !lead.Active():
		say("the incident names another lead than the active one")
	case (inc.State == incident.Checking || inc.State == incident.Checked) && (lead == nil || lead.State != incident.Handled):
		say("%s although the lead order is not handled", inc.State)
	case merged != (inc.MergedInto != ""):
		say("%s and merged into %q", inc.State, inc.MergedInto)
	case merged && active > 0:
		say("merged with %d orders still in hand", active)
	case int(inc.Joined) != o.Count(`SELECT count(*) FROM joined WHERE incident_id = $1 AND left_at IS NULL`, inc.ID):
		say("%d joined, but the rows say otherwise", inc.Joined)
	case over && active > 0:
		say("%s with %d orders still in hand", inc.State, active)
	case over != (inc.ClosedAt != 0):
		say("%s with closed_at %d", inc.State, inc.ClosedAt)
	case inc.State == incident.Closed && inc.Answer == "":
		say("closed without an answer")
	}
	o.brokenTimeline(inc, say)
	return bad
}

func (o *Office) brokenTimeline(inc *incident.Incident, say func(string, ...any)) {
	o.t.Helper()
	entries := o.Timeline(inc.ID)
	state, at := "", int64(0)
	handlers := map[string]bool{}  // who ever did the work or approved its reply
	replies := map[string]string{} // by order: who wrote the reply
	for n, e := range entries {
		if e.Seq != int64(n+1) {
			say("entry %d stands at place %d", e.Seq, n+1)
		}
		if e.At <= at {
			say("entry %d is not later than the one before", e.Seq)
		}
		if n > 0 && e.From != state {
			say("entry %d begins at %s, but the one before ended at %s", e.Seq, e.From, state)
		}
		if e.Do == "handle" || e.Do == "self_handle" {
			handlers[e.ActorID] = true
		}
		if e.Do == "submit_reply" {
			replies[e.OrderID] = e.ActorID
		}
		if e.Do == "approve_reply" {
			if replies[e.OrderID] == e.ActorID {
				say("entry %d: %s approved their own reply", e.Seq, e.ActorID)
			}
			handlers[e.ActorID], handlers[replies[e.OrderID]] = true, true
		}
		if e.Do == "check_pass" || e.Do == "rework" {
			if handlers[e.ActorID] {
				say("entry %d: %s checked their own work", e.Seq, e.ActorID)
			}
		}
		state, at = e.To, e.At
	}
	if state != string(inc.State) || int64(len(entries)) != inc.EntrySeq || at != inc.EntryAt {
		say("the incident is %s after %d entries, the timeline ends at %s after %d", inc.State, inc.EntrySeq, state, len(entries))
	}
	news := o.Rows(`SELECT seq FROM outbox WHERE aggregate_id = $1 ORDER BY seq`, inc.ID)
	for n, row := range news {
		if row != fmt.Sprintf("seq=%d\n", n+1) {
			say("outbox row %d holds %s", n+1, row)
		}
	}
	if len(news) != len(entries) {
		say("%d entries but %d outbox rows", len(entries), len(news))
	}
}

// Unproved returns what Verify and Recount find once every consumer has caught up, and whatever did not reach the feed.
func (o *Office) Unproved() []string {
	o.t.Helper()
	o.Drain()
	ctx := context.Background()
	v, err := o.Verify(ctx)
	if err != nil {
		return []string{err.Error()}
	}
	differences, err := o.Recount(ctx)
	if err != nil {
		return []string{err.Error()}
	}
	bad := append(v.Broken, differences...)
	if entries, events := o.Count(`SELECT count(*) FROM entries`), o.Count(`SELECT count(*) FROM feed`); entries != events {
		bad = append(bad, fmt.Sprintf("%d entries but %d events in the feed", entries, events))
	}
	return bad
}

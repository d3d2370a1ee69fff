package demo

import (
	"time"

	"gezhi/internal/clock"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
)

const day = 24 * time.Hour

// aside is what happens beside the plain course of the work: more time, a pause, a leader who looks, others who are
// called; false when the work just goes on.
func (n *narrator) aside(inc *incident.Incident, s *story) (step, bool) {
	for _, tell := range []func(*incident.Incident, *story) (step, bool){n.decided, n.resumed, n.commanded} {
		if st, ok := tell(inc, s); ok {
			return st, true
		}
	}
	lead := inc.Lead()
	if lead == nil || lead.State != incident.OrderAccepted && lead.State != incident.Arrived {
		return step{}, false
	}
	if open(inc, clock.Reply) != nil {
		return n.own(lead, s, "respond", map[string]any{"text": n.book.phrase(s.rng, "respond")}, 3, 30)
	}
	return n.wants(inc, lead, s)
}

// wants is what whoever works on it asks for.
func (n *narrator) wants(inc *incident.Incident, lead *incident.Order, s *story) (step, bool) {
	limit := open(inc, clock.Handle)
	switch {
	case s.twist == extended && limit != nil && limit.PausedAt == 0 && (s.once("extend") || inc.Extensions == 1 && chance(s.rng, 40) && s.once("extend again")):
		until := max(limit.DueAt, inc.EntryAt) + int64(1+s.rng.IntN(3))*day.Milliseconds()
		return n.own(lead, s, "extend", map[string]any{"until": until, "reason": n.book.phrase(s.rng, "extend")}, 10, 90)
	case s.twist == suspended && lead.Role == incident.Lead && s.once("suspend"):
		return n.own(lead, s, "suspend", map[string]any{"reason": n.book.phrase(s.rng, "suspend")}, 10, 90)
	}
	return step{}, false
}

// decided is the word of the shift, or of a leader, on what was asked for.
func (n *narrator) decided(inc *incident.Incident, s *story) (step, bool) {
	if inc.Asked == nil {
		return step{}, false
	}
	what := map[string]string{"extend": "extension", "suspend": "suspension"}[inc.Asked.Kind]
	st := n.desk(s, "approve_"+what, nil, 2, 25)
	if chance(s.rng, 35) {
		st.do, st.fields = "refuse_"+what, map[string]any{"reason": n.book.phrase(s.rng, "not_granted")}
	}
	if what == "extension" && inc.Extensions > 0 {
		st.by = n.crew.leader()
	}
	return st, true
}

// resumed lets clocks go on that stand still.
func (n *narrator) resumed(inc *incident.Incident, s *story) (step, bool) {
	lead := inc.Lead()
	switch {
	case inc.DeferredAt != 0:
		return step{do: "resume", by: n.crew.leader(), after: minutes(s.rng, 600, 4000)}, true
	case inc.SuspendedAt != 0 && lead != nil:
		st, ok := n.own(lead, s, "resume", nil, 200, 1500)
		st.order = ""
		return st, ok
	}
	return step{}, false
}

// commanded is what the desk and leaders say from above.
func (n *narrator) commanded(inc *incident.Incident, s *story) (step, bool) {
	lead := inc.Lead()
	working := lead != nil && lead.Active() && lead.State != incident.Pooled
	switch {
	case inc.StudyAt != 0:
		return step{do: "decide", by: n.crew.leader(), after: minutes(s.rng, 60, 900),
			fields: map[string]any{"decision": n.book.phrase(s.rng, "decision"), "participants": n.book.phrase(s.rng, "participants")}}, true
	case s.twist == escalated && inc.Rung == "" && s.once("escalate"):
		return n.desk(s, "escalate", map[string]any{"to": "command", "reason": n.book.phrase(s.rng, "escalate")}, 0.5, 5), true
	case s.twist == escalated && inc.Rung != "" && working && s.once("send_down"):
		return n.desk(s, "send_down", map[string]any{"unit": lead.UnitID, "reason": n.book.phrase(s.rng, "send_down")}, 10, 60), true
	case s.twist == studied && s.once("study"):
		return step{do: "study", by: n.crew.leader(), after: minutes(s.rng, 20, 90), fields: map[string]any{"question": n.book.phrase(s.rng, "study")}}, true
	case s.twist == deferred && working && s.once("defer"):
		return step{do: "defer", by: n.crew.leader(), after: minutes(s.rng, 30, 200), fields: map[string]any{"reason": n.book.phrase(s.rng, "defer")}}, true
	case !working:
	case s.twist == reminded && s.once("remind"):
		return n.desk(s, "remind", map[string]any{"text": n.book.phrase(s.rng, "remind")}, 3, 60), true
	case s.twist == supervised && s.once("supervise"):
		return step{do: "supervise", by: n.crew.leader(), after: minutes(s.rng, 20, 240), fields: map[string]any{"text": n.book.phrase(s.rng, "supervise")}}, true
	case s.twist == whistled && s.once("whistle"):
		if units := n.others(inc); len(units) > 0 {
			return n.desk(s, "whistle", map[string]any{"units": units, "text": n.book.phrase(s.rng, "whistle")}, 2, 20), true
		}
	}
	return step{}, false
}

// late is how many of a hundred plain matters each unit handles too late: no two are alike. The rest are late as lateElsewhere says.
var late = map[string]int{"municipal": 45, "enforcement": 25, "property": 5, unitPolice: 8, unitMediation: 10}

const lateElsewhere = 16

// lag is how long work takes that is not done within its limit: some hours or a day beyond it; 0 for work in time.
func (n *narrator) lag(inc *incident.Incident, lead *incident.Order, s *story) time.Duration {
	limit := open(inc, clock.Handle)
	if !s.lags || inc.Severity == "emergency" || limit == nil || limit.PausedAt != 0 {
		return 0
	}
	share := lateElsewhere
	for code, of := range late {
		if n.units[code] == lead.UnitID {
			share = of
		}
	}
	if !chance(s.rng, share) {
		return 0
	}
	due := limit.DueAt
	if whole := open(inc, clock.Total); whole != nil && chance(s.rng, 80) {
		due = max(due, whole.DueAt)
	}
	return time.Duration(due-inc.EntryAt)*time.Millisecond + minutes(s.rng, 15, 1500)
}

// others are units that can be called to an incident on which they do not work.
func (n *narrator) others(inc *incident.Incident) (units []string) {
	had := map[string]bool{}
	for _, o := range inc.Orders {
		had[o.UnitID] = true
	}
	for _, code := range []string{unitPolice, "emergency", "municipal"} {
		if id := n.units[code]; id != "" && !had[id] && len(units) < 2 {
			units = append(units, id)
		}
	}
	return units
}

// open returns the running clock of a stage, nil for none.
func open(inc *incident.Incident, stage clock.Stage) *incident.Clock {
	for _, k := range inc.Clocks {
		if k.Stage == stage && k.Open() {
			return k
		}
	}
	return nil
}

// leader is who decides for the street.
func (c *crew) leader() authz.Actor {
	for _, a := range c.list {
		if a.HasRole("leader") {
			return a
		}
	}
	return authz.Actor{}
}

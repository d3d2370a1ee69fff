package demo

import (
	"slices"
	"strings"

	"gezhi/internal/clock"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

// work goes on with the orders of an incident, those of assisting units first.
func (n *narrator) work(inc *incident.Incident, s *story) (step, bool) {
	for _, o := range inc.Orders {
		if o.Role == incident.Assist && o.Active() {
			return n.assist(inc, o, s)
		}
	}
	lead := inc.Lead()
	if lead == nil {
		return step{}, false
	}
	switch lead.State {
	case incident.Pooled, incident.Sent:
		return n.take(inc, lead, s)
	case incident.OrderAccepted:
		if s.twist == passed && s.once("transfer") {
			if to, ok := n.colleague(lead, s); ok {
				return n.own(lead, s, "transfer", map[string]any{"person": to.AccountID, "note": n.book.phrase(s.rng, "transfer")}, 2, 10)
			}
		}
		if lead.UnitID == n.units[unitCentre] { // answered from the desk: nobody goes anywhere
			return n.own(lead, s, "handle", n.result(s, inc), 5, 60)
		}
		return n.own(lead, s, "arrive", n.position(inc, s), 0.8, 4)
	case incident.Arrived:
		return n.onSite(inc, lead, s)
	}
	return step{}, false
}

// take claims or accepts an order, or gives it back.
func (n *narrator) take(inc *incident.Incident, o *incident.Order, s *story) (step, bool) {
	switch {
	case s.twist == returned && inc.Returned == 0:
		fields := map[string]any{"reason": n.book.phrase(s.rng, "return")}
		if right := n.otherUnit(inc); chance(s.rng, 60) && right != o.UnitID {
			fields["unit"] = right
		}
		return n.own(o, s, "return_order", fields, 2, 20)
	case s.twist == withdrawn && s.once("withdraw"):
		return n.ordered(o, n.desk(s, "withdraw_order", map[string]any{"reason": n.book.phrase(s.rng, "withdraw")}, 1, 6)), true
	case o.State == incident.Pooled:
		return n.own(o, s, "claim", nil, 1, 25)
	}
	return n.own(o, s, "accept_order", nil, 0.3, 3)
}

// onSite is what happens between arriving and handling.
func (n *narrator) onSite(inc *incident.Incident, lead *incident.Order, s *story) (step, bool) {
	police := n.units[unitPolice]
	switch {
	case lead.Reply != nil:
		return n.approve(lead, s)
	case s.twist == helped && lead.UnitID != police && s.once("add_unit"):
		if asks := chance(s.rng, 40); asks {
			return n.own(lead, s, "ask_unit", map[string]any{"unit": police, "note": n.book.phrase(s.rng, "assist")}, 2, 10)
		}
		return n.desk(s, "add_unit", map[string]any{"unit": police, "note": n.book.phrase(s.rng, "assist")}, 2, 10), true
	case s.twist == told && inc.Answer == "":
		return n.desk(s, "answer", map[string]any{"answer": n.book.phrase(s.rng, "interim")}, 10, 60), true
	case s.twist == noted && s.once("note"):
		return n.own(lead, s, "note", map[string]any{"text": n.book.phrase(s.rng, "note")}, 3, 20)
	}
	if found := n.wanted(s, inc); len(found) > 0 && s.once("detail") && chance(s.rng, 60) {
		return n.own(lead, s, "detail", map[string]any{"details": found}, 2, 15)
	}
	fields := n.result(s, inc)
	if lead.UnitID == n.units[unitMediation] || strings.HasPrefix(inc.Category, "dispute.") {
		n.mediate(s, fields)
	}
	st, ok := n.own(lead, s, "handle", fields, 10, 300)
	if inc.Category == "security.noise" || inc.Severity == "emergency" {
		st.after = minutes(s.rng, 10, 45)
	}
	st.photo = lead.UnitID != police && chance(s.rng, 30)
	if wait := n.lag(inc, lead, s); wait > st.after {
		st.after = wait
	}
	return st, ok
}

// approve is what the head of a unit says of a reply: mostly that it may go out.
func (n *narrator) approve(o *incident.Order, s *story) (step, bool) {
	by, ok := n.crew.approver(o.UnitID, o.Reply.By)
	if !ok {
		return step{}, false
	}
	st := step{do: "approve_reply", by: by, after: minutes(s.rng, 10, 180)}
	if chance(s.rng, 30) && s.once("refuse_reply") {
		st.do, st.fields = "refuse_reply", map[string]any{"reason": n.book.phrase(s.rng, "refused")}
	}
	return n.ordered(o, st), true
}

// assist goes on with the order of an assisting unit.
func (n *narrator) assist(inc *incident.Incident, o *incident.Order, s *story) (step, bool) {
	switch o.State {
	case incident.Pooled, incident.Sent:
		if slices.ContainsFunc(inc.Clocks, func(k *incident.Clock) bool { return k.OrderID == o.ID && k.Stage == clock.ReportIn }) {
			return n.own(o, s, "report_in", map[string]any{"text": n.book.phrase(s.rng, "report_in")}, 5, 25)
		}
		return n.own(o, s, "accept_order", nil, 0.3, 3)
	case incident.OrderAccepted:
		return n.own(o, s, "arrive", n.position(inc, s), 3, 10)
	}
	fields := map[string]any{"result": n.book.phrase(s.rng, "mediated")}
	n.mediate(s, fields)
	return n.own(o, s, "handle", fields, 10, 35)
}

// mediate adds what a mediation records.
func (n *narrator) mediate(s *story, fields map[string]any) {
	fields["parties"] = n.book.word(s.rng, "surname") + "某、" + n.book.word(s.rng, "surname") + "某"
	fields["outcome"] = pick(s.rng, []string{"success", "success", "success", "failed", "referred"})
	fields["agreement"] = "none"
	if fields["outcome"] == "success" {
		fields["agreement"] = pick(s.rng, []string{"oral", "oral", "written"})
	}
}

// position is where the phone says that somebody arrived, or why it does not.
func (n *narrator) position(inc *incident.Incident, s *story) map[string]any {
	if inc.Lon == nil || chance(s.rng, 8) {
		return map[string]any{"reason": n.book.phrase(s.rng, "no_signal")}
	}
	p := s.draft.spot.point
	p.Lon, p.Lat = *inc.Lon, *inc.Lat
	p = beside(s.rng, p)
	return map[string]any{"lon": p.Lon, "lat": p.Lat, "datum": "wgs84"}
}

// own is a step of whoever has the order, or of somebody of its unit while nobody has it. Where a visitor has it, the
// story waits.
func (n *narrator) own(o *incident.Order, s *story, do string, fields map[string]any, lo, hi float64) (step, bool) {
	by := n.crew.byID[o.PersonID]
	if o.PersonID == "" {
		by = one(s.rng, n.crew.handlers(s.byDemo, o.UnitID))
	}
	if by.AccountID == "" || isDemo(by.Login) && !s.byDemo {
		return step{}, false
	}
	st := step{do: do, by: by, fields: fields, after: minutes(s.rng, lo, hi), office: n.closes(o.UnitID)}
	if do == "note" || do == "detail" || do == "resume" {
		return st, true
	}
	return n.ordered(o, st), true
}

// closes tells whether a unit goes home at night.
func (n *narrator) closes(unit string) bool {
	u, ok := n.services.People.Directory().Unit(unit)
	if !ok || u.Kind == people.Station || u.Kind == people.Centre {
		return false
	}
	return u.Speciality != "police" && u.Speciality != "emergency"
}

func (n *narrator) ordered(o *incident.Order, st step) step {
	st.order = o.ID
	return st
}

func (n *narrator) colleague(o *incident.Order, s *story) (authz.Actor, bool) {
	for _, a := range n.crew.handlers(false, o.UnitID) {
		if _, away := n.services.People.Directory().AbsenceOf(a.AccountID); away { // it would come back to who stands in
			continue
		}
		if a.AccountID != o.PersonID {
			return a, true
		}
	}
	return authz.Actor{}, false
}

package incident_test

import (
	"strings"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// situation is a point in the life of an incident, reached through the public API. It lies in the first micro-grid,
// and its lead order, where it has one, went to the station.
type situation struct {
	name  string
	state incident.State
	order incident.OrderState // of the lead order or the last one; '' without any
	start func(*incident.Report)
	steps []incidenttest.Step
	// approves says that the station's replies are approved.
	approves bool
	// force puts the row into a state that no action reaches yet.
	force incident.State
}

type (
	steps  = []incidenttest.Step
	fields = incidenttest.Fields
)

func step(by, do string, f fields) incidenttest.Step {
	return incidenttest.Step{By: by, Do: do, Fields: f}
}

// The ways through the workflow that the situations share.
var (
	sent     = steps{step("duty", "dispatch", nil)}
	taken    = steps{step("duty", "dispatch", nil), step("station1", "accept_order", nil)}
	arrived  = append(taken[:2:2], step("station1", "arrive", fields{"reason": "室内没有信号"}))
	handled  = append(arrived[:3:3], step("station1", "handle", fields{"result": "已劝说商户调低音量"}))
	replied  = append(taken[:2:2], step("station1", "submit_reply", fields{"result": "已联系商户，拟答复如下。"}))
	passed   = append(handled[:4:4], step("duty2", "check_pass", nil))
	finished = append(passed[:5:5], step("duty2", "close", fields{"answer": "商户已调低音量，感谢反映。"}))
)

var situations = []situation{
	{name: "reported", state: incident.Reported},
	{name: "enquiry", state: incident.Reported, start: func(r *incident.Report) { r.Kind = "enquiry" }},
	{name: "verifying", state: incident.Verifying, steps: steps{step("duty", "verify", nil)}},
	{name: "accepted", state: incident.Accepted, steps: steps{step("duty", "accept", nil)}},
	{name: "sent", state: incident.InProgress, order: incident.Sent, steps: sent},
	{name: "sent to a person", state: incident.InProgress, order: incident.Sent, steps: steps{step("duty", "dispatch", fields{"person": "station1"})}},
	{name: "pooled", state: incident.InProgress, order: incident.Pooled, steps: steps{step("duty", "dispatch", fields{"pool": true})}},
	{name: "taken", state: incident.InProgress, order: incident.OrderAccepted, steps: taken},
	{name: "arrived", state: incident.InProgress, order: incident.Arrived, steps: arrived},
	{name: "taken where replies are approved", state: incident.InProgress, order: incident.OrderAccepted, steps: taken, approves: true},
	{name: "replied", state: incident.InProgress, order: incident.OrderAccepted, steps: replied, approves: true},
	{name: "returned", state: incident.Accepted, order: incident.Returned, steps: append(taken[:2:2], step("station1", "return_order", fields{"reason": "不属于本站"}))},
	{name: "withdrawn", state: incident.Accepted, order: incident.Withdrawn, steps: append(sent[:1:1], step("duty", "withdraw_order", nil))},
	{name: "checking", state: incident.Checking, order: incident.Handled, steps: handled},
	{name: "self-handled", state: incident.Checking, order: incident.Handled, steps: steps{step("worker", "self_handle", fields{"result": "当场清理"})}},
	{name: "reworked", state: incident.InProgress, order: incident.OrderAccepted, steps: append(handled[:4:4], step("duty2", "rework", fields{"reason": "照片不清楚"}))},
	{name: "checked", state: incident.Checked, order: incident.Handled, steps: passed},
	{name: "closed", state: incident.Closed, order: incident.Handled, steps: finished},
	{name: "reopened", state: incident.Accepted, order: incident.Handled, steps: append(finished[:6:6], step("duty2", "reopen", fields{"reason": "噪音又来了"}))},
	{name: "rejected", state: incident.Rejected, steps: steps{step("duty", "reject", fields{"ground": "court", "answer": "已由法院受理"})}},
	{name: "voided", state: incident.Voided, steps: steps{step("duty", "void", fields{"reason": "误报"})}},
	{name: "merged", state: incident.Merged, force: incident.Merged},
}

// rule is one action as it is meant to be, written down independently of the workflow's own table.
type rule struct {
	do     string
	in     string // situations in which it fits, by name
	by     string // who may, where they see the incident at all
	to     string // state that follows; "" stays
	fields fields
}

const (
	openNow   = "reported,enquiry,verifying,accepted,sent,sent to a person,pooled,taken,taken where replies are approved,replied,arrived,returned,withdrawn,checking,self-handled,reworked,checked,reopened"
	undecided = "reported,enquiry,verifying,accepted,returned,withdrawn,reopened"
	// only a matter that is not being verified can be answered at once; the guard lets through enquiries alone
	undecidedButOne = "reported,enquiry,accepted,returned,withdrawn,reopened"
	inProgress      = "sent,sent to a person,pooled," + inHand
	inHand          = "taken,taken where replies are approved,replied,arrived,reworked"
	stationers      = "station1,station1b,chief"
	areaPeople      = "duty,duty2,head,instructor,worker,functional,micro,supervisor,window,leader"
)

var rules = []rule{
	{do: "verify", in: "reported,enquiry", by: "duty,duty2", to: "verifying"},
	{do: "accept", in: "reported,enquiry,verifying", by: "duty,duty2", to: "accepted", fields: fields{"severity": "major"}},
	{do: "reject", in: undecided, by: "duty,duty2", to: "rejected", fields: fields{"ground": "not_ours", "answer": "请联系物业"}},
	{do: "void", in: undecided, by: "duty,duty2", to: "voided", fields: fields{"reason": "误报"}},
	{do: "place", in: openNow, by: "duty,duty2", fields: fields{"lon": incidenttest.InMicro2.Lon, "lat": incidenttest.InMicro2.Lat}},
	{do: "mark", in: openNow, by: "duty,duty2", fields: fields{"urgent": true}},
	{do: "dispatch", in: undecided, by: "duty,duty2,leader", to: "in_progress", fields: fields{"unit": incidenttest.Station2}},
	{do: "add_unit", in: inProgress, by: "duty,duty2,leader", fields: fields{"unit": incidenttest.Police}},
	{do: "hand_over", in: openNow, by: "duty,duty2,leader", fields: fields{"service": "110"}},
	{do: "withdraw_order", in: inProgress, by: "duty,duty2,leader", to: "accepted"},
	{do: "self_handle", in: "reported,enquiry,accepted,returned,withdrawn,reopened", by: "head,worker,functional,micro," + stationers, to: "checking", fields: fields{"result": "当场解决"}},
	{do: "check_pass", in: "checking,self-handled", by: "duty,duty2,head,worker,supervisor,leader", to: "checked"},
	{do: "rework", in: "checking,self-handled", by: "duty,duty2,head,worker,supervisor,leader", to: "in_progress", fields: fields{"reason": "没有照片"}},
	{do: "answer", in: openNow, by: "duty,duty2,leader", fields: fields{"answer": "正在处理"}},
	{do: "close", in: undecidedButOne + ",checked", by: "duty,duty2,leader", to: "closed", fields: fields{"answer": "已处理"}},
	{do: "follow_up", in: "closed", by: "duty,duty2,leader", fields: fields{"reached": "reached", "solved": true, "satisfaction": 5}},
	{do: "review", in: "checking,self-handled,checked,closed", by: "supervisor", fields: fields{"rating": 4, "text": "处置及时"}},
	{do: "reopen", in: "closed", by: "duty,duty2,leader", to: "accepted", fields: fields{"reason": "没有解决"}},
	{do: "note", in: openNow + ",closed,rejected", by: areaPeople + "," + stationers, fields: fields{"text": "已电话联系"}},
	{do: "detail", in: openNow, by: areaPeople + "," + stationers, fields: fields{"details": fields{"noise_from": "shop"}}},
	{do: "claim", in: "pooled", by: stationers},
	{do: "accept_order", in: "sent,sent to a person", by: stationers},
	{do: "arrive", in: "taken,taken where replies are approved,replied,reworked", by: stationers, fields: fields{"lon": 104.065, "lat": 30.6551}},
	{do: "handle", in: inHand, by: stationers, to: "checking", fields: fields{"result": "已处理", "outcome": "success"}},
	{do: "submit_reply", in: inHand, by: stationers, fields: fields{"result": "拟答复如下", "outcome": "success"}},
	{do: "approve_reply", in: inHand, by: "chief", to: "checking", fields: fields{"note": "同意"}},
	{do: "refuse_reply", in: inHand, by: "chief", fields: fields{"reason": "请写清楚整改期限"}},
	{do: "ask_unit", in: inHand, by: stationers, fields: fields{"unit": incidenttest.Police}},
	{do: "return_order", in: inProgress, by: stationers, to: "accepted", fields: fields{"reason": "不归我站", "unit": incidenttest.Urban}},
	{do: "transfer", in: "sent,sent to a person," + inHand, by: stationers, fields: fields{"person": "station1b"}},
}

// never are moves that follow others, ones that come later, and nonsense: nobody can take them.
var never = []string{"pool", "redo", "hand_on", "lead_handled", "lead_given_back", "report", "send", "merge", "fly", "ACCEPT", ""}

// guard returns the code with which an action is refused although permission and state allow it; "" for none.
func guard(s situation, do, who string) string {
	mine := s.name == "sent to a person" || among(inHand, s.name)
	switch do {
	case "accept_order", "arrive", "handle", "return_order", "transfer", "submit_reply", "ask_unit":
		switch {
		case mine && who != "station1":
			return "order.of_another"
		case do == "handle" && s.approves:
			return "reply.needs_approval"
		case do == "submit_reply" && !s.approves:
			return "reply.needs_none"
		}
	case "approve_reply", "refuse_reply":
		if s.name != "replied" {
			return "reply.none"
		}
	case "close":
		if s.name != "enquiry" && s.name != "checked" {
			return "close.needs_handling"
		}
	case "detail":
		if !among("duty,duty2", who) && !(among(stationers, who) && among(inProgress, s.name)) {
			return "detail.of_another"
		}
	case "check_pass", "rework":
		if s.name == "self-handled" && who == "worker" {
			return "check.own_work"
		}
	}
	return ""
}

// sees tells who may know of the incident: whoever looks after its area, and the station while it has or had the work.
func sees(s situation, who string) bool {
	if among(areaPeople, who) {
		return true
	}
	stationWork := s.order != "" && s.order != incident.Returned && s.order != incident.Withdrawn && s.name != "self-handled"
	return stationWork && among(stationers, who)
}

func among(list, name string) bool {
	for _, one := range strings.Split(list, ",") {
		if one == name {
			return true
		}
	}
	return false
}

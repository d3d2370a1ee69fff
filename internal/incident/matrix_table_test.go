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
	longer   = append(taken[:2:2], step("station1", "extend", fields{"until": incidenttest.Begin.AddDate(0, 1, 0).UnixMilli(), "reason": "等配件"}))
	waiting  = append(taken[:2:2], step("station1", "suspend", fields{"reason": "等鉴定"}))
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
	{name: "more time asked", state: incident.InProgress, order: incident.OrderAccepted, steps: longer},
	{name: "pause asked", state: incident.InProgress, order: incident.OrderAccepted, steps: waiting},
	{name: "suspended", state: incident.InProgress, order: incident.OrderAccepted, steps: append(waiting[:3:3], step("duty", "approve_suspension", nil))},
	{name: "reminded", state: incident.InProgress, order: incident.OrderAccepted, steps: append(taken[:2:2], step("duty", "remind", fields{"text": "请回复进展"}))},
	{name: "deferred", state: incident.Reported, steps: steps{step("leader", "defer", fields{"reason": "等雨季过后"})}},
	{name: "escalated", state: incident.Reported, steps: steps{step("duty", "escalate", fields{"to": "centre", "reason": "需要支援"})}},
	{name: "studied", state: incident.Reported, steps: steps{step("duty", "study", fields{"question": "如何根治？"})}},
	{name: "checking", state: incident.Checking, order: incident.Handled, steps: handled},
	{name: "self-handled", state: incident.Checking, order: incident.Handled, steps: steps{step("worker", "self_handle", fields{"result": "当场清理"})}},
	{name: "reworked", state: incident.InProgress, order: incident.OrderAccepted, steps: append(handled[:4:4], step("duty2", "rework", fields{"reason": "照片不清楚"}))},
	{name: "checked", state: incident.Checked, order: incident.Handled, steps: passed},
	{name: "closed", state: incident.Closed, order: incident.Handled, steps: finished},
	{name: "reopened", state: incident.Accepted, order: incident.Handled, steps: append(finished[:6:6], step("duty2", "reopen", fields{"reason": "噪音又来了"}))},
	{name: "rejected", state: incident.Rejected, steps: steps{step("duty", "reject", fields{"ground": "court", "answer": "已由法院受理"})}},
	{name: "voided", state: incident.Voided, steps: steps{step("duty", "void", fields{"reason": "误报"})}},
	{name: "merged", state: incident.Merged, steps: steps{step("duty", "merge", nil)}},
	{name: "merged from the work", state: incident.Merged, order: incident.Withdrawn, steps: append(taken[:2:2], step("duty", "merge", nil))},
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
	openNow   = undecided + "," + inProgress + ",checking,self-handled,checked"
	undecided = undecidedButOne + ",verifying"
	// only a matter that is not being verified can be answered at once; the guard lets through enquiries alone
	undecidedButOne = fresh + ",accepted,returned,withdrawn,reopened"
	fresh           = "reported,enquiry,deferred,escalated,studied"
	inProgress      = "sent,sent to a person,pooled," + inHand
	inHand          = waitingNow + ",arrived"
	waitingNow      = "taken,taken where replies are approved,replied,reworked,more time asked,pause asked,suspended,reminded"
	stationers      = "station1,station1b,chief"
	areaPeople      = "duty,duty2,head,instructor,worker,functional,micro,supervisor,window,leader"
)

var rules = []rule{
	{do: "verify", in: fresh, by: "duty,duty2", to: "verifying"},
	{do: "accept", in: fresh + ",verifying", by: "duty,duty2", to: "accepted", fields: fields{"severity": "major"}},
	{do: "reject", in: undecided, by: "duty,duty2", to: "rejected", fields: fields{"ground": "not_ours", "answer": "请联系物业"}},
	{do: "void", in: undecided, by: "duty,duty2", to: "voided", fields: fields{"reason": "误报"}},
	{do: "place", in: openNow, by: "duty,duty2", fields: fields{"lon": incidenttest.InMicro2.Lon, "lat": incidenttest.InMicro2.Lat}},
	{do: "mark", in: openNow, by: "duty,duty2", fields: fields{"urgent": true}},
	{do: "dispatch", in: undecided, by: "duty,duty2,leader", to: "in_progress", fields: fields{"unit": incidenttest.Station2}},
	{do: "add_unit", in: inProgress, by: "duty,duty2,leader", fields: fields{"unit": incidenttest.Police}},
	{do: "hand_over", in: openNow, by: "duty,duty2,leader", fields: fields{"service": "110"}},
	{do: "withdraw_order", in: inProgress, by: "duty,duty2,leader", to: "accepted"},
	{do: "self_handle", in: undecidedButOne, by: "head,worker,functional,micro," + stationers, to: "checking", fields: fields{"result": "当场解决"}},
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
	{do: "arrive", in: waitingNow, by: stationers, fields: fields{"lon": 104.065, "lat": 30.6551}},
	{do: "handle", in: inHand, by: stationers, to: "checking", fields: fields{"result": "已处理", "outcome": "success"}},
	{do: "submit_reply", in: inHand, by: stationers, fields: fields{"result": "拟答复如下", "outcome": "success"}},
	{do: "approve_reply", in: inHand, by: "chief", to: "checking", fields: fields{"note": "同意"}},
	{do: "refuse_reply", in: inHand, by: "chief", fields: fields{"reason": "请写清楚整改期限"}},
	{do: "ask_unit", in: inHand, by: stationers, fields: fields{"unit": incidenttest.Police}},
	{do: "return_order", in: inProgress, by: stationers, to: "accepted", fields: fields{"reason": "不归我站", "unit": incidenttest.Urban}},
	{do: "remind", in: inProgress, by: "duty,duty2,leader", fields: fields{"text": "请尽快到场并回复"}},
	{do: "supervise", in: openNow, by: "duty,duty2,leader", fields: fields{"text": "请本周内办结"}},
	{do: "escalate", in: openNow, by: "duty,duty2,head,leader,station1,station1b", fields: fields{"to": "command", "reason": "需要县里协调"}},
	{do: "whistle", in: inProgress, by: "duty,duty2,leader", fields: fields{"units": []string{incidenttest.Police, incidenttest.Urban}, "text": "请到现场联合处置"}},
	{do: "study", in: openNow, by: "duty,duty2,leader", fields: fields{"question": "这里反复出现噪音，如何根治？"}},
	{do: "defer", in: openNow, by: "leader", fields: fields{"reason": "等雨季过后施工"}},
	{do: "extend", in: inHand, by: stationers, fields: fields{"until": incidenttest.Begin.AddDate(0, 1, 0).UnixMilli(), "reason": "需要采购配件"}},
	{do: "suspend", in: inHand, by: stationers, fields: fields{"reason": "等待鉴定结果"}},
	{do: "respond", in: "sent,sent to a person," + inHand, by: stationers, fields: fields{"text": "正在赶往现场"}},
	{do: "report_in", in: "sent,sent to a person," + waitingNow, by: stationers},
	{do: "approve_extension", in: inProgress, by: "duty,duty2,leader"},
	{do: "refuse_extension", in: inProgress, by: "duty,duty2,leader", fields: fields{"reason": "理由不充分"}},
	{do: "approve_suspension", in: inProgress, by: "duty,duty2,leader"},
	{do: "refuse_suspension", in: inProgress, by: "duty,duty2,leader", fields: fields{"reason": "理由不充分"}},
	{do: "resume", in: openNow, by: areaPeople + "," + stationers},
	{do: "send_down", in: openNow, by: "duty,duty2,leader", fields: fields{"unit": incidenttest.Station, "reason": "由工作站处理"}},
	{do: "decide", in: openNow, by: "duty,duty2,leader", fields: fields{"decision": "联合整治夜间扰民", "participants": "街道、派出所、城管"}},
	{do: "merge", in: undecided + "," + inProgress, by: "duty,duty2", to: "merged"},
	{do: "unmerge", in: "merged,merged from the work", by: "duty,duty2", to: "accepted"},
	{do: "transfer", in: "sent,sent to a person," + inHand, by: stationers, fields: fields{"person": "station1b"}},
}

// never are moves that follow others, ones that come later, and nonsense: nobody can take them.
var never = []string{"pool", "redo", "hand_on", "back_to_pool", "warn", "overdue", "climb", "ask_progress", "resume_due", "lead_handled", "lead_given_back", "report", "send", "me_too", "joined", "left", "merge_moved", "merge_undone", "past_accept", "past_handle", "past_close", "past_reject", "fly", "ACCEPT", ""}

// guard returns the code with which an action is refused although permission and state allow it; "" for none.
func guard(s situation, do, who string) string {
	mine := s.name == "sent to a person" || among(inHand, s.name)
	switch do {
	case "accept_order", "arrive", "handle", "return_order", "transfer", "submit_reply", "ask_unit", "extend", "suspend", "respond", "report_in":
		switch {
		case mine && who != "station1":
			return "order.of_another"
		case (do == "extend" || do == "suspend") && among("more time asked,pause asked", s.name):
			return "asking.waits"
		case do == "suspend" && s.name == "suspended":
			return "suspend.already"
		case do == "respond" && s.name != "reminded":
			return "respond.not_asked"
		case do == "report_in":
			return "report_in.not_called"
		case do == "handle" && s.approves:
			return "reply.needs_approval"
		case do == "submit_reply" && !s.approves:
			return "reply.needs_none"
		}
	case "approve_extension", "refuse_extension":
		if s.name != "more time asked" {
			return "extension.none"
		}
	case "approve_suspension", "refuse_suspension":
		if s.name != "pause asked" {
			return "suspension.none"
		}
	case "resume":
		switch {
		case !among("suspended,deferred", s.name):
			return "resume.not_paused"
		case !among("duty,duty2,leader", who) && !(s.name == "suspended" && who == "station1"):
			return "resume.not_yours"
		}
	case "defer":
		if s.name == "deferred" {
			return "defer.already"
		}
	case "send_down":
		if s.name != "escalated" {
			return "send_down.not_escalated"
		}
	case "study":
		if s.name == "studied" {
			return "study.already"
		}
	case "decide":
		if s.name != "studied" {
			return "study.none"
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

package incident

import (
	"slices"

	"gezhi/internal/clock"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// openStates are the states in which work goes on.
var openStates = flow.In(Reported, Verifying, Accepted, InProgress, Checking, Checked)

// onOrder are the clocks that begin with the lead order.
var onOrder = []string{"accept_order", "arrive", "progress", "handle"}

var (
	askNote     = flow.Ask{Name: "note", Type: flow.Text}
	askUnit     = flow.Ask{Name: "unit", Type: flow.Unit}
	askPerson   = flow.Ask{Name: "person", Type: flow.Person, Of: "unit"}
	askReason   = flow.Ask{Name: "reason", Type: flow.Text, Required: true, Max: 500}
	askCategory = flow.Ask{Name: "category", Type: flow.Category}
	askSeverity = flow.Ask{Name: "severity", Type: flow.Choice, Options: flow.Choices(Severities...)}
	askKind     = flow.Ask{Name: "kind", Type: flow.Choice, Options: flow.Choices(Kinds...)}
	askAnswer   = flow.Ask{Name: "answer", Type: flow.Text, Required: true}
	askResult   = flow.Ask{Name: "result", Type: flow.Text, Required: true}
	askPlace    = []flow.Ask{{Name: "lon", Type: flow.Number}, {Name: "lat", Type: flow.Number}, {Name: "datum", Type: flow.String, Max: 10}}
)

// mediation is what a unit that mediates records beside the result (SF-35, H1): who took part, and what came of it.
var mediation = []flow.Ask{
	{Name: "outcome", Type: flow.Choice, Options: flow.Choices("done", "success", "failed", "referred")},
	{Name: "parties", Type: flow.String, Max: 200},
	{Name: "agreement", Type: flow.Choice, Options: flow.Choices("none", "oral", "written")},
}

// handling is what whoever handled it tells.
var handling = append(append([]flow.Ask{askResult}, mediation...), photos...)

// photos show how it was before the work and after it. A report's own pictures need not be sent again.
var photos = []flow.Ask{{Name: "before", Type: flow.Files}, {Name: "after", Type: flow.Files}}

// reporter is who takes the moves of the resident's page: whoever holds the tracking code, without an account.
const reporter = "whoever holds the tracking code"

// importing is who takes the moves by which a record of another system is lived through.
const importing = "an import, for what another system did at that time"

// Flow is the workflow of an incident (DESIGN section 3). It is the only place that says how a state changes.
var Flow = &flow.Table[State, *Incident]{
	Name:  "incident",
	Start: flow.Move[State, *Incident]{Do: "report", To: Reported, Need: perm.IncidentReport, Starts: []string{"dispatch", "total"}},
	States: []flow.State[State]{
		{Name: Reported}, {Name: Verifying}, {Name: Accepted}, {Name: InProgress}, {Name: Checking}, {Name: Checked},
		{Name: Closed, Phase: flow.Done}, {Name: Rejected, Phase: flow.Ended}, {Name: Merged, Phase: flow.Ended}, {Name: Voided, Phase: flow.Ended},
	},
	State: func(i *Incident) State { return i.State },
	Over:  (*Incident).Target,
	Moves: []flow.Move[State, *Incident]{
		{Do: "dispatch", From: flow.In(Reported, Verifying, Accepted), To: InProgress, Need: perm.IncidentDispatch, Over: (*Incident).placeTarget,
			Asks: []flow.Ask{askUnit, askPerson, {Name: "pool", Type: flow.Bool}, askNote}, Starts: onOrder, Stops: []string{"verify", "dispatch"}},
		{Do: "accept", From: flow.In(Reported, Verifying), To: Accepted, Need: perm.IncidentTriage, Asks: []flow.Ask{askCategory, askKind, askSeverity, askNote}, Stops: []string{"verify"}},
		{Do: "verify", From: flow.In(Reported), To: Verifying, Need: perm.IncidentTriage, Asks: []flow.Ask{askNote}, Starts: []string{"verify"}},
		{Do: "self_handle", From: flow.In(Reported, Accepted), To: Checking, Need: perm.IncidentHandle, Asks: append([]flow.Ask{askResult}, photos...),
			Stops: []string{"dispatch"}, Starts: []string{"check"}},
		{Do: "check_pass", From: flow.In(Checking), To: Checked, Need: perm.IncidentCheck, If: notOwnWork, Why: "check.own_work", Asks: []flow.Ask{askNote},
			Stops: []string{"check"}, Starts: []string{"answer"}},
		{Do: "rework", From: flow.In(Checking), To: InProgress, Need: perm.IncidentCheck, If: notOwnWork, Why: "check.own_work", Asks: []flow.Ask{askReason}, Drive: "redo",
			Stops: []string{"check"}, Starts: []string{"progress", "handle"}},
		{Do: "close", From: flow.In(Checked), To: Closed, Need: perm.IncidentClose, Asks: []flow.Ask{askAnswer}},
		{Do: "close", From: flow.In(Reported, Accepted), To: Closed, Need: perm.IncidentClose, If: answerable, Why: "close.needs_handling", Asks: []flow.Ask{askAnswer}},
		{Do: "answer", From: openStates, Need: perm.IncidentClose, Asks: []flow.Ask{askAnswer}},
		{Do: "follow_up", From: flow.In(Closed), Need: perm.IncidentClose, Asks: []flow.Ask{
			{Name: "reached", Type: flow.Choice, Required: true, Options: flow.Choices("reached", "no_answer", "declined", "wrong_number")},
			{Name: "solved", Type: flow.Bool}, {Name: "satisfaction", Type: flow.Int, Min: 1, Max: 5}, {Name: "again_at", Type: flow.Time},
			{Name: "do_not_call", Type: flow.Bool}, askNote}},
		{Do: "review", From: flow.In(Checking, Checked, Closed), Need: perm.IncidentReview, Asks: []flow.Ask{
			{Name: "rating", Type: flow.Int, Required: true, Min: 1, Max: 5}, {Name: "text", Type: flow.Text, Max: 1000}}},
		{Do: "reopen", From: flow.In(Closed), To: Accepted, Need: perm.IncidentClose, Asks: []flow.Ask{askReason}, Starts: []string{"dispatch", "total"}},
		{Do: "add_unit", From: flow.In(InProgress), Need: perm.IncidentDispatch, Over: (*Incident).placeTarget,
			Asks: []flow.Ask{{Name: "unit", Type: flow.Unit, Required: true}, askPerson, askNote}},
		{Do: "place", From: openStates, Need: perm.IncidentTriage, Asks: append(append([]flow.Ask{}, askPlace...),
			flow.Ask{Name: "area", Type: flow.String, Max: 40}, flow.Ask{Name: "address", Type: flow.String, Max: 200})},
		{Do: "mark", From: openStates, Need: perm.IncidentTriage, Asks: []flow.Ask{{Name: "urgent", Type: flow.Bool, Required: true}}},
		{Do: "hand_over", From: openStates, Need: perm.IncidentDispatch, Over: (*Incident).placeTarget,
			Asks: []flow.Ask{{Name: "service", Type: flow.Choice, Required: true, Options: flow.Choices("110", "119", "120")}, askNote}},
		{Do: "note", From: append(append([]State{}, openStates...), Closed, Rejected), Need: perm.IncidentNote, Safe: true,
			Asks: []flow.Ask{{Name: "text", Type: flow.Text, Required: true}, {Name: "visibility", Type: flow.Choice, Options: flow.Choices("internal", "parties", "public")}}},
		detailMove,
		{Do: "reject", From: flow.In(Reported, Verifying, Accepted), To: Rejected, Need: perm.IncidentTriage,
			Asks: []flow.Ask{{Name: "ground", Type: flow.Choice, Required: true, Options: flow.Choices("not_found", "not_ours", "no_matter", "court", "unclear")}, askAnswer}},
		{Do: "void", From: flow.In(Reported, Verifying, Accepted), To: Voided, Need: perm.IncidentTriage, Asks: []flow.Ask{askReason}},
		{Do: "merge", From: flow.In(Reported, Verifying, Accepted, InProgress), To: Merged, Need: perm.IncidentTriage, Asks: []flow.Ask{
			{Name: "into", Type: flow.String, Required: true, Max: 40}, askNote}},
		{Do: "unmerge", From: flow.In(Merged), To: Accepted, Need: perm.IncidentTriage, Asks: []flow.Ask{askNote}, Starts: []string{"dispatch", "total"}},
		{Do: "resident_add", From: openStates, Auto: true, By: reporter, Asks: []flow.Ask{{Name: "text", Type: flow.Text, Max: maxAddition}}},
		{Do: "resident_withdraw", From: flow.In(Reported, Verifying, Accepted, InProgress), To: Voided, Auto: true, By: reporter,
			Asks: []flow.Ask{{Name: "reason", Type: flow.Text, Max: 500}}},
		{Do: "resident_withdraw", From: flow.In(Merged), To: Voided, Auto: true, By: reporter, Asks: []flow.Ask{{Name: "reason", Type: flow.Text, Max: 500}}},
		{Do: "resident_reopen", From: flow.In(Closed, Merged), To: Accepted, Auto: true, By: reporter, Asks: []flow.Ask{{Name: "reason", Type: flow.Text, Max: maxRating}},
			Starts: []string{"dispatch", "total"}},
		{Do: "resident_same", From: openStates, Auto: true, By: reporter},
		{Do: "me_too", From: flow.In(Reported), To: Merged, Auto: true, By: "whoever reports it and points at an open matter nearby"},
		{Do: "joined", From: append(append([]State{}, openStates...), Closed), Auto: true, By: "the program, when another incident was merged into this one"},
		{Do: "left", From: append(append([]State{}, openStates...), Closed, Rejected, Merged, Voided), Auto: true, By: "the program, when another incident is no longer merged into this one"},
		{Do: "merge_moved", From: flow.In(Merged), Auto: true, By: "the program, when the incident into which this one was merged is merged itself"},
		{Do: "merge_undone", From: flow.In(Merged), To: Accepted, Auto: true, By: "the program, when the incident into which this one was merged is voided",
			Starts: []string{"dispatch", "total"}},
		{Do: "approve_extension", From: flow.In(InProgress), Need: perm.ExtensionApprove, If: asked(extension), Why: "extension.none",
			Also: []flow.Guard[*Incident]{{If: notOwnAsking, Why: "asking.own"}, {If: mayExtend, Why: "extension.second"}}, Asks: []flow.Ask{askNote}},
		{Do: "refuse_extension", From: flow.In(InProgress), Need: perm.ExtensionApprove, If: asked(extension), Why: "extension.none",
			Also: []flow.Guard[*Incident]{{If: notOwnAsking, Why: "asking.own"}, {If: mayExtend, Why: "extension.second"}}, Asks: []flow.Ask{askReason}},
		{Do: "approve_suspension", From: flow.In(InProgress), Need: perm.ExtensionApprove, If: asked(suspension), Why: "suspension.none",
			Also: []flow.Guard[*Incident]{{If: notOwnAsking, Why: "asking.own"}}, Asks: []flow.Ask{askNote}},
		{Do: "refuse_suspension", From: flow.In(InProgress), Need: perm.ExtensionApprove, If: asked(suspension), Why: "suspension.none",
			Also: []flow.Guard[*Incident]{{If: notOwnAsking, Why: "asking.own"}}, Asks: []flow.Ask{askReason}},
		{Do: "resume", From: openStates, Need: perm.IncidentNote, If: paused, Why: "resume.not_paused",
			Also: []flow.Guard[*Incident]{{If: mayResume, Why: "resume.not_yours"}}, Asks: []flow.Ask{askNote}},
		{Do: "defer", From: openStates, Need: perm.IncidentDefer, If: notDeferred, Why: "defer.already", Asks: []flow.Ask{askReason, askUntil}},
		{Do: "remind", From: flow.In(InProgress), Need: perm.IncidentDispatch, Over: (*Incident).placeTarget, Asks: []flow.Ask{askText, askReplyBy}},
		{Do: "supervise", From: openStates, Need: perm.IncidentSupervise, Over: (*Incident).placeTarget, Asks: []flow.Ask{askText, askReplyBy}},
		{Do: "escalate", From: openStates, Need: perm.IncidentEscalate, If: belowTop, Why: "escalate.not_higher", Asks: []flow.Ask{
			{Name: "to", Type: flow.Choice, Required: true, Options: flow.Choices(Rungs[1:]...)}, askReason}},
		{Do: "send_down", From: openStates, Need: perm.IncidentDispatch, Over: (*Incident).placeTarget, If: escalated, Why: "send_down.not_escalated",
			Asks: []flow.Ask{{Name: "unit", Type: flow.Unit, Required: true}, askReason}},
		{Do: "whistle", From: flow.In(InProgress), Need: perm.IncidentDispatch, Over: (*Incident).placeTarget,
			Asks: []flow.Ask{{Name: "units", Type: flow.Units, Required: true}, askText, askReplyBy}},
		{Do: "study", From: openStates, Need: perm.IncidentSupervise, Over: (*Incident).placeTarget, If: notStudied, Why: "study.already",
			Asks: []flow.Ask{{Name: "question", Type: flow.Text, Required: true, Max: 1000}}},
		{Do: "decide", From: openStates, Need: perm.IncidentSupervise, Over: (*Incident).placeTarget, If: studied, Why: "study.none",
			Asks: []flow.Ask{{Name: "decision", Type: flow.Text, Required: true}, {Name: "participants", Type: flow.Text, Required: true, Max: 500}}},
		{Do: "warn", From: openStates, Auto: true, By: "the clock, when four fifths of a limit are used"},
		{Do: "ask_progress", From: openStates, Auto: true, By: "the clock, when a word about the work is due"},
		{Do: "overdue", From: openStates, Auto: true, By: "the clock, when a limit is used up"},
		{Do: "climb", From: openStates, Auto: true, By: "the clock, when a ladder puts what is overdue before the next rung"},
		{Do: "resume_due", From: openStates, Auto: true, By: "the clock, when a pause ends"},
		{Do: "past_accept", From: flow.In(Reported), To: Accepted, Auto: true, By: importing},
		{Do: "past_handle", From: flow.In(Reported, Accepted), To: Checking, Auto: true, By: importing},
		{Do: "past_close", From: flow.In(Reported, Accepted, Checking), To: Closed, Auto: true, By: importing},
		{Do: "past_reject", From: flow.In(Reported, Accepted, Checking), To: Rejected, Auto: true, By: importing},
		{Do: "lead_handled", From: flow.In(InProgress), To: Checking, Auto: true, Starts: []string{"check"}},
		{Do: "lead_given_back", From: flow.In(InProgress), To: Accepted, Auto: true, Starts: []string{"dispatch"}},
	},
}

// OrderFlow is the workflow of an order. When the lead order moves, Drive names the move of the incident that follows.
var OrderFlow = &flow.Table[OrderState, Held]{
	Name:  "order",
	Start: flow.Move[OrderState, Held]{Do: "send", To: Sent, Need: perm.IncidentDispatch},
	States: []flow.State[OrderState]{
		{Name: Pooled}, {Name: Sent}, {Name: OrderAccepted}, {Name: Arrived},
		{Name: Handled, Phase: flow.Done}, {Name: Returned, Phase: flow.Ended}, {Name: Withdrawn, Phase: flow.Ended},
	},
	State: func(h Held) OrderState { return h.Order.State },
	Over:  workTarget,
	Moves: []flow.Move[OrderState, Held]{
		{Do: "pool", From: flow.In(Sent), To: Pooled, Auto: true},
		{Do: "claim", From: flow.In(Pooled), To: OrderAccepted, Need: perm.IncidentHandle, Stops: []string{"accept_order"}},
		{Do: "accept_order", From: flow.In(Sent), To: OrderAccepted, Need: perm.IncidentHandle, If: freeOrMine, Why: "order.of_another", Stops: []string{"accept_order"}},
		{Do: "arrive", From: flow.In(OrderAccepted), To: Arrived, Need: perm.IncidentHandle, If: mine, Why: "order.of_another",
			Asks: append(append([]flow.Ask{}, askPlace...), flow.Ask{Name: "reason", Type: flow.String, Max: 200}), Stops: []string{"arrive"}},
		{Do: "handle", From: flow.In(OrderAccepted, Arrived), To: Handled, Need: perm.IncidentHandle, If: mine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: repliesAlone, Why: "reply.needs_approval"}}, Asks: handling, Drive: "lead_handled"},
		{Do: "submit_reply", From: flow.In(OrderAccepted, Arrived), Need: perm.IncidentHandle, If: mine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: not(repliesAlone), Why: "reply.needs_none"}}, Asks: handling},
		{Do: "approve_reply", From: flow.In(OrderAccepted, Arrived), To: Handled, Need: perm.IncidentApprove, Over: unitTarget, If: replyWaits, Why: "reply.none",
			Also: []flow.Guard[Held]{{If: notOwnReply, Why: "reply.own"}}, Asks: []flow.Ask{askNote}, Drive: "lead_handled"},
		{Do: "refuse_reply", From: flow.In(OrderAccepted, Arrived), Need: perm.IncidentApprove, Over: unitTarget, If: replyWaits, Why: "reply.none",
			Also: []flow.Guard[Held]{{If: notOwnReply, Why: "reply.own"}}, Asks: []flow.Ask{askReason}},
		{Do: "ask_unit", From: flow.In(OrderAccepted, Arrived), Need: perm.IncidentHandle, If: mine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: underWay, Why: "order.lead_done"}}, Asks: []flow.Ask{{Name: "unit", Type: flow.Unit, Required: true}, askNote}},
		{Do: "return_order", From: flow.In(Pooled, Sent, OrderAccepted, Arrived), To: Returned, Need: perm.IncidentHandle, If: freeOrMine, Why: "order.of_another",
			Asks: []flow.Ask{askReason, askUnit}, Drive: "lead_given_back"},
		{Do: "transfer", From: flow.In(Sent, OrderAccepted, Arrived), To: Sent, Need: perm.IncidentHandle, If: freeOrMine, Why: "order.of_another",
			Asks: []flow.Ask{{Name: "person", Type: flow.Person, Required: true}, askNote}},
		{Do: "withdraw_order", From: flow.In(Pooled, Sent, OrderAccepted, Arrived), To: Withdrawn, Need: perm.IncidentDispatch,
			Over: func(h Held) authz.Target { return h.Incident.placeTarget() }, Asks: []flow.Ask{{Name: "reason", Type: flow.Text, Max: 500}}, Drive: "lead_given_back"},
		{Do: "extend", From: flow.In(OrderAccepted, Arrived), Need: perm.IncidentHandle, If: mine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: nothingAsked, Why: "asking.waits"}, {If: timed, Why: "extension.no_limit"}},
			Asks: []flow.Ask{{Name: "until", Type: flow.Time, Required: true}, askReason}},
		{Do: "suspend", From: flow.In(OrderAccepted, Arrived), Need: perm.IncidentHandle, If: mine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: nothingAsked, Why: "asking.waits"}, {If: leads, Why: "suspend.lead_only"}, {If: notPaused, Why: "suspend.already"}},
			Asks: []flow.Ask{askReason, askUntil}},
		{Do: "respond", From: flow.In(Sent, OrderAccepted, Arrived), Need: perm.IncidentHandle, If: freeOrMine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: reminded, Why: "respond.not_asked"}}, Asks: []flow.Ask{askText}},
		{Do: "report_in", From: flow.In(Sent, OrderAccepted), To: Arrived, Need: perm.IncidentHandle, If: freeOrMine, Why: "order.of_another",
			Also: []flow.Guard[Held]{{If: whistledFor, Why: "report_in.not_called"}}, Asks: []flow.Ask{{Name: "text", Type: flow.Text, Max: 1000}},
			Stops: []string{string(clock.ReportIn)}},
		{Do: "back_to_pool", From: flow.In(OrderAccepted), To: Pooled, Auto: true, By: "the clock, when nobody acts on a claimed order",
			Stops: []string{"arrive"}, Starts: []string{"accept_order", "arrive"}},
		{Do: "hand_on", From: flow.In(Sent, OrderAccepted, Arrived), To: Sent, Auto: true, By: "whoever goes away, or lets somebody go"},
		{Do: "redo", From: flow.In(Handled), To: OrderAccepted, Auto: true},
		{Do: "end", From: flow.In(Pooled, Sent, OrderAccepted, Arrived), To: Withdrawn, Auto: true},
	},
}

// notOwnWork holds when the actor never handled an order of the incident: nobody checks their own work.
func notOwnWork(a authz.Actor, i *Incident) bool {
	for _, o := range i.Orders {
		if a.AccountID != "" && slices.Contains(o.Handlers, a.AccountID) {
			return false
		}
	}
	return true
}

// answerable holds for what can be answered without anybody going anywhere.
func answerable(_ authz.Actor, i *Incident) bool {
	return i.Kind == "enquiry" || i.Kind == "suggestion"
}

// mine holds for whoever has the order, and for whoever stands in for them.
func mine(a authz.Actor, h Held) bool {
	return a.Machine || a.AccountID != "" && h.Order.PersonID == a.AccountID || h.Order.PersonID != "" && slices.Contains(a.StandsFor, h.Order.PersonID)
}

func freeOrMine(a authz.Actor, h Held) bool { return h.Order.PersonID == "" || mine(a, h) }

// unitTarget covers an order by its unit alone.
func unitTarget(h Held) authz.Target { return authz.Target{Units: []string{h.Order.UnitID}} }

// repliesAlone holds when nobody has to approve what the actor replies: the unit does not want it, or they approve there.
func repliesAlone(a authz.Actor, h Held) bool {
	return !h.Order.Approval || a.Scope(perm.IncidentApprove).Covers(unitTarget(h))
}

func replyWaits(_ authz.Actor, h Held) bool { return h.Order.Reply != nil }

func leads(_ authz.Actor, h Held) bool { return h.Order.Role == Lead }

// notOwnReply holds when somebody else wrote the reply: nobody approves their own.
func notOwnReply(a authz.Actor, h Held) bool { return h.Order.Reply.By != a.AccountID }

// underWay holds while the lead order is in hand: only then help is of use.
func underWay(_ authz.Actor, h Held) bool { return h.Incident.State == InProgress }

func not[T any](guard func(authz.Actor, T) bool) func(authz.Actor, T) bool {
	return func(a authz.Actor, item T) bool { return !guard(a, item) }
}

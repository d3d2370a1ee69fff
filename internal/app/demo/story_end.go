package demo

import (
	"strings"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/perm"
)

// check is done by the desk or the head of the grid, never by whoever handled it.
func (n *narrator) check(inc *incident.Incident, s *story) step {
	st := n.desk(s, "check_pass", map[string]any{"note": n.book.phrase(s.rng, "check")}, 5, 240)
	if s.twist == reworked && inc.Reworked == 0 {
		st.do, st.fields = "rework", map[string]any{"reason": n.book.phrase(s.rng, "rework")}
	}
	if head, ok := n.crew.head(inc.LevelIDs[4:5]); ok && chance(s.rng, 25) && mayCheck(head, inc) {
		st.by = head
	}
	return st
}

func mayCheck(a authz.Actor, inc *incident.Incident) bool {
	for _, o := range inc.Orders {
		if o.HandlerID == a.AccountID {
			return false
		}
	}
	return a.Scope(perm.IncidentCheck).Covers(inc.Target())
}

// close answers the reporter with what was done.
func (n *narrator) close(inc *incident.Incident, s *story) step {
	unit, result := "", ""
	if lead := inc.Lead(); lead != nil {
		unit, result = n.services.People.Directory().UnitName(lead.UnitID), lead.Result
	}
	answer := "您好，您反映的问题已由" + unit + "办理：" + result
	if !strings.HasSuffix(answer, "。") {
		answer += "。"
	}
	return n.desk(s, "close", map[string]any{"answer": answer + "感谢您的反映。"}, 5, 150)
}

// afterwards follows up with whoever reported: some rate the answer themselves, most are called.
func (n *narrator) afterwards(inc *incident.Incident, s *story) (step, bool) {
	people := inc.Channel == "app" || inc.Channel == "hotline" || inc.Channel == "window" || inc.Channel == "visit"
	switch {
	case s.twist == reopened && inc.Reopened == 0 && inc.Solved == nil:
		return n.desk(s, "follow_up", map[string]any{"reached": "reached", "solved": false, "satisfaction": 1 + s.rng.IntN(2),
			"note": n.book.phrase(s.rng, "unsatisfied")}, 60, 900), true
	case s.twist == reopened && inc.Reopened == 0:
		return n.desk(s, "reopen", map[string]any{"reason": n.book.phrase(s.rng, "reopen")}, 2, 20), true
	case !people || inc.Solved != nil || !s.once("afterwards") && !s.seen["missed"]:
		return step{}, false
	case inc.Channel == "app" && s.code != "" && chance(s.rng, 45):
		return step{do: "rate", rating: &incident.Rating{Solved: true, Satisfaction: int64(3 + s.rng.IntN(3))}, after: minutes(s.rng, 20, 1200)}, true
	case !s.seen["missed"] && chance(s.rng, 15):
		s.once("missed")
		return n.desk(s, "follow_up", map[string]any{"reached": "no_answer"}, 60, 900), true
	case chance(s.rng, 55) || s.seen["missed"]:
		delete(s.seen, "missed")
		solved := chance(s.rng, 92)
		fields := map[string]any{"reached": "reached", "solved": solved, "satisfaction": 4 + s.rng.IntN(2), "note": n.book.phrase(s.rng, "satisfied")}
		if !solved {
			fields["satisfaction"], fields["note"] = 2, n.book.phrase(s.rng, "unsatisfied")
		}
		return n.desk(s, "follow_up", fields, 60, 1400), true
	}
	return step{}, false
}

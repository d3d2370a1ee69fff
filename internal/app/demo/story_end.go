package demo

import (
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

// review is what a grid supervisor says of work that was checked.
func (n *narrator) review(s *story) step {
	return step{do: "review", by: n.crew.staff(s.rng, "grid_supervisor"), after: minutes(s.rng, 2, 60),
		fields: map[string]any{"rating": 3 + s.rng.IntN(3), "text": n.book.phrase(s.rng, "review")}}
}

// close answers the reporter with what was done.
func (n *narrator) close(inc *incident.Incident, s *story) step {
	unit, result := "", ""
	if lead := inc.Lead(); lead != nil {
		unit, result = n.services.People.Directory().UnitName(lead.UnitID), lead.Result
	}
	return n.desk(s, "close", map[string]any{"answer": n.book.answer(s.rng, unit, result)}, 5, 150)
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
		return n.rate(s), true
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

// rate is what somebody who followed the matter by its code says at the end.
func (n *narrator) rate(s *story) step {
	r := incident.Rating{Solved: chance(s.rng, 90), Satisfaction: int64(3 + s.rng.IntN(3))}
	words := n.book.phrase(s.rng, "thanks")
	if !r.Solved {
		r.Satisfaction, words = int64(1+s.rng.IntN(2)), n.book.phrase(s.rng, "complaint")
	}
	if chance(s.rng, 35) {
		words = ""
	}
	return step{do: "rate", rating: &r, words: words, after: minutes(s.rng, 20, 1200)}
}

package demo

import (
	"math/rand/v2"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
)

// story is the course of one incident.
type story struct {
	name   string // external id, by which the demo knows its own incidents
	rng    *rand.Rand
	twist  twist
	draft  draft
	code   string // tracking code, once reported
	byDemo bool   // orders are taken by the demo accounts, so that a visitor can go on
	lags   bool   // handling may take longer than its limit
	seen   map[string]bool
}

// scene is what a picture of the story shows, the same before and after.
func (s *story) scene() view {
	scene := sceneOf(s.draft.Category)
	if scene == "car" && contains(s.draft.Text, "单车") {
		scene = "heap"
	}
	return view{scene, int(s.draft.spot.point.Lon*1e6) % variants}
}

// once tells whether something has not been done in this story yet, and notes it.
func (s *story) once(what string) bool {
	if s.seen[what] {
		return false
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[what] = true
	return true
}

// step is what happens next, and how long after the last thing.
type step struct {
	do     string
	order  string
	by     authz.Actor
	fields map[string]any
	photo  bool
	office bool // of a unit that closes at night
	rating *incident.Rating
	words  string // with the rating
	after  time.Duration
}

// narrator knows how the work goes: from an incident as it is, it tells the next step.
type narrator struct {
	reporters
	services Services
	street   plan
	units    map[string]string // id by code
	pictures album
}

// next returns the next step; false when the story is over, or nobody can go on with it.
func (n *narrator) next(inc *incident.Incident, s *story) (step, bool) {
	if inc.State == incident.Accepted || inc.State == incident.InProgress {
		if st, ok := n.aside(inc, s); ok {
			return st, true
		}
	}
	switch inc.State {
	case incident.Reported:
		return n.triage(inc, s)
	case incident.Verifying:
		if chance(s.rng, 30) {
			return n.reject(inc, s), true
		}
		return n.desk(s, "accept", nil, 1, 5), true
	case incident.Accepted:
		return n.dispatch(inc, s), true
	case incident.InProgress:
		return n.work(inc, s)
	case incident.Checking:
		return n.check(inc, s), true
	case incident.Checked:
		if chance(s.rng, 10) && s.once("review") {
			return n.review(s), true
		}
		return n.close(inc, s), true
	case incident.Closed:
		return n.afterwards(inc, s)
	}
	return step{}, false
}

// minutes is a time between lo and hi minutes, more often a short one.
func minutes(rng *rand.Rand, lo, hi float64) time.Duration {
	share := rng.Float64()
	return time.Duration((lo + (hi-lo)*share*share) * float64(time.Minute))
}

// desk is a step of the duty desk.
func (n *narrator) desk(s *story, do string, fields map[string]any, lo, hi float64) step {
	return step{do: do, by: n.crew.staff(s.rng, "duty"), fields: fields, after: minutes(s.rng, lo, hi)}
}

func (n *narrator) triage(inc *incident.Incident, s *story) (step, bool) {
	switch {
	case !inc.Placed:
		p := s.draft.spot.point
		if p.IsZero() {
			p = n.known(inc.Address, s.rng)
		}
		return n.desk(s, "place", map[string]any{"lon": p.Lon, "lat": p.Lat, "datum": "wgs84"}, 0.5, 4), true
	case inc.Severity == "emergency" && !inc.Urgent && s.once("mark"):
		return n.desk(s, "mark", map[string]any{"urgent": true}, 0.1, 0.3), true
	case s.twist == self:
		by, ok := n.crew.byID[inc.Source]
		if !ok {
			return step{}, false
		}
		return step{do: "self_handle", by: by, fields: n.result(s, inc), photo: true, after: minutes(s.rng, 5, 40)}, true
	case s.twist == rejected:
		return n.reject(inc, s), true
	case s.twist == voided:
		return n.desk(s, "void", map[string]any{"reason": n.book.phrase(s.rng, "void")}, 0.5, 3), true
	case s.twist == verified && s.once("verify"):
		return n.desk(s, "verify", nil, 0.4, 3), true
	case s.twist == answered:
		return n.desk(s, "close", map[string]any{"answer": n.book.answered(s.rng, inc.Kind)}, 2, 40), true
	case s.twist == handed && s.once("hand_over"):
		return n.desk(s, "hand_over", map[string]any{"service": handOver[inc.Category]}, 0.2, 0.6), true
	}
	return n.dispatch(inc, s), true
}

// known finds the compound that an address names.
func (n *narrator) known(address string, rng *rand.Rand) geo.Point {
	for _, h := range n.homes {
		if contains(address, h.community.Name+h.compound) {
			return inside(rng, h.area.Shape)
		}
	}
	return inside(rng, pick(rng, n.homes).area.Shape)
}

// near is the spot of an incident whose story is told on from what the store knows.
func (n *narrator) near(inc *incident.Incident, rng *rand.Rand) spot {
	for _, h := range n.homes {
		if h.area.ID == inc.AreaID {
			s := h.spot(rng, n.book)
			if inc.Lon != nil && inc.Lat != nil {
				s.point.Lon, s.point.Lat = *inc.Lon, *inc.Lat
			}
			return s
		}
	}
	return spot{home: home{compound: inc.Address}, near: inc.Address, house: inc.Address}
}

func (n *narrator) reject(inc *incident.Incident, s *story) step {
	grounds := []string{"not_found", "not_found", "not_ours", "unclear"}
	if contains(inc.Category, "petition.") || contains(inc.Category, "dispute.") {
		grounds = []string{"court", "not_ours", "no_matter"}
	}
	ground := pick(s.rng, grounds)
	return n.desk(s, "reject", map[string]any{"ground": ground, "answer": n.book.phrase(s.rng, "hello") + n.book.phrase(s.rng, ground)}, 3, 60)
}

// dispatch sends the proposal within a minute mostly. After an order came back without a better unit, the desk chooses.
func (n *narrator) dispatch(inc *incident.Incident, s *story) step {
	fields := map[string]any{}
	if again := len(inc.Orders); again > 0 && inc.Orders[again-1].RightUnit == "" && inc.Reopened == 0 {
		fields["unit"] = n.otherUnit(inc)
	} else if again == 0 && contains(inc.Category, "dispute.") && (s.byDemo || chance(s.rng, 45)) {
		fields["unit"] = n.units[unitMediation]
	} else if chance(s.rng, 15) {
		fields["note"] = n.book.phrase(s.rng, "dispatch")
	}
	if chance(s.rng, 10) {
		return n.desk(s, "dispatch", fields, 1.2, 15)
	}
	return n.desk(s, "dispatch", fields, 0.2, 0.95)
}

// otherUnit is a unit that did not have the incident yet: the community, else the centre.
func (n *narrator) otherUnit(inc *incident.Incident) string {
	had := map[string]bool{}
	for _, o := range inc.Orders {
		had[o.UnitID] = true
	}
	for _, u := range n.services.People.Directory().UnitsByAreaKind(inc.LevelIDs[3], "community") {
		if !had[u.ID] {
			return u.ID
		}
	}
	for _, code := range []string{"municipal", unitCentre, "emergency"} {
		if id := n.units[code]; !had[id] {
			return id
		}
	}
	return n.units[unitCentre]
}

func (n *narrator) result(s *story, inc *incident.Incident) map[string]any {
	return map[string]any{"result": n.book.outcome(s.rng, n.book.of(inc.Category), inc.Text, s.draft.spot)}
}

package demo

import (
	"math/rand/v2"
	"strings"

	"gezhi/internal/incident"
)

// twist is what makes the course of an incident other than plain.
type twist string

const (
	plain     twist = "plain"
	told      twist = "told"      // an interim answer on the way
	noted     twist = "noted"     // notes on the way
	helped    twist = "helped"    // the police come and mediate
	returned  twist = "returned"  // the first unit gives it back
	reworked  twist = "reworked"  // the check finds it not good enough
	reopened  twist = "reopened"  // the follow-up finds it not solved
	rejected  twist = "rejected"  // not taken on
	verified  twist = "verified"  // first looked into, then mostly taken on
	unplaced  twist = "unplaced"  // reported without a position
	voided    twist = "voided"    // entered by mistake
	handed    twist = "handed"    // handed over to 110, 119 or 120 as well
	withdrawn twist = "withdrawn" // the desk takes the first order back
	passed    twist = "passed"    // one colleague passes it to another
	answered  twist = "answered"  // an enquiry that the desk answers by itself
	self      twist = "self"      // handled on the spot by whoever reported it

	extended   twist = "extended"   // more time is asked for
	suspended  twist = "suspended"  // its clocks stand still for a while
	deferred   twist = "deferred"   // set aside by a leader
	reminded   twist = "reminded"   // the desk asks what became of it
	supervised twist = "supervised" // a leader keeps an eye on it
	escalated  twist = "escalated"  // put before the county, and given back
	whistled   twist = "whistled"   // several units are called together
	studied    twist = "studied"    // studied jointly, with a decision
)

var twistWeights = []struct {
	t twist
	n int
}{{plain, 42}, {told, 6}, {noted, 8}, {helped, 9}, {returned, 8}, {reworked, 6}, {reopened, 5}, {rejected, 4}, {verified, 5},
	{unplaced, 7}, {voided, 1}, {withdrawn, 2}, {passed, 4}, {extended, 6}, {suspended, 8}, {deferred, 3}, {reminded, 5}, {supervised, 3},
	{escalated, 3}, {whistled, 4}, {studied, 3}}

// twistOf picks a twist that suits the report.
func twistOf(rng *rand.Rand, r incident.Report) twist {
	asked := r.Kind == "enquiry" || r.Kind == "suggestion"
	outdoors := strings.HasPrefix(r.Category, "environment.") || strings.HasPrefix(r.Category, "enforcement.")
	switch {
	case asked && chance(rng, 60):
		return answered
	case r.Channel == "patrol" && outdoors && chance(rng, 30):
		return self
	case handOver[r.Category] != "" && chance(rng, 25):
		return handed
	}
	total := 0
	for _, w := range twistWeights {
		total += w.n
	}
	n := rng.IntN(total)
	for _, w := range twistWeights {
		if n -= w.n; n < 0 {
			return suited(w.t, r)
		}
	}
	return plain
}

// suited keeps to what makes sense.
func suited(t twist, r incident.Report) twist {
	switch t {
	case helped:
		if r.Category == "security.noise" || strings.HasPrefix(r.Category, "dispute.") || r.Category == "enforcement.parking" {
			return helped
		}
		return plain
	case unplaced:
		if r.Channel != "hotline" && r.Channel != "app" && r.Channel != "window" {
			return plain
		}
	case rejected:
		if strings.HasPrefix(r.Category, "safety.") || r.Channel == "patrol" || r.Channel == "video" || r.Channel == "sensor" {
			return plain
		}
	}
	return t
}

// handOver names the emergency service that a category may need.
var handOver = map[string]string{"security.fight": "110", "security.theft": "110", "safety.fire": "119", "safety.gas": "119", "care.elderly": "120"}

package dispatch

import (
	"cmp"
	"slices"
)

// maxDifferences bounds how many differences a rehearsal lists; all are counted.
const maxDifferences = 200

// Case is an incident of the past: how it stands, and which unit got it first.
type Case struct {
	ID     string
	Number string
	Situation
	UnitID string
}

// Rehearsal says what rules would have done with incidents of the past.
type Rehearsal struct {
	Cases       int
	From, To    int64 // unix ms, of the incidents; 0 when there are none
	Same        int
	Different   int
	Unrouted    int // no rule would have taken it: it would have gone to the centre, or to nobody
	Units       []UnitShare
	Rules       []RuleShare
	Differences []Difference // newest first, at most maxDifferences
}

// UnitShare is how much a unit got and would have got.
type UnitShare struct {
	Unit       Unit
	Was, Would int
}

// RuleShare is how often a rule would have fitted, and how often it would have decided.
type RuleShare struct {
	RuleID, Rule string
	Active       bool
	Fits, Chosen int
}

// Difference is an incident that would have gone elsewhere.
type Difference struct {
	Case
	Was      Unit
	Would    Unit // zero for nobody
	Decision Decision
}

// Rehearse decides about incidents of the past, newest first, as if everybody had been at work with empty hands.
func Rehearse(rules *Rules, cases []Case, dir Directory, cal Calendar) Rehearsal {
	f := Force{Directory: dir, Calendar: cal}
	out := Rehearsal{Cases: len(cases), Units: []UnitShare{}, Rules: make([]RuleShare, len(rules.list)), Differences: []Difference{}}
	place := map[string]int{}
	for n, r := range rules.list {
		out.Rules[n] = RuleShare{RuleID: r.ID, Rule: r.Name, Active: r.Active}
		place[r.ID] = n
	}
	units := map[string]*UnitShare{}
	share := func(id string) *UnitShare {
		if units[id] == nil {
			u, known := dir.Unit(id)
			if !known {
				u.ID = id
			}
			units[id] = &UnitShare{Unit: u}
		}
		return units[id]
	}
	for _, c := range cases {
		out.From, out.To = min(cmp.Or(out.From, c.At), c.At), max(out.To, c.At)
		for n := range rules.list {
			if rules.list[n].Mismatch(&c.Situation, cal) == "" {
				out.Rules[n].Fits++
			}
		}
		d := Decide(rules, c.Situation, f)
		if d.RuleID == "" {
			out.Unrouted++
		} else {
			out.Rules[place[d.RuleID]].Chosen++
		}
		was, would := share(c.UnitID), share(d.UnitID)
		was.Was++
		would.Would++
		if c.UnitID == d.UnitID {
			out.Same++
			continue
		}
		out.Different++
		if len(out.Differences) < maxDifferences {
			out.Differences = append(out.Differences, Difference{c, was.Unit, would.Unit, d})
		}
	}
	for _, u := range units {
		out.Units = append(out.Units, *u)
	}
	slices.SortFunc(out.Units, func(a, b UnitShare) int {
		return cmp.Or(cmp.Compare(max(b.Was, b.Would), max(a.Was, a.Would)), cmp.Compare(a.Unit.Name, b.Unit.Name), cmp.Compare(a.Unit.ID, b.Unit.ID))
	})
	return out
}

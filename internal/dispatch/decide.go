package dispatch

import "slices"

// Decide returns where a matter should go: the target of the first rule that fits the situation and whose target can
// be had, else the centre of the place. It is a pure function of what it is given.
func Decide(rules *Rules, s Situation, dir Directory) Decision {
	return decide(rules, &s, dir, func(Trial) {})
}

// Outcome says what became of a rule in a decision.
type Outcome string

// The outcomes.
const (
	Mismatched Outcome = "mismatch" // a condition was not met; Why names it
	PassedOver Outcome = "passed"   // its target could not be had; Why says why
	Chosen     Outcome = "chosen"
)

// Trial is how one rule fared.
type Trial struct {
	RuleID  string
	Rule    string // its name
	Outcome Outcome
	Why     string
}

// Explain decides like Decide and tells how every rule fared until one was chosen.
func Explain(rules *Rules, s Situation, dir Directory) (Decision, []Trial) {
	trials := []Trial{}
	d := decide(rules, &s, dir, func(t Trial) { trials = append(trials, t) })
	return d, trials
}

func decide(rules *Rules, s *Situation, dir Directory, note func(Trial)) Decision {
	var passed []Passed
	for i := range rules.list {
		r := &rules.list[i]
		if why := r.Mismatch(s); why != "" {
			note(Trial{r.ID, r.Name, Mismatched, why})
			continue
		}
		f, why := r.find(s, dir)
		if why != "" {
			note(Trial{r.ID, r.Name, PassedOver, why})
			passed = append(passed, Passed{r.ID, r.Name, why})
			continue
		}
		note(Trial{r.ID, r.Name, Chosen, ""})
		return Decision{RuleID: r.ID, UnitID: f.unit.ID, PersonID: f.person, Pool: r.Pool && f.person == "", Automatic: r.Automatic,
			Reason: r.reason(f, passed), Passed: passed}
	}
	if id, ok := dir.Centre(s.Path); ok {
		if u, known := dir.Unit(id); known && u.Open {
			reason := Reason{"fallback.centre", map[string]string{"unit": u.Name}}
			reason.tell(passed)
			return Decision{UnitID: u.ID, Reason: reason, Passed: passed}
		}
	}
	return Decision{Passed: passed}
}

// target is whom a rule found.
type target struct {
	unit   Unit
	person string
	area   string // name of the area that decided it
}

// find looks for the target of a rule; why is the code of what was missing.
func (r *Rule) find(s *Situation, dir Directory) (t target, why string) {
	unit, person, area, missing := r.look(s, dir)
	if missing != "" {
		return target{}, missing
	}
	u, known := dir.Unit(unit)
	switch {
	case !known:
		return target{}, "passed.no_unit"
	case !u.Open:
		return target{}, "passed.closed"
	case slices.Contains(s.Avoid, unit):
		return target{}, "passed.returned"
	}
	return target{u, person, area}, ""
}

// look returns the ids that the directory names for the rule's target and the area that decided it.
func (r *Rule) look(s *Situation, dir Directory) (unit, person, area, missing string) {
	ok := true
	switch r.Target {
	case Station:
		if len(s.Path) == 0 {
			return "", "", "", "passed.no_place"
		}
		unit, area, ok = dir.StationOf(s.Path)
	case Community:
		a, placed := s.area("community")
		if !placed {
			return "", "", "", "passed.no_place"
		}
		area = a.Name
		unit, ok = dir.CommunityUnit(a.ID)
	case Speciality:
		unit, ok = dir.UnitBySpeciality(r.Value, s.Path)
	case ByUnit:
		unit = r.Value
	case ByWorker:
		ids := s.walked()
		if len(ids) == 0 {
			return "", "", "", "passed.no_place"
		}
		var w Worker
		w, ok = dir.WorkerOf(ids)
		unit, person, area = w.UnitID, w.PersonID, s.nameOf(w.AreaID)
	case Centre:
		unit, ok = dir.Centre(s.Path)
	}
	if !ok {
		return "", "", "", "passed.no_" + string(r.Target)
	}
	return unit, person, area, ""
}

// walked returns the areas on the path in which workers walk, the deepest first.
func (s *Situation) walked() (ids []string) {
	for _, level := range []string{"microgrid", "grid"} {
		if a, ok := s.area(level); ok {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

func (s *Situation) nameOf(areaID string) string {
	for _, a := range s.Path {
		if a.ID == areaID {
			return a.Name
		}
	}
	return ""
}

func (r *Rule) reason(t target, passed []Passed) Reason {
	params := map[string]string{"rule": r.Name, "unit": t.unit.Name}
	switch r.Target {
	case Station:
		params["patrol_area"] = t.area
	case Community, ByWorker:
		params["area"] = t.area
	case Speciality:
		params["speciality"] = r.Value
	}
	reason := Reason{"rule." + string(r.Target), params}
	reason.tell(passed)
	return reason
}

// tell adds the first rule that was passed over, so that the desk sees why the obvious one did not get it.
func (r Reason) tell(passed []Passed) {
	if len(passed) > 0 {
		r.Params["passed"], r.Params["passed_why"] = passed[0].Rule, passed[0].Why
	}
}

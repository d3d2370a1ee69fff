package dispatch

// Decide returns where a matter should go: the target of the first rule that fits the situation and whose target can
// be had, else the centre of the place. It is a pure function of what it is given.
func Decide(rules *Rules, s Situation, f Force) Decision {
	return decide(rules, &s, &f, func(Trial) {})
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
func Explain(rules *Rules, s Situation, f Force) (Decision, []Trial) {
	trials := []Trial{}
	d := decide(rules, &s, &f, func(t Trial) { trials = append(trials, t) })
	return d, trials
}

func decide(rules *Rules, s *Situation, dir *Force, note func(Trial)) Decision {
	var passed []Passed
	var resting *Rule // the first whose target only lacks somebody on duty
	var obvious target
	general := true
	for i := range rules.list {
		r := &rules.list[i]
		if why := r.Mismatch(s, dir.Calendar); why != "" {
			note(Trial{r.ID, r.Name, Mismatched, why})
			continue
		}
		general = general && r.unconditional()
		f, why := r.find(s, dir)
		if why != "" {
			note(Trial{r.ID, r.Name, PassedOver, why})
			if resting == nil && f.unit.ID != "" {
				resting, obvious = r, f
			}
			passed = append(passed, Passed{r.ID, r.Name, why, f.missed(why)})
			continue
		}
		note(Trial{r.ID, r.Name, Chosen, ""})
		return r.decision(f, s, dir, passed, general)
	}
	centre, ok := dir.Centre(s.Path)
	why := "passed.no_centre"
	if ok {
		why = dir.hinders(centre, "", s, 0)
	}
	u, _ := dir.Unit(centre)
	reason := Reason{"fallback.centre", map[string]string{"unit": u.Name}}
	switch {
	case why == "":
		reason.tell(passed)
	case resting != nil: // nothing is lost because everybody sleeps
		d := resting.decision(obvious, s, dir, nil, general)
		d.Passed = passed
		d.Reason.Params["on_duty"] = "nobody"
		return d
	case why == offDuty:
		reason.Params["on_duty"] = "nobody"
	case why == "passed.returned":
		return Decision{Reason: Reason{Code: "returned_by_proposed"}, Passed: passed, General: general}
	default:
		return Decision{Passed: passed, General: general}
	}
	return Decision{UnitID: centre, Reason: reason, Passed: passed, General: general}
}

func (r *Rule) decision(t target, s *Situation, dir *Force, passed []Passed, general bool) Decision {
	return Decision{RuleID: r.ID, UnitID: t.unit.ID, PersonID: t.person, Pool: r.Pool && t.person == "", Automatic: r.Automatic && !s.Unplaced,
		Reason: r.reason(t, passed), Passed: passed, Inform: r.inform(s, dir, t), General: general}
}

// target is whom a rule found.
type target struct {
	unit   Unit
	person string
	area   string // name of the area that decided it
	own    bool   // of the place itself, though the nearest was asked for
	metres string // from the place, where that decided it
	// obvious is the name of whom the place itself has, obviousWhy why that one did not get it; '' where it did.
	obvious, obviousWhy string
}

// missed names the unit that did not get it because nobody of it is on duty.
func (t *target) missed(why string) string {
	if why != offDuty || t.person != "" {
		return ""
	}
	return t.unit.Name
}

// find looks for the target of a rule; why is the code of what was missing. Where that is only somebody on duty, the
// target stands beside it: who gets it when nobody at all is on duty.
func (r *Rule) find(s *Situation, f *Force) (t target, why string) {
	if r.Target == NearestStation || r.Target == NearestPerson {
		return r.lookNear(s, f)
	}
	unit, person, area, missing := r.look(s, f)
	if missing != "" {
		return target{}, missing
	}
	if why = f.hinders(unit, person, s, r.Capacity); why != "" && why != offDuty {
		return target{}, why
	}
	u, _ := f.Unit(unit)
	return target{unit: u, person: person, area: area}, why
}

// look returns the ids that the directory names for the rule's target and the area that decided it.
func (r *Rule) look(s *Situation, dir *Force) (unit, person, area, missing string) {
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
	case Command:
		unit, ok = dir.UnitBySpeciality(commanding, s.Path)
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
	code := r.Target
	switch {
	case t.own && code == NearestStation:
		code = Station
	case t.own:
		code = ByWorker
	case t.metres != "":
		params["distance"] = t.metres
	}
	if t.obvious != "" {
		params["obvious"], params["obvious_why"] = t.obvious, t.obviousWhy
	}
	switch code {
	case Station, NearestStation:
		params["patrol_area"] = t.area
	case Community, ByWorker, NearestPerson:
		params["area"] = t.area
	case Speciality:
		params["speciality"] = r.Value
	}
	reason := Reason{"rule." + string(code), params}
	reason.tell(passed)
	return reason
}

// tell adds the first rule that was passed over, so that the desk sees why the obvious one did not get it.
func (r Reason) tell(passed []Passed) {
	if len(passed) > 0 {
		r.Params["passed"], r.Params["passed_why"] = passed[0].Rule, passed[0].Why
		if passed[0].Unit != "" {
			r.Params["passed_unit"] = passed[0].Unit
		}
	}
}

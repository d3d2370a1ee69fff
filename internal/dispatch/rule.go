package dispatch

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"gezhi/internal/kit/fault"
)

// Target says whom a rule looks for.
type Target string

// The targets.
const (
	Station    Target = "station"    // the station of the patrol area in which the place lies
	Community  Target = "community"  // the unit of the community in which the place lies
	Speciality Target = "speciality" // the nearest unit with the speciality in Value
	ByUnit     Target = "unit"       // the unit whose id is in Value
	ByWorker   Target = "worker"     // the worker of the micro-grid, else of the grid
	Centre     Target = "centre"     // the centre of the place
	// NearestStation is the station of the place, else the nearest with somebody at work and room.
	NearestStation Target = "nearest_station"
	// NearestPerson is the worker of the place, else the nearest who is at work and has room.
	NearestPerson Target = "nearest_person"
	Command       Target = "command" // the command centre of the county over the place: the unit with the speciality command
)

// commanding is the speciality of a command centre.
const commanding = "command"

// Targets lists the targets in the order in which a form offers them.
var Targets = []Target{Station, NearestStation, ByWorker, NearestPerson, Community, Speciality, ByUnit, Centre, Command}

// personal tells whether the target is a person, who needs no pool.
func (t Target) personal() bool { return t == ByWorker || t == NearestPerson }

// bounded tells whether a limit of open orders means anything for the target.
func (t Target) bounded() bool { return t.personal() || t == Station || t == NearestStation }

// Rule is one routing rule. An empty condition fits everything. Rules are tried in order of Sort.
type Rule struct {
	ID        string   `json:"id"`
	Sort      int64    `json:"sort"`
	Name      string   `json:"name"`
	Category  string   `json:"category" doc:"code of a category; it fits those below it too"`
	Kind      string   `json:"kind"`
	Severity  string   `json:"severity"`
	Channel   string   `json:"channel"`
	AreaKind  string   `json:"area_kind" doc:"fits where one of the areas of the place has this kind"`
	From      int64    `json:"from_minute" doc:"minute of the day from which it fits; any time of day when it equals to_minute"`
	To        int64    `json:"to_minute" doc:"minute of the day before which it fits; before from_minute, that of the next day"`
	Days      string   `json:"days" doc:"empty for every day, workday, restday, or the digits of weekdays with 1 for Monday; what lies behind midnight belongs to the day before"`
	Target    Target   `json:"target" enum:"station,nearest_station,worker,nearest_person,community,speciality,unit,centre,command"`
	Value     string   `json:"value" doc:"the speciality, or the id of the unit; else empty"`
	Capacity  int64    `json:"capacity" doc:"open orders at which a station or person gets no more; 0 for no limit"`
	Inform    []string `json:"inform" enum:"station,community,centre,grid_head,command" doc:"who is told beside"`
	Pool      bool     `json:"pool" doc:"the order waits in the unit's pool to be claimed"`
	Automatic bool     `json:"automatic" doc:"sent without a person's confirmation"`
	Active    bool     `json:"active"`
	Version   int64    `json:"version"`
	// DisabledWhy says why the machine switched the rule off: unit_closed, unit_gone or unit_empty.
	DisabledWhy string `json:"disabled_why" doc:"why the rule was switched off by the machine: unit_closed, unit_gone or unit_empty; else empty"`
	DisabledAt  int64  `json:"disabled_at" doc:"unix ms; 0 when it was not"`
}

// Mismatch returns the first condition of the rule that the situation does not meet: active, category, kind, severity,
// channel, area_kind, days or time; ” when the rule fits.
func (r *Rule) Mismatch(s *Situation, cal Calendar) string {
	switch {
	case !r.Active:
		return "active"
	case r.Category != "" && r.Category != s.Category && !below(r.Category, s.Category):
		return "category"
	case r.Kind != "" && r.Kind != s.Kind:
		return "kind"
	case r.Severity != "" && r.Severity != s.Severity:
		return "severity"
	case r.Channel != "" && r.Channel != s.Channel:
		return "channel"
	case r.AreaKind != "" && !slices.ContainsFunc(s.Path, func(a Area) bool { return a.Kind == r.AreaKind }):
		return "area_kind"
	}
	return r.mistimed(s.At, cal)
}

// unconditional tells whether the rule fits everything.
func (r *Rule) unconditional() bool {
	return r.Category == "" && r.Kind == "" && r.Severity == "" && r.Channel == "" && r.AreaKind == "" && r.Days == "" && r.From == r.To
}

func below(parent, code string) bool {
	return len(code) > len(parent) && code[len(parent)] == '.' && strings.HasPrefix(code, parent)
}

// Rules is an unchanging list of rules in the order in which they are tried.
type Rules struct{ list []Rule }

// NewRules returns the rules in order of Sort, and of id where that is equal.
func NewRules(list []Rule) *Rules {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID)) })
	return &Rules{list}
}

// All returns the rules in order, also those that are switched off.
func (r *Rules) All() []Rule { return r.list }

// Vocabulary knows the words that conditions may use.
type Vocabulary interface {
	Kinds() []string
	Severities() []string
	Channels() []string
	Stages() []string
	HasCategory(code string) bool
	HasAreaKind(code string) bool
}

const (
	maxName     = 60
	maxRules    = 500
	maxCapacity = 1000
)

var specialityForm = regexp.MustCompile(`^[a-z0-9_]{1,40}$`)

// validate brings the texts into their kept form and returns everything that is wrong with the rule.
func (r *Rule) validate(words Vocabulary, dir Directory) error {
	var f fault.Fields
	r.Name = fault.CheckText(&f, "name", r.Name, true, maxName)
	checkWords(&f, words, r.Category, r.Kind, r.Severity, r.Channel)
	if r.AreaKind != "" && !words.HasAreaKind(r.AreaKind) {
		f.Add("area_kind", "field.choice")
	}
	r.checkHours(&f)
	r.checkTarget(&f, dir)
	r.checkInform(&f)
	return f.Err()
}

func (r *Rule) checkTarget(f *fault.Fields, dir Directory) {
	switch r.Target {
	case ByUnit:
		if u, ok := dir.Unit(r.Value); !ok {
			f.Add("value", "field.not_found")
		} else if !u.Open {
			f.Add("value", "rule.unit_closed")
		} else if !dir.Staffed(r.Value) {
			f.Add("value", "rule.unit_empty")
		}
		r.checkCapacity(f)
		return
	case Speciality:
		if !specialityForm.MatchString(r.Value) {
			f.Add("value", "rule.speciality_form")
		}
		r.checkCapacity(f)
		return
	default:
		if r.Target.personal() && r.Pool {
			f.Add("pool", "rule.pool_worker")
		}
		if !slices.Contains(Targets, r.Target) {
			f.Add("target", "field.choice", "choices", Targets)
			return
		}
	}
	if r.Value != "" {
		f.Add("value", "rule.value_unused")
	}
	r.checkCapacity(f)
}

func (r *Rule) checkCapacity(f *fault.Fields) {
	switch {
	case r.Capacity < 0 || r.Capacity > maxCapacity:
		f.Add("capacity", "field.range", "min", 0, "max", maxCapacity)
	case r.Capacity > 0 && !r.Target.bounded():
		f.Add("capacity", "rule.capacity_unused")
	}
}

// checkWords notes which of the words are unknown; an empty one stands for all.
func checkWords(f *fault.Fields, words Vocabulary, category, kind, severity, channel string) {
	if category != "" && !words.HasCategory(category) {
		f.Add("category", "category.unknown")
	}
	for _, c := range []struct {
		field, value string
		choices      []string
	}{{"kind", kind, words.Kinds()}, {"severity", severity, words.Severities()}, {"channel", channel, words.Channels()}} {
		if c.value != "" && !slices.Contains(c.choices, c.value) {
			f.Add(c.field, "field.choice", "choices", strings.Join(c.choices, ", "))
		}
	}
}

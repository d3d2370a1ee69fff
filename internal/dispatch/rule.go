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
)

// Targets lists the targets in the order in which a form offers them.
var Targets = []Target{Station, Community, Speciality, ByUnit, ByWorker, Centre}

// Rule is one routing rule. An empty condition fits everything. Rules are tried in order of Sort.
type Rule struct {
	ID        string `json:"id"`
	Sort      int64  `json:"sort"`
	Name      string `json:"name"`
	Category  string `json:"category" doc:"code of a category; it fits those below it too"`
	Kind      string `json:"kind"`
	Severity  string `json:"severity"`
	Channel   string `json:"channel"`
	AreaKind  string `json:"area_kind" doc:"fits where one of the areas of the place has this kind"`
	Target    Target `json:"target" enum:"station,community,speciality,unit,worker,centre"`
	Value     string `json:"value" doc:"the speciality, or the id of the unit; else empty"`
	Pool      bool   `json:"pool" doc:"the order waits in the unit's pool to be claimed"`
	Automatic bool   `json:"automatic" doc:"sent without a person's confirmation"`
	Active    bool   `json:"active"`
	Version   int64  `json:"version"`
}

// Mismatch returns the first condition of the rule that the situation does not meet: active, category, kind, severity,
// channel or area_kind; ” when the rule fits.
func (r *Rule) Mismatch(s *Situation) string {
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
	return ""
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
	HasCategory(code string) bool
	HasAreaKind(code string) bool
}

const (
	maxName  = 60
	maxRules = 500
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
	r.checkTarget(&f, dir)
	return f.Err()
}

func (r *Rule) checkTarget(f *fault.Fields, dir Directory) {
	switch r.Target {
	case ByUnit:
		if u, ok := dir.Unit(r.Value); !ok {
			f.Add("value", "field.not_found")
		} else if !u.Open {
			f.Add("value", "rule.unit_closed")
		}
		return
	case Speciality:
		if !specialityForm.MatchString(r.Value) {
			f.Add("value", "rule.speciality_form")
		}
		return
	case ByWorker:
		if r.Pool {
			f.Add("pool", "rule.pool_worker")
		}
	default:
		if !slices.Contains(Targets, r.Target) {
			f.Add("target", "field.choice", "choices", Targets)
			return
		}
	}
	if r.Value != "" {
		f.Add("value", "rule.value_unused")
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

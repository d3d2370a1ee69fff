package stats

// KPI is a figure by which a centre is judged: a measure over a base. Its words are kpi.name.<code>, kpi.what.<code>
// and kpi.formula.<code>.
type KPI struct {
	Code    string   `json:"code"`
	Measure string   `json:"measure" doc:"what is counted"`
	Base    string   `json:"base" doc:"of how many"`
	Less    []string `json:"less,omitempty" doc:"what leaves the base"`
	Unit    Unit     `json:"unit" enum:"share,ms" doc:"share: 0 to 1; ms: an average in milliseconds"`
	Better  string   `json:"better" enum:"more,less"`
	Source  string   `json:"source" doc:"where the formula comes from"`
}

// Value is a KPI of some incidents. Value is null when the base is nothing: that is neither 0 nor 100 %.
type Value struct {
	Value *float64 `json:"value" nullable:"true"`
	Count int64    `json:"count" doc:"of the measure; of an average the sum in ms"`
	Base  int64    `json:"base"`
	P50   *int64   `json:"p50,omitempty" doc:"of times in ms: half took no longer; left out where there are too many incidents for an exact one"`
	P90   *int64   `json:"p90,omitempty" doc:"of times in ms: nine in ten took no longer"`
}

// Where a formula comes from. A name that a source gives without a formula keeps the name, and the formula is ours.
const (
	published = "published"
	ours      = "ours"
)

// KPIs lists every KPI, in the order in which they are shown. Published are the formulas of the closing rates (FIELD
// section 6, S37): closed, or closed in time, over those that should be closed less the deferred. All other names are
// published (S17, S37 to S40, S43) and their formulas ours.
var KPIs = []KPI{
	{"filing", "filed", "received", []string{"voided", "duplicate"}, Share, "more", ours},
	{"first_dispatch", "dispatched_right", "dispatched", nil, Share, "more", ours},
	{"dispatch_in_time", "dispatched_in_time", "should_dispatch", nil, Share, "more", ours},
	{"arrive_in_time", "arrived_in_time", "should_arrive", nil, Share, "more", ours},
	{"handling", "handled", "should_handle", nil, Share, "more", ours},
	{"handling_in_time", "handled_in_time", "should_handle", nil, Share, "more", ours},
	{"closing", "closed", "should_close", []string{"deferred"}, Share, "more", published},
	{"closing_in_time", "closed_in_time", "should_close", []string{"deferred"}, Share, "more", published},
	{"rework", "reworked", "handled_once", nil, Share, "less", ours},
	{"return", "returned", "dispatched", nil, Share, "less", ours},
	{"extension", "extended", "dispatched", nil, Share, "less", ours},
	{"overdue", "overdue", "received", []string{"voided", "duplicate"}, Share, "less", ours},
	{"duplicate", "duplicate", "received", []string{"voided"}, Share, "less", ours},
	{"response", "answered", "visited", nil, Share, "more", ours},
	{"resolution", "solved", "visited", nil, Share, "more", ours},
	{"satisfaction", "satisfied", "visited", nil, Share, "more", ours},
	{"self_handled", "self_handled", "filed", nil, Share, "more", ours},
	{"time_dispatch", "ms_dispatch", "dispatched", nil, Ms, "less", ours},
	{"time_arrive", "ms_arrive", "arrived", nil, Ms, "less", ours},
	{"time_handle", "ms_handle", "handled", nil, Ms, "less", ours},
	{"time_close", "ms_close", "closed", nil, Ms, "less", ours},
}

// Of returns the value of the KPI for some sums.
func (k KPI) Of(s Sums) Value {
	v := Value{Count: s.Get(k.Measure), Base: s.Get(k.Base)}
	for _, less := range k.Less {
		v.Base -= s.Get(less)
	}
	if v.Base > 0 {
		share := float64(v.Count) / float64(v.Base)
		v.Value = &share
	}
	return v
}

// kpi returns a KPI by its code; false when there is none.
func kpi(code string) (KPI, bool) {
	for _, k := range KPIs {
		if k.Code == code {
			return k, true
		}
	}
	return KPI{}, false
}

func mustKPI(code string) KPI {
	k, ok := kpi(code)
	if !ok {
		panic("stats: there is no KPI " + code)
	}
	return k
}

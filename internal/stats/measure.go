package stats

// Measure is one number that is counted of every incident and summed. Its name is at once the column of the tables
// facts and figures, the key in answers and the end of the key of its words, kpi.measure.<name>.
type Measure struct {
	Name string `json:"name"`
	Unit Unit   `json:"unit" enum:"count,ms"`
	// Day names the moment on whose day it counts: "" for the day on which the incident was received.
	Day string `json:"day,omitempty" doc:"the event on whose day it counts; left out: the day of receipt"`

	of func(f *Fact) int64
	at func(f *Fact) string // of a measure with a Day: that day, '' while it has none
}

// Unit says what a number stands for.
type Unit string

// The units.
const (
	Count Unit = "count"
	Share Unit = "share" // 0 to 1
	Ms    Unit = "ms"
)

// Measures lists every measure. "Valid" is an incident that was neither voided nor merged into another. Everything but
// what has a Day is counted by cohort: on the day on which the incident was received, as it stands now.
//
// The names follow FIELD section 6. Where its sources give a formula it is that one; which incidents a word covers is
// in none of them, so it is our definition, stated here and in docs/figures.md.
var Measures = []Measure{
	count("received", func(*Fact) bool { return true }),
	count("open", func(f *Fact) bool { return f.Open }),
	count("filed", func(f *Fact) bool { return f.Filed }),
	count("rejected", func(f *Fact) bool { return f.State == stateRejected }),
	count("voided", func(f *Fact) bool { return f.State == stateVoided }),
	count("duplicate", func(f *Fact) bool { return f.State == stateMerged }),
	count("should_dispatch", func(f *Fact) bool { return f.dispatched() || f.valid() && !f.Self && f.Open && f.Dispatch == Late }),
	count("dispatched", (*Fact).dispatched),
	count("dispatched_right", func(f *Fact) bool { return f.dispatched() && f.Right }),
	count("dispatched_in_time", func(f *Fact) bool { return f.dispatched() && f.Dispatch == Kept }),
	count("should_arrive", func(f *Fact) bool { return f.arrived() || f.valid() && !f.Self && f.Open && f.Arrive == Late }),
	count("arrived", (*Fact).arrived),
	count("arrived_in_time", func(f *Fact) bool { return f.arrived() && f.Arrive == Kept }),
	count("should_handle", func(f *Fact) bool {
		return f.valid() && !f.Deferred && (f.handled() || f.Open && f.Handle == Late)
	}),
	count("handled", (*Fact).handled),
	count("handled_once", func(f *Fact) bool { return f.valid() && f.HandledAt != 0 }),
	count("handled_in_time", func(f *Fact) bool { return f.handled() && f.Handle != Late }),
	count("should_close", func(f *Fact) bool {
		// Whoever takes nothing up does not close it either: what is open past its limit counts without that.
		return f.Filed && (f.closed() || f.Deferred || f.Close == Late) || f.Open && !f.Deferred && f.Close == Late
	}),
	count("deferred", func(f *Fact) bool { return f.Filed && f.Deferred }),
	count("closed", (*Fact).closed),
	count("closed_in_time", func(f *Fact) bool { return f.closed() && f.Close != Late }),
	count("reworked", func(f *Fact) bool { return f.valid() && f.HandledAt != 0 && f.Reworked > 0 }),
	count("returned", func(f *Fact) bool { return f.dispatched() && f.Returned > 0 }),
	count("extended", func(f *Fact) bool { return f.dispatched() && f.Extended > 0 }),
	count("overdue", (*Fact).overdue),
	count("visited", (*Fact).visited),
	count("answered", func(f *Fact) bool { return f.visited() && f.Answered }),
	count("solved", func(f *Fact) bool { return f.visited() && f.Solved }),
	count("rated", func(f *Fact) bool { return f.visited() && f.Satisfaction > 0 }),
	count("satisfied", func(f *Fact) bool { return f.visited() && f.Satisfaction >= satisfiedFrom }),
	count("self_handled", func(f *Fact) bool { return f.Filed && f.Self }),
	length("ms_dispatch", (*Fact).dispatched, func(f *Fact) int64 { return f.DispatchedAt - f.ReceivedAt }),
	length("ms_arrive", (*Fact).arrived, func(f *Fact) int64 { return f.ArrivedAt - f.DispatchedAt }),
	length("ms_handle", (*Fact).handled, func(f *Fact) int64 { return f.HandledAt - f.begun() }),
	length("ms_close", (*Fact).closed, func(f *Fact) int64 { return f.ClosedAt - f.ReceivedAt }),
	event("on_dispatched", "dispatched", func(f *Fact) string { return f.DispatchedDay }),
	event("on_arrived", "arrived", func(f *Fact) string { return f.ArrivedDay }),
	event("on_handled", "handled", func(f *Fact) string { return f.HandledDay }),
	event("on_closed", "closed", func(f *Fact) string { return f.ClosedDay }),
	event("on_overdue", "overdue", func(f *Fact) string { return f.OverdueDay }),
}

// satisfiedFrom is the least of five points that counts as satisfied.
const satisfiedFrom = 4

// The measures by cohort, which a fact keeps as columns, and those by the day of an event, of which it keeps the day.
var cohort, events = split(Measures)

func count(name string, is func(f *Fact) bool) Measure {
	return Measure{Name: name, Unit: Count, of: func(f *Fact) int64 {
		if is(f) {
			return 1
		}
		return 0
	}}
}

func length(name string, is func(f *Fact) bool, took func(f *Fact) int64) Measure {
	return Measure{Name: name, Unit: Ms, of: func(f *Fact) int64 {
		if is(f) {
			return max(0, took(f))
		}
		return 0
	}}
}

func event(name, day string, at func(f *Fact) string) Measure {
	return Measure{Name: name, Unit: Count, Day: day, at: at, of: func(f *Fact) int64 {
		if at(f) != "" {
			return 1
		}
		return 0
	}}
}

func split(all []Measure) (cohort, events []Measure) {
	for _, m := range all {
		if m.Day == "" {
			cohort = append(cohort, m)
		} else {
			events = append(events, m)
		}
	}
	return cohort, events
}

// indexOf is the place of each measure in Measures.
var indexOf = func() map[string]int {
	at := map[string]int{}
	for n, m := range Measures {
		at[m.Name] = n
	}
	return at
}()

// Sums holds one number for each of Measures, in their order.
type Sums []int64

func newSums() Sums { return make(Sums, len(Measures)) }

// Get returns the number of a measure by its name.
func (s Sums) Get(name string) int64 { return s[indexOf[name]] }

// Add adds other numbers to these.
func (s Sums) Add(other Sums) {
	for n := range other {
		s[n] += other[n]
	}
}

func (s Sums) negate() {
	for n := range s {
		s[n] = -s[n]
	}
}

func (s Sums) zero() bool {
	for _, n := range s {
		if n != 0 {
			return false
		}
	}
	return true
}

// Package stats counts: what incidents an office had, how it dealt with them, and the figures by which it is judged.
// One incident is one fact; running sums over the facts are kept from the feed, so that a wall reads them at once.
package stats

// Verdict is what the clocks say of a stage.
type Verdict int64

// The verdicts.
const (
	Open Verdict = iota // it has no limit and is not over, or its limit still runs
	Kept
	Late
)

// The states of an incident that figures tell apart.
const (
	stateChecking = "checking"
	stateChecked  = "checked"
	stateClosed   = "closed"
	stateRejected = "rejected"
	stateMerged   = "merged"
	stateVoided   = "voided"
)

// Fact is one incident as figures see it: where, what, when and how it went, without a word of anybody. Times are unix
// ms and 0 for not (yet); days are those of the office's zone, "2026-11-22".
type Fact struct {
	ID       string    `json:"id"`
	Seq      int64     `json:"-"` // of the newest entry that it knows
	Number   string    `json:"number"`
	State    string    `json:"state"`
	Kind     string    `json:"kind"`
	Channel  string    `json:"channel"`
	Category string    `json:"category"`
	Severity string    `json:"severity"`
	Urgent   bool      `json:"urgent"`
	Area     string    `json:"area" doc:"the deepest area as filed; '' while it is to be placed"`
	Levels   [6]string `json:"areas" doc:"the areas from the city down, as they were when it was filed"`
	Unit     string    `json:"unit" doc:"that has the lead order, or had it last"`
	Person   string    `json:"-"`
	Day      string    `json:"day"`

	ReceivedAt   int64 `json:"received_at"`
	AcceptedAt   int64 `json:"accepted_at,omitempty"`
	DispatchedAt int64 `json:"dispatched_at,omitempty"`
	TakenAt      int64 `json:"taken_at,omitempty"`
	ArrivedAt    int64 `json:"arrived_at,omitempty"`
	HandledAt    int64 `json:"handled_at,omitempty"`
	CheckedAt    int64 `json:"checked_at,omitempty"`
	ClosedAt     int64 `json:"closed_at,omitempty"`
	OverdueAt    int64 `json:"overdue_at,omitempty" doc:"since when a stage was overdue first"`
	DueAt        int64 `json:"due_at,omitempty" doc:"the nearest limit that runs"`

	DispatchedDay string `json:"-"`
	ArrivedDay    string `json:"-"`
	HandledDay    string `json:"-"`
	ClosedDay     string `json:"-"`
	OverdueDay    string `json:"-"`

	Dispatch    Verdict `json:"dispatch" doc:"0 not over or no limit, 1 kept, 2 late"`
	Arrive      Verdict `json:"arrive"`
	Handle      Verdict `json:"handle"`
	Close       Verdict `json:"close"`
	DispatchMin int64   `json:"-"` // the limit in ms; 0 without one
	ArriveMin   int64   `json:"-"`

	Open         bool  `json:"open"`
	Filed        bool  `json:"filed"`
	Self         bool  `json:"self_handled"`
	Right        bool  `json:"first_right" doc:"the first order was neither returned nor withdrawn"`
	Deferred     bool  `json:"deferred"`
	Answered     bool  `json:"answered" doc:"it was answered within the limit for that"`
	Visited      bool  `json:"visited" doc:"whoever reported it said what came of it"`
	Solved       bool  `json:"solved"`
	Satisfaction int64 `json:"satisfaction,omitempty"`
	Reworked     int64 `json:"reworked,omitempty"`
	Returned     int64 `json:"returned,omitempty"`
	Extended     int64 `json:"extended,omitempty"`
	Stages       int64 `json:"late_stages,omitempty"`
}

// valid tells whether it counts as work of its own.
func (f *Fact) valid() bool { return f.State != stateMerged && f.State != stateVoided }

// dispatched leaves out what a worker handled on the spot (FIELD section 6, S43 counts it apart).
func (f *Fact) dispatched() bool { return f.valid() && f.DispatchedAt != 0 && !f.Self }

func (f *Fact) arrived() bool { return f.valid() && f.ArrivedAt != 0 && !f.Self }

// handled tells whether it stands as handled now: what was sent back for rework or reopened does not.
func (f *Fact) handled() bool {
	return f.HandledAt != 0 && (f.State == stateChecking || f.State == stateChecked || f.State == stateClosed)
}

func (f *Fact) closed() bool  { return f.State == stateClosed }
func (f *Fact) overdue() bool { return f.valid() && f.Stages > 0 }
func (f *Fact) visited() bool { return f.closed() && f.Visited }

// begun is when somebody could begin to handle it.
func (f *Fact) begun() int64 {
	switch {
	case f.DispatchedAt != 0:
		return f.DispatchedAt
	case f.AcceptedAt != 0:
		return f.AcceptedAt
	}
	return f.ReceivedAt
}

// emergency tells whether walls put it first.
func (f *Fact) emergency() bool { return f.Severity == "emergency" || f.Urgent }

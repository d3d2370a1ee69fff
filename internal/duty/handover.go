package duty

import "gezhi/internal/kit/fault"

// HandoverState says how far a handover has come.
type HandoverState string

// The states: the outgoing side has signed, and the incoming side has.
const (
	Handed HandoverState = "handed"
	Taken  HandoverState = "taken"
)

// Handover is what the people of a shift leave to the next.
type Handover struct {
	ID         string
	Shift      Shift
	State      HandoverState
	Items      OpenItems
	Notes      string
	Outgoing   string // account that signed it over
	OutgoingAt int64  // unix ms
	Incoming   string // account that took over; '' until then
	IncomingAt int64  // unix ms; 0 until then
	Remark     string // of the incoming side
	Version    int64
}

// OpenItems is what is unfinished in a unit at one instant: all of it counted, and the first of it named.
type OpenItems struct {
	Total  int        `json:"total"`
	Urgent int        `json:"urgent"`
	More   bool       `json:"more" doc:"there is more than was counted"`
	Items  []OpenItem `json:"items" nullable:"false"`
}

// OpenItem is one unfinished incident. It carries no words of a reporter.
type OpenItem struct {
	Incident   string `json:"incident"`
	Number     string `json:"number"`
	Category   string `json:"category" doc:"its name"`
	CategoryEN string `json:"category_en,omitempty" doc:"its name in English"`
	Place      string `json:"place"`
	State      string `json:"state"`
	Order      string `json:"order,omitempty" doc:"state of the lead order"`
	Severity   string `json:"severity"`
	Since      int64  `json:"since" doc:"unix ms, of the report"`
}

// Bounds of what is written at a handover.
const (
	maxNotes  = 2000
	maxRemark = 500
)

func checkNotes(notes string) (string, error) {
	var f fault.Fields
	notes = fault.CheckText(&f, "notes", notes, false, maxNotes)
	return notes, f.Err()
}

func checkRemark(remark string) (string, error) {
	var f fault.Fields
	remark = fault.CheckText(&f, "remark", remark, false, maxRemark)
	return remark, f.Err()
}

package people

import (
	"context"

	"gezhi/internal/kit/authz"
)

// Work is what people needs to know of the work in somebody's hands.
type Work interface {
	// OpenOrders returns what the person has in hand.
	OpenOrders(ctx context.Context, accountID string) ([]OpenOrder, error)
	// HandOn gives all of it to a colleague, or with an empty id back to the units, and tells how many orders went which
	// way. Repeated, it moves what is left.
	HandOn(ctx context.Context, actor authz.Actor, from, to string) (given, back int, err error)
}

// OpenOrder is an order in somebody's hands, without what residents wrote: who leaves is a matter of the administration.
type OpenOrder struct {
	Incident string `json:"incident" doc:"id"`
	Number   string `json:"number"`
	Category string `json:"category" doc:"name; '' while unclassified"`
	State    string `json:"state" doc:"of the order"`
	Unit     string `json:"unit" doc:"name"`
	SentAt   int64  `json:"sent_at" doc:"unix ms"`
}

// LeaveState is how far a leaving has come.
type LeaveState string

// The states.
const (
	LeavePlanned LeaveState = "planned" // can be taken back
	LeaveDone    LeaveState = "done"
	LeaveUndone  LeaveState = "undone"
)

// Leaving says that somebody leaves at an instant.
type Leaving struct {
	ID        string
	AccountID string
	At        int64            // unix ms
	To        string           // who gets the orders; '' for the units
	Ends      map[string]int64 // post -> the end that it had before, 0 for none
	State     LeaveState
	Orders    int // that were handed on
	ByAccount string
	ByName    string
	CreatedAt int64
	UpdatedAt int64
}

// Gap is a place that nobody holds a role in any more once somebody has left.
type Gap struct {
	Area string `json:"area" doc:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// LeaveOutlook is what is to be settled before somebody leaves.
type LeaveOutlook struct {
	Account  Account
	Orders   []OpenOrder
	Gaps     []Gap
	Sessions int
	Planned  *Leaving // that was decided and not yet carried out
}

// UseWork tells the service where to look for work in somebody's hands.
func (s *Service) UseWork(w Work) { s.work = w }

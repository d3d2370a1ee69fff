package incident

import (
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
)

// OrderState is where an order stands.
type OrderState string

// The states of an order.
const (
	Pooled        OrderState = "pooled"
	Sent          OrderState = "sent"
	OrderAccepted OrderState = "accepted"
	Arrived       OrderState = "arrived"
	Handled       OrderState = "handled"
	Returned      OrderState = "returned"
	Withdrawn     OrderState = "withdrawn"
)

// OrderRole tells the one lead order, which drives the incident, from assisting orders.
type OrderRole string

// The roles of an order.
const (
	Lead   OrderRole = "lead"
	Assist OrderRole = "assist"
)

// Order is the piece of work that a unit or person is given for an incident. Times are unix ms, 0 for not yet.
type Order struct {
	ID        string
	Role      OrderRole
	State     OrderState
	UnitID    string
	PersonID  string // '' while nobody has taken it
	RuleID    string
	Reason    Reason
	ByPerson  bool // a person sent it, not the rule alone
	Changed   bool // that person sent it elsewhere than proposed
	FromPool  bool // it was sent to be claimed
	Note      string
	Result    string
	Outcome   string
	RightUnit string // named when it was returned

	SentAt     int64
	AcceptedAt int64
	ArrivedAt  int64
	HandledAt  int64
	EndedAt    int64
	HandlerID  string
	Handlers   []string // all who ever handled it or approved its reply: none of them checks
	Approval   bool     // its reply is approved before it goes out
	Reply      *Reply   // what waits for approval, nil for nothing

	fresh bool // not yet stored
	dirty bool // differs from what is stored
}

// Active tells whether the order is still in somebody's hands.
func (o *Order) Active() bool { return OrderFlow.Phase(o.State) == flow.Open }

// Held is an order within its incident: what the order's workflow is about.
type Held struct {
	*Incident
	*Order
}

// workTarget covers an order by its unit and person, not by its place: a colleague of the same area does not act on it.
func workTarget(h Held) authz.Target {
	t := authz.Target{Units: []string{h.Order.UnitID}}
	if h.Order.PersonID != "" {
		t.Persons = []string{h.Order.PersonID}
	}
	return t
}

// Reply is the result of handling while it waits for a colleague's approval.
type Reply struct {
	By        string   `json:"by"`
	At        int64    `json:"at"`
	Result    string   `json:"result"`
	Outcome   string   `json:"outcome"`
	Parties   string   `json:"parties,omitempty"`
	Agreement string   `json:"agreement,omitempty"`
	Before    []string `json:"before,omitempty"`
	After     []string `json:"after,omitempty"`
}

// handledBy notes who did the work that the order shows.
func (o *Order) handledBy(account string) {
	if account != "" && !slices.Contains(o.Handlers, account) {
		o.Handlers = append(slices.Clone(o.Handlers), account)
	}
}

// Reason says in a code with values why an order went where it went; screens make a sentence of it.
type Reason struct {
	Code   string            `json:"code,omitempty"`
	Params map[string]string `json:"params,omitempty"`
}

package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/seal"
)

// Outline is how an incident stands, for counting: no words of anybody but a masked title, and of its orders those that
// lead or led.
type Outline struct {
	ID, Number, Title                          string
	State                                      State
	Kind, Channel, Category, Severity          string
	FiledArea, LeadOrder                       string
	LevelIDs                                   [6]string
	Urgent, Answered                           bool
	Solved                                     *bool
	Satisfaction                               int64
	Reopened, Reworked, Returned               int64
	DueAt, LateStages, SuspendedAt, DeferredAt int64
	Extensions, EntrySeq                       int64
	ReceivedAt, AcceptedAt, DispatchedAt       int64
	TakenAt, ArrivedAt, HandledAt, CheckedAt   int64
	ClosedAt                                   int64
	Orders                                     []OutlineOrder
	Clocks                                     []Clock
}

// OutlineOrder is an order that leads or led.
type OutlineOrder struct {
	ID, UnitID, PersonID string
	State                OrderState
	Reason               Reason
}

// filedStates are those of what was taken up.
var filedStates = flow.In(Accepted, InProgress, Checking, Checked, Closed)

// selfHandled is the reason of an order that whoever found the matter carried out on the spot.
const selfHandled = "self_handled"

// Open tells whether work goes on.
func (o *Outline) Open() bool { return Flow.Phase(o.State) == flow.Open }

// Filed tells whether it was taken up: it is neither being looked at still, nor rejected, merged or voided.
func (o *Outline) Filed() bool {
	for _, s := range filedStates {
		if o.State == s {
			return true
		}
	}
	return false
}

// SelfHandled tells whether whoever found it handled it on the spot.
func (o *OutlineOrder) SelfHandled() bool { return o.Reason.Code == selfHandled }

// NobodyOnDuty tells whether whoever was meant was off duty when it was sent.
func (o *OutlineOrder) NobodyOnDuty() bool {
	for _, v := range o.Reason.Params {
		if strings.HasSuffix(v, "off_duty") {
			return true
		}
	}
	return false
}

// GivenBack tells whether it was returned or withdrawn.
func (o *OutlineOrder) GivenBack() bool { return OrderFlow.Phase(o.State) == flow.Ended }

// Outlines returns how some incidents stand, on a view of the store or in a transaction. It asks nobody's permission.
func (s *Service) Outlines(ctx context.Context, q db.Querier, ids []string) ([]*Outline, error) {
	list, err := readOutlines(ctx, q, ids)
	for _, o := range list {
		o.Title = seal.MaskFreeText(o.Title)
	}
	return list, err
}

// IDsAfter returns ids of incidents behind one, in order.
func (s *Service) IDsAfter(ctx context.Context, q db.Querier, id string, limit int) ([]string, error) {
	return readIDsAfter(ctx, q, id, limit)
}

package incident

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// How far an order has come to whoever has it.
const (
	Queued    = "queued"    // no screen of theirs has it yet
	Delivered = "delivered" // one has
	Read      = "read"      // they opened it
)

// maxReceipts bounds how many orders one request acknowledges.
const maxReceipts = 200

// OrderRef names an order.
type OrderRef struct {
	Incident string `json:"incident"`
	Order    string `json:"order"`
}

// Receipt is what one person's screen said of an order.
type Receipt struct {
	Order       string
	Account     string
	DeliveredAt int64
	ReadAt      int64 // 0 while they did not open it
}

// Acknowledge notes that orders reached a screen of whoever has them, or, with read, that they opened them. Orders that
// are not the actor's, and those that ended, are passed over: the screen may be older than the store. It is no step of
// the work, so it raises no version and writes no entry; it may be repeated, and the first time counts.
func (s *Service) Acknowledge(ctx context.Context, actor authz.Actor, list []OrderRef, read bool) error {
	if len(list) > maxReceipts {
		var f fault.Fields
		f.Add("orders", "field.too_many", "max", maxReceipts)
		return f.Err()
	}
	var incidents []string
	for _, ref := range list {
		if id.Valid(ref.Incident) && !slices.Contains(incidents, ref.Incident) {
			incidents = append(incidents, ref.Incident)
		}
	}
	orders, err := ordersByIncident(ctx, s.DB.Read(), incidents)
	if err != nil {
		return err
	}
	at := s.Clock.Now().UnixMilli()
	for _, incident := range incidents {
		var receipts []Receipt
		for _, o := range orders[incident] {
			if o.Active() && heldOf(actor, o) && slices.Contains(list, OrderRef{incident, o.ID}) {
				r := Receipt{Order: o.ID, Account: actor.AccountID, DeliveredAt: at}
				if read {
					r.ReadAt = at
				}
				receipts = append(receipts, r)
			}
		}
		if len(receipts) == 0 {
			continue
		}
		err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return putReceipts(ctx, tx, incident, receipts) })
		if err != nil {
			return err
		}
	}
	return nil
}

// heldOf tells whether an order is the actor's to receive: in their hands or in those of somebody for whom they stand
// in, or waiting for anybody of their unit.
func heldOf(actor authz.Actor, o *Order) bool {
	if o.PersonID == "" {
		return slices.Contains(actor.Units(), o.UnitID)
	}
	return o.PersonID == actor.AccountID || slices.Contains(actor.StandsFor, o.PersonID)
}

// deliver adds to the orders of a view how far each has come to whoever has it now. What an earlier holder received
// says nothing of the present one.
func (v *View) deliver(receipts []Receipt, stands func(account, person string) bool) {
	for n := range v.Orders {
		o := &v.Orders[n]
		o.Delivery = Queued
		for _, r := range receipts {
			if r.Order != o.ID || o.Person != nil && r.Account != o.Person.ID && !stands(r.Account, o.Person.ID) {
				continue
			}
			o.DeliveredAt = earliest(o.DeliveredAt, r.DeliveredAt)
			o.ReadAt = earliest(o.ReadAt, r.ReadAt)
		}
		switch {
		case o.ReadAt != 0:
			o.Delivery = Read
		case o.DeliveredAt != 0:
			o.Delivery = Delivered
		}
	}
}

// earliest returns the earlier of two times, of which 0 has not come.
func earliest(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// ViewWhole shows an incident like View, with how far its orders have come.
func (s *Service) ViewWhole(ctx context.Context, actor authz.Actor, i *Incident) (View, error) {
	v := s.View(actor, i)
	if err := s.showOthers(ctx, &v, i); err != nil || len(v.Orders) == 0 {
		return v, err
	}
	receipts, err := receiptsOf(ctx, s.DB.Read(), i.ID)
	if err != nil {
		return v, err
	}
	v.deliver(receipts, func(account, person string) bool {
		a, away := s.Directory.AbsenceOf(person)
		return away && a.Delegate.ID == account
	})
	return v, nil
}

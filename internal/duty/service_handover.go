package duty

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// lateHandover is for how long after its end a shift can still be signed over.
const lateHandover = 48 * time.Hour

// OpenItems returns what is unfinished in a unit now, for whoever is about to sign a shift over.
func (s *Service) OpenItems(ctx context.Context, actor authz.Actor, unit string) (OpenItems, error) {
	u, err := s.seen(actor, unit)
	if err != nil {
		return OpenItems{}, err
	}
	return s.Work.OpenItems(ctx, u)
}

// HandOver signs a shift over, with what is open at this moment. Its members may, and whoever plans the unit. It is
// refused before the shift begins ("duty.not_begun"), two days after its end ("duty.handover_late") and a second time
// ("duty.handover_done").
func (s *Service) HandOver(ctx context.Context, actor authz.Actor, shift, notes string) (Handover, error) {
	h := Handover{State: Handed, Outgoing: actor.AccountID, Version: 1}
	var err error
	if h.Notes, err = checkNotes(notes); err != nil {
		return h, err
	}
	if h.Shift, err = readShift(ctx, s.DB.Read(), shift); err != nil {
		return h, err
	}
	u, err := s.seen(actor, h.Shift.Unit)
	if err != nil {
		return h, fault.Missing("shift")
	}
	if !slices.Contains(h.Shift.Members, actor.AccountID) && !s.covers(actor, perm.ShiftManage, u.ID) {
		return h, fault.New(fault.Forbidden, "duty.handover_other")
	}
	at := s.Clock.Now()
	switch {
	case at.UnixMilli() < h.Shift.From:
		return h, fault.New(fault.Conflict, "duty.not_begun")
	case at.UnixMilli() > h.Shift.To+lateHandover.Milliseconds():
		return h, fault.New(fault.Conflict, "duty.handover_late")
	}
	if h.Items, err = s.Work.OpenItems(ctx, u); err != nil {
		return h, err
	}
	h.ID, h.OutgoingAt = id.New(at), at.UnixMilli()
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := insertHandover(ctx, tx, h); err != nil {
			if db.IsDuplicate(err) {
				return fault.New(fault.Conflict, "duty.handover_done")
			}
			return err
		}
		return s.record(ctx, tx, at, actor, "handover.sign", "shift", h.Shift.ID, map[string]string{"unit": u.ID})
	})
	h.Shift.Handover = Handed
	return h, err
}

// TakeOver signs for the incoming side. Whoever signed the shift over cannot ("duty.handover_self"), and only one does
// ("duty.handover_taken").
func (s *Service) TakeOver(ctx context.Context, actor authz.Actor, handover, remark string) (Handover, error) {
	remark, err := checkRemark(remark)
	if err != nil {
		return Handover{}, err
	}
	h, err := s.Handover(ctx, actor, handover)
	if err != nil {
		return h, err
	}
	u := h.Shift.Unit
	switch {
	case !slices.Contains(s.People.Members(u), actor.AccountID) && !s.covers(actor, perm.ShiftManage, u):
		return h, fault.New(fault.Forbidden, "duty.handover_other")
	case h.Outgoing == actor.AccountID:
		return h, fault.New(fault.Conflict, "duty.handover_self")
	case h.State == Taken:
		return h, fault.New(fault.Conflict, "duty.handover_taken")
	}
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		h.State, h.Incoming, h.IncomingAt, h.Remark = Taken, actor.AccountID, at.UnixMilli(), remark
		ok, err := takeHandover(ctx, tx, h)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "duty.handover_taken")
		}
		return s.record(ctx, tx, at, actor, "handover.take", "shift", h.Shift.ID, map[string]string{"unit": u})
	})
	h.Shift.Handover = Taken
	h.Version++
	return h, err
}

// mayTake tells whether TakeOver would let the actor sign.
func (s *Service) mayTake(actor authz.Actor, h Handover) bool {
	return h.State == Handed && h.Outgoing != actor.AccountID &&
		(slices.Contains(s.People.Members(h.Shift.Unit), actor.AccountID) || s.covers(actor, perm.ShiftManage, h.Shift.Unit))
}

// Handover returns one handover of a unit that the actor may read.
func (s *Service) Handover(ctx context.Context, actor authz.Actor, handover string) (Handover, error) {
	h, err := readHandover(ctx, s.DB.Read(), handover)
	if err == nil && !s.sees(actor, h.Shift.Unit) {
		return Handover{}, fault.Missing("handover")
	}
	return h, err
}

// Handovers returns the handovers of a unit, the newest first, and the cursor of the next page.
func (s *Service) Handovers(ctx context.Context, actor authz.Actor, unit, cursor string, limit int) ([]Handover, string, error) {
	if _, err := s.seen(actor, unit); err != nil {
		return nil, "", err
	}
	key, err := page.Parse(cursor, "handovers", 1)
	if err != nil {
		return nil, "", err
	}
	before := ""
	if key != nil {
		before = key[0]
	}
	limit = page.Limit(limit)
	list, err := handoversOf(ctx, s.DB.Read(), unit, before, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, page.Cursor("handovers", list[limit-1].ID), nil
}

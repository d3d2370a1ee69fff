package people

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// maxLeaveAhead bounds how far ahead a leaving can be planned.
const maxLeaveAhead = 366 * 24 * time.Hour

// LeaveOutlook returns what is to be settled before an account leaves: open orders, places without anybody, sessions.
func (s *Service) LeaveOutlook(ctx context.Context, actor authz.Actor, accountID string) (LeaveOutlook, error) {
	var o LeaveOutlook
	var err error
	if err = need(actor, perm.AccountManage); err != nil {
		return o, err
	}
	if o.Account, err = s.Account(ctx, authz.System("leaving"), accountID); err != nil {
		return o, err
	}
	at := s.Clock.Now()
	if s.work != nil {
		if o.Orders, err = s.work.OpenOrders(ctx, accountID); err != nil {
			return o, err
		}
	}
	if o.Sessions, err = countSessions(ctx, s.DB.Read(), accountID, at.UnixMilli()); err != nil {
		return o, err
	}
	if o.Planned, err = plannedLeaving(ctx, s.DB.Read(), accountID); err != nil {
		return o, err
	}
	o.Gaps, err = s.gaps(ctx, o.Account, at)
	return o, err
}

// gaps returns the areas in which nobody else holds the role that an account holds there.
func (s *Service) gaps(ctx context.Context, a Account, at time.Time) ([]Gap, error) {
	var areas []string
	for _, p := range a.Posts {
		if p.AreaID != "" && p.Holds(at.UnixMilli()) {
			areas = append(areas, p.AreaID)
		}
	}
	if len(areas) == 0 {
		return nil, nil
	}
	held, err := s.PostsByArea(ctx, areas, at)
	if err != nil {
		return nil, err
	}
	var gaps []Gap
	for _, p := range a.Posts {
		if p.AreaID == "" || !p.Holds(at.UnixMilli()) {
			continue
		}
		other := func(h AreaPost) bool { return h.AccountID != a.ID && h.AreaID == p.AreaID && h.Role == p.Role }
		if !slices.ContainsFunc(held, other) {
			gaps = append(gaps, Gap{Area: p.AreaID, Name: s.Areas.Name(p.AreaID), Role: p.Role})
		}
	}
	return gaps, nil
}

// Leave decides that an account leaves at an instant (unix ms; 0 or a past one: now). From then on its posts are over,
// it is disabled, its sessions are ended and its open orders are with the person to, or with ” back at their units.
// Before the instant it can be taken back. Refused for the own account ("account.self"), for the last one that can
// manage accounts ("account.last_admin"), and when it is decided already ("leave.planned").
func (s *Service) Leave(ctx context.Context, actor authz.Actor, accountID string, at int64, to string) (Leaving, error) {
	now := s.Clock.Now()
	at = max(at, now.UnixMilli())
	l := Leaving{ID: id.New(now), AccountID: accountID, At: at, To: to, State: LeavePlanned, ByAccount: actor.AccountID, ByName: actor.Name,
		CreatedAt: now.UnixMilli(), UpdatedAt: now.UnixMilli()}
	_, err := s.alterAccount(ctx, actor, accountID, "account.leave", func(ctx context.Context, tx db.Tx, _ time.Time, a *Account) ([]string, error) {
		if err := s.checkLeave(ctx, tx, actor, a, l, now); err != nil {
			return nil, err
		}
		l.Ends = map[string]int64{}
		for i, p := range a.Posts {
			if p.To != 0 && p.To <= at {
				continue
			}
			l.Ends[p.ID] = p.To
			a.Posts[i].To = max(at, p.From)
			if err := endPost(ctx, tx, p.ID, a.Posts[i].To); err != nil {
				return nil, err
			}
		}
		if err := checkAdminStays(ctx, tx, actor, at); err != nil {
			return nil, err
		}
		if at <= now.UnixMilli() {
			a.Disabled = true
			if err := deleteSessions(ctx, tx, a.ID, ""); err != nil {
				return nil, err
			}
		}
		return []string{"leaving", l.ID, "at", strconv.FormatInt(at, 10), "to", to}, insertLeaving(ctx, tx, l)
	})
	if err != nil {
		return Leaving{}, err
	}
	if at <= now.UnixMilli() {
		// What cannot be handed on at this moment is tried again by CarryOutLeavings.
		if err := s.carryOutLeaving(ctx, &l); err != nil {
			return l, err
		}
	}
	return l, nil
}

// checkAdminStays is checkAdminLeft for the instant of a leaving, and for that of the last one that is planned.
func checkAdminStays(ctx context.Context, tx db.Tx, actor authz.Actor, at int64) error {
	last, err := lastLeaving(ctx, tx)
	if err != nil {
		return err
	}
	if err := checkAdminLeft(ctx, tx, actor, time.UnixMilli(at)); err != nil || last <= at {
		return err
	}
	return checkAdminLeft(ctx, tx, actor, time.UnixMilli(last))
}

func (s *Service) checkLeave(ctx context.Context, tx db.Tx, actor authz.Actor, a *Account, l Leaving, now time.Time) error {
	if a.ID == actor.AccountID {
		return fault.New(fault.Conflict, "account.self")
	}
	if a.Kind != PersonAccount {
		return fault.New(fault.Conflict, "account.not_a_person")
	}
	planned, err := plannedLeaving(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	if planned != nil {
		return fault.New(fault.Conflict, "leave.planned")
	}
	var f fault.Fields
	if l.At > now.Add(maxLeaveAhead).UnixMilli() {
		f.Add("at", "leave.too_far")
	}
	if l.To != "" {
		heir, ok, err := readAccount(ctx, tx, l.To)
		if err != nil {
			return err
		}
		switch {
		case !ok || heir.Kind != PersonAccount || l.To == a.ID:
			f.Add("to", "field.not_found")
		case heir.Disabled:
			f.Add("to", "account.disabled")
		}
	}
	return f.Err()
}

// UndoLeave takes back a leaving whose instant has not come: the posts have the ends again that they had before.
func (s *Service) UndoLeave(ctx context.Context, actor authz.Actor, accountID string) (Account, error) {
	return s.alterAccount(ctx, actor, accountID, "account.leave_undo", func(ctx context.Context, tx db.Tx, at time.Time, a *Account) ([]string, error) {
		l, err := plannedLeaving(ctx, tx, accountID)
		if err != nil {
			return nil, err
		}
		if l == nil || l.At <= at.UnixMilli() {
			return nil, fault.New(fault.Conflict, "leave.over")
		}
		if _, err := endLeaving(ctx, tx, l.ID, LeaveUndone, 0, at.UnixMilli()); err != nil {
			return nil, err
		}
		for i, p := range a.Posts {
			if end, ok := l.Ends[p.ID]; ok {
				a.Posts[i].To = end
				if err := reopenPost(ctx, tx, p.ID, end); err != nil {
					return nil, err
				}
			}
		}
		return []string{"leaving", l.ID}, nil
	})
}

// CarryOutLeavings does what is due: it is called again and again while the program runs.
func (s *Service) CarryOutLeavings(ctx context.Context) error {
	due, err := dueLeavings(ctx, s.DB.Read(), s.Clock.Now().UnixMilli())
	if err != nil {
		return err
	}
	var failed error
	for _, l := range due {
		failed = errors.Join(failed, s.carryOutLeaving(ctx, l))
	}
	return failed
}

// carryOutLeaving bars the account, then hands the orders on. Both can be repeated.
func (s *Service) carryOutLeaving(ctx context.Context, l *Leaving) error {
	actor := authz.Actor{AccountID: l.ByAccount, Name: l.ByName, Machine: true}
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		a, ok, err := readAccount(ctx, tx, l.AccountID)
		if err != nil || !ok || a.Disabled {
			return err
		}
		a.Disabled, a.Version, a.UpdatedAt = true, a.Version+1, at.UnixMilli()
		if err := updateAccount(ctx, tx, a, at.UnixMilli()); err != nil {
			return err
		}
		return deleteSessions(ctx, tx, a.ID, "")
	})
	if err != nil {
		return err
	}
	orders := 0
	if s.work != nil {
		given, back, err := s.work.HandOn(ctx, actor, l.AccountID, l.To)
		if err != nil {
			return err
		}
		orders = given + back
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		first, err := endLeaving(ctx, tx, l.ID, LeaveDone, orders, at.UnixMilli())
		if err != nil || !first {
			return err
		}
		l.State, l.Orders = LeaveDone, orders
		return record(ctx, tx, at, actor, "account.left", "account", l.AccountID, "leaving", l.ID, "orders", strconv.Itoa(orders), "to", l.To)
	})
}

// EndSessions signs a person out everywhere. A partner's token is revoked by RevokeToken instead.
func (s *Service) EndSessions(ctx context.Context, actor authz.Actor, accountID string) (Account, error) {
	return s.alterAccount(ctx, actor, accountID, "account.end_sessions", func(ctx context.Context, tx db.Tx, _ time.Time, a *Account) ([]string, error) {
		if a.Kind != PersonAccount {
			return nil, fault.New(fault.Conflict, "account.not_a_person")
		}
		except := ""
		if a.ID == actor.AccountID {
			except = actor.SessionID
		}
		return nil, deleteSessions(ctx, tx, a.ID, except)
	})
}

package window

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// Take draws the next number of a kind today, and tells how many wait before it. A kind that no open window has is
// refused with "window.kind_closed", so that nobody waits in vain.
func (s *Service) Take(ctx context.Context, actor authz.Actor, office, kind string) (n *QueueNumber, before int64, err error) {
	o, err := s.officeFor(ctx, actor, office)
	if err != nil {
		return nil, 0, err
	}
	if letters[kind] == "" {
		var f fault.Fields
		f.Add("kind", "field.choice")
		return nil, 0, f.Err()
	}
	all, err := readWindows(ctx, s.DB.Read())
	if err != nil {
		return nil, 0, err
	}
	if !slices.ContainsFunc(all, func(w Window) bool { return w.Office == o.ID && w.Kind == kind && w.Open }) {
		return nil, 0, fault.New(fault.Conflict, "window.kind_closed")
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		at := s.Clock.Now()
		n = &QueueNumber{ID: id.New(at), Office: o.ID, Day: s.day(), Kind: kind, State: Flow.Start.To, TakenAt: at.UnixMilli(), Version: 1}
		var err error
		if n.Seq, err = nextSeq(ctx, tx, n.Office, n.Day, kind); err != nil {
			return err
		}
		if before, err = countWaiting(ctx, tx, n.Office, n.Day, kind); err != nil {
			return err
		}
		return insertNumber(ctx, tx, n)
	})
	return n, before, err
}

// CallNext calls the longest waiting number of the window's kind to the window. While one is called or served there it is
// refused with "window.busy", while the window is closed with "window.closed", and with "window.nobody" when nobody waits.
// A number is never called to two windows.
func (s *Service) CallNext(ctx context.Context, actor authz.Actor, window string) (n *QueueNumber, err error) {
	if err := s.served(ctx, actor, window); err != nil {
		return nil, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		w, err := lockWindow(ctx, tx, window)
		if err != nil {
			return err
		}
		if !w.Open {
			return fault.New(fault.Conflict, "window.closed")
		}
		if err := s.free(ctx, tx, window); err != nil {
			return err
		}
		for {
			next, err := oldestWaiting(ctx, tx, w.Office, s.day(), w.Kind)
			if err != nil {
				return err
			}
			if next == nil {
				return fault.New(fault.NotFound, "window.nobody")
			}
			m, err := Flow.Driven(next, "call")
			if err != nil {
				return err
			}
			s.apply(next, m, actor, window)
			mine, err := saveNumber(ctx, tx, next)
			if err != nil {
				return err
			}
			if mine { // otherwise another window was faster: try the next one
				n = next
				return nil
			}
		}
	})
	return n, err
}

// Act takes one of the moves that a number offers: serve, call_again, skip, call_back (to the window named) or done. The
// faults are those of the table, and "window.busy" where the window has another number.
func (s *Service) Act(ctx context.Context, actor authz.Actor, number, do, window string) (n *QueueNumber, err error) {
	if !id.Valid(number) {
		return nil, fault.Missing("number")
	}
	if do == "call_back" {
		if err := s.served(ctx, actor, window); err != nil {
			return nil, err
		}
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		at := "" // office of the window
		if do == "call_back" {
			w, err := lockWindow(ctx, tx, window)
			if err != nil {
				return err
			}
			if !w.Open {
				return fault.New(fault.Conflict, "window.closed")
			}
			if err := s.free(ctx, tx, window); err != nil {
				return err
			}
			at = w.Office
		}
		if n, err = s.number(ctx, tx, actor, number); err != nil {
			return err
		}
		if at != "" && at != n.Office { // nobody is called across the street
			return fault.Missing("window")
		}
		m, err := Flow.Find(actor, n, do)
		if err != nil {
			return s.withCurrent(n, err)
		}
		if do != "call_back" {
			window = n.Window
		}
		s.apply(n, m, actor, window)
		ok, err := saveNumber(ctx, tx, n)
		if err == nil && !ok {
			err = fault.New(fault.Conflict, "window.stale")
		}
		return err
	})
	return n, err
}

// Link notes which incident was taken in for a number that is being served or was served, and returns the tracking code
// for the visitor's slip.
func (s *Service) Link(ctx context.Context, actor authz.Actor, number, incident string) (n *QueueNumber, code string, err error) {
	name, code, ok, err := s.Incidents.TakenIn(ctx, actor, incident)
	if err != nil {
		return nil, "", err
	}
	if !ok {
		return nil, "", fault.Missing("incident")
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if n, err = s.number(ctx, tx, actor, number); err != nil {
			return err
		}
		if n.Incident == incident {
			return nil
		}
		if n.Incident != "" || n.State != Serving && n.State != Done {
			return s.withCurrent(n, fault.New(fault.Conflict, "window.not_served"))
		}
		n.Incident, n.IncidentNumber = incident, name
		ok, err := saveNumber(ctx, tx, n)
		if err == nil && !ok {
			err = fault.New(fault.Conflict, "window.stale")
		}
		return err
	})
	return n, code, err
}

// apply carries out a row of the table.
func (s *Service) apply(n *QueueNumber, m *flow.Move[State, *QueueNumber], actor authz.Actor, window string) {
	at := s.Clock.Now().UnixMilli()
	n.State = Flow.Next(n, m)
	switch m.Do {
	case "call", "call_back", "call_again":
		n.Window, n.Clerk, n.CalledAt, n.Calls, n.EndedAt = window, actor.AccountID, at, n.Calls+1, 0
		if n.FirstCalledAt == 0 {
			n.FirstCalledAt = at
		}
	case "serve":
		n.ServingAt = at
	case "done", "skip":
		n.EndedAt = at
	}
}

// number loads a number of today's or an earlier queue that the actor may serve.
func (s *Service) number(ctx context.Context, q db.Querier, actor authz.Actor, number string) (*QueueNumber, error) {
	n, err := readNumber(ctx, q, number)
	if err != nil {
		return nil, err
	}
	if !s.covers(actor, perm.WindowServe, n.Office) {
		return nil, fault.Missing("number")
	}
	s.settle(n)
	return n, nil
}

// settle fills in what the table needs to know of the number's office.
func (s *Service) settle(n *QueueNumber) {
	o, _ := s.Offices.Office(n.Office)
	n.areas = o.Areas
}

func (s *Service) served(ctx context.Context, actor authz.Actor, window string) error {
	w, err := readWindow(ctx, s.DB.Read(), window)
	if err == nil && !s.covers(actor, perm.WindowServe, w.Office) {
		err = fault.Missing("window")
	}
	return err
}

// free refuses a window at which a number is called or served.
func (s *Service) free(ctx context.Context, tx db.Tx, window string) error {
	n, err := currentNumber(ctx, tx, window)
	if err == nil && n != nil {
		err = fault.New(fault.Conflict, "window.busy", "number", n.Label())
	}
	return err
}

// withCurrent adds the number as it is now to a conflict.
func (s *Service) withCurrent(n *QueueNumber, err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		f.Current = s.numberView(authz.Actor{}, n)
	}
	return err
}

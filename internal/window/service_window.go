package window

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/perm"
)

// List returns the windows of every office that the actor serves or manages, by office and counter.
func (s *Service) List(ctx context.Context, actor authz.Actor) ([]Window, error) {
	all, err := readWindows(ctx, s.DB.Read())
	if err != nil {
		return nil, err
	}
	list := []Window{}
	for _, w := range all {
		if s.covers(actor, perm.WindowServe, w.Office) || s.covers(actor, perm.WindowManage, w.Office) {
			list = append(list, w)
		}
	}
	return list, nil
}

// ManagedOffices returns the offices for which the actor may make windows.
func (s *Service) ManagedOffices(actor authz.Actor) []Office {
	list := []Office{}
	for _, o := range s.Offices.Offices() {
		if s.covers(actor, perm.WindowManage, o.ID) {
			list = append(list, o)
		}
	}
	return list
}

// Create adds a window. Refused with field errors; a counter that the office has already is "window.counter_taken".
func (s *Service) Create(ctx context.Context, actor authz.Actor, w Window) (Window, error) {
	if err := s.check(ctx, actor, &w); err != nil {
		return w, err
	}
	at := s.Clock.Now()
	w.ID, w.Version = id.New(at), 1
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertWindow(ctx, tx, w, at.UnixMilli()); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "window.create", w.ID, map[string]string{"name": w.Name, "kind": w.Kind})
	})
	return w, orTaken(err)
}

// Update changes name, kind, counter and office of a window over the version that was read; a stale one is
// "window.stale" with the window as it is.
func (s *Service) Update(ctx context.Context, actor authz.Actor, w Window) (Window, error) {
	if _, err := s.managed(ctx, actor, w.ID); err != nil {
		return w, err
	}
	if err := s.check(ctx, actor, &w); err != nil {
		return w, err
	}
	return s.write(ctx, actor, "window.update", w)
}

// Delete removes a window at which nobody is being served. Its numbers stay for the figures.
func (s *Service) Delete(ctx context.Context, actor authz.Actor, window string, version int64) error {
	w, err := s.managed(ctx, actor, window)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := lockWindow(ctx, tx, window); err != nil {
			return err
		}
		if n, err := currentNumber(ctx, tx, window); err != nil || n != nil {
			if err == nil {
				err = fault.New(fault.Conflict, "window.busy", "number", n.Label())
			}
			return err
		}
		if ok, err := deleteWindow(ctx, tx, window, version); err != nil || !ok {
			if err == nil {
				err = stale(w)
			}
			return err
		}
		return s.record(ctx, tx, actor, "window.delete", window, map[string]string{"name": w.Name})
	})
}

// SetOpen opens or closes a window. Whoever serves the office may do that.
func (s *Service) SetOpen(ctx context.Context, actor authz.Actor, window string, version int64, open bool) (Window, error) {
	w, err := readWindow(ctx, s.DB.Read(), window)
	if err != nil {
		return w, err
	}
	if !s.covers(actor, perm.WindowServe, w.Office) && !s.covers(actor, perm.WindowManage, w.Office) {
		return w, fault.Missing("window")
	}
	w.Open, w.Version = open, version
	return s.write(ctx, actor, map[bool]string{true: "window.open", false: "window.close"}[open], w)
}

func (s *Service) write(ctx context.Context, actor authz.Actor, action string, w Window) (Window, error) {
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ok, err := updateWindow(ctx, tx, w, s.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		if !ok {
			now, err := readWindow(ctx, tx, w.ID)
			if err != nil {
				return err
			}
			return stale(now)
		}
		return s.record(ctx, tx, actor, action, w.ID, map[string]string{"name": w.Name})
	})
	w.Version++
	return w, orTaken(err)
}

func (s *Service) managed(ctx context.Context, actor authz.Actor, window string) (Window, error) {
	w, err := readWindow(ctx, s.DB.Read(), window)
	if err == nil && !s.covers(actor, perm.WindowManage, w.Office) {
		err = fault.Missing("window")
	}
	return w, err
}

func (s *Service) check(_ context.Context, actor authz.Actor, w *Window) error {
	var f fault.Fields
	w.Validate(&f)
	if w.Office != "" && !s.covers(actor, perm.WindowManage, w.Office) {
		f.Add("office", "unit.unknown")
	}
	return f.Err()
}

func stale(now Window) error {
	f := fault.New(fault.Conflict, "window.stale")
	f.Current = viewOf(now)
	return f
}

func orTaken(err error) error {
	if err == nil || !db.IsDuplicate(err) {
		return err
	}
	var f fault.Fields
	f.Add("counter", "window.counter_taken")
	return f.Err()
}

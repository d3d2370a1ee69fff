package clock

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Recorder writes the audit trail.
type Recorder interface {
	Record(ctx context.Context, tx db.Tx, actor authz.Actor, action, object, objectID string, detail map[string]any) error
}

// Config is what a Service is made of.
type Config struct {
	DB    *db.DB
	Clock now.Clock
	Zone  *time.Location // in which the calendars count; nil for the machine's
	Words Vocabulary
	Areas Areas
	Units Directory
	Audit Recorder
}

// Service keeps limits, calendars and office hours, and answers by them from memory.
type Service struct {
	Config
	loading sync.Mutex // so that an older reading never replaces a newer one
	version string     // of what was read last
	table   atomic.Pointer[Table]
}

// NewService returns a service with the limits and calendars of the store.
func NewService(ctx context.Context, c Config) (*Service, error) {
	if c.Zone == nil {
		c.Zone = time.Local
	}
	s := &Service{Config: c}
	s.table.Store(NewTable(nil, usualCalendar(c.Zone), nil))
	return s, s.Reload(ctx)
}

// Fixed returns a service that answers from a table that never changes, without a store: for tests and for measuring.
func Fixed(t *Table) *Service {
	s := &Service{}
	s.table.Store(t)
	return s
}

// Table returns the limits and calendars as they are now, from memory.
func (s *Service) Table() *Table { return s.table.Load() }

// For returns the limits of a case for clocks that start at an instant, at most one a stage, in the order of Stages.
// It does not touch the store and is safe for concurrent use.
func (s *Service) For(c Case, at time.Time) []Chosen { return s.table.Load().For(c, at) }

// Limit returns the most specific limit of one stage, under the same terms; false where the stage has none.
func (s *Service) Limit(stage Stage, c Case, at time.Time) (Chosen, bool) {
	return s.table.Load().Limit(stage, c, at)
}

// Reload reads the store into memory when something in it changed.
func (s *Service) Reload(ctx context.Context) error {
	s.loading.Lock()
	defer s.loading.Unlock()
	version, err := db.Setting(ctx, s.DB.Read(), versionSetting)
	if err != nil || version == s.version {
		return err
	}
	fresh, err := s.read(ctx)
	if err != nil {
		return err
	}
	s.table.Store(fresh)
	s.version = version
	return nil
}

func (s *Service) read(ctx context.Context) (*Table, error) {
	limits, err := readLimits(ctx, s.DB.Read())
	if err != nil {
		return nil, err
	}
	calendars, err := readCalendars(ctx, s.DB.Read())
	if err != nil {
		return nil, err
	}
	own, err := readHours(ctx, s.DB.Read())
	if err != nil {
		return nil, err
	}
	common, kept := usualCalendar(s.Zone), keptCalendar{}
	for _, c := range calendars {
		if c.ID != CommonCalendar {
			continue
		}
		kept = c
		if common, err = NewCalendar(s.Zone, c.Week, c.all()); err != nil {
			return nil, fmt.Errorf("calendar %s: %w", c.ID, err)
		}
	}
	units := make(map[string]*Calendar, len(own))
	for _, h := range own {
		days := kept.all()
		if h.Holidays {
			days = kept.makeUp()
		}
		if units[h.Unit], err = NewCalendar(s.Zone, h.Week, days); err != nil {
			return nil, fmt.Errorf("hours of unit %s: %w", h.Unit, err)
		}
	}
	return NewTable(limits, common, units), nil
}

// change runs a change in one transaction, one after the other with all changes of limits and calendars, and then
// answers by what is new.
func (s *Service) change(ctx context.Context, actor authz.Actor, fn func(ctx context.Context, tx db.Tx) error) error {
	if err := mayManage(actor); err != nil {
		return err
	}
	return s.write(ctx, fn)
}

func (s *Service) write(ctx context.Context, fn func(ctx context.Context, tx db.Tx) error) error {
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := db.PutSetting(ctx, tx, versionSetting, id.New(s.Clock.Now()), now.Ms(s.Clock)); err != nil {
			return err
		}
		return fn(ctx, tx)
	})
	if err != nil {
		return err
	}
	// It is done: neither a caller who hung up nor a failed reading may make it look undone. The program reads again from time to time.
	if err := s.Reload(context.WithoutCancel(ctx)); err != nil {
		slog.Error("reading the limits after a change failed", "error", err)
	}
	return nil
}

// EnsureLimits gives a store its default limits and the sample calendar, once: what administrators remove stays away.
func (s *Service) EnsureLimits(ctx context.Context) error {
	seeded, err := db.Setting(ctx, s.DB.Read(), seededSetting)
	if err != nil || seeded != "" {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx db.Tx) error {
		first, err := markSeeded(ctx, tx, now.Ms(s.Clock))
		if err != nil || !first {
			return err
		}
		for _, l := range seeds() {
			if err := insertLimit(ctx, tx, l); err != nil {
				return err
			}
		}
		return s.seedCalendar(ctx, tx)
	})
}

func mayManage(actor authz.Actor) error {
	if !actor.Can(perm.ClockManage) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}

func stale(code string, current any) error {
	f := fault.New(fault.Conflict, code)
	f.Current = current
	return f
}

package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Places finds areas from memory. Paths run from the city down.
type Places interface {
	Locate(p geo.Point) []Area // empty outside every area
	Path(areaID string) []Area // empty for an unknown area
	Trunk() []Area             // path of the deepest area that contains all others: where the unplaced belong
}

// Recorder writes the audit trail.
type Recorder interface {
	Record(ctx context.Context, tx db.Tx, actor authz.Actor, action, object, objectID string, detail map[string]any) error
}

// Config is what a Service is made of.
type Config struct {
	DB        *db.DB
	Clock     now.Clock
	Places    Places
	Directory Directory
	Words     Vocabulary
	Audit     Recorder
	Duty      Duty     // may be nil, as in Force
	Load      Load     // may be nil, as in Force
	Calendar  Calendar // may be nil, as in Force
	Past      Past     // may be nil: then there is nothing to test rules against
}

// Service keeps the routing rules and the ladders and decides by them.
type Service struct {
	Config
	loading sync.Mutex // so that an older reading never replaces a newer one
	rules   atomic.Pointer[Rules]
	ladders atomic.Pointer[Ladders]
}

// NewService returns a service with the rules of the store.
func NewService(ctx context.Context, c Config) (*Service, error) {
	s := &Service{Config: c}
	s.rules.Store(NewRules(nil))
	s.ladders.Store(NewLadders(nil))
	return s, s.Reload(ctx)
}

// Rules returns the rules as they are now, from memory.
func (s *Service) Rules() *Rules { return s.rules.Load() }

// Decide returns where a matter should go by the rules as they are now. It does not touch the store and is safe for
// concurrent use.
func (s *Service) Decide(situation Situation) Decision {
	if situation.At == 0 {
		situation.At = now.Ms(s.Clock)
	}
	return Decide(s.rules.Load(), situation, s.force())
}

// Hinders says why a unit could not be given a matter now, though no rule names it: passed.no_unit, passed.closed,
// passed.returned, passed.empty or passed.off_duty; empty when it could. It does not touch the store.
func (s *Service) Hinders(situation Situation, unit string) string {
	if situation.At == 0 {
		situation.At = now.Ms(s.Clock)
	}
	f := s.force()
	if why := f.hinders(unit, "", &situation, 0); why != "" {
		return why
	}
	if !s.Directory.Staffed(unit) {
		return "passed.empty"
	}
	return ""
}

func (s *Service) force() Force {
	return Force{Directory: s.Directory, Duty: s.Duty, Load: s.Load, Calendar: s.Calendar}
}

// Reload reads the rules and ladders of the store into memory.
func (s *Service) Reload(ctx context.Context) error {
	s.loading.Lock()
	defer s.loading.Unlock()
	list, err := readRules(ctx, s.DB.Read())
	if err != nil {
		return err
	}
	fresh := NewRules(list)
	if !reflect.DeepEqual(fresh.list, s.rules.Load().list) {
		s.rules.Store(fresh)
	}
	ladders, err := readLadders(ctx, s.DB.Read())
	if err != nil {
		return err
	}
	s.ladders.Store(NewLadders(ladders))
	return nil
}

// Run follows the rules that other nodes change, and switches off those that lead nowhere, until the context ends.
func (s *Service) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.Reload(ctx); err != nil && ctx.Err() == nil {
			slog.Error("reading the routing rules failed", "error", err)
		}
		if err := s.DisableBroken(ctx); err != nil && ctx.Err() == nil {
			slog.Error("looking for rules that lead nowhere failed", "error", err)
		}
	}
}

// EnsureRules gives a store its default rules and ladders, once: what administrators remove stays away.
func (s *Service) EnsureRules(ctx context.Context) error {
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return errors.Join(
			s.seed(ctx, tx, "dispatch.rules_seeded", func() error { return insertAll(ctx, tx, seeds(), insertRule) }),
			s.seed(ctx, tx, "dispatch.ladders_seeded", func() error { return insertAll(ctx, tx, ladderSeeds(), insertLadder) }))
	})
	if err != nil {
		return err
	}
	return s.Reload(ctx)
}

// seed runs fn unless the mark says that it ran before.
func (s *Service) seed(ctx context.Context, tx db.Tx, mark string, fn func() error) error {
	first, err := markSeeded(ctx, tx, mark, now.Ms(s.Clock))
	if err != nil || !first {
		return err
	}
	return fn()
}

func insertAll[T any](ctx context.Context, tx db.Tx, list []T, insert func(context.Context, db.Tx, T) error) error {
	for _, one := range list {
		if err := insert(ctx, tx, one); err != nil {
			return err
		}
	}
	return nil
}

func mayManage(actor authz.Actor) error {
	if !actor.Can(perm.RuleManage) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}

func mayRead(actor authz.Actor) error {
	if !actor.Can(perm.RuleManage) && !actor.Can(perm.IncidentDispatch) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}

package duty

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Unit is whoever may keep a roster.
type Unit struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Kind  string   `json:"kind"`
	Areas []string `json:"-"` // it lies in, from the top down
}

// Units knows the units that may keep a roster: the open ones.
type Units interface {
	Unit(id string) (Unit, bool)
	Units() []Unit // by kind and name
}

// People knows who works where.
type People interface {
	Name(person string) string
	Members(unit string) []string // who hold a post in the unit now
	Areas(person string) []string // of their posts, each with all above it
	Away(person string) bool      // now
}

// Work knows what is unfinished in a unit.
type Work interface {
	OpenItems(ctx context.Context, unit Unit) (OpenItems, error)
}

// Config is what a Service is made of.
type Config struct {
	DB     *db.DB
	Clock  now.Clock
	Units  Units
	People People
	Work   Work
	Zone   func() *time.Location // of the office, for patterns of days; nil: that of the clock
}

// Service holds the use cases of duty.
type Service struct {
	Config
	reading   sync.Mutex
	roster    atomic.Pointer[roster]
	keep      atomic.Int64 // ms for which a position is kept
	positions positions
	looks     looks
}

// NewService returns a service with the roster in memory.
func NewService(ctx context.Context, c Config) (*Service, error) {
	s := &Service{Config: c}
	s.positions.init()
	return s, s.Reload(ctx)
}

// refreshAfter is how long a roster in memory serves though nothing changed, because its bounds move with the time.
const refreshAfter = 6 * time.Hour

// Follow takes over what other nodes wrote since, and drops old positions.
func (s *Service) Follow(ctx context.Context) error {
	version, err := rosterVersion(ctx, s.DB.Read())
	if err != nil {
		return err
	}
	at, is := now.Ms(s.Clock), s.roster.Load()
	if version != is.version || at-is.readAt > refreshAfter.Milliseconds() || at < is.readAt {
		if err := s.Reload(ctx); err != nil {
			return err
		}
	}
	return s.followPositions(ctx)
}

// Reload reads shifts, marks and settings anew.
func (s *Service) Reload(ctx context.Context) error {
	s.reading.Lock()
	defer s.reading.Unlock()
	at := s.Clock.Now()
	q := s.DB.Read()
	version, err := rosterVersion(ctx, q) // before the rest: what changes meanwhile is read the next time
	if err != nil {
		return err
	}
	shifts, err := shiftsBetween(ctx, q, "", at.Add(-rosterBack).UnixMilli(), at.Add(rosterAhead).UnixMilli())
	if err != nil {
		return err
	}
	marks, err := marksAfter(ctx, q, at.UnixMilli())
	if err != nil {
		return err
	}
	keep, err := keptFor(ctx, q)
	if err != nil {
		return err
	}
	r := newRoster(shifts, marks)
	r.version, r.readAt = version, at.UnixMilli()
	s.keep.Store(keep.Milliseconds())
	s.roster.Store(r)
	return nil
}

// change runs a write that changes the roster, and reads it again, so that this node knows it at once and the others
// within their next look.
func (s *Service) change(ctx context.Context, fn func(ctx context.Context, tx db.Tx, at time.Time) error) error {
	at := s.Clock.Now()
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := fn(ctx, tx, at); err != nil {
			return err
		}
		return db.PutSetting(ctx, tx, versionSetting, id.New(at), at.UnixMilli())
	})
	if err != nil {
		return err
	}
	return s.Reload(ctx)
}

// covers tells whether the actor holds the permission for a unit: by the unit itself or by an area that it lies in.
func (s *Service) covers(actor authz.Actor, p authz.Permission, unit string) bool {
	u, ok := s.Units.Unit(unit)
	return ok && actor.Scope(p).Covers(authz.Target{Areas: u.Areas, Units: []string{u.ID}})
}

// sees tells whether the actor may read the roster of a unit: colleagues may, and whoever dispatches or plans there.
func (s *Service) sees(actor authz.Actor, unit string) bool {
	return slices.Contains(actor.Units(), unit) || s.covers(actor, perm.DutyRead, unit) || s.covers(actor, perm.ShiftManage, unit)
}

// seen returns the unit that the actor may read; others are not there.
func (s *Service) seen(actor authz.Actor, unit string) (Unit, error) {
	u, ok := s.Units.Unit(unit)
	if !ok || !s.sees(actor, unit) {
		return u, fault.Missing("unit")
	}
	return u, nil
}

func (s *Service) zone() *time.Location {
	if s.Zone != nil {
		return s.Zone()
	}
	return s.Clock.Now().Location()
}

func (s *Service) record(ctx context.Context, tx db.Tx, at time.Time, actor authz.Actor, action, object, objectID string, detail map[string]string) error {
	return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: action, Object: object, ObjectID: objectID, Detail: detail})
}

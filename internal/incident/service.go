package incident

import (
	"context"
	"sync/atomic"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// Topic is the feed of incidents.
const Topic = "incidents"

// Places finds areas. Paths run from the city down.
type Places interface {
	Locate(p geo.Point) []Area // empty outside every area
	Path(areaID string) []Area // empty for an unknown area
	Trunk() []Area             // path of the deepest area that contains all others
}

// UnitRef names a unit.
type UnitRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
	Open bool   `json:"-"`
	// Approves says that replies of the unit are approved before they go out.
	Approves bool `json:"-"`

	Speciality string `json:"-"`
}

// PersonRef names a person.
type PersonRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Directory knows units and people by name, from memory.
type Directory interface {
	Unit(id string) (UnitRef, bool)
	Units() []UnitRef // open units, sorted by name
	PersonName(id string) string
	Colleagues(unitID string) []Colleague // those who can take an order there
	AbsenceOf(person string) (Absence, bool)
	HomeAreas(actor authz.Actor) []string
	OfficialOf(person string) string // one of Officials, '' for somebody who is none
}

// Situation is what a dispatch decision depends on.
type Situation struct {
	Category string
	Kind     string
	Severity string
	Channel  string
	Path     []Area
	Avoid    []string  // units that returned it
	At       int64     // unix ms
	Position geo.Point // WGS-84; the zero Point for none
	Unplaced bool      // its place is yet to be found out
}

// Proposal is where an incident should go. A zero UnitID means that no rule fits.
type Proposal struct {
	RuleID    string
	UnitID    string
	PersonID  string
	Pool      bool
	Automatic bool
	Reason    Reason
	Inform    []Informed // who is told besides
	General   bool       // no rule with a condition fits
	guess     *Guess     // by which it was made
}

// Informed is a unit, or a person, that a rule wants told.
type Informed struct{ UnitID, PersonID string }

// Dispatcher decides from memory where an incident should go.
type Dispatcher interface {
	Propose(s Situation) Proposal
	// Hinders says why a unit could not be given a matter now, '' when it could.
	Hinders(s Situation, unit string) string
}

// Sealer protects personal data and makes digests. kit/seal's Keys is one.
type Sealer interface {
	hasher
	Seal(plain, aad string) (string, error)
	Open(sealed, aad string) (string, error)
	Blind(purpose, value string) string
	MAC(purpose string, parts ...[]byte) []byte
}

// Config is what a Service is made of.
type Config struct {
	DB        *db.DB
	Clock     now.Clock
	Keys      Sealer
	Places    Places
	Directory Directory
	Dispatch  Dispatcher
	Reader    Reader     // nil: nothing is made of words
	Limits    Limits     // nil where nothing has a time limit
	Ladder    Ladder     // nil where nothing climbs
	Originals blob.Store // sealed
	Shown     blob.Store // re-encoded, without metadata
	Wake      func()     // called after each committed change, wakes the relay
	// Counted, if not nil, is called with incidents that are written past the feed, in their transaction: what others who
	// follow the feed would have made of their events.
	Counted func(ctx context.Context, tx db.Tx, incidents []string) error
	// PartnerRate returns how many reports a minute an account of another system may send, 0 for no limit.
	PartnerRate func(account string) int64
}

// Service holds the use cases of incidents. Each writes one transaction.
type Service struct {
	Config
	categories atomic.Pointer[Categories]
	recent     *recent
	linked     chan struct{} // one incident has something to tell another
}

// NewService returns a service with the categories of the store.
func NewService(ctx context.Context, c Config) (*Service, error) {
	if c.Wake == nil {
		c.Wake = func() {}
	}
	s := &Service{Config: c, recent: newRecent(), linked: make(chan struct{}, 1)}
	return s, s.ReloadCategories(ctx)
}

// record writes the audit trail in the transaction of what it tells of.
func (s *Service) record(ctx context.Context, tx db.Tx, actor authz.Actor, action, object, objectID string, detail map[string]string) error {
	return audit.Record(ctx, tx, s.Clock.Now(), audit.Entry{Actor: actor, Action: action, Object: object, ObjectID: objectID, Detail: detail})
}

// Categories returns the categories as they are now, from memory.
func (s *Service) Categories() *Categories { return s.categories.Load() }

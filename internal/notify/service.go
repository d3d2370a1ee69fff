package notify

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"sync"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Work is an order of a matter: who has it, and whether it still waits to be accepted.
type Work struct {
	ID      string
	Unit    string
	Person  string // '' while it waits for anybody of the unit
	Waiting bool
	Open    bool
}

// Told is somebody who was told of a matter without being given work.
type Told struct {
	Unit   string
	Person string // '' for the whole unit
	At     int64  // unix ms
}

// Matter is what a notice needs to know of an incident.
type Matter struct {
	Number   string
	Lead     string // id of the order that leads
	Orders   []Work
	Informed []Told // who is kept informed
	Open     bool
	Quiet    bool     // whoever reported left no phone, or wants nothing sent to it
	Others   []Report // reports that were merged into it
}

// Report is one of several that are handled as one matter: whoever made it is told of each step under its own number.
type Report struct {
	Incident string
	Number   string
	Quiet    bool
}

// Incidents is what notices need of the incidents.
type Incidents interface {
	// Matter is false for an incident that is not there.
	Matter(ctx context.Context, incident string) (Matter, bool, error)
	ReporterPhone(ctx context.Context, incident string) (string, error)
	// ReportedBy returns the reports of a phone: that with the number, or without one the newest few. None is no error.
	ReportedBy(ctx context.Context, phone, number string) ([]string, error)
	Code(ctx context.Context, incident string) (string, error)
}

// People is what notices need of the people.
type People interface {
	Phone(ctx context.Context, account string) (string, error) // '' for none
	OfUnit(unit string) []string
	Name(account string) string
}

// Words says what a message says. kit/words' Catalog is one.
type Words interface {
	Say(lang, key string, params map[string]any) string
}

// Sealer keeps secrets. kit/seal's Keys is one.
type Sealer interface {
	Seal(plain, aad string) (string, error)
	Open(sealed, aad string) (string, error)
	Blind(purpose, value string) string
}

// Deps is what a Service is made of.
type Deps struct {
	DB        *db.DB
	Clock     now.Clock
	Keys      Sealer
	Incidents Incidents
	People    People
	Words     Words
	Allowed   []netip.Prefix // networks that are not public and may be sent to
	Timeout   time.Duration  // of one attempt; 0 for ten seconds
}

// Service holds the use cases of messages.
type Service struct {
	Deps
	web    client
	spread func() float64 // 0 to 1
	mu     sync.Mutex
	busy   map[string]bool // senders that are being worked off
}

// New returns a service.
func New(d Deps) *Service {
	if d.Timeout == 0 {
		d.Timeout = sendTimeout
	}
	return &Service{Deps: d, web: newClient(d.Allowed, d.Timeout), spread: rand.Float64, busy: map[string]bool{}}
}

func need(actor authz.Actor) error {
	if !actor.Can(perm.SettingsManage) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}

func (s *Service) record(ctx context.Context, tx db.Tx, actor authz.Actor, action, object, id string, detail map[string]string) error {
	return audit.Record(ctx, tx, s.Clock.Now(), audit.Entry{Actor: actor, Action: action, Object: object, ObjectID: id, Detail: detail})
}

package notice

import (
	"context"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
)

// Topic is the feed of notices. Its events name the persons whom they concern.
const Topic = "notices"

// Area is an area with its path from the top down, itself included.
type Area struct {
	ID, Name string
	Path     []string
}

// World knows areas, units, and who holds which post now. It answers from memory.
type World interface {
	Area(id string) (Area, bool)
	Unit(id string) string            // its name
	Place(area, unit string) []string // path of an area, else of the one in which a unit lies
	Trunk() []string                  // path of the deepest area that holds all others
	Everybody() []Post                // every post that a person holds now
	Posts(person string) []Post       // of one person
	Name(person string) string        //
	OnDuty(person string) bool        // now
}

// Alarm wakes the phones of some people about an emergency, in the transaction that tells it.
type Alarm func(ctx context.Context, tx db.Tx, notice string, at int64, persons []string) error

// Config is what a Service is made of.
type Config struct {
	DB    *db.DB
	Clock now.Clock
	World World
	Alarm Alarm  // nil: nobody is woken
	Wake  func() // tells the relay that there is something to carry
}

// Service holds the use cases of notices.
type Service struct{ Config }

// NewService returns a service.
func NewService(c Config) *Service { return &Service{c} }

// tell puts news of a notice into the feed, for those whom it concerns.
func (s *Service) tell(ctx context.Context, tx db.Tx, n *Notice, do string, persons []string) error {
	n.seq++
	n.seqAt = max(now.Ms(s.Clock), n.seqAt+1)
	return outbox.Put(ctx, tx, outbox.Row{Aggregate: n.ID, Seq: n.seq, At: n.seqAt, Topic: Topic, Kind: "notice.changed",
		Body: outbox.Body(map[string]any{"notice": n.ID, "do": do, "persons": persons})})
}

// begin wakes the phones of those whom an emergency reaches, when it begins.
func (s *Service) begin(ctx context.Context, tx db.Tx, n *Notice, c crowd) error {
	if s.Alarm == nil || n.Kind != Emergency || !n.For(Phones) || n.told != Current {
		return nil
	}
	persons := make([]string, len(c.reached))
	for i, p := range c.reached {
		persons[i] = p.Person
	}
	return s.Alarm(ctx, tx, n.ID, now.Ms(s.Clock), persons)
}

func (s *Service) record(ctx context.Context, tx db.Tx, at time.Time, actor authz.Actor, action, id string, detail map[string]string) error {
	return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: action, Object: "notice", ObjectID: id, Detail: detail})
}

func (s *Service) wake() {
	if s.Wake != nil {
		s.Wake()
	}
}

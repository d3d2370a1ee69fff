package stats

import (
	"context"
	"sync/atomic"
	"time"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
)

// Source knows the incidents. It asks nobody's permission.
type Source interface {
	// Matters reads incidents as they stand; unknown ones are left out.
	Matters(ctx context.Context, q db.Querier, ids []string) ([]*Matter, error)
	// After returns ids of incidents behind one, in order.
	After(ctx context.Context, q db.Querier, id string, limit int) ([]string, error)
}

// Places knows areas.
type Places interface {
	Path(id string) []AreaRef     // from the city down; empty for one that is unknown or ended
	Children(id string) []AreaRef // right below; of '' the roots
	// Filed returns the ids of the levels above and at an area, as they were at an instant; false when it was not there.
	Filed(ctx context.Context, id string, at int64) ([6]string, bool, error)
	// Former names areas that ended, as far as they are known.
	Former(ctx context.Context, ids []string) (map[string]AreaRef, error)
}

// Names knows what units, people and categories are called.
type Names interface {
	Unit(id string) string
	Person(id string) string
	Category(code string) (zh, en string)
	Categories(code string) []string // the code and all below it
	Channels() []string
}

// Workdays knows on which days offices work.
type Workdays interface{ Workday(day time.Time) bool }

// Config is what a Service is made of.
type Config struct {
	DB       *db.DB
	Clock    now.Clock
	Zone     *time.Location // whose days count; nil for time.Local
	Topic    string         // the feed of incidents
	Source   Source
	Places   Places
	Names    Names
	Workdays Workdays
}

// Service keeps figures and answers for them.
type Service struct {
	Config
	boards boards
	filled atomic.Bool // the filling ended
}

// NewService returns a service.
func NewService(c Config) *Service {
	return &Service{Config: c, boards: boards{kept: map[string]*kept{}}}
}

func (s *Service) today() string { return dayOf(s.Clock.Now().UnixMilli(), s.zone()) }

// Consumer is the name under which figures follow the feed.
const Consumer = "stats.facts"

// Consumer returns what keeps the facts and figures. It applies every event exactly once, and an event that changed
// nothing of a fact changes no figure.
func (s *Service) Consumer() outbox.Consumer {
	return outbox.Consumer{Name: Consumer, Topic: s.Topic, Apply: func(ctx context.Context, tx db.Tx, events []outbox.Event) error {
		ids := make([]string, len(events))
		for n, e := range events {
			ids[n] = e.Aggregate
		}
		return s.Count(ctx, tx, ids)
	}}
}

package window

import (
	"context"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Office is a unit that may run windows.
type Office struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Areas []string `json:"-"` // it lies in, from the top down
}

// Offices knows the units that may run windows.
type Offices interface {
	Office(id string) (Office, bool)
	Offices() []Office // sorted by name
}

// Incidents knows what was taken in at a window. TakenIn answers ok only for what the actor took in themselves a moment
// ago, with its number and the tracking code for the visitor's slip.
type Incidents interface {
	TakenIn(ctx context.Context, actor authz.Actor, incident string) (number, code string, ok bool, err error)
}

// Config is what a Service is made of.
type Config struct {
	DB        *db.DB
	Clock     now.Clock
	Offices   Offices
	Incidents Incidents
}

// Service holds the use cases of windows.
type Service struct{ Config }

// NewService returns a service.
func NewService(c Config) *Service { return &Service{c} }

// covers tells whether the actor holds the permission for an office: by its unit or by an area that it lies in.
func (s *Service) covers(actor authz.Actor, p authz.Permission, office string) bool {
	o, ok := s.Offices.Office(office)
	return ok && actor.Scope(p).Covers(authz.Target{Areas: o.Areas, Units: []string{o.ID}})
}

// officeFor returns the office that is meant: the one asked for, else the first that the actor may serve and that has
// windows. It is not_found when there is none.
func (s *Service) officeFor(ctx context.Context, actor authz.Actor, asked string) (Office, error) {
	if asked != "" {
		o, ok := s.Offices.Office(asked)
		if !ok || !s.covers(actor, perm.WindowServe, asked) {
			return o, fault.Missing("office")
		}
		return o, nil
	}
	list, err := s.List(ctx, actor)
	if err != nil {
		return Office{}, err
	}
	for _, w := range list {
		if s.covers(actor, perm.WindowServe, w.Office) {
			o, _ := s.Offices.Office(w.Office)
			return o, nil
		}
	}
	return Office{}, fault.New(fault.NotFound, "window.none")
}

// day names the day of the office's own calendar on which numbers count from one.
func (s *Service) day() string { return s.Clock.Now().Format("2006-01-02") }

func (s *Service) record(ctx context.Context, tx db.Tx, actor authz.Actor, action, id string, detail map[string]string) error {
	return audit.Record(ctx, tx, s.Clock.Now(), audit.Entry{Actor: actor, Action: action, Object: "window", ObjectID: id, Detail: detail})
}

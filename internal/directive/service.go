package directive

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/perm"
)

// Topic is the feed of directives. Its events name the persons whom they concern.
const Topic = "directives"

// Post is one post of somebody by which a directive can reach them.
type Post struct {
	Person string
	Role   string
	Unit   string
	Area   string
}

// Area is an area with its path from the top down, itself included.
type Area struct {
	ID, Name string
	Path     []string
}

// Unit is a unit with the areas in which it lies, from the top down.
type Unit struct {
	ID, Name string
	Areas    []string
}

// World knows areas, units and who holds which post now.
type World interface {
	Area(id string) (Area, bool)
	Unit(id string) (Unit, bool)
	PostsBelow(area string) []Post // held in the area or below, and in units that lie there
	PostsIn(unit string) []Post
	Name(person string) string
}

// Config is what a Service is made of.
type Config struct {
	DB    *db.DB
	Clock now.Clock
	World World
	Wake  func() // tells the relay that there is something to carry
}

// Service holds the use cases of directives.
type Service struct{ Config }

// NewService returns a service.
func NewService(c Config) *Service { return &Service{c} }

// covers tells whether the actor may send to an area or a unit.
func covers(actor authz.Actor, p authz.Permission, areas []string, units ...string) bool {
	return actor.Scope(p).Covers(authz.Target{Areas: areas, Units: units})
}

// resolve returns who gets a directive, each once, and the areas that its target covers; it notes what lies outside the
// actor's reach. The sender gets none.
func (s *Service) resolve(actor authz.Actor, t Target, f *fault.Fields) (receipts []Receipt, areas []Area) {
	roles := t.Roles
	if len(roles) == 0 {
		roles = GroundRoles
	}
	seen := map[string]bool{actor.AccountID: true}
	add := func(posts []Post) {
		for _, p := range posts {
			if seen[p.Person] || !slices.Contains(roles, p.Role) {
				continue
			}
			seen[p.Person] = true
			place := p.Area
			if place == "" {
				place = p.Unit
			}
			receipts = append(receipts, Receipt{Person: p.Person, Role: p.Role, Place: place})
		}
	}
	for _, id := range t.Areas {
		a, ok := s.World.Area(id)
		if !ok || !covers(actor, perm.DirectiveSend, a.Path) {
			f.Add("areas", "directive.area_outside")
			continue
		}
		areas = append(areas, a)
		add(s.World.PostsBelow(id))
	}
	for _, id := range t.Units {
		u, ok := s.World.Unit(id)
		if !ok || !covers(actor, perm.DirectiveSend, u.Areas, u.ID) {
			f.Add("units", "directive.unit_outside")
			continue
		}
		if len(u.Areas) > 0 {
			areas = append(areas, Area{ID: u.Areas[len(u.Areas)-1], Path: u.Areas})
		}
		add(s.World.PostsIn(id))
	}
	return receipts, areas
}

// tell puts news of a directive into the feed, for those whom it concerns.
func (s *Service) tell(ctx context.Context, tx db.Tx, d *Directive, do string, persons []string) error {
	d.seq++
	d.seqAt = max(now.Ms(s.Clock), d.seqAt+1)
	return outbox.Put(ctx, tx, outbox.Row{Aggregate: d.ID, Seq: d.seq, At: d.seqAt, Topic: Topic, Kind: "directive.changed",
		Body: outbox.Body(map[string]any{"directive": d.ID, "do": do, "persons": persons})})
}

func (s *Service) record(ctx context.Context, tx db.Tx, at time.Time, actor authz.Actor, action, id string, detail map[string]string) error {
	return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: action, Object: "directive", ObjectID: id, Detail: detail})
}

func (s *Service) wake() {
	if s.Wake != nil {
		s.Wake()
	}
}

package people

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"

	"gezhi/internal/kit/now"
)

// Person is what is shown of an account beside the work it does.
type Person struct {
	ID   string
	Name string
	Kind AccountKind
	Rate int64 // reports a minute of a partner; 0 for none set
}

// Directory answers from memory who and what is where, because every incident shown asks. It is read again when
// something changed. All methods are safe for concurrent use.
type Directory struct {
	clock now.Clock
	load  func(ctx context.Context) (*snapshot, error)
	mu    sync.Mutex // while reading again
	snap  atomic.Pointer[snapshot]
	dirty atomic.Bool
}

// snapshot is the state of units and people at one version.
type snapshot struct {
	version int64
	units   map[string]Unit
	persons map[string]Person
	byUnit  map[string][]Post // posts of enabled people, held now or later
	byArea  map[string][]Post
	byHand  map[string][]Post // by who holds them
	inArea  map[string][]Unit // open units by area
	roles   map[string]Role

	absences    map[string]Absence   // that are not over, by who is away
	delegations map[string][]Absence // the same by who stands in

	openOnce sync.Once
	open     []Unit // open units in order, made when first asked for
}

// workerRoles are the roles that walk an area, the one that is asked first in front.
var workerRoles = []string{"grid_worker", "microgrid_worker", "functional_worker"}

// UnitName returns the name of a unit, also of a closed one; ” when unknown.
func (d *Directory) UnitName(id string) string { return d.current().units[id].Name }

// PersonName returns the name of an account, also of a disabled one; ” when unknown.
func (d *Directory) PersonName(id string) string { return d.current().persons[id].Name }

// Unit returns a unit, also a closed one.
func (d *Directory) Unit(id string) (Unit, bool) {
	u, ok := d.current().units[id]
	return u, ok
}

// Person returns an account, also a disabled one.
func (d *Directory) Person(id string) (Person, bool) {
	p, ok := d.current().persons[id]
	return p, ok
}

// UnitsByAreaKind returns the open units of a kind that are responsible for exactly this area, by code. An empty kind
// means every kind; an empty area, the units that are responsible everywhere.
func (d *Directory) UnitsByAreaKind(areaID string, kind UnitKind) []Unit {
	var out []Unit
	for _, u := range d.current().inArea[areaID] {
		if kind == "" || u.Kind == kind {
			out = append(out, u)
		}
	}
	return out
}

// PeopleOfUnit returns the people who hold a post in a unit now, each once, in order of their posts.
func (d *Directory) PeopleOfUnit(id string) []Person {
	s := d.current()
	return s.holders(s.byUnit[id], d.clock.Now().UnixMilli(), nil)
}

// Workers returns the people who walk this area now: grid workers first, then micro-grid and functional ones.
func (d *Directory) Workers(areaID string) []Person {
	s := d.current()
	var out []Person
	for _, role := range workerRoles {
		for _, p := range s.holders(s.byArea[areaID], d.clock.Now().UnixMilli(), []string{role}) {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// WorkerOfArea returns the first of the area's workers.
func (d *Directory) WorkerOfArea(areaID string) (Person, bool) {
	if workers := d.Workers(areaID); len(workers) > 0 {
		return workers[0], true
	}
	return Person{}, false
}

// RolesInArea returns the people who hold one of the roles for exactly this area now.
func (d *Directory) RolesInArea(areaID string, roles ...string) []Person {
	s := d.current()
	return s.holders(s.byArea[areaID], d.clock.Now().UnixMilli(), roles)
}

func (s *snapshot) holders(posts []Post, at int64, roles []string) []Person {
	var out []Person
	for _, p := range posts {
		if !p.Holds(at) || roles != nil && !slices.Contains(roles, p.Role) {
			continue
		}
		if person := s.persons[p.AccountID]; !slices.Contains(out, person) {
			out = append(out, person)
		}
	}
	return out
}

func (d *Directory) markDirty() { d.dirty.Store(true) }

func (d *Directory) outdated(version int64) bool {
	s := d.snap.Load()
	return s != nil && s.version != version
}

// current returns the snapshot, read again if something changed. When that fails the old one serves on.
func (d *Directory) current() *snapshot {
	if s := d.snap.Load(); s != nil && !d.dirty.Load() {
		return s
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if s := d.snap.Load(); s != nil && !d.dirty.Load() {
		return s
	}
	d.dirty.Store(false) // before reading, so that a change meanwhile is not lost
	s, err := d.load(context.Background())
	if err != nil {
		d.dirty.Store(true)
		slog.Error("reading the directory of units and people failed", "error", err)
		if old := d.snap.Load(); old != nil {
			return old
		}
		return &snapshot{}
	}
	d.snap.Store(s)
	return s
}

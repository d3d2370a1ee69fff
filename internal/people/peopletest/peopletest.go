// Package peopletest builds people for tests: a service on a turned clock with cheap passwords, accounts and units in
// one line each.
package peopletest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
	"gezhi/internal/people"
)

// Password is the password of every account made here.
const Password = "correct-horse-1"

// Start is when the clock of a fixture begins.
var Start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))

// CheapCost makes password checks fast enough for tests.
var CheapCost = people.Cost{Passes: 1, MemoryKiB: 64, Threads: 1}

// Areas is a fixed set of areas: id to name.
type Areas map[string]string

// Exists tells whether the area is in the set.
func (a Areas) Exists(id string) bool { _, ok := a[id]; return ok }

// Name returns the area's name.
func (a Areas) Name(id string) string { return a[id] }

// Fixture is a service with what it stands on. Areas "A1" and "A2" exist.
type Fixture struct {
	*people.Service
	Clock *now.Manual
	Areas Areas
	t     testing.TB
}

// New returns a service on a migrated store, with the seed roles. set may change the options.
func New(t testing.TB, d *db.DB, set ...func(*people.Options)) *Fixture {
	t.Helper()
	keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "keys"), seal.SM)
	if err != nil {
		t.Fatal(err)
	}
	clock := now.NewManual(Start)
	opts := people.Options{Cost: CheapCost}
	for _, fn := range set {
		fn(&opts)
	}
	areas := Areas{"A1": "望江社区", "A2": "锦江社区"}
	s := people.New(people.Deps{DB: d, Clock: clock, Seal: keys, Areas: areas, Audit: audit.New(d, clock, keys)}, opts)
	if err := s.EnsureRoles(context.Background()); err != nil {
		t.Fatal(err)
	}
	return &Fixture{Service: s, Clock: clock, Areas: areas, t: t}
}

// Account makes an account with a final password and one post.
func (f *Fixture) Account(login, role string, opt people.AddOptions) people.Account {
	f.t.Helper()
	a, err := f.AddAccount(context.Background(), login, role, Password, opt)
	if err != nil {
		f.t.Fatal(err)
	}
	return a
}

// Unit makes an open unit.
func (f *Fixture) Unit(name string, kind people.UnitKind, areaID string) people.Unit {
	f.t.Helper()
	u, err := f.CreateUnit(context.Background(), authz.System("test"), people.Unit{Name: name, Kind: kind, AreaID: areaID})
	if err != nil {
		f.t.Fatal(err)
	}
	return u
}

// Token signs an account of this package in.
func (f *Fixture) Token(login string) string {
	f.t.Helper()
	token, _, err := f.SignIn(context.Background(), "test "+login, login, Password)
	if err != nil {
		f.t.Fatal(err)
	}
	return token
}

// Actor returns who acts when an account of this package has signed in.
func (f *Fixture) Actor(login string) authz.Actor {
	f.t.Helper()
	actor, ok, err := f.Authenticate(context.Background(), f.Token(login))
	if err != nil || !ok {
		f.t.Fatalf("%s is not signed in: %v", login, err)
	}
	return actor
}

// Package incidenttest builds a small invented governance office for tests: a service on a migrated store with a clock
// that stands still, a tree of areas, units, people by role, and a few routing rules.
package incidenttest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/kit/seal"
)

// Begin is when the clock of an office begins.
var Begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))

// Office is a service with what it stands on.
type Office struct {
	*incident.Service
	DB     *db.DB
	Clock  *now.Manual
	Keys   *seal.Keys
	Places *Places
	People *Directory
	Relay  *outbox.Relay
	Feed   *outbox.Feed
	t      testing.TB
}

// New returns an office on a migrated store.
func New(t testing.TB, d *db.DB) *Office {
	t.Helper()
	dir := t.TempDir()
	keys, err := seal.LoadOrCreate(filepath.Join(dir, "keys"), seal.SM)
	require.NoError(t, err)
	originals, err := blob.NewSealedFolder(filepath.Join(dir, "originals"), keys)
	require.NoError(t, err)
	shown, err := blob.NewFolder(filepath.Join(dir, "shown"), keys.NewHash)
	require.NoError(t, err)
	o := &Office{DB: d, Clock: now.NewManual(Begin), Keys: keys, Places: NewPlaces(), People: NewDirectory(), t: t}
	o.Feed = outbox.NewFeed(d)
	o.Relay = outbox.NewRelay(d, o.Clock, o.Feed.Told)
	o.Service, err = incident.NewService(context.Background(), incident.Config{DB: d, Clock: o.Clock, Keys: keys, Places: o.Places,
		Directory: o.People, Dispatch: Rules{}, Limits: Limits(), Ladder: Ladder{}, Originals: originals, Shown: shown, Wake: o.Relay.Wake})
	require.NoError(t, err)
	require.NoError(t, o.EnsureCategories(context.Background()))
	return o
}

// Node returns another service over the same store, keys and people, as a second server beside the first would be.
func (o *Office) Node() *Office {
	o.t.Helper()
	other := *o
	var err error
	other.Service, err = incident.NewService(context.Background(), o.Config)
	require.NoError(o.t, err)
	return &other
}

// For returns the same office for a subtest.
func (o *Office) For(t testing.TB) *Office {
	other := *o
	other.t = t
	return &other
}

// Actor returns somebody of the staff by login; "" is a stranger.
func (o *Office) Actor(login string) authz.Actor {
	if login == "" {
		return authz.Actor{}
	}
	return o.People.Actor(login)
}

// Drain relays everything that waits and lets every consumer catch up.
func (o *Office) Drain() {
	o.t.Helper()
	ctx := context.Background()
	for {
		n, err := o.Relay.Once(ctx)
		require.NoError(o.t, err)
		if n == 0 {
			break
		}
	}
	for _, c := range o.Consumers() {
		for {
			n, err := o.Feed.Step(ctx, c)
			require.NoError(o.t, err)
			if n == 0 {
				break
			}
		}
	}
}

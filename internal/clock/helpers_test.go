package clock_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// words is the little that the tests' office knows of the domain.
type words struct{}

func (words) Severities() []string { return []string{"minor", "general", "major", "emergency"} }
func (words) Channels() []string   { return []string{"app", "hotline"} }
func (words) HasCategory(code string) bool {
	return code == "environment" || code == "environment.rubbish" || code == "security.noise"
}

// ground is a street with one community and one grid in it.
type ground struct{}

var path = []string{"street", "community", "grid"}

func (ground) Exists(id string) bool { return len(ground{}.Path(id)) > 0 }
func (ground) Path(id string) []string {
	for n, one := range path {
		if one == id {
			return path[:n+1]
		}
	}
	return nil
}

type directory struct{}

func (directory) Exists(id string) bool { return id == "station" }

// trail remembers what was recorded.
type trail struct {
	mu      sync.Mutex
	actions []string
}

func (l *trail) Record(_ context.Context, _ db.Tx, _ authz.Actor, action, _, _ string, _ map[string]any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.actions = append(l.actions, action)
	return nil
}

func holding(p ...authz.Permission) authz.Actor {
	held := map[authz.Permission]bool{}
	for _, one := range p {
		held[one] = true
	}
	return authz.Actor{AccountID: "somebody", Posts: []authz.Post{{Reach: authz.ReachNone, Permissions: held}}}
}

var (
	manager  = holding(perm.ClockManage)
	stranger = holding()
)

// monday is Monday 21 September 2026 at eleven in Shanghai.
var monday = time.Date(2026, 9, 21, 3, 0, 0, 0, time.UTC)

// open returns a service in Shanghai on a store that knows one unit, station.
func open(t *testing.T, d *db.DB) (*clock.Service, *now.Manual, *trail) {
	t.Helper()
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO units (id, code, name, kind, speciality, section, phone, address, open, version, created_at, updated_at)
			VALUES ('station', 'station', '工作站', 'station', '', '', '', '', $1, 1, 1, 1)`, true)
		return err
	}))
	return another(t, d)
}

// another returns a further node on the same store.
func another(t *testing.T, d *db.DB) (*clock.Service, *now.Manual, *trail) {
	t.Helper()
	log, at := &trail{}, now.NewManual(monday)
	c := config(t, d)
	c.Clock, c.Audit = at, log
	s, err := clock.NewService(t.Context(), c)
	require.NoError(t, err)
	return s, at, log
}

func config(t testing.TB, d *db.DB) clock.Config {
	return clock.Config{DB: d, Clock: now.NewManual(monday), Zone: zone(t, "Asia/Shanghai"), Words: words{}, Areas: ground{}, Units: directory{}, Audit: &trail{}}
}

// local writes an instant as Shanghai's clocks show it.
func local(t testing.TB, v time.Time) string {
	t.Helper()
	return v.In(zone(t, "Asia/Shanghai")).Format("2006-01-02 15:04")
}

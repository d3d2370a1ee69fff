package grid_test

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

var system = authz.System("test")

// trail is an audit trail that can be looked at.
type trail struct {
	mu      sync.Mutex
	actions []string
}

func (t *trail) Record(_ context.Context, _ db.Tx, _ authz.Actor, action, _, _ string, _ map[string]any) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.actions = append(t.actions, action)
	return nil
}

type fixture struct {
	*grid.Service
	db     *db.DB
	clock  *now.Manual
	trail  *trail
	street gridtest.Street
}

// each runs fn on both engines with the invented street.
func each(t *testing.T, fn func(t *testing.T, x fixture)) {
	t.Helper()
	empty(t, func(t *testing.T, x fixture) {
		x.street = gridtest.Build(t, x.Service)
		x.clock.Advance(time.Hour)
		fn(t, x)
	})
}

// empty runs fn on both engines with an empty store.
func empty(t *testing.T, fn func(t *testing.T, x fixture)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := fixture{db: d, clock: now.NewManual(time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC)), trail: &trail{}}
		s, err := grid.New(t.Context(), d, x.clock, x.trail)
		require.NoError(t, err)
		x.Service = s
		fn(t, x)
	})
}

// rows counts what is stored, table by table.
func (x fixture) rows(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, table := range []string{"areas", "area_shapes", "area_lineage", "area_parents", "area_changes", "patrol_areas", "patrol_area_members"} {
		var n int
		require.NoError(t, x.db.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n))
		out[table] = n
	}
	return out
}

// polygon is a box of the invented street's cells as GeoJSON.
func polygon(x0, y0, x1, y1 int) json.RawMessage {
	raw, _ := json.Marshal(map[string]any{"type": "Polygon", "coordinates": [][][2]float64{gridtest.Box(x0, y0, x1, y1)}})
	return raw
}

// manager may manage the areas below the given one.
func manager(area string) authz.Actor {
	return authz.Actor{AccountID: "a1", Posts: []authz.Post{{
		Reach: authz.ReachArea, AreaID: area, Permissions: map[authz.Permission]bool{perm.AreaManage: true, perm.AreaRead: true},
	}}}
}

// codes lists the codes of the field errors of a refusal.
func codes(t *testing.T, err error) []string {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	var out []string
	for _, field := range f.Fields {
		out = append(out, field.Field+" "+field.Code)
	}
	return out
}

func names(path []grid.Area) (out []string) {
	for _, a := range path {
		out = append(out, a.Name)
	}
	return out
}

// one is a service on SQLite, for what the engine does not touch.
func one(t testing.TB) *grid.Service {
	t.Helper()
	return gridtest.Service(t, dbtest.Lite(t), now.NewManual(time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC)))
}

// text is what an answer looks like, to look for words in it.
func text(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}

func num(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

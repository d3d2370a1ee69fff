package notify_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/kit/seal"
	"gezhi/internal/notify"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
	"gezhi/internal/perm"
)

var begin = time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// admin may set senders, worker may not.
var admin = actor("admin", perm.SettingsManage)

func actor(id string, may ...authz.Permission) authz.Actor {
	p := authz.Post{Reach: authz.ReachNone, Permissions: map[authz.Permission]bool{}}
	for _, m := range may {
		p.Permissions[m] = true
	}
	return authz.Actor{AccountID: id, Name: id, Posts: []authz.Post{p}}
}

// office is a notifier over a migrated store, with matters that a test lays down and a feed that it writes.
type office struct {
	*notify.Service
	t     *testing.T
	db    *db.DB
	clock *now.Manual
	world *world
	feed  *outbox.Feed
	relay *outbox.Relay
	seq   map[string]int64
	keys  *seal.Keys
}

// world stands for the neighbours: what they know of matters and phones.
type world struct {
	mu      sync.Mutex
	matters map[string]notify.Matter
	phones  map[string]string // by account, and by incident of whoever reported
	units   map[string][]string
}

func (w *world) Matter(_ context.Context, id string) (notify.Matter, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, ok := w.matters[id]
	return m, ok, nil
}

func (w *world) ReporterPhone(_ context.Context, id string) (string, error) { return w.phones[id], nil }

func (w *world) ReportedBy(_ context.Context, phone, number string) ([]string, error) {
	var list []string
	for id, m := range w.matters {
		if w.phones[id] == phone && (number == "" || m.Number == number) {
			list = append(list, id)
		}
	}
	return list, nil
}

func (w *world) Code(context.Context, string) (string, error) { return "K7Q2-M9XR-4WTP-8ZHB", nil }

func (w *world) Phone(_ context.Context, account string) (string, error) {
	return w.phones[account], nil
}

func (w *world) OfUnit(unit string) []string { return w.units[unit] }

func (w *world) Name(account string) string { return account }

// Say is the catalog: the notice, the number, and what else was given.
func (w *world) Say(lang, key string, params map[string]any) string {
	return fmt.Sprint(lang, " ", key, " ", params["number"], " ", params["code"])
}

func open(t *testing.T, d *db.DB) *office {
	t.Helper()
	clock := now.NewManual(begin)
	keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "key"), seal.SM)
	require.NoError(t, err)
	w := &world{matters: map[string]notify.Matter{}, phones: map[string]string{}, units: map[string][]string{}}
	o := &office{t: t, db: d, clock: clock, world: w, feed: outbox.NewFeed(d), relay: outbox.NewRelay(d, clock, nil), seq: map[string]int64{}, keys: keys}
	o.Service = o.node()
	return o
}

// node is one of several servers over the same store.
func (o *office) node() *notify.Service {
	return notify.New(notify.Deps{DB: o.db, Clock: o.clock, Keys: o.keys, Incidents: o.world, People: o.world, Words: o.world,
		Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: 300 * time.Millisecond})
}

// account makes a person whom the store knows.
func (o *office) account(name, phone string) string {
	f := peopletest.New(o.t, o.db)
	a := f.Account(name, "grid_worker", people.AddOptions{})
	o.world.phones[a.ID] = phone
	return a.ID
}

// matter lays down an incident with one order in somebody's hands.
func (o *office) matter(id, person string) string {
	o.world.matters[id] = notify.Matter{Number: "260302-" + id, Lead: "order-" + id, Open: true,
		Orders: []notify.Work{{ID: "order-" + id, Unit: "station", Person: person, Waiting: true, Open: true}}}
	return id
}

// happens writes an event and lets the notifier follow it.
func (o *office) happens(incident, do, order string) {
	o.t.Helper()
	o.seq[incident]++
	require.NoError(o.t, o.db.Write(o.t.Context(), func(ctx context.Context, tx db.Tx) error {
		return outbox.Put(ctx, tx, outbox.Row{Aggregate: incident, Seq: o.seq[incident], At: o.clock.Now().UnixMilli(), Topic: "incidents", Kind: "incident.changed",
			Body: outbox.Body(map[string]string{"incident": incident, "order": order, "do": do})})
	}))
	o.follow()
}

func (o *office) follow() {
	o.t.Helper()
	_, err := o.relay.Once(o.t.Context())
	require.NoError(o.t, err)
	for n := 1; n > 0; {
		n, err = o.feed.Step(o.t.Context(), o.Consumer("incidents"))
		require.NoError(o.t, err)
	}
}

func (o *office) round() {
	o.t.Helper()
	require.NoError(o.t, o.Round(o.t.Context()))
}

// list returns the messages in a state, the oldest first.
func (o *office) list(state notify.State) []notify.Kept {
	o.t.Helper()
	list, _, err := o.Messages(o.t.Context(), admin, notify.MessageQuery{State: state})
	require.NoError(o.t, err)
	slices.Reverse(list)
	return list
}

// sender adds one that sends to an address, made from a preset.
func (o *office) sender(preset, address string, notices ...string) notify.Config {
	o.t.Helper()
	c := presetOf(preset)
	c.Name, c.URL, c.Active, c.OKField, c.OKValue = preset, address, true, "", ""
	if len(notices) > 0 {
		c.Notices = notices
	}
	c, err := o.CreateSender(o.t.Context(), admin, c, "s3cret")
	require.NoError(o.t, err)
	return c
}

func presetOf(name string) notify.Config {
	for _, c := range notify.Presets() {
		if c.Preset == name {
			return c
		}
	}
	panic(name)
}

// receiver is a local server that a test tells how to behave, and that remembers what it got.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	heads  []http.Header
	answer func(w http.ResponseWriter, r *http.Request)
}

func receive(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		r.mu.Lock()
		r.bodies, r.heads = append(r.bodies, string(body)), append(r.heads, req.Header.Clone())
		answer := r.answer
		r.mu.Unlock()
		if answer != nil {
			answer(w, req)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) got() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.bodies)
}

func (r *receiver) turn(answer func(w http.ResponseWriter, r *http.Request)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

func status(code int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

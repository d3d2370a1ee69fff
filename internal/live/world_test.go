package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/live"
)

const (
	topic                  = "incidents"
	see   authz.Permission = "incident.read"
)

// world is a store with its feed and a hub, all of which move only when the test says so.
type world struct {
	t     *testing.T
	db    *db.DB
	clock *now.Manual
	relay *outbox.Relay
	feed  *outbox.Feed
	hub   *live.Hub
	seq   atomic.Int64
}

func newWorld(t *testing.T, d *db.DB, set func(*live.Config)) *world {
	t.Helper()
	w := &world{t: t, db: d, clock: now.NewManual(time.Unix(1_800_000_000, 0)), feed: outbox.NewFeed(d)}
	w.relay = outbox.NewRelay(d, w.clock, w.feed.Told)
	c := live.Config{Feed: w.feed, Topic: topic, Clock: w.clock, Permission: see}
	if set != nil {
		set(&c)
	}
	var err error
	w.hub, err = live.NewHub(t.Context(), c)
	require.NoError(t, err)
	return w
}

// about says whom a change concerns, and whom it concerned before.
type about struct {
	Areas       []string `json:"areas,omitempty"`
	Units       []string `json:"units,omitempty"`
	Persons     []string `json:"persons,omitempty"`
	LeftAreas   []string `json:"left_areas,omitempty"`
	LeftUnits   []string `json:"left_units,omitempty"`
	LeftPersons []string `json:"left_persons,omitempty"`
}

type change struct {
	Incident string `json:"incident"`
	Version  int64  `json:"version"`
	State    string `json:"state"`
	Do       string `json:"do"`
	Street   string `json:"street"`
	Hash     string `json:"hash"`
	about
}

// write stores changes and puts them into the feed, without the hub looking.
func (w *world) write(changes ...about) {
	w.t.Helper()
	require.NoError(w.t, w.db.Write(context.Background(), func(ctx context.Context, tx db.Tx) error {
		for _, a := range changes {
			n := w.seq.Add(1)
			id := fmt.Sprintf("i%05d", n)
			body := change{Incident: id, Version: 1, State: "reported", Do: "report", Street: "secret", Hash: "secret", about: a}
			if err := outbox.Put(ctx, tx, outbox.Row{Aggregate: id, Seq: 1, At: n, Topic: topic, Kind: "incident.changed", Body: outbox.Body(body)}); err != nil {
				return err
			}
		}
		return nil
	}))
	for {
		n, err := w.relay.Once(context.Background())
		require.NoError(w.t, err)
		if n == 0 {
			return
		}
	}
}

// happen stores changes and lets the hub tell of them.
func (w *world) happen(changes ...about) {
	w.t.Helper()
	w.write(changes...)
	require.NoError(w.t, w.hub.Step(w.t.Context()))
}

func (w *world) head() int64 {
	w.t.Helper()
	n, err := w.feed.Head(w.t.Context(), topic)
	require.NoError(w.t, err)
	return n
}

// said is one frame as a browser reads it.
type said struct {
	id    int64
	event string // '' for a sign of life
	data  map[string]any
}

func read(t *testing.T, frame string) said {
	t.Helper()
	require.True(t, strings.HasSuffix(frame, "\n\n"), "%q", frame)
	out := said{id: -1}
	for line := range strings.SplitSeq(strings.TrimSuffix(frame, "\n\n"), "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "id":
			n, err := strconv.ParseInt(value, 10, 64)
			require.NoError(t, err)
			out.id = n
		case "event":
			out.event = value
		case "data":
			require.NoError(t, json.Unmarshal([]byte(value), &out.data))
		}
	}
	return out
}

// screen is a client of the hub. A send to it ends when somebody takes what was sent.
type screen struct {
	t      *testing.T
	frames chan string
	sends  atomic.Int64
	ended  chan error
	cancel context.CancelFunc
}

func (s *screen) Send(frames [][]byte) error {
	s.sends.Add(1)
	for _, f := range frames {
		s.frames <- string(f)
	}
	return nil
}

// open joins and reads the greeting. room is the number of frames that wait without anybody taking them.
func (w *world) open(actor authz.Actor, last string, room int) *screen {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c, err := w.hub.Join(ctx, actor, last)
	require.NoError(w.t, err)
	s := &screen{t: w.t, frames: make(chan string, room), ended: make(chan error, 1), cancel: cancel}
	go func() { s.ended <- c.Serve(ctx, s) }()
	w.t.Cleanup(cancel)
	require.Contains(w.t, s.take(), "retry: ")
	return s
}

func (s *screen) take() string {
	s.t.Helper()
	select {
	case f := <-s.frames:
		return f
	case <-time.After(20 * time.Second):
		s.t.Fatal("nothing was sent")
		return ""
	}
}

func (s *screen) next() said {
	s.t.Helper()
	return read(s.t, s.take())
}

// expect takes changes of just these incidents, in order.
func (s *screen) expect(incidents ...string) {
	s.t.Helper()
	for _, id := range incidents {
		got := s.next()
		require.Equal(s.t, "incident.changed", got.event)
		require.Equal(s.t, id, got.data["incident"])
	}
}

func (s *screen) over() {
	s.t.Helper()
	select {
	case err := <-s.ended:
		require.NoError(s.t, err)
	case <-time.After(20 * time.Second):
		s.t.Fatal("the stream did not end")
	}
}

// post gives the permission over an area, a unit's work, or both; neither is everything.
func post(area, unit string) authz.Post {
	p := authz.Post{AreaID: area, UnitID: unit, Reach: authz.ReachBoth, Permissions: map[authz.Permission]bool{see: true}}
	if unit == "" {
		p.Reach = authz.ReachArea
	}
	return p
}

func person(account string, posts ...authz.Post) authz.Actor {
	return authz.Actor{AccountID: account, Posts: posts}
}

var leader = person("leader", post("", ""))

package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

const (
	relayBatch = 500
	leaseTime  = 10 * time.Second
	keepOutbox = 3 * 24 * time.Hour
	// gather is how long the relay rests after it found something. One change goes on at once; under load what others
	// commit meanwhile shares one batch, for the relay and for everybody who follows.
	gather = 20 * time.Millisecond
)

var errFenced = errors.New("outbox: another relay has taken over")

// Relay copies committed outbox rows into the feed. Any number may run; one works at a time.
type Relay struct {
	db     *db.DB
	clock  now.Clock
	holder string
	wake   chan struct{}
	told   func(topic string)
}

// NewRelay returns a relay. told, if not nil, is called after rows were appended to a topic.
func NewRelay(d *db.DB, clock now.Clock, told func(topic string)) *Relay {
	return &Relay{db: d, clock: clock, holder: id.Token(8), wake: make(chan struct{}, 1), told: told}
}

// Wake makes a running relay look at once; it never blocks.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run relays until the context ends: at once when woken, and every poll for what other nodes wrote.
func (r *Relay) Run(ctx context.Context, poll time.Duration) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for purged := time.Now(); ; {
		for {
			n, err := r.Once(ctx)
			if err != nil && ctx.Err() == nil {
				slog.Error("relay the outbox", "error", err)
			}
			if err != nil || n == 0 || n < relayBatch && !rest(ctx, gather) {
				break
			}
		}
		if time.Since(purged) > time.Hour {
			purged = time.Now()
			if err := r.Purge(ctx); err != nil {
				slog.Error("purge the outbox", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			r.release(context.WithoutCancel(ctx))
			return
		case <-r.wake:
		case <-tick.C:
		}
	}
}

// release gives the lease back, so that the next relay need not wait until it runs out.
func (r *Relay) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return release(ctx, tx, "relay", r.holder) }); err != nil {
		slog.Warn("the relay's lease is not given back; it runs out by itself", "error", err)
	}
}

// rest waits, and returns false when the context ended first.
func rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// Once relays one batch and returns how many rows it took; 0 when there was none or another relay works.
func (r *Relay) Once(ctx context.Context) (int, error) {
	rows, err := waiting(ctx, r.db.Read(), relayBatch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	topics := map[string]bool{}
	held := true
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		clear(topics)
		at := now.Ms(r.clock)
		fence, ok, err := lease(ctx, tx, "relay", r.holder, at, at+leaseTime.Milliseconds())
		if held = ok; err != nil || !ok {
			return err
		}
		return r.append(ctx, tx, rows, fence, at, topics)
	})
	if err != nil {
		return 0, err
	}
	if !held {
		return 0, nil
	}
	if r.told != nil {
		for t := range topics {
			r.told(t)
		}
	}
	return len(rows), nil
}

// append numbers the rows that the feed does not have yet. A row is already there when the process died between
// append and mark in an engine that lost the mark; it is then only marked.
func (r *Relay) append(ctx context.Context, tx db.Tx, rows []Row, fence, at int64, topics map[string]bool) error {
	seen, err := known(ctx, tx, rows)
	if err != nil {
		return err
	}
	fresh := map[string][]Row{}
	for _, row := range rows {
		if !seen[rowKey{row.Topic, row.Aggregate, row.Seq}] {
			fresh[row.Topic] = append(fresh[row.Topic], row)
		}
	}
	for topic, list := range fresh {
		first, err := reserve(ctx, tx, topic, len(list), fence)
		if err != nil {
			return err
		}
		if err := appendFeed(ctx, tx, list, first); err != nil {
			return err
		}
		topics[topic] = true
	}
	return mark(ctx, tx, rows, at)
}

// Purge removes relayed outbox rows that are some days old. The feed keeps them.
func (r *Relay) Purge(ctx context.Context) error {
	before := r.clock.Now().Add(-keepOutbox).UnixMilli()
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return purge(ctx, tx, before) })
}

// Body encodes the body of a row.
func Body(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("outbox: body: " + err.Error())
	}
	return b
}

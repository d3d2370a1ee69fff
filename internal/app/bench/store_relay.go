package bench

import (
	"context"
	"database/sql"
	"time"
)

// relayed is one outbox row on its way to the feed.
type relayed struct {
	aggregate, topic, kind, body string
	seq, at                      int64
}

// relayBatch is how many rows the relay takes at once, as in the program.
const relayBatch = 500

// relay copies outbox rows into the feed and keeps the counters, as the program's relay and its followers do, until
// the writers are done.
func (b *bare) relay(ctx context.Context, pool *sql.DB, done <-chan struct{}) error {
	position := int64(0)
	for over := false; ; {
		rows, err := waiting(ctx, pool)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			if err := b.append(ctx, rows, &position); err != nil {
				return err
			}
			continue
		}
		if over {
			return nil
		}
		select {
		case <-done:
			over = true
		case <-time.After(time.Millisecond):
		}
	}
}

func waiting(ctx context.Context, pool *sql.DB) ([]relayed, error) {
	rows, err := pool.QueryContext(ctx, `SELECT aggregate_id, seq, at, topic, kind, body FROM outbox WHERE relayed_at IS NULL
		ORDER BY at, aggregate_id, seq LIMIT $1`, relayBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []relayed
	for rows.Next() {
		var r relayed
		if err := rows.Scan(&r.aggregate, &r.seq, &r.at, &r.topic, &r.kind, &r.body); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

func (b *bare) append(ctx context.Context, rows []relayed, position *int64) error {
	first := *position
	err := b.commit.write(ctx, func(ctx context.Context, e execer) error {
		at := first
		for _, r := range rows {
			at++
			if _, err := e.ExecContext(ctx, `INSERT INTO feed (topic, position, aggregate_id, seq, at, kind, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				r.topic, at, r.aggregate, r.seq, r.at, r.kind, r.body); err != nil {
				return err
			}
			if _, err := e.ExecContext(ctx, `UPDATE outbox SET relayed_at = $1 WHERE aggregate_id = $2 AND seq = $3`, r.at, r.aggregate, r.seq); err != nil {
				return err
			}
		}
		_, err := e.ExecContext(ctx, `INSERT INTO feed_heads (topic, position, fence) VALUES ($1, $2, 1) ON CONFLICT (topic) DO UPDATE SET position = $2`, rows[0].topic, at)
		return err
	})
	if err != nil {
		return err
	}
	*position = first + int64(len(rows))
	return b.commit.write(ctx, func(ctx context.Context, e execer) error {
		for _, r := range rows {
			if err := b.count(ctx, e, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// count moves an incident from one figure to the next when its state changed.
func (b *bare) count(ctx context.Context, e execer, r relayed) error {
	n := int(r.seq) - 1
	if n > 0 && b.states[n] == b.states[n-1] {
		return nil
	}
	if _, err := e.ExecContext(ctx, `INSERT INTO counted (incident_id, street_id, state, seq) VALUES ($1, $2, $3, $4)
		ON CONFLICT (incident_id) DO UPDATE SET street_id = $2, state = $3, seq = $4`, r.aggregate, b.street, b.states[n], r.seq); err != nil {
		return err
	}
	if n > 0 {
		if _, err := e.ExecContext(ctx, `UPDATE counters SET n = n - 1 WHERE street_id = $1 AND state = $2`, b.street, b.states[n-1]); err != nil {
			return err
		}
	}
	_, err := e.ExecContext(ctx, `INSERT INTO counters (street_id, state, n) VALUES ($1, $2, 1)
		ON CONFLICT (street_id, state) DO UPDATE SET n = counters.n + 1`, b.street, b.states[n])
	return err
}

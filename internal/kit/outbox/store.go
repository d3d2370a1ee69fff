package outbox

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"gezhi/internal/kit/db"
)

func insert(ctx context.Context, tx db.Tx, r Row) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO outbox (aggregate_id, seq, at, topic, kind, body) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.Aggregate, r.Seq, r.At, r.Topic, r.Kind, string(r.Body))
	return err
}

func insertAll(ctx context.Context, tx db.Tx, rows []Row) error {
	values := make([][]any, len(rows))
	for n, r := range rows {
		values[n] = []any{r.Aggregate, r.Seq, r.At, r.Topic, r.Kind, string(r.Body)}
	}
	return db.InsertRows(ctx, tx, `INSERT INTO outbox (aggregate_id, seq, at, topic, kind, body) VALUES `, values)
}

func waiting(ctx context.Context, q db.Querier, limit int) ([]Row, error) {
	rows, err := q.QueryContext(ctx, `SELECT aggregate_id, seq, at, topic, kind, body FROM outbox
		WHERE relayed_at IS NULL ORDER BY at, aggregate_id, seq LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var r Row
		var body string
		if err := rows.Scan(&r.Aggregate, &r.Seq, &r.At, &r.Topic, &r.Kind, &body); err != nil {
			return nil, err
		}
		r.Body = []byte(body)
		out = append(out, r)
	}
	return out, rows.Err()
}

// lease takes or keeps the relay's lease until expires and returns its fencing token; ok is false while another holds it.
func lease(ctx context.Context, tx db.Tx, name, holder string, at, expires int64) (fence int64, ok bool, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO leases (name, holder, fence, expires) VALUES ($1, $2, 1, $4)
		ON CONFLICT (name) DO UPDATE SET
			fence = CASE WHEN leases.holder = excluded.holder THEN leases.fence ELSE leases.fence + 1 END,
			holder = excluded.holder, expires = excluded.expires
		WHERE leases.holder = excluded.holder OR leases.expires < $3
		RETURNING fence`, name, holder, at, expires).Scan(&fence)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return fence, err == nil, err
}

// release gives a lease back, if it is still the holder's.
func release(ctx context.Context, tx db.Tx, name, holder string) error {
	_, err := tx.ExecContext(ctx, `UPDATE leases SET expires = 0 WHERE name = $1 AND holder = $2`, name, holder)
	return err
}

// reserve moves the head of a topic on by n and returns the first reserved position. It fails with errFenced when a
// newer holder of the lease has written.
func reserve(ctx context.Context, tx db.Tx, topic string, n int, fence int64) (first int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO feed_heads (topic, position, fence) VALUES ($1, $2, $3)
		ON CONFLICT (topic) DO UPDATE SET position = feed_heads.position + $2, fence = $3
		WHERE feed_heads.fence <= $3 RETURNING position`, topic, n, fence).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errFenced
	}
	return first - int64(n) + 1, err
}

// rowKey identifies a row within the feed.
type rowKey struct {
	topic, aggregate string
	seq              int64
}

// known returns which of the rows the feed has already.
func known(ctx context.Context, tx db.Tx, rows []Row) (map[rowKey]bool, error) {
	seen := map[rowKey]bool{}
	err := db.InParts(rows, func(part []Row) error {
		var args db.Args
		found, err := tx.QueryContext(ctx, `SELECT topic, aggregate_id, seq FROM feed WHERE `+anyOf(part, func(r Row) string {
			return `topic = ` + args.Add(r.Topic) + ` AND aggregate_id = ` + args.Add(r.Aggregate) + ` AND seq = ` + args.Add(r.Seq)
		}), args.Values...)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			var k rowKey
			if err := found.Scan(&k.topic, &k.aggregate, &k.seq); err != nil {
				return err
			}
			seen[k] = true
		}
		return found.Err()
	})
	return seen, err
}

// anyOf joins the conditions of rows with OR. A list of pairs would be shorter, but the engines write it differently.
func anyOf(part []Row, condition func(Row) string) string {
	list := make([]string, len(part))
	for i, r := range part {
		list[i] = "(" + condition(r) + ")"
	}
	return strings.Join(list, " OR ")
}

// appendFeed gives the rows positions from first on.
func appendFeed(ctx context.Context, tx db.Tx, rows []Row, first int64) error {
	position := first - 1
	return db.InParts(rows, func(part []Row) error {
		var args db.Args
		_, err := tx.ExecContext(ctx, `INSERT INTO feed (topic, position, aggregate_id, seq, at, kind, body) VALUES `+db.Rows(&args, part, func(r Row) []any {
			position++
			return []any{r.Topic, position, r.Aggregate, r.Seq, r.At, r.Kind, string(r.Body)}
		}), args.Values...)
		return err
	})
}

func mark(ctx context.Context, tx db.Tx, rows []Row, at int64) error {
	return db.InParts(rows, func(part []Row) error {
		args := db.Args{Values: []any{at}}
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET relayed_at = $1 WHERE `+anyOf(part, func(r Row) string {
			return `aggregate_id = ` + args.Add(r.Aggregate) + ` AND seq = ` + args.Add(r.Seq)
		}), args.Values...)
		return err
	})
}

func head(ctx context.Context, q db.Querier, topic string) (position int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT position FROM feed_heads WHERE topic = $1`, topic).Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return position, err
}

func oldest(ctx context.Context, q db.Querier, topic string) (position int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT position FROM feed WHERE topic = $1 ORDER BY position LIMIT 1`, topic).Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return position, err
}

func readFeed(ctx context.Context, q db.Querier, topic string, after int64, limit int) ([]Event, error) {
	rows, err := q.QueryContext(ctx, `SELECT position, aggregate_id, seq, at, kind, body FROM feed
		WHERE topic = $1 AND position > $2 ORDER BY position LIMIT $3`, topic, after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Event
	for rows.Next() {
		e := Event{Row: Row{Topic: topic}}
		var body string
		if err := rows.Scan(&e.Position, &e.Aggregate, &e.Seq, &e.At, &e.Kind, &body); err != nil {
			return nil, err
		}
		e.Body = []byte(body)
		out = append(out, e)
	}
	return out, rows.Err()
}

func readMark(ctx context.Context, q db.Querier, consumer, topic string) (position int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT position FROM feed_marks WHERE consumer = $1 AND topic = $2`, consumer, topic).Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return position, err
}

// moveMark moves a consumer's mark on, only from where it was read, so that two nodes never both apply one batch.
func moveMark(ctx context.Context, tx db.Tx, consumer, topic string, from, to int64) (bool, error) {
	var at int64
	err := tx.QueryRowContext(ctx, `INSERT INTO feed_marks (consumer, topic, position) VALUES ($1, $2, $4)
		ON CONFLICT (consumer, topic) DO UPDATE SET position = $4 WHERE feed_marks.position = $3 RETURNING position`,
		consumer, topic, from, to).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func purge(ctx context.Context, tx db.Tx, before int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM outbox WHERE relayed_at < $1`, before)
	return err
}

// Behind returns the aggregates of which an event of a topic lies behind a position, or has still to be relayed.
func Behind(ctx context.Context, q db.Querier, topic string, position int64) (map[string]bool, error) {
	list, err := db.List(ctx, q, db.One[string], `SELECT DISTINCT aggregate_id FROM outbox WHERE topic = $1 AND relayed_at IS NULL
		UNION SELECT DISTINCT aggregate_id FROM feed WHERE topic = $1 AND position > $2`, topic, position)
	behind := make(map[string]bool, len(list))
	for _, id := range list {
		behind[id] = true
	}
	return behind, err
}

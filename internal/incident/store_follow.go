package incident

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"

	"gezhi/internal/kit/db"
)

func wordsOf(ctx context.Context, q db.Querier, incident string) (title, text, address string, err error) {
	err = q.QueryRowContext(ctx, `SELECT title, text, address FROM incidents WHERE id = $1`, incident).Scan(&title, &text, &address)
	return title, text, address, err
}

func countOne(ctx context.Context, tx db.Tx, b outboxBody, seq int64) error {
	var street, state string
	var counted int64
	err := tx.QueryRowContext(ctx, `SELECT street_id, state, seq FROM counted WHERE incident_id = $1`, b.Incident).Scan(&street, &state, &counted)
	known := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if known && (counted >= seq || street == b.Street && state == b.State) {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO counted (incident_id, street_id, state, seq) VALUES ($1, $2, $3, $4)
		ON CONFLICT (incident_id) DO UPDATE SET street_id = $2, state = $3, seq = $4`, b.Incident, b.Street, b.State, seq); err != nil {
		return err
	}
	if known {
		if _, err := tx.ExecContext(ctx, `UPDATE counters SET n = n - 1 WHERE street_id = $1 AND state = $2`, street, state); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO counters (street_id, state, n) VALUES ($1, $2, 1)
		ON CONFLICT (street_id, state) DO UPDATE SET n = counters.n + 1`, b.Street, b.State)
	return err
}

// counters returns the kept figures, by street and state.
func counters(ctx context.Context, q db.Querier) (map[[2]string]int64, error) {
	return figures(ctx, q, `SELECT street_id, state, n FROM counters WHERE n <> 0`)
}

// recount returns the same figures counted anew.
func recount(ctx context.Context, q db.Querier) (map[[2]string]int64, error) {
	return figures(ctx, q, `SELECT street_id, state, count(*) FROM incidents GROUP BY street_id, state`)
}

func figures(ctx context.Context, q db.Querier, text string) (map[[2]string]int64, error) {
	rows, err := q.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[[2]string]int64{}
	for rows.Next() {
		var street, state string
		var n int64
		if err := rows.Scan(&street, &state, &n); err != nil {
			return nil, err
		}
		out[[2]string{street, state}] = n
	}
	return out, rows.Err()
}

func lastAnchor(ctx context.Context, q db.Querier) (Anchor, error) {
	var a Anchor
	var sum string
	err := q.QueryRowContext(ctx, `SELECT seq, at, position, heads, root, mac FROM anchors WHERE topic = $1 ORDER BY seq DESC LIMIT 1`, Topic).
		Scan(&a.Seq, &a.At, &a.Position, &a.Count, &sum, &a.MAC)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	b, err := hex.DecodeString(sum)
	copy(a.Sum[:], b)
	return a, err
}

// followedTo returns how far a consumer has come, on the same view of the store as everything else that is verified.
func followedTo(ctx context.Context, q db.Querier, consumer string) (position int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT position FROM feed_marks WHERE consumer = $1 AND topic = $2`, consumer, Topic).Scan(&position)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return position, err
}

func saveAnchor(ctx context.Context, tx db.Tx, a Anchor) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO anchors (seq, at, topic, position, heads, root, mac) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.Seq, a.At, Topic, a.Position, a.Count, a.Sum.String(), a.MAC)
	return err
}

func readHead(ctx context.Context, q db.Querier, incident string) (h Head, ok bool, err error) {
	h.Incident = incident
	err = q.QueryRowContext(ctx, `SELECT seq, hash FROM anchor_heads WHERE incident_id = $1`, incident).Scan(&h.Seq, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return h, false, nil
	}
	return h, err == nil, err
}

func saveHead(ctx context.Context, tx db.Tx, h Head, anchor int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO anchor_heads (incident_id, seq, hash, anchor) VALUES ($1, $2, $3, $4)
		ON CONFLICT (incident_id) DO UPDATE SET seq = $2, hash = $3, anchor = $4`, h.Incident, h.Seq, h.Hash, anchor)
	return err
}

func headsAfter(ctx context.Context, q db.Querier, after string, limit int) ([]Head, error) {
	rows, err := q.QueryContext(ctx, `SELECT incident_id, seq, hash FROM anchor_heads WHERE incident_id > $1 ORDER BY incident_id LIMIT $2`, after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Head
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.Incident, &h.Seq, &h.Hash); err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

// headAt returns the hash of one entry, ” when it is not there.
func headAt(ctx context.Context, q db.Querier, incident string, seq int64) (hash string, err error) {
	err = q.QueryRowContext(ctx, `SELECT hash FROM entries WHERE incident_id = $1 AND seq = $2`, incident, seq).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return hash, err
}

// chainsAfter returns the ends of chains as the incidents state them, in the order of their ids.
func chainsAfter(ctx context.Context, q db.Querier, after string, limit int) ([]Head, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, entry_seq, entry_hash FROM incidents WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Head
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.Incident, &h.Seq, &h.Hash); err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

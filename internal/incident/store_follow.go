package incident

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"maps"
	"slices"

	"gezhi/internal/kit/db"
)

// wordsOf returns what is to be found of incidents: title, text, address and answers in words.
func wordsOf(ctx context.Context, q db.Querier, incidents []string) (map[string]string, error) {
	words := make(map[string]string, len(incidents))
	err := inParts(ctx, q, `SELECT id, title, text, address, details FROM incidents WHERE id IN (`, incidents, func(rows row) error {
		var id, title, text, address, stored string
		if err := rows.Scan(&id, &title, &text, &address, &stored); err != nil {
			return err
		}
		details, err := readDetails(stored)
		words[id] = title + " " + text + " " + address + " " + details.words()
		return err
	})
	return words, err
}

// inParts runs a statement that ends in a list of ids, for one part of them after the other.
func inParts(ctx context.Context, q db.Querier, text string, ids []string, each func(row) error) error {
	return db.InParts(ids, func(part []string) error {
		var args db.Args
		rows, err := q.QueryContext(ctx, text+args.In(part)+`)`, args.Values...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := each(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// counted is the figure in which an incident stands; a seq of 0 means in none.
type counted struct {
	incident, street, state string
	seq                     int64
}

func readCounted(ctx context.Context, q db.Querier, incidents []string) (map[string]counted, error) {
	found := make(map[string]counted, len(incidents))
	err := inParts(ctx, q, `SELECT incident_id, street_id, state, seq FROM counted WHERE incident_id IN (`, incidents, func(rows row) error {
		var c counted
		err := rows.Scan(&c.incident, &c.street, &c.state, &c.seq)
		found[c.incident] = c
		return err
	})
	return found, err
}

func saveCounted(ctx context.Context, tx db.Tx, list []counted) error {
	return db.InParts(list, func(part []counted) error {
		var args db.Args
		_, err := tx.ExecContext(ctx, `INSERT INTO counted (incident_id, street_id, state, seq) VALUES `+db.Rows(&args, part, func(c counted) []any {
			return []any{c.incident, c.street, c.state, c.seq}
		})+` ON CONFLICT (incident_id) DO UPDATE SET street_id = excluded.street_id, state = excluded.state, seq = excluded.seq`, args.Values...)
		return err
	})
}

// moveCounters adds to the figures by street and state.
func moveCounters(ctx context.Context, tx db.Tx, moved map[[2]string]int64) error {
	keys := slices.SortedFunc(maps.Keys(moved), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for _, k := range keys {
		if moved[k] == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO counters (street_id, state, n) VALUES ($1, $2, $3)
			ON CONFLICT (street_id, state) DO UPDATE SET n = counters.n + excluded.n`, k[0], k[1], moved[k]); err != nil {
			return err
		}
	}
	return nil
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

// AnchorSum returns the sum that an anchor of this store signed, in hex; ” when there is no such anchor.
func (s *Service) AnchorSum(ctx context.Context, seq int64) (sum string, err error) {
	err = s.DB.Read().QueryRowContext(ctx, `SELECT root FROM anchors WHERE seq = $1`, seq).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return sum, err
}

func saveAnchor(ctx context.Context, tx db.Tx, a Anchor) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO anchors (seq, at, topic, position, heads, root, mac) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.Seq, a.At, Topic, a.Position, a.Count, a.Sum.String(), a.MAC)
	return err
}

func readHeads(ctx context.Context, q db.Querier, incidents []string) (map[string]Head, error) {
	found := make(map[string]Head, len(incidents))
	err := inParts(ctx, q, `SELECT incident_id, seq, hash FROM anchor_heads WHERE incident_id IN (`, incidents, func(rows row) error {
		var h Head
		err := rows.Scan(&h.Incident, &h.Seq, &h.Hash)
		found[h.Incident] = h
		return err
	})
	return found, err
}

func saveHeads(ctx context.Context, tx db.Tx, heads []Head, anchor int64) error {
	return db.InParts(heads, func(part []Head) error {
		var args db.Args
		_, err := tx.ExecContext(ctx, `INSERT INTO anchor_heads (incident_id, seq, hash, anchor) VALUES `+db.Rows(&args, part, func(h Head) []any {
			return []any{h.Incident, h.Seq, h.Hash, anchor}
		})+` ON CONFLICT (incident_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, anchor = excluded.anchor`, args.Values...)
		return err
	})
}

func scanHead(r row) (h Head, err error) {
	err = r.Scan(&h.Incident, &h.Seq, &h.Hash)
	return h, err
}

func headsAfter(ctx context.Context, q db.Querier, after string, limit int) ([]Head, error) {
	return db.List(ctx, q, scanHead, `SELECT incident_id, seq, hash FROM anchor_heads WHERE incident_id > $1 ORDER BY incident_id LIMIT $2`, after, limit)
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
	return db.List(ctx, q, scanHead, `SELECT id, entry_seq, entry_hash FROM incidents WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// indexable returns incidents behind an id that the text index ought to hold: all but those whose first event its
// consumer has still to come to.
func indexable(ctx context.Context, q db.Querier, consumer, after string, limit int) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT i.id FROM incidents i WHERE i.id > $1
		AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.aggregate_id = i.id AND o.seq = 1 AND o.relayed_at IS NULL)
		AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.topic = $3 AND f.aggregate_id = i.id AND f.seq = 1
			AND f.position > COALESCE((SELECT m.position FROM feed_marks m WHERE m.consumer = $4 AND m.topic = $3), 0))
		ORDER BY i.id LIMIT $2`, after, limit, Topic, consumer)
}

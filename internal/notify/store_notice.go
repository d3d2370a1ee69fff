package notify

import (
	"context"

	"gezhi/internal/kit/db"
)

// told is something that happened, until it was decided who hears of it.
type told struct {
	ID       string
	Notice   string
	Incident string
	Order    string
	At       int64
	Tries    int64
	NextAt   int64
}

func insertNotices(ctx context.Context, tx db.Tx, list []told) error {
	for _, n := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO notices (id, notice, incident_id, order_id, at, tries, next_at) VALUES ($1, $2, $3, $4, $5, 0, 0) ON CONFLICT (id) DO NOTHING`,
			n.ID, n.Notice, n.Incident, n.Order, n.At)
		if err != nil {
			return err
		}
	}
	return nil
}

// dueNotices returns the oldest that nobody worked on; one that was put off for longer than any pause lasts was so under
// a clock that has gone back since.
func dueNotices(ctx context.Context, q db.Querier, at, far int64, limit int) ([]told, error) {
	return db.List(ctx, q, func(r db.Scanner) (n told, err error) {
		err = r.Scan(&n.ID, &n.Notice, &n.Incident, &n.Order, &n.At, &n.Tries, &n.NextAt)
		return n, err
	}, `SELECT id, notice, incident_id, order_id, at, tries, next_at FROM notices WHERE next_at <= $1 OR next_at > $2 ORDER BY next_at, id LIMIT $3`, at, far, limit)
}

// deleteNotice removes one; false when another node was first.
func deleteNotice(ctx context.Context, tx db.Tx, notice string) (bool, error) {
	return changed(tx.ExecContext(ctx, `DELETE FROM notices WHERE id = $1`, notice))
}

func putOffNotice(ctx context.Context, tx db.Tx, notice string, until int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE notices SET tries = tries + 1, next_at = $2 WHERE id = $1`, notice, until)
	return err
}

// codeRequest is somebody's question for a lost code.
type codeRequest struct {
	ID     string
	Phone  string // sealed
	Index  string // blind index of the phone
	Number string // of the report; '' for the newest
	At     int64
}

// insertCodeRequest keeps a question; the same once more within its time is no new one.
func insertCodeRequest(ctx context.Context, tx db.Tx, r codeRequest) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO code_requests (id, phone, phone_index, number, at, done) VALUES ($1, $2, $3, $4, $5, FALSE) ON CONFLICT (id) DO NOTHING`,
		r.ID, r.Phone, r.Index, r.Number, r.At)
	return err
}

func countCodeRequests(ctx context.Context, q db.Querier, index string, since int64) (int64, error) {
	return db.One[int64](q.QueryRowContext(ctx, `SELECT COUNT(*) FROM code_requests WHERE phone_index = $1 AND at > $2`, index, since))
}

func openCodeRequests(ctx context.Context, q db.Querier, limit int) ([]codeRequest, error) {
	return db.List(ctx, q, func(r db.Scanner) (c codeRequest, err error) {
		err = r.Scan(&c.ID, &c.Phone, &c.Index, &c.Number, &c.At)
		return c, err
	}, `SELECT id, phone, phone_index, number, at FROM code_requests WHERE NOT done ORDER BY at, id LIMIT $1`, limit)
}

// endCodeRequest forgets the phone of a question; false when another node was first.
func endCodeRequest(ctx context.Context, tx db.Tx, request string) (bool, error) {
	return changed(tx.ExecContext(ctx, `UPDATE code_requests SET phone = '', done = TRUE WHERE id = $1 AND NOT done`, request))
}

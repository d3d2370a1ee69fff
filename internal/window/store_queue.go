package window

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const numberColumns = `id, office_id, day, kind, seq, state, window_id, clerk_id, calls, incident_id, incident_number, taken_at,
	COALESCE(called_at, 0), COALESCE(first_called_at, 0), COALESCE(serving_at, 0), COALESCE(ended_at, 0), version`

func scanNumber(r db.Scanner) (*QueueNumber, error) {
	var n QueueNumber
	err := r.Scan(&n.ID, &n.Office, &n.Day, &n.Kind, &n.Seq, &n.State, &n.Window, &n.Clerk, &n.Calls, &n.Incident, &n.IncidentNumber, &n.TakenAt,
		&n.CalledAt, &n.FirstCalledAt, &n.ServingAt, &n.EndedAt, &n.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Missing("number")
	}
	return &n, err
}

// maybe turns a number that is not there into nil.
func maybe(n *QueueNumber, err error) (*QueueNumber, error) {
	if fault.Is(err, "not_found") {
		return nil, nil
	}
	return n, err
}

func nullable(at int64) any {
	if at == 0 {
		return nil
	}
	return at
}

// nextSeq gives out the next number; who draws at the same moment waits for this one.
func nextSeq(ctx context.Context, tx db.Tx, office, day, kind string) (seq int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO queue_heads (office_id, day, kind, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (office_id, day, kind) DO UPDATE SET last = queue_heads.last + 1 RETURNING last`, office, day, kind).Scan(&seq)
	return seq, err
}

func insertNumber(ctx context.Context, tx db.Tx, n *QueueNumber) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO queue_numbers (id, office_id, day, kind, seq, state, window_id, clerk_id, calls, incident_id, incident_number,
		taken_at, called_at, first_called_at, serving_at, ended_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		n.ID, n.Office, n.Day, n.Kind, n.Seq, n.State, n.Window, n.Clerk, n.Calls, n.Incident, n.IncidentNumber,
		n.TakenAt, nullable(n.CalledAt), nullable(n.FirstCalledAt), nullable(n.ServingAt), nullable(n.EndedAt), n.Version)
	return err
}

// saveNumber writes a number over the version that was read; false when somebody else changed it meanwhile.
func saveNumber(ctx context.Context, tx db.Tx, n *QueueNumber) (bool, error) {
	ok, err := changed(tx.ExecContext(ctx, `UPDATE queue_numbers SET state = $3, window_id = $4, clerk_id = $5, calls = $6, incident_id = $7, incident_number = $8,
		called_at = $9, first_called_at = $10, serving_at = $11, ended_at = $12, version = version + 1 WHERE id = $1 AND version = $2`,
		n.ID, n.Version, n.State, n.Window, n.Clerk, n.Calls, n.Incident, n.IncidentNumber,
		nullable(n.CalledAt), nullable(n.FirstCalledAt), nullable(n.ServingAt), nullable(n.EndedAt)))
	if ok {
		n.Version++
	}
	return ok, err
}

func readNumber(ctx context.Context, q db.Querier, id string) (*QueueNumber, error) {
	return scanNumber(q.QueryRowContext(ctx, `SELECT `+numberColumns+` FROM queue_numbers WHERE id = $1`, id))
}

// oldestWaiting returns who has waited longest, nil when nobody waits.
func oldestWaiting(ctx context.Context, tx db.Tx, office, day, kind string) (*QueueNumber, error) {
	return maybe(scanNumber(tx.QueryRowContext(ctx, `SELECT `+numberColumns+` FROM queue_numbers
		WHERE office_id = $1 AND day = $2 AND state = 'waiting' AND kind = $3 ORDER BY seq LIMIT 1`, office, day, kind)))
}

// currentNumber returns the number that is called or served at a window, nil for none.
func currentNumber(ctx context.Context, q db.Querier, window string) (*QueueNumber, error) {
	return maybe(scanNumber(q.QueryRowContext(ctx, `SELECT `+numberColumns+` FROM queue_numbers WHERE window_id = $1 AND state IN ('called', 'serving')`, window)))
}

func countWaiting(ctx context.Context, q db.Querier, office, day, kind string) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM queue_numbers WHERE office_id = $1 AND day = $2 AND state = 'waiting' AND kind = $3`, office, day, kind).Scan(&n)
	return n, err
}

// numbersOf returns all numbers of a day in the order in which they were drawn.
func numbersOf(ctx context.Context, q db.Querier, office, day string) ([]*QueueNumber, error) {
	return db.List(ctx, q, scanNumber, `SELECT `+numberColumns+` FROM queue_numbers WHERE office_id = $1 AND day = $2 ORDER BY taken_at, id`, office, day)
}

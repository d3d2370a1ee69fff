package bulk

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
)

const jobColumns = `id, kind, account_id, account_name, state, whole, total, done, made, changed, same, wrong, heads, fault, reported, created_at`

func insertJob(ctx context.Context, tx db.Tx, j Job) error {
	heads, err := json.Marshal(j.head)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO imports (id, kind, account_id, account_name, state, whole, total, done, made, changed, same, wrong,
			heads, fault, reported, lease_until, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, '', $13, 0, $14, $14)`,
		j.ID, j.Kind, j.AccountID, j.AccountName, j.State, j.Whole, j.Total, j.Counts.Made, j.Counts.Changed, j.Counts.Same, j.Counts.Refused,
		string(heads), false, j.CreatedAt)
	return err
}

func insertChunk(ctx context.Context, tx db.Tx, jobID string, seq int, body string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO import_chunks (import_id, seq, body, written) VALUES ($1, $2, $3, $4)`, jobID, seq, body, false)
	return err
}

func readJob(ctx context.Context, q db.Querier, id string) (j Job, ok bool, err error) {
	var heads string
	err = q.QueryRowContext(ctx, `SELECT `+jobColumns+` FROM imports WHERE id = $1`, id).Scan(&j.ID, &j.Kind, &j.AccountID, &j.AccountName, &j.State,
		&j.Whole, &j.Total, &j.Done, &j.Counts.Made, &j.Counts.Changed, &j.Counts.Same, &j.Counts.Refused, &heads, &j.Fault, &j.Reported, &j.CreatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return Job{}, false, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(heads), &j.head)
	}
	return j, err == nil, err
}

// startJob lets a checked import run; false when it is in another state.
func startJob(ctx context.Context, tx db.Tx, id string, whole bool, at int64) (bool, error) {
	r, err := tx.ExecContext(ctx, `UPDATE imports SET state = 'running', whole = $2, made = 0, changed = 0, same = 0, wrong = 0, updated_at = $3
		WHERE id = $1 AND state = 'checked'`, id, whole, at)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// leaseJob takes the oldest running import that no other node works on; ” when there is none.
func leaseJob(ctx context.Context, tx db.Tx, at, until int64) (id string, err error) {
	err = tx.QueryRowContext(ctx, `UPDATE imports SET lease_until = $2 WHERE id = (
			SELECT id FROM imports WHERE state = 'running' AND lease_until < $1 ORDER BY created_at, id LIMIT 1)
		AND lease_until < $1 RETURNING id`, at, until).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// nextChunk returns the seq of the first chunk that is not written, -1 when all are.
func nextChunk(ctx context.Context, q db.Querier, jobID string) (seq int, body string, err error) {
	err = q.QueryRowContext(ctx, `SELECT seq, body FROM import_chunks WHERE import_id = $1 AND written = $2 ORDER BY seq LIMIT 1`, jobID, false).Scan(&seq, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return -1, "", nil
	}
	return seq, body, err
}

func readChunks(ctx context.Context, q db.Querier, jobID string, from int) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT body FROM import_chunks WHERE import_id = $1 AND seq >= $2 ORDER BY seq`, jobID, from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		out = append(out, body)
	}
	return out, rows.Err()
}

// keepChunk writes what became of a chunk's rows; false when another node was first.
func keepChunk(ctx context.Context, tx db.Tx, jobID string, seq int, body string) (bool, error) {
	r, err := tx.ExecContext(ctx, `UPDATE import_chunks SET body = $3, written = $4 WHERE import_id = $1 AND seq = $2 AND written = $5`, jobID, seq, body, true, false)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

func replaceChunk(ctx context.Context, tx db.Tx, jobID string, seq int, body string) error {
	_, err := tx.ExecContext(ctx, `UPDATE import_chunks SET body = $3 WHERE import_id = $1 AND seq = $2`, jobID, seq, body)
	return err
}

// progress adds what a chunk brought and keeps the lease.
func progress(ctx context.Context, tx db.Tx, jobID string, n int, c Counts, at, until int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE imports SET done = done + $2, made = made + $3, changed = changed + $4, same = same + $5, wrong = wrong + $6,
		updated_at = $7, lease_until = $8 WHERE id = $1`, jobID, n, c.Made, c.Changed, c.Same, c.Refused, at, until)
	return err
}

func endJob(ctx context.Context, tx db.Tx, jobID string, state State, fault string, at int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE imports SET state = $2, fault = $3, lease_until = 0, updated_at = $4 WHERE id = $1`, jobID, state, fault, at)
	return err
}

// markReported notes that the report was handed out with its secrets; false when it had been before.
func markReported(ctx context.Context, tx db.Tx, jobID string, at int64) (bool, error) {
	r, err := tx.ExecContext(ctx, `UPDATE imports SET reported = $2, updated_at = $3 WHERE id = $1 AND reported = $4 AND state = 'done'`, jobID, true, at, false)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

func deleteJob(ctx context.Context, tx db.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM import_chunks WHERE import_id = $1`, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM imports WHERE id = $1`, id)
	return err
}

func oldJobs(ctx context.Context, q db.Querier, before int64) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT id FROM imports WHERE updated_at < $1 AND state <> 'running' LIMIT 100`, before)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

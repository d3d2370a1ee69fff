package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// far is when clocks are due that are not to be looked at: in some hundred years.
const far = 4_102_444_800_000 * 2

// Quiet puts the end of every running clock far ahead, and returns how many there are.
func Quiet(ctx context.Context, pool *sql.DB) (clocks int64, err error) {
	ids, err := column(ctx, pool, `SELECT id FROM incidents`)
	if err != nil {
		return 0, err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	quiet, err := tx.PrepareContext(ctx, `UPDATE clocks SET due_at = $2, warn_at = $2, next_at = $2 WHERE incident_id = $1 AND stopped_at IS NULL`)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		res, err := quiet.ExecContext(ctx, id, far)
		if err != nil {
			return 0, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return 0, err
		}
		clocks += n
	}
	return clocks, tx.Commit()
}

// column returns the one column of a statement.
func column(ctx context.Context, pool *sql.DB, query string, args ...any) (list []string, err error) {
	rows, err := pool.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// SpreadDue makes the dispatch clocks of n incidents due one after the other, from a moment on and so far apart.
func SpreadDue(ctx context.Context, pool *sql.DB, n int, from time.Time, apart time.Duration) error {
	ids, err := column(ctx, pool, `SELECT incident_id FROM clocks WHERE id = 'dispatch.1' AND stopped_at IS NULL AND next_at = $1 ORDER BY incident_id LIMIT $2`, far, n)
	if err != nil {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, id := range ids {
		at := from.Add(time.Duration(i) * apart).UnixMilli()
		if _, err := tx.ExecContext(ctx, `UPDATE clocks SET due_at = $2, warn_at = $2, next_at = $2 WHERE incident_id = $1 AND id = 'dispatch.1'`, id, at); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Delays returns how long each clock that became overdue after a moment waited for it, and when the last one was.
func Delays(ctx context.Context, pool *sql.DB, since time.Time) (Spread, time.Time, error) {
	rows, err := pool.QueryContext(ctx, `SELECT at, body FROM entries WHERE action = 'overdue' AND at >= $1`, since.UnixMilli())
	if err != nil {
		return Spread{}, time.Time{}, err
	}
	defer rows.Close()
	var all []time.Duration
	var last int64
	for rows.Next() {
		var at int64
		var body string
		if err := rows.Scan(&at, &body); err != nil {
			return Spread{}, time.Time{}, err
		}
		var said struct {
			Due int64 `json:"due"`
		}
		if err := json.Unmarshal([]byte(body), &said); err != nil {
			return Spread{}, time.Time{}, err
		}
		if said.Due < since.UnixMilli() {
			continue
		}
		all = append(all, time.Duration(at-said.Due)*time.Millisecond)
		last = max(last, at)
	}
	return spreadOf(all), time.UnixMilli(last), rows.Err()
}

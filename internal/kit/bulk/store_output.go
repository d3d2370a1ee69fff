package bulk

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
)

const outColumns = `id, list, format, lang, query, account_id, account_name, state, written, expected, cut, file, size, fault, created_at, updated_at`

func scanOut(row db.Scanner) (o Output, err error) {
	err = row.Scan(&o.ID, &o.List, &o.Format, &o.Lang, &o.query, &o.AccountID, &o.AccountName, &o.State, &o.Written, &o.Expected, &o.Cut, &o.File, &o.Size, &o.Fault, &o.CreatedAt, &o.UpdatedAt)
	return o, err
}

func insertOut(ctx context.Context, tx db.Tx, o Output) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO exports (`+outColumns+`, lease, lease_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, '', 0, '', $10, $10, '', 0)`,
		o.ID, o.List, o.Format, o.Lang, o.query, o.AccountID, o.AccountName, o.State, false, o.CreatedAt)
	return err
}

func openOuts(ctx context.Context, q db.Querier, account string) (int, error) {
	return db.One[int](q.QueryRowContext(ctx, `SELECT COUNT(*) FROM exports WHERE account_id = $1 AND state IN ('waiting', 'running')`, account))
}

func readOut(ctx context.Context, q db.Querier, id string) (Output, bool, error) {
	o, err := scanOut(q.QueryRowContext(ctx, `SELECT `+outColumns+` FROM exports WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return o, false, nil
	}
	return o, err == nil, err
}

func readOuts(ctx context.Context, q db.Querier, account string) ([]Output, error) {
	return db.List(ctx, q, scanOut, `SELECT `+outColumns+` FROM exports WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50`, account)
}

// leaseOut takes the oldest that no node works on; ” when there is none.
func leaseOut(ctx context.Context, tx db.Tx, lease string, at, until int64) (string, error) {
	id, err := db.One[string](tx.QueryRowContext(ctx, `UPDATE exports SET state = 'running', lease = $3, lease_until = $2, written = 0, updated_at = $1 WHERE id = (
			SELECT id FROM exports WHERE state IN ('waiting', 'running') AND lease_until < $1 ORDER BY created_at, id LIMIT 1)
		AND lease_until < $1 RETURNING id`, at, until, lease))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// expectOut notes how long it will be.
func expectOut(ctx context.Context, tx db.Tx, id, lease string, rows int) error {
	_, err := tx.ExecContext(ctx, `UPDATE exports SET expected = $3 WHERE id = $1 AND lease = $2 AND state = 'running'`, id, lease, rows)
	return err
}

// outProgress notes how far it is; false when it was stopped, or another node goes on with it.
func outProgress(ctx context.Context, tx db.Tx, id, lease string, written int, at, until int64) (bool, error) {
	return touched(tx.ExecContext(ctx, `UPDATE exports SET written = $3, updated_at = $4, lease_until = $5 WHERE id = $1 AND lease = $2 AND state = 'running'`,
		id, lease, written, at, until))
}

// endOut keeps the result; false when it was stopped, or another node goes on with it.
func endOut(ctx context.Context, tx db.Tx, o Output, lease string, at int64) (bool, error) {
	return touched(tx.ExecContext(ctx, `UPDATE exports SET state = $3, written = $4, cut = $5, file = $6, size = $7, fault = $8, lease_until = 0, updated_at = $9
		WHERE id = $1 AND lease = $2 AND state = 'running'`, o.ID, lease, o.State, o.Written, o.Cut, o.File, o.Size, o.Fault, at))
}

// stopOut stops what has not ended; false when it has.
func stopOut(ctx context.Context, tx db.Tx, id string, at int64) (bool, error) {
	return touched(tx.ExecContext(ctx, `UPDATE exports SET state = 'cancelled', lease_until = 0, updated_at = $2 WHERE id = $1 AND state IN ('waiting', 'running')`, id, at))
}

func touched(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

func deleteOut(ctx context.Context, tx db.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM exports WHERE id = $1`, id)
	return err
}

func deleteOldOuts(ctx context.Context, tx db.Tx, before int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM exports WHERE updated_at < $1 AND state NOT IN ('waiting', 'running')`, before)
	return err
}

// outFiles returns the files that are still referred to.
func outFiles(ctx context.Context, q db.Querier) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT file FROM exports WHERE file <> ''`)
}

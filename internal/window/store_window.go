package window

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

const windowColumns = `id, office_id, name, kind, counter, open, version`

func scanWindow(r db.Scanner) (w Window, err error) {
	err = r.Scan(&w.ID, &w.Office, &w.Name, &w.Kind, &w.Counter, &w.Open, &w.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return w, fault.Missing("window")
	}
	return w, err
}

func readWindows(ctx context.Context, q db.Querier) ([]Window, error) {
	return db.List(ctx, q, scanWindow, `SELECT `+windowColumns+` FROM windows ORDER BY office_id, counter`)
}

// readWindow reads one; an id that no store can hold is not there.
func readWindow(ctx context.Context, q db.Querier, window string) (Window, error) {
	if !id.Valid(window) {
		return Window{}, fault.Missing("window")
	}
	return scanWindow(q.QueryRowContext(ctx, `SELECT `+windowColumns+` FROM windows WHERE id = $1`, window))
}

func insertWindow(ctx context.Context, tx db.Tx, w Window, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO windows (`+windowColumns+`, turn, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8)`,
		w.ID, w.Office, w.Name, w.Kind, w.Counter, w.Open, w.Version, at)
	return err
}

// updateWindow writes a window over its version; false when the store has another one.
func updateWindow(ctx context.Context, tx db.Tx, w Window, at int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `UPDATE windows SET office_id = $3, name = $4, kind = $5, counter = $6, open = $7, updated_at = $8, version = version + 1
		WHERE id = $1 AND version = $2`, w.ID, w.Version, w.Office, w.Name, w.Kind, w.Counter, w.Open, at))
}

func deleteWindow(ctx context.Context, tx db.Tx, id string, version int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `DELETE FROM windows WHERE id = $1 AND version = $2`, id, version))
}

// lockWindow takes a window for one step: two people at the same window come one after the other.
func lockWindow(ctx context.Context, tx db.Tx, id string) (Window, error) {
	return scanWindow(tx.QueryRowContext(ctx, `UPDATE windows SET turn = turn + 1 WHERE id = $1 RETURNING `+windowColumns, id))
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

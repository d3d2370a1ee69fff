package db

import (
	"context"
	"database/sql"
	"errors"
)

// Setting returns a value that the program itself keeps in the store, ” when it was never set.
func Setting(ctx context.Context, q Querier, key string) (value string, err error) {
	err = q.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = $1`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// PutSetting keeps a value under a key; at is the time, unix ms.
func PutSetting(ctx context.Context, tx Tx, key, value string, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET value = $2, updated_at = $3`, key, value, at)
	return err
}

package people

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"gezhi/internal/kit/db"
)

// The settings that belong to people.
const (
	versionKey    = "people.version"
	officeNameKey = "office.name"
	oneAdminKey   = "office.one_admin"
	setupKey      = "office.setup"
	refusedKey    = "people.refused" // touched when an unknown login is refused
)

// bumpVersion moves the version on and makes other administrative changes wait for this one.
func bumpVersion(ctx context.Context, tx db.Tx, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, '1', $2)
		ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT), updated_at = $2`, versionKey, at)
	return err
}

func readVersion(ctx context.Context, q db.Querier) (int64, error) {
	text, err := readSetting(ctx, q, versionKey)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

func readSetting(ctx context.Context, q db.Querier, key string) (value string, err error) {
	err = q.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = $1`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func writeSetting(ctx context.Context, tx db.Tx, key, value string, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET value = $2, updated_at = $3`, key, value, at)
	return err
}

// claimSetting writes a setting that must not exist yet; ok is false when somebody else was first.
func claimSetting(ctx context.Context, tx db.Tx, key, value string, at int64) (ok bool, err error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO NOTHING`, key, value, at)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

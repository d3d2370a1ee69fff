package clock

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// versionSetting changes with every change of limits, calendars and hours. It is written first, so that such changes
// come one after the other, and it tells other nodes to read again.
const versionSetting = "clock.version"

// seededSetting says that the default limits and the sample calendar were put in.
const seededSetting = "clock.seeded"

const limitColumns = `id, basis, stage, category, severity, channel, area_id, unit, amount, every, valid_from, valid_to, active, version`

type row interface{ Scan(into ...any) error }

func scanLimit(r row) (l Limit, err error) {
	err = r.Scan(&l.ID, &l.Basis, &l.Stage, &l.Category, &l.Severity, &l.Channel, &l.Area, &l.Unit, &l.Amount, &l.Every,
		&l.From, &l.To, &l.Active, &l.Version)
	return l, err
}

func readLimits(ctx context.Context, q db.Querier) ([]Limit, error) {
	return queryLimits(ctx, q, `SELECT `+limitColumns+` FROM limits ORDER BY stage, category, severity, channel, area_id, valid_from, id`)
}

// readAlike returns the limits that have the same stage and conditions.
func readAlike(ctx context.Context, q db.Querier, l Limit) ([]Limit, error) {
	return queryLimits(ctx, q, `SELECT `+limitColumns+` FROM limits
		WHERE stage = $1 AND category = $2 AND severity = $3 AND channel = $4 AND area_id = $5 ORDER BY valid_from, id`,
		string(l.Stage), l.Category, l.Severity, l.Channel, l.Area)
}

func queryLimits(ctx context.Context, q db.Querier, text string, args ...any) ([]Limit, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Limit{}
	for rows.Next() {
		l, err := scanLimit(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

func readLimit(ctx context.Context, q db.Querier, id string) (Limit, error) {
	l, err := scanLimit(q.QueryRowContext(ctx, `SELECT `+limitColumns+` FROM limits WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return l, fault.Missing("limit")
	}
	return l, err
}

func countLimits(ctx context.Context, q db.Querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM limits`).Scan(&n)
	return n, err
}

func insertLimit(ctx context.Context, tx db.Tx, l Limit) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO limits (`+limitColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		l.ID, l.Basis, string(l.Stage), l.Category, l.Severity, l.Channel, l.Area, string(l.Unit), l.Amount, l.Every,
		l.From, l.To, l.Active, l.Version)
	return err
}

// updateLimit writes a limit over its version and counts that up; false when the store has another version.
func updateLimit(ctx context.Context, tx db.Tx, l Limit) (bool, error) {
	res, err := tx.ExecContext(ctx, `UPDATE limits SET basis = $3, stage = $4, category = $5, severity = $6, channel = $7, area_id = $8,
			unit = $9, amount = $10, every = $11, valid_from = $12, valid_to = $13, active = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		l.ID, l.Version, l.Basis, string(l.Stage), l.Category, l.Severity, l.Channel, l.Area, string(l.Unit), l.Amount, l.Every,
		l.From, l.To, l.Active)
	return changed(res, err)
}

func deleteLimit(ctx context.Context, tx db.Tx, id string, version int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM limits WHERE id = $1 AND version = $2`, id, version)
	return changed(res, err)
}

// markSeeded notes that the defaults were put in; false when they were before.
func markSeeded(ctx context.Context, tx db.Tx, at int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, '1', $2)
		ON CONFLICT (key) DO NOTHING`, seededSetting, at)
	return changed(res, err)
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

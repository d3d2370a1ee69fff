package dispatch

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const columns = `id, sort, name, category, kind, severity, channel, area_kind, target, value, pool, automatic, active, version,
	from_minute, to_minute, days, capacity, inform, disabled_why, disabled_at`

type row interface{ Scan(into ...any) error }

func scanRule(r row) (u Rule, err error) {
	var inform string
	err = r.Scan(&u.ID, &u.Sort, &u.Name, &u.Category, &u.Kind, &u.Severity, &u.Channel, &u.AreaKind, &u.Target, &u.Value,
		&u.Pool, &u.Automatic, &u.Active, &u.Version, &u.From, &u.To, &u.Days, &u.Capacity, &inform, &u.DisabledWhy, &u.DisabledAt)
	u.Inform = strings.Fields(inform)
	return u, err
}

func readRules(ctx context.Context, q db.Querier) ([]Rule, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM routing_rules ORDER BY sort, id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Rule{}
	for rows.Next() {
		r, err := scanRule(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

func readRule(ctx context.Context, q db.Querier, id string) (Rule, error) {
	r, err := scanRule(q.QueryRowContext(ctx, `SELECT `+columns+` FROM routing_rules WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, fault.Missing("rule")
	}
	return r, err
}

// countRules returns the number of rules and the highest sort.
func countRules(ctx context.Context, q db.Querier) (n, last int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MAX(sort), 0) FROM routing_rules`).Scan(&n, &last)
	return n, last, err
}

func insertRule(ctx context.Context, tx db.Tx, r Rule) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO routing_rules (`+columns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		r.ID, r.Sort, r.Name, r.Category, r.Kind, r.Severity, r.Channel, r.AreaKind, string(r.Target), r.Value,
		r.Pool, r.Automatic, r.Active, r.Version, r.From, r.To, r.Days, r.Capacity, strings.Join(r.Inform, " "), r.DisabledWhy, r.DisabledAt)
	return err
}

// updateRule writes a rule over its version and counts that up; false when the store has another version.
func updateRule(ctx context.Context, tx db.Tx, r Rule) (bool, error) {
	res, err := tx.ExecContext(ctx, `UPDATE routing_rules SET sort = $3, name = $4, category = $5, kind = $6, severity = $7, channel = $8,
			area_kind = $9, target = $10, value = $11, pool = $12, automatic = $13, active = $14,
			from_minute = $15, to_minute = $16, days = $17, capacity = $18, inform = $19, disabled_why = $20, disabled_at = $21,
			version = version + 1
		WHERE id = $1 AND version = $2`,
		r.ID, r.Version, r.Sort, r.Name, r.Category, r.Kind, r.Severity, r.Channel, r.AreaKind, string(r.Target), r.Value,
		r.Pool, r.Automatic, r.Active, r.From, r.To, r.Days, r.Capacity, strings.Join(r.Inform, " "), r.DisabledWhy, r.DisabledAt)
	return changed(res, err)
}

func deleteRule(ctx context.Context, tx db.Tx, id string, version int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM routing_rules WHERE id = $1 AND version = $2`, id, version)
	return changed(res, err)
}

// markSeeded notes that defaults were put in; false when they were before.
func markSeeded(ctx context.Context, tx db.Tx, mark string, at int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, '1', $2)
		ON CONFLICT (key) DO NOTHING`, mark, at)
	return changed(res, err)
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

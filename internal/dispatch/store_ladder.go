package dispatch

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const ladderColumns = `id, name, stage, severity, category, steps, active, version`

func scanLadder(r row) (l Ladder, err error) {
	var steps string
	if err = r.Scan(&l.ID, &l.Name, &l.Stage, &l.Severity, &l.Category, &steps, &l.Active, &l.Version); err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(steps), &l.Steps)
}

func readLadders(ctx context.Context, q db.Querier) ([]Ladder, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+ladderColumns+` FROM ladders ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []Ladder{}
	for rows.Next() {
		l, err := scanLadder(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

func readLadder(ctx context.Context, q db.Querier, id string) (Ladder, error) {
	l, err := scanLadder(q.QueryRowContext(ctx, `SELECT `+ladderColumns+` FROM ladders WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return l, fault.Missing("ladder")
	}
	return l, err
}

func countLadders(ctx context.Context, q db.Querier) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM ladders`).Scan(&n)
	return n, err
}

func insertLadder(ctx context.Context, tx db.Tx, l Ladder) error {
	steps, err := json.Marshal(l.Steps)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO ladders (`+ladderColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.ID, l.Name, l.Stage, l.Severity, l.Category, string(steps), l.Active, l.Version)
	return err
}

// updateLadder writes a ladder over its version and counts that up; false when the store has another version.
func updateLadder(ctx context.Context, tx db.Tx, l Ladder) (bool, error) {
	steps, err := json.Marshal(l.Steps)
	if err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `UPDATE ladders SET name = $3, stage = $4, severity = $5, category = $6, steps = $7, active = $8,
			version = version + 1
		WHERE id = $1 AND version = $2`, l.ID, l.Version, l.Name, l.Stage, l.Severity, l.Category, string(steps), l.Active)
	return changed(res, err)
}

func deleteLadder(ctx context.Context, tx db.Tx, id string, version int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM ladders WHERE id = $1 AND version = $2`, id, version)
	return changed(res, err)
}

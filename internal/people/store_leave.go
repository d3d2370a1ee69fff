package people

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
)

const leavingColumns = `id, account_id, at, to_account, ends, state, orders, by_account, by_name, created_at, updated_at`

func insertLeaving(ctx context.Context, tx db.Tx, l Leaving) error {
	ends, err := json.Marshal(l.Ends)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO leavings (`+leavingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		l.ID, l.AccountID, l.At, l.To, string(ends), l.State, l.Orders, l.ByAccount, l.ByName, l.CreatedAt, l.UpdatedAt)
	return err
}

// plannedLeaving returns what was decided about an account and not carried out yet.
func plannedLeaving(ctx context.Context, q db.Querier, accountID string) (*Leaving, error) {
	l, err := scanLeaving(q.QueryRowContext(ctx, `SELECT `+leavingColumns+` FROM leavings WHERE account_id = $1 AND state = 'planned' ORDER BY id LIMIT 1`, accountID))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return l, err
}

// lastLeaving returns the instant of the last leaving that is planned, 0 without any.
func lastLeaving(ctx context.Context, q db.Querier) (at int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COALESCE(MAX(at), 0) FROM leavings WHERE state = 'planned'`).Scan(&at)
	return at, err
}

func dueLeavings(ctx context.Context, q db.Querier, at int64) ([]*Leaving, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+leavingColumns+` FROM leavings WHERE state = 'planned' AND at <= $1 ORDER BY at, id LIMIT 100`, at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Leaving
	for rows.Next() {
		l, err := scanLeaving(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// endLeaving moves a planned leaving on; false when somebody else did before.
func endLeaving(ctx context.Context, tx db.Tx, id string, state LeaveState, orders int, at int64) (bool, error) {
	r, err := tx.ExecContext(ctx, `UPDATE leavings SET state = $2, orders = $3, updated_at = $4 WHERE id = $1 AND state = 'planned'`, id, state, orders, at)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// reopenPost gives a post back the end that it had; 0 for none.
func reopenPost(ctx context.Context, tx db.Tx, id string, to int64) error {
	var end any
	if to != 0 {
		end = to
	}
	_, err := tx.ExecContext(ctx, `UPDATE posts SET valid_to = $2 WHERE id = $1`, id, end)
	return err
}

func scanLeaving(row scanner) (*Leaving, error) {
	var l Leaving
	var ends string
	err := row.Scan(&l.ID, &l.AccountID, &l.At, &l.To, &ends, &l.State, &l.Orders, &l.ByAccount, &l.ByName, &l.CreatedAt, &l.UpdatedAt)
	if err != nil {
		return nil, err
	}
	return &l, json.Unmarshal([]byte(ends), &l.Ends)
}

package live

import (
	"context"

	"gezhi/internal/kit/db"
)

// clearPresence removes whoever was not seen since an instant, wherever they were.
func clearPresence(ctx context.Context, tx db.Tx, silent int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM presence WHERE seen_at <= $1`, silent)
	return err
}

func putPresence(ctx context.Context, tx db.Tx, item, account string, at int64, typing bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO presence (incident_id, account_id, since, seen_at, typing) VALUES ($1, $2, $3, $3, $4)
		ON CONFLICT (incident_id, account_id) DO UPDATE SET seen_at = $3, typing = $4`, item, account, at, typing)
	return err
}

func presentAt(ctx context.Context, q db.Querier, item, except string, silent int64) ([]Present, error) {
	scan := func(r db.Scanner) (p Present, err error) {
		err = r.Scan(&p.Account, &p.Since, &p.Typing)
		return p, err
	}
	return db.List(ctx, q, scan, `SELECT account_id, since, typing FROM presence
		WHERE incident_id = $1 AND account_id <> $2 AND seen_at > $3 ORDER BY since, account_id`, item, except, silent)
}

// presentAnywhere lists who else has what open, item by item. It is as long as people are
// at work, and no longer than limit.
func presentAnywhere(ctx context.Context, q db.Querier, except string, silent int64, limit int) ([]PresentAt, error) {
	scan := func(r db.Scanner) (p PresentAt, err error) {
		err = r.Scan(&p.Item, &p.Account, &p.Since, &p.Typing)
		return p, err
	}
	return db.List(ctx, q, scan, `SELECT incident_id, account_id, since, typing FROM presence
		WHERE account_id <> $1 AND seen_at > $2 ORDER BY incident_id, since, account_id LIMIT $3`, except, silent, limit)
}

func dropPresence(ctx context.Context, tx db.Tx, item, account string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM presence WHERE incident_id = $1 AND account_id = $2`, item, account)
	return err
}

package notice

import (
	"context"

	"gezhi/internal/kit/db"
)

func putWall(ctx context.Context, tx db.Tx, wall, account string, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO walls (id, account_id, seen_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET seen_at = $3`, wall, account, at)
	return err
}

func putShow(ctx context.Context, tx db.Tx, notice, wall string, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO bulletin_walls (bulletin_id, wall_id, shown_at) VALUES ($1, $2, $3)
		ON CONFLICT (bulletin_id, wall_id) DO UPDATE SET shown_at = $3`, notice, wall, at)
	return err
}

func forgetWalls(ctx context.Context, tx db.Tx, before int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM walls WHERE seen_at < $1`, before)
	return err
}

// wallsSince returns the account of each wall that was on since an instant.
func wallsSince(ctx context.Context, q db.Querier, since int64) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT account_id FROM walls WHERE seen_at >= $1 ORDER BY id`, since)
}

// countWalls returns how many walls have shown a bulletin since an instant, and ever.
func countWalls(ctx context.Context, q db.Querier, notice string, since int64) (shows, ever int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COALESCE(SUM(CASE WHEN shown_at >= $2 THEN 1 ELSE 0 END), 0), COUNT(*) FROM bulletin_walls WHERE bulletin_id = $1`, notice, since).Scan(&shows, &ever)
	return shows, ever, err
}

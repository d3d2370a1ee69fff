package web

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
)

// Answers keeps answers in the store. It implements Keeper.
type Answers struct{ DB *db.DB }

// staleAfter is when a request that never ended (a crash) no longer bars its key, in ms.
const staleAfter = 60_000

// keepFor is how long an answer is kept, in ms.
const keepFor = 7 * 24 * 3600 * 1000

// Begin reserves the key, or returns what is kept under it.
func (a Answers) Begin(ctx context.Context, id, digest string, at int64) (Kept, error) {
	var k Kept
	err := a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		k = Kept{}
		if _, err := tx.ExecContext(ctx, `DELETE FROM kept_answers WHERE id = $1 AND status = 0 AND created_at < $2`, id, at-staleAfter); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO kept_answers (id, digest, status, body, created_at) VALUES ($1, $2, 0, '', $3)
			ON CONFLICT (id) DO NOTHING`, id, digest, at)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		err = tx.QueryRowContext(ctx, `SELECT digest, status, body FROM kept_answers WHERE id = $1`, id).Scan(&k.Digest, &k.Status, &k.Body)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		k.Running = k.Status == 0
		return err
	})
	return k, err
}

// Finish keeps the answer.
func (a Answers) Finish(ctx context.Context, id string, status int, body string) error {
	return a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE kept_answers SET status = $2, body = $3 WHERE id = $1`, id, status, body)
		return err
	})
}

// Drop frees the key after a refused request.
func (a Answers) Drop(ctx context.Context, id string) error {
	return a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM kept_answers WHERE id = $1 AND status = 0`, id)
		return err
	})
}

// Purge removes answers that are a week old.
func (a Answers) Purge(ctx context.Context, at int64) error {
	return a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM kept_answers WHERE created_at < $1`, at-keepFor)
		return err
	})
}

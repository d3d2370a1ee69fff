package incident

import (
	"context"

	"gezhi/internal/kit/db"
)

func scanPhrase(r row) (p Phrase, err error) {
	err = r.Scan(&p.ID, &p.Use, &p.Text, &p.Sort, &p.Version)
	return p, err
}

func phrasesFor(ctx context.Context, q db.Querier, use string) ([]Phrase, error) {
	const head = `SELECT id, purpose, text, sort, version FROM phrases`
	if use == "" {
		return db.List(ctx, q, scanPhrase, head+` ORDER BY purpose, sort, id`)
	}
	return db.List(ctx, q, scanPhrase, head+` WHERE purpose = $1 ORDER BY sort, id`, use)
}

// phraseEnd returns how many phrases a use has and the place of the last.
func phraseEnd(ctx context.Context, q db.Querier, use string) (n int, last int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*), COALESCE(max(sort), 0) FROM phrases WHERE purpose = $1`, use).Scan(&n, &last)
	return n, last, err
}

func insertPhrase(ctx context.Context, tx db.Tx, p Phrase) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO phrases (id, purpose, text, sort, version) VALUES ($1, $2, $3, $4, $5)`,
		p.ID, p.Use, p.Text, p.Sort, p.Version)
	return err
}

// updatePhrase writes a phrase over its version and tells whether there is one with this id, and whether it was at
// this version.
func updatePhrase(ctx context.Context, tx db.Tx, p Phrase) (found, changed bool, err error) {
	res, err := tx.ExecContext(ctx, `UPDATE phrases SET purpose = $3, text = $4, sort = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Use, p.Text, p.Sort)
	if err != nil {
		return false, false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return true, true, err
	}
	var n int
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM phrases WHERE id = $1`, p.ID).Scan(&n)
	return n == 1, false, err
}

func deletePhrase(ctx context.Context, tx db.Tx, phrase string) (gone bool, err error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM phrases WHERE id = $1`, phrase)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

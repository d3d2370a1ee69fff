package people

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
)

const absenceColumns = `account_id, from_at, to_at, COALESCE(delegate_id, ''), note`

func scanAbsence(r db.Scanner) (a Absence, err error) {
	err = r.Scan(&a.AccountID, &a.From, &a.To, &a.DelegateID, &a.Note)
	return a, err
}

// absencesFrom returns the absences that are not over at an instant.
func absencesFrom(ctx context.Context, q db.Querier, at int64) ([]Absence, error) {
	return db.List(ctx, q, scanAbsence, `SELECT `+absenceColumns+` FROM absences WHERE to_at > $1 ORDER BY account_id`, at)
}

func absenceOf(ctx context.Context, q db.Querier, account string) (a Absence, ok bool, err error) {
	a, err = scanAbsence(q.QueryRowContext(ctx, `SELECT `+absenceColumns+` FROM absences WHERE account_id = $1`, account))
	if errors.Is(err, sql.ErrNoRows) {
		return Absence{}, false, nil
	}
	return a, err == nil, err
}

func putAbsence(ctx context.Context, tx db.Tx, a Absence, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO absences (account_id, from_at, to_at, delegate_id, note, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (account_id) DO UPDATE SET from_at = $2, to_at = $3, delegate_id = $4, note = $5, updated_at = $6`,
		a.AccountID, a.From, a.To, orNull(a.DelegateID), a.Note, at)
	return err
}

func deleteAbsence(ctx context.Context, tx db.Tx, account string) (gone bool, err error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM absences WHERE account_id = $1`, account)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

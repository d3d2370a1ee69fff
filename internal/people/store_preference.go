package people

import (
	"context"
	"encoding/json"

	"gezhi/internal/kit/db"
)

func preferencesOf(ctx context.Context, q db.Querier, account string) (map[string]json.RawMessage, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, value FROM preferences WHERE account_id = $1`, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := map[string]json.RawMessage{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		values[name] = json.RawMessage(value)
	}
	return values, rows.Err()
}

// countPreferences counts what an account keeps under other names.
func countPreferences(ctx context.Context, q db.Querier, account, except string) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM preferences WHERE account_id = $1 AND name <> $2`, account, except).Scan(&n)
	return n, err
}

func putPreference(ctx context.Context, tx db.Tx, account, name, value string, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO preferences (account_id, name, value, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account_id, name) DO UPDATE SET value = $3, updated_at = $4`, account, name, value, at)
	return err
}

func deletePreference(ctx context.Context, tx db.Tx, account, name string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM preferences WHERE account_id = $1 AND name = $2`, account, name)
	return err
}

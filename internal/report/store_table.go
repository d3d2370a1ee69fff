package report

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const tableColumns = `id, name, definition, owner_id, owner_name, shared, version, created_at, updated_at, deleted_at`

func scanTable(row db.Scanner) (t Table, err error) {
	var body string
	err = row.Scan(&t.ID, &t.Name, &body, &t.OwnerID, &t.OwnerName, &t.Shared, &t.Version, &t.CreatedAt, &t.UpdatedAt, &t.DeletedAt)
	if err == nil {
		err = json.Unmarshal([]byte(body), &t.Definition)
	}
	return t, err
}

func listTables(ctx context.Context, q db.Querier, account string) ([]Table, error) {
	return db.List(ctx, q, scanTable, `SELECT `+tableColumns+` FROM built_tables WHERE (owner_id = $1 OR shared = $2) AND deleted_at IS NULL ORDER BY name, id LIMIT 500`, account, true)
}

func readTable(ctx context.Context, q db.Querier, id string) (t Table, ok bool, err error) {
	t, err = scanTable(q.QueryRowContext(ctx, `SELECT `+tableColumns+` FROM built_tables WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return t, false, nil
	}
	return t, err == nil, err
}

func countTables(ctx context.Context, q db.Querier, account string) (int, error) {
	return db.One[int](q.QueryRowContext(ctx, `SELECT COUNT(*) FROM built_tables WHERE owner_id = $1 AND deleted_at IS NULL`, account))
}

func insertTable(ctx context.Context, tx db.Tx, t Table) error {
	body, err := json.Marshal(t.Definition)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO built_tables (`+tableColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)`,
		t.ID, t.Name, string(body), t.OwnerID, t.OwnerName, t.Shared, t.Version, t.CreatedAt, t.UpdatedAt)
	return err
}

// updateTable changes the version that was read, or says that it is stale.
func updateTable(ctx context.Context, tx db.Tx, t Table) (Table, error) {
	body, err := json.Marshal(t.Definition)
	if err != nil {
		return t, err
	}
	kept, err := scanTable(tx.QueryRowContext(ctx, `UPDATE built_tables SET name = $3, definition = $4, shared = $5, version = version + 1, updated_at = $6
		WHERE id = $1 AND version = $2 AND deleted_at IS NULL RETURNING `+tableColumns, t.ID, t.Version, t.Name, string(body), t.Shared, t.UpdatedAt))
	if errors.Is(err, sql.ErrNoRows) {
		return t, fault.New(fault.Conflict, "table.stale")
	}
	return kept, err
}

func markDeleted(ctx context.Context, tx db.Tx, id string, at *int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE built_tables SET deleted_at = $2, version = version + 1 WHERE id = $1`, id, at)
	return err
}

func purgeTables(ctx context.Context, tx db.Tx, before int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM built_tables WHERE deleted_at < $1`, before)
	return err
}

package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gezhi/internal/kit/db"
)

// readRows calls each with every row of a table in the order of its key.
func readRows(ctx context.Context, q db.Querier, t table, each func(columns []string, values []any) error) error {
	rows, err := q.QueryContext(ctx, `SELECT * FROM `+t.name+` ORDER BY `+t.key)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for n := range values {
		targets[n] = &values[n]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for n, v := range values { // one engine keeps flags as numbers
			if number, ok := v.(int64); ok && types[n].DatabaseTypeName() == "BOOLEAN" {
				values[n] = number != 0
			}
		}
		if err := each(columns, values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// empty refuses a store with any row that a new one does not have by itself.
func empty(ctx context.Context, q db.Querier) error {
	for _, t := range tables {
		if t.made {
			continue
		}
		var one int
		err := q.QueryRowContext(ctx, `SELECT 1 FROM `+t.name+` LIMIT 1`).Scan(&one)
		if err == nil {
			return fmt.Errorf("%w: table %s has rows; restore into a new folder (GEZHI_DATA) or a new database (GEZHI_DB)", ErrNotEmpty, t.name)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

// clearMade removes what a new store has by itself; the archive brings its own.
func clearMade(ctx context.Context, tx db.Tx) error {
	for _, t := range slices.Backward(tables) {
		if !t.made {
			continue
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+t.name); err != nil {
			return err
		}
	}
	return nil
}

func insertRows(ctx context.Context, tx db.Tx, name string, columns []string, list [][]any) error {
	for _, column := range columns {
		if strings.ContainsFunc(column, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' }) {
			return fmt.Errorf("%w: %q is no column", ErrDamaged, column)
		}
	}
	return db.InParts(list, func(part [][]any) error {
		var args db.Args
		text := `INSERT INTO ` + name + ` (` + strings.Join(columns, ", ") + `) VALUES ` + db.Rows(&args, part, func(row []any) []any { return row })
		_, err := tx.ExecContext(ctx, text, args.Values...)
		return err
	})
}

func setReference(ctx context.Context, tx db.Tx, ref reference) error {
	_, err := tx.ExecContext(ctx, `UPDATE `+ref.table.name+` SET `+ref.table.self+` = $2 WHERE `+ref.table.key+` = $1`, ref.id, ref.to)
	return err
}

// endLeases ends what processes of the old store hold; their fences stay.
func endLeases(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE leases SET expires = 0`)
	return err
}

func countRows(ctx context.Context, q db.Querier, name string) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM `+name).Scan(&n)
	return n, err
}

package db

import (
	"context"
	"slices"
)

// maxValues bounds the values of one statement that writes many rows: SQLite finds each by name among all of them, so
// that twice as many take four times as long.
const maxValues = 320

// InsertRows writes rows of the same columns with few statements; into is the statement up to its rows.
func InsertRows(ctx context.Context, tx Tx, into string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	size := partSizes[0]
	for size > 1 && size*len(rows[0]) > maxValues {
		size /= 4
	}
	for some := range slices.Chunk(rows, size) {
		err := InParts(some, func(part [][]any) error {
			var args Args
			_, err := tx.ExecContext(ctx, into+Rows(&args, part, func(row []any) []any { return row }), args.Values...)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

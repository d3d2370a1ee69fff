package db

import (
	"context"
	"strings"
)

// partSizes are the sizes in which lists go into statements: few, so that few texts are prepared, and large enough that
// the cost of a call is shared.
var partSizes = []int{64, 16, 4, 1}

// InParts calls fn with one part of a list after the other and ends at its first error. The sizes of parts are few, so
// that a statement with a part's values in it has few different texts.
func InParts[T any](list []T, fn func(part []T) error) error {
	for _, size := range partSizes {
		for len(list) >= size {
			if err := fn(list[:size]); err != nil {
				return err
			}
			list = list[size:]
		}
	}
	return nil
}

// Row keeps the values of a row and returns its placeholders in brackets, e.g. "($1, $2)".
func (a *Args) Row(values ...any) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = a.Add(v)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// Rows returns the rows of a part for VALUES, each made of an item by row.
func Rows[T any](a *Args, part []T, row func(item T) []any) string {
	rows := make([]string, len(part))
	for i, item := range part {
		rows[i] = a.Row(row(item)...)
	}
	return strings.Join(rows, ", ")
}

// Scanner is a row to scan: of one or of many.
type Scanner interface{ Scan(dest ...any) error }

// List runs a query and returns what scan makes of each row, in order; nil when there is none.
func List[T any](ctx context.Context, q Querier, scan func(row Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// One scans a row of a single column.
func One[T any](row Scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

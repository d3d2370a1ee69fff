package incidenttest

import (
	"context"
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

// Machine is the actor that sees everything.
var Machine = authz.System("test")

// Rows returns every column of the rows of a query as text, a row an element.
func (o *Office) Rows(query string, args ...any) []string {
	o.t.Helper()
	rows, err := o.DB.Read().QueryContext(context.Background(), query, args...)
	require.NoError(o.t, err)
	defer rows.Close()
	names, err := rows.Columns()
	require.NoError(o.t, err)
	var list []string
	for rows.Next() {
		values := make([]any, len(names))
		for n := range values {
			values[n] = new(any)
		}
		require.NoError(o.t, rows.Scan(values...))
		var b strings.Builder
		for n, name := range names {
			v := *values[n].(*any)
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			fmt.Fprintf(&b, "%s=%v\n", name, v)
		}
		list = append(list, b.String())
	}
	require.NoError(o.t, rows.Err())
	return list
}

// Stored returns everything that is kept of an incident: its row, orders, entries, outbox rows and files.
func (o *Office) Stored(id string) string {
	o.t.Helper()
	var all []string
	for _, query := range []string{
		`SELECT * FROM incidents WHERE id = $1`, `SELECT * FROM orders WHERE incident_id = $1 ORDER BY id`,
		`SELECT * FROM entries WHERE incident_id = $1 ORDER BY seq`, `SELECT * FROM outbox WHERE aggregate_id = $1 ORDER BY seq`,
		`SELECT * FROM files WHERE incident_id = $1 ORDER BY id`,
	} {
		all = append(all, o.Rows(query, id)...)
	}
	return strings.Join(all, "\n")
}

// Exec runs a statement past the service, as somebody with access to the store alone would.
func (o *Office) Exec(query string, args ...any) {
	o.t.Helper()
	require.NoError(o.t, o.DB.Write(context.Background(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	}))
}

// Count returns the one number that a query gives.
func (o *Office) Count(query string, args ...any) (n int) {
	o.t.Helper()
	require.NoError(o.t, o.DB.Read().QueryRowContext(context.Background(), query, args...).Scan(&n))
	return n
}

// Tables returns the names of all tables of the store, in order.
func (o *Office) Tables() []string {
	o.t.Helper()
	query := `SELECT name AS t FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name`
	if o.DB.Engine() == db.Postgres {
		query = `SELECT tablename AS t FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY tablename`
	}
	var names []string
	for _, row := range o.Rows(query) {
		names = append(names, strings.TrimSpace(strings.TrimPrefix(row, "t=")))
	}
	return names
}

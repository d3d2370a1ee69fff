package bench

import (
	"context"
	"database/sql"
)

// Settle lets the engine learn what the tables hold, as it does by itself in time.
func Settle(ctx context.Context, pool *sql.DB, engine string) error {
	text := "ANALYZE"
	if engine == "sqlite" {
		text = "PRAGMA optimize"
	}
	_, err := pool.ExecContext(ctx, text)
	return err
}

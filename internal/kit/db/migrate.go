package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Migrate brings the schema up to the newest migration of the tree and then makes the search index, whose form is the
// engine's own. It is safe to run again.
func (d *DB) Migrate(ctx context.Context, tree fs.FS) error {
	p, err := d.provider(tree, d.writes)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return d.makeSearch(ctx)
}

// Migrated tells whether the schema is at the newest migration of the tree.
func (d *DB) Migrated(ctx context.Context, tree fs.FS) (bool, error) {
	p, err := d.provider(tree, d.reads)
	if err != nil {
		return false, err
	}
	pending, err := p.HasPending(ctx)
	return !pending, err
}

func (d *DB) provider(tree fs.FS, pool *sql.DB) (*goose.Provider, error) {
	dialect := database.DialectSQLite3
	if d.engine == Postgres {
		dialect = database.DialectPostgres
	}
	return goose.NewProvider(dialect, pool, tree, goose.WithDisableGlobalRegistry(true))
}

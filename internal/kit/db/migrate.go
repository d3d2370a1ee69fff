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

// MigrateTo brings an empty or older store up to one migration of the tree, to be filled with rows of that time. It
// fails on a store that is newer.
func (d *DB) MigrateTo(ctx context.Context, tree fs.FS, version int64) error {
	p, err := d.provider(tree, d.writes)
	if err != nil {
		return err
	}
	is, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	if is > version {
		return fmt.Errorf("the schema of the store is at %d, not at most %d", is, version)
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return d.makeSearch(ctx)
}

// Schema returns the number of the newest migration that the store has, and of the newest that
// the tree has.
func (d *DB) Schema(ctx context.Context, tree fs.FS) (store, newest int64, err error) {
	p, err := d.provider(tree, d.writes)
	if err != nil {
		return 0, 0, err
	}
	sources := p.ListSources()
	newest = sources[len(sources)-1].Version
	store, err = p.GetDBVersion(ctx)
	return store, newest, err
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

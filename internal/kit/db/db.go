// Package db opens the store and runs transactions on it: SQLite in a file or PostgreSQL, with one SQL text for both.
// Statements use $n placeholders; ids are text, times unix milliseconds (BIGINT), JSON objects JSONB columns.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver
)

// Engine names a database engine.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Querier runs statements.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Tx is a Querier inside a write transaction. Rows must be read to the end before the next statement.
type Tx interface{ Querier }

// DB is an open store.
type DB struct {
	engine Engine
	reads  *sql.DB
	writes *sql.DB
	cached *stmtCache
	writer *writer // SQLite only
	close  sync.Once
}

// Open opens the PostgreSQL of a postgres:// URL, or, with an empty URL, the SQLite file gezhi.db in the folder, which
// is made when missing. It does not migrate.
func Open(ctx context.Context, url, folder string) (*DB, error) {
	if url == "" {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, fmt.Errorf("make the data folder: %w", err)
		}
		return OpenSQLite(ctx, filepath.Join(folder, "gezhi.db"))
	}
	if !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return nil, errors.New("GEZHI_DB must be a postgres:// URL, or unset for SQLite in the data folder")
	}
	pool, err := sql.Open("pgx", url)
	if err != nil {
		return nil, errors.New("GEZHI_DB is not a usable postgres:// URL")
	}
	pool.SetMaxOpenConns(24)
	pool.SetMaxIdleConns(24)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reach PostgreSQL: %w", err)
	}
	return &DB{engine: Postgres, reads: pool, writes: pool}, nil
}

// OpenSQLite opens one SQLite file for many readers and one writer that groups commits.
func OpenSQLite(ctx context.Context, path string) (*DB, error) {
	pragmas := "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
		"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)&_pragma=mmap_size(268435456)&_pragma=wal_autocheckpoint(4000)"
	name := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + pragmas
	writes, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	writes.SetMaxOpenConns(2) // the writer keeps one; the other is for migrations and checks beside it
	if err := writes.PingContext(ctx); err != nil {
		writes.Close()
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	reads, err := sql.Open("sqlite", name+"&_pragma=query_only(1)")
	if err != nil {
		writes.Close()
		return nil, err
	}
	reads.SetMaxOpenConns(8)
	reads.SetMaxIdleConns(8)
	return &DB{engine: SQLite, reads: reads, writes: writes, cached: newStmtCache(reads)}, nil
}

// Engine tells which engine this is. Only migrations and the dialect's own methods may ask.
func (d *DB) Engine() Engine { return d.engine }

// Read returns the pool for reading outside transactions.
func (d *DB) Read() Querier {
	if d.cached != nil {
		return d.cached
	}
	return d.reads
}

// Pool returns the pool that may write, for the migrator and backups.
func (d *DB) Pool() *sql.DB { return d.writes }

// Snapshot runs fn on one unchanging view of the store.
func (d *DB) Snapshot(ctx context.Context, fn func(ctx context.Context, q Querier) error) error {
	opt := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opt.Isolation = sql.LevelRepeatableRead
	}
	tx, err := d.reads.BeginTx(ctx, opt)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return fn(ctx, tx)
}

// Ping tells whether the store answers.
func (d *DB) Ping(ctx context.Context) error { return d.reads.PingContext(ctx) }

// Write runs fn in one transaction and returns after the commit is durable, or with fn's error after everything was
// undone. fn does SQL only and may run more than once, so it must set its results anew each time. The context given
// to fn outlives the caller's: a person who hangs up does not undo what others in the same commit did. After a commit
// whose outcome is unknown the error is ErrUnknown: repeat the request under its idempotency key.
func (d *DB) Write(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.engine == SQLite {
		return d.sqliteWriter().do(ctx, fn)
	}
	inner, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeLimit)
	defer cancel()
	return d.writePostgres(inner, fn)
}

// writeLimit bounds one transaction.
const writeLimit = 60 * time.Second

// Close waits for the writer and closes the pools.
func (d *DB) Close() error {
	var err error
	d.close.Do(func() {
		if d.writer != nil {
			d.writer.stop()
		}
		if d.cached != nil {
			d.cached.closeAll()
			err = d.reads.Close()
		}
		err = errors.Join(err, d.writes.Close())
	})
	return err
}

// FS is a tree of migrations.
type FS = fs.FS

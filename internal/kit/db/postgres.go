package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrUnknown means that the connection broke during a commit: it may or may not have happened. The request can be
// repeated under its idempotency key.
var ErrUnknown = errors.New("the outcome of the commit is unknown")

// attempts bounds how often a transaction is tried again after a conflict with another one.
const attempts = 8

func (d *DB) writePostgres(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	var err error
	for try := range attempts {
		if err = d.tryPostgres(ctx, fn); err == nil || errors.Is(err, ErrUnknown) || !retryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(1+rand.IntN(8<<try)) * time.Millisecond):
		}
	}
	return err
}

func (d *DB) tryPostgres(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error {
	tx, err := d.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	j := &job{ctx: ctx, fn: fn}
	if err := run(j, tx); err != nil {
		return err
	}
	err = tx.Commit()
	var pg *pgconn.PgError
	if err != nil && !errors.As(err, &pg) {
		return fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	return err
}

// retryable tells by SQLSTATE (serialization failure, deadlock, lost connection, shutdown) whether the transaction
// certainly did not happen and may be tried again.
func retryable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "57P01" || len(pg.Code) == 5 && pg.Code[:2] == "08"
	}
	return errors.Is(err, driver.ErrBadConn)
}

// IsDuplicate tells whether a statement failed because its key exists already.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
	}
	return false
}

package bench

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"

	"gezhi/internal/kit/id"
)

// Stores makes databases for measuring, and drops them all. With an empty Admin they are files, of which it knows nothing.
type Stores struct {
	Admin string // URL of a PostgreSQL in which databases may be made
	names []string
}

// Make returns the URL of a new database, ” for files.
func (s *Stores) Make(ctx context.Context) (string, error) {
	if s.Admin == "" {
		return "", nil
	}
	u, err := url.Parse(s.Admin)
	if err != nil {
		return "", fmt.Errorf("not a postgres:// URL")
	}
	name := "bench_" + id.Token(8)
	if err := s.admin(ctx, `CREATE DATABASE "`+name+`"`); err != nil {
		return "", err
	}
	s.names = append(s.names, name)
	u.Path = "/" + name
	return u.String(), nil
}

// Drop removes what Make made.
func (s *Stores) Drop(ctx context.Context) error {
	for _, name := range s.names {
		if err := s.admin(ctx, `DROP DATABASE IF EXISTS "`+name+`" WITH (FORCE)`); err != nil {
			return err
		}
	}
	s.names = nil
	return nil
}

func (s *Stores) admin(ctx context.Context, statement string) error {
	pool, err := sql.Open("pgx", s.Admin)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.ExecContext(ctx, statement)
	return err
}

// Settings names what decides whether a commit is durable, as the engine itself tells.
func Settings(ctx context.Context, pool *sql.DB, engine string) (string, error) {
	if engine == "sqlite" {
		var mode string
		var sync int
		err := pool.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode)
		if err == nil {
			err = pool.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&sync)
		}
		return fmt.Sprintf("journal_mode=%s synchronous=%d", mode, sync), err
	}
	var fsync, commit, version string
	err := pool.QueryRowContext(ctx, `SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('server_version')`).Scan(&fsync, &commit, &version)
	return fmt.Sprintf("%s, fsync=%s synchronous_commit=%s", version, fsync, commit), err
}

package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"sync"
	"testing"

	"gezhi/internal/kit/db"
	"gezhi/migrations"
)

var (
	templateMu   sync.Mutex
	templateDone = map[string]string{}
)

// template makes, once for all processes, a migrated database from which tests get their copies, and returns its name.
func template(t testing.TB, admin string) string {
	t.Helper()
	templateMu.Lock()
	defer templateMu.Unlock()
	if name := templateDone[admin]; name != "" {
		return name
	}
	name := schemaName(t)
	if err := buildTemplate(admin, name); err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	name += "_ready"
	templateDone[admin] = name
	return name
}

func buildTemplate(admin, name string) error {
	ctx := context.Background()
	pool, err := sql.Open("pgx", admin)
	if err != nil {
		return err
	}
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(7203117)"); err != nil {
		return err
	}
	defer conn.ExecContext(ctx, "SELECT pg_advisory_unlock(7203117)")
	var ready bool
	if err := conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM pg_database WHERE datname = $1", name+"_ready").Scan(&ready); err != nil {
		return err
	}
	if ready {
		return nil
	}
	for _, stmt := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name} {
		if _, err := conn.ExecContext(ctx, stmt); err != nil {
			return err
		}
	}
	u, err := url.Parse(admin)
	if err != nil {
		return err
	}
	u.Path = "/" + name
	d, err := db.Open(ctx, u.String(), "")
	if err != nil {
		return err
	}
	err = d.Migrate(ctx, migrations.Tree)
	d.Close()
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+name+" RENAME TO "+name+"_ready")
	return err
}

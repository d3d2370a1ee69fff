package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
)

// PostgresEnv names the variable with the URL of a PostgreSQL in which tests may make databases. make test sets it;
// scripts/postgres.sh start prints it for a single go test.
const PostgresEnv = "GEZHI_TEST_POSTGRES"

// setupLimit bounds making and dropping a database, which waits for others that use the same template.
const setupLimit = 2 * time.Minute

// PostgresURL returns the URL of the PostgreSQL for tests, and whether there is one. Without one the test goes on with
// SQLite alone and the log says so; in CI that is a failure.
func PostgresURL(t testing.TB) (string, bool) {
	t.Helper()
	if admin := os.Getenv(PostgresEnv); admin != "" {
		return admin, true
	}
	if ci := os.Getenv("CI"); ci == "true" || ci == "1" {
		t.Errorf("%s is not set: in CI every engine is tested", PostgresEnv)
	} else {
		t.Logf("%s is not set: PostgreSQL is not tested (scripts/postgres.sh start)", PostgresEnv)
	}
	return "", false
}

// FreshDatabase makes a database of its own for the test, as a copy of the template (empty: a bare one), and returns
// its URL. It is dropped when the test ends, with whoever is still connected.
func FreshDatabase(t testing.TB, adminURL, template string) string {
	t.Helper()
	name := "t_" + randomName()
	onAdmin(t, adminURL, func(ctx context.Context, c *sql.Conn) error {
		return createDatabase(ctx, c, name, template)
	})
	t.Cleanup(func() {
		onAdmin(t, adminURL, func(ctx context.Context, c *sql.Conn) error {
			_, err := c.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
			return err
		})
	})
	return withDatabase(t, adminURL, name)
}

// Template returns the name of a template database for FreshDatabase, which build fills the first time that any test
// process asks for this key (lower-case letters, digits and _; make it depend on what build does, for example on a
// digest of the migrations). Build must close its connections before it returns.
func Template(t testing.TB, adminURL, key string, build func(url string) error) string {
	t.Helper()
	if !regexp.MustCompile(`^[a-z0-9_]{1,40}$`).MatchString(key) {
		t.Fatalf("template key %q: want 1 to 40 of a-z, 0-9, _", key)
	}
	name := "tpl_" + key
	onAdmin(t, adminURL, func(ctx context.Context, c *sql.Conn) error {
		// Test processes run side by side: one builds, the others wait. The lock ends with the connection at the latest.
		if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext($1))", name); err != nil {
			return err
		}
		defer c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtext($1))", name)
		var exists bool
		err := c.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&exists)
		if err != nil || exists {
			return err
		}
		// Built under another name first, so that a build that broke half-way is never taken for a template.
		draft := "draft_" + randomName()
		if err := createDatabase(ctx, c, draft, ""); err != nil {
			return err
		}
		if err := build(withDatabase(t, adminURL, draft)); err != nil {
			_, drop := c.ExecContext(ctx, "DROP DATABASE "+draft+" WITH (FORCE)")
			return errors.Join(err, drop)
		}
		return patiently(ctx, func() error {
			_, err := c.ExecContext(ctx, "ALTER DATABASE "+draft+" RENAME TO "+name)
			return err
		})
	})
	return name
}

func createDatabase(ctx context.Context, c *sql.Conn, name, template string) error {
	statement := "CREATE DATABASE " + name
	if template != "" {
		statement += " TEMPLATE " + template
	}
	return patiently(ctx, func() error {
		_, err := c.ExecContext(ctx, statement)
		return err
	})
}

// patiently repeats a statement while the database it needs alone is still used by somebody: a backend that was told
// to close goes a moment later.
func patiently(ctx context.Context, do func() error) error {
	const inUse = "55006"
	for {
		err := do()
		var pg *pgconn.PgError
		if err == nil || !errors.As(err, &pg) || pg.Code != inUse {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func onAdmin(t testing.TB, adminURL string, do func(ctx context.Context, c *sql.Conn) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), setupLimit)
	defer cancel()
	pool, err := sql.Open("pgx", adminURL)
	if err != nil {
		t.Fatalf("%s: %v", PostgresEnv, err)
	}
	defer pool.Close()
	c, err := pool.Conn(ctx)
	if err != nil {
		t.Fatalf("reach the PostgreSQL for tests: %v", err)
	}
	defer c.Close()
	if err := do(ctx, c); err != nil {
		t.Fatalf("prepare a database for the test: %v", err)
	}
}

func withDatabase(t testing.TB, adminURL, name string) string {
	t.Helper()
	u, err := url.Parse(adminURL)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		t.Fatalf("%s is not a postgres:// URL", PostgresEnv)
	}
	u.Path = "/" + name
	return u.String()
}

func randomName() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Package dbtest runs a test on both engines, each time on a fresh and migrated store.
package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gezhi/internal/kit/db"
	"gezhi/migrations"
)

// Each runs fn once on SQLite and once on PostgreSQL, as subtests "sqlite" and "postgres". Without a PostgreSQL to use
// (GEZHI_TEST_POSTGRES) only the first one runs, except in CI, where that is a failure.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, Lite(t)) })
	if url, ok := PostgresURL(t); ok {
		t.Run("postgres", func(t *testing.T) { fn(t, postgres(t, url)) })
	}
}

var (
	liteOnce sync.Once
	liteFile string
	liteErr  error
)

// Lite returns a fresh migrated SQLite store that is closed at the end of the test.
func Lite(t testing.TB) *db.DB {
	t.Helper()
	liteOnce.Do(func() { liteFile, liteErr = makeTemplate() })
	if liteErr != nil {
		t.Fatal(liteErr)
	}
	path := filepath.Join(t.TempDir(), "gezhi.db")
	if err := copyFile(liteFile, path); err != nil {
		t.Fatal(err)
	}
	d, err := db.OpenSQLite(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func makeTemplate() (string, error) {
	dir, err := os.MkdirTemp("", "gezhi-template")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "gezhi.db")
	d, err := db.OpenSQLite(context.Background(), path)
	if err != nil {
		return "", err
	}
	if err := d.Migrate(context.Background(), migrations.Tree); err != nil {
		return "", err
	}
	if _, err := d.Pool().Exec("PRAGMA journal_mode = DELETE"); err != nil { // everything into the one file
		return "", err
	}
	return path, d.Close()
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

func postgres(t testing.TB, admin string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), FreshDatabase(t, admin, template(t, admin)), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// schemaName names the template after the migrations and the code that adds the search index, so that packages that
// run side by side share it and a changed schema gets a new one.
func schemaName(t testing.TB) string {
	t.Helper()
	h := sha256.New()
	io.WriteString(h, "search 1\n")
	names, err := fs.Glob(migrations.Tree, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		b, err := fs.ReadFile(migrations.Tree, n)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(b)
	}
	return "schema_" + hex.EncodeToString(h.Sum(nil))[:16]
}

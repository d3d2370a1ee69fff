package dbtest_test

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"gezhi/internal/kit/db/dbtest"

	"github.com/stretchr/testify/require"
)

func exec(t *testing.T, url, statement string) error {
	t.Helper()
	pool, err := sql.Open("pgx", url)
	require.NoError(t, err)
	defer pool.Close()
	_, err = pool.ExecContext(context.Background(), statement)
	return err
}

// The engine's own tests have names that end in the engine, so that the count at the end of make test has them.
func TestDatabases(t *testing.T) {
	admin, ok := dbtest.PostgresURL(t)
	if !ok {
		return
	}
	t.Run("postgres", func(t *testing.T) {
		var built atomic.Int32
		build := func(url string) error {
			built.Add(1)
			return exec(t, url, "CREATE TABLE kept (n BIGINT)")
		}
		key := "selftest"
		template := dbtest.Template(t, admin, key, build)
		require.Equal(t, template, dbtest.Template(t, admin, key, build))
		require.LessOrEqual(t, built.Load(), int32(1), "a template is built once")

		var used string
		t.Run("copies of a template do not touch each other", func(t *testing.T) {
			one, two := dbtest.FreshDatabase(t, admin, template), dbtest.FreshDatabase(t, admin, template)
			require.NotEqual(t, one, two)
			require.NoError(t, exec(t, one, "DROP TABLE kept"))
			require.NoError(t, exec(t, two, "INSERT INTO kept VALUES (1)"))
			used = one
		})
		require.Error(t, exec(t, used, "SELECT 1"), "a database is gone after its test")

		t.Run("a build that fails leaves no template", func(t *testing.T) {
			broken := &recorder{TB: t}
			broken.run(func() {
				dbtest.Template(broken, admin, "selftest_broken", func(string) error { return errors.New("broken") })
			})
			require.True(t, broken.failed, "the failure ends the test")
			again := &recorder{TB: t}
			tried := false
			again.run(func() {
				dbtest.Template(again, admin, "selftest_broken", func(string) error {
					tried = true
					return errors.New("broken again")
				})
			})
			require.True(t, tried, "the next one builds anew")
		})
	})
}

// recorder takes the failure of a helper without failing the test around it.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Fatalf(string, ...any) {
	r.failed = true
	runtime.Goexit()
}

func (r *recorder) run(do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	<-done
}

package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/migrations"
)

func put(ctx context.Context, tx db.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, 0)`, key, value)
	return err
}

func count(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	require.NoError(t, d.Read().QueryRowContext(t.Context(), `SELECT count(*) FROM settings`).Scan(&n))
	return n
}

func TestWriteKeepsWhatSucceededAndNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		refused := errors.New("refused")
		var wg sync.WaitGroup
		results := make([]error, 300)
		for i := range results {
			wg.Go(func() {
				results[i] = d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
					if err := put(ctx, tx, fmt.Sprint("k", i), "v"); err != nil {
						return err
					}
					switch i % 5 {
					case 1:
						return refused
					case 2:
						return put(ctx, tx, fmt.Sprint("k", i), "again") // a duplicate key
					case 3:
						panic("a bad write")
					}
					return nil
				})
			})
		}
		wg.Wait()
		kept := 0
		for i, err := range results {
			switch i % 5 {
			case 1:
				require.ErrorIs(t, err, refused)
			case 2:
				require.True(t, db.IsDuplicate(err), "%v", err)
			case 3:
				require.ErrorContains(t, err, "a bad write")
			default:
				require.NoError(t, err)
				kept++
			}
		}
		require.Equal(t, kept, count(t, d))
	})
}

func TestWriteOutlivesACallerThatHangsUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Write(ctx, func(inner context.Context, tx db.Tx) error {
			cancel()
			return put(inner, tx, "k", "v")
		})
		require.NoError(t, err)
		require.Equal(t, 1, count(t, d))
		require.ErrorIs(t, d.Write(ctx, func(context.Context, db.Tx) error { return nil }), context.Canceled)
	})
}

// A statement that makes SQLite give up the whole transaction must not take the neighbours of the group with it.
func TestGroupSurvivesALostTransaction(t *testing.T) {
	d := dbtest.Lite(t)
	var wg sync.WaitGroup
	errs := make([]error, 60)
	for i := range errs {
		wg.Go(func() {
			errs[i] = d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
				if err := put(ctx, tx, fmt.Sprint("k", i), "v"); err != nil {
					return err
				}
				if i%7 == 3 {
					_, err := tx.ExecContext(ctx, `ROLLBACK`)
					return errors.Join(errors.New("lost"), err)
				}
				return nil
			})
		})
	}
	wg.Wait()
	kept := 0
	for i, err := range errs {
		if i%7 == 3 {
			require.Error(t, err)
			continue
		}
		require.NoError(t, err)
		kept++
	}
	require.Equal(t, kept, count(t, d))
}

func TestCloseRefusesLaterWrites(t *testing.T) {
	d := dbtest.Lite(t)
	require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error { return put(ctx, tx, "k", "v") }))
	require.NoError(t, d.Close())
	require.Error(t, d.Write(t.Context(), func(context.Context, db.Tx) error { return nil }))
}

func TestSearchFindsPairsOfCharacters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		texts := map[string]string{"a": "小区门口的路灯坏了，晚上很黑", "b": "灯光秀噪音扰民 noise at night", "c": "路边的井盖翘起来了"}
		for id, text := range texts {
			require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
				if err := put(ctx, tx, id, text); err != nil {
					return err
				}
				return d.IndexText(ctx, tx, id, text)
			}))
		}
		find := func(q string) (keys []string) {
			var args db.Args
			where, ok := d.SearchPredicate(&args, "key", q)
			if !ok {
				return nil
			}
			rows, err := d.Read().QueryContext(t.Context(), `SELECT key FROM settings WHERE `+where+` ORDER BY key`, args.Values...)
			require.NoError(t, err)
			defer rows.Close()
			for rows.Next() {
				var k string
				require.NoError(t, rows.Scan(&k))
				keys = append(keys, k)
			}
			require.NoError(t, rows.Err())
			return keys
		}
		require.Equal(t, []string{"a"}, find("路灯"))
		require.Equal(t, []string{"a", "c"}, find("路"))
		require.Equal(t, []string{"b"}, find("NOI"))
		require.Equal(t, []string{"a"}, find("路灯坏了"))
		require.Empty(t, find("灯塔"))
		require.Empty(t, find(`' OR "*`))
		require.Equal(t, []string{"c"}, find("翘起来了 井盖"))
	})
}

// The answer to "is the schema current" must not wait for the writer, which keeps its connection for good.
func TestMigratedAnswersBesideTheWriter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error { return put(ctx, tx, "k", "v") }))
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		ok, err := d.Migrated(ctx, migrations.Tree)
		require.NoError(t, err)
		require.True(t, ok)
	})
}

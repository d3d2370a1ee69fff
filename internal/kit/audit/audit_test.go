package audit_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
)

type fixture struct {
	*audit.Log
	db    *db.DB
	clock *now.Manual
}

func open(t *testing.T, d *db.DB) fixture {
	t.Helper()
	keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "keys"), seal.AES)
	require.NoError(t, err)
	clock := now.NewManual(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	return fixture{audit.New(d, clock, keys), d, clock}
}

// write records n entries, a second apart.
func (f fixture) write(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		require.NoError(t, f.Write(context.Background(), audit.Entry{
			Actor: authz.Actor{AccountID: "A1", Name: "李审"}, Action: "account.rename", Object: "account",
			ObjectID: fmt.Sprintf("B%d", i), Detail: map[string]string{"fields": "name,<phone>", "z": "", "a": "1"},
		}))
		f.clock.Advance(time.Second)
	}
}

func (f fixture) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	require.NoError(t, f.db.Write(context.Background(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, text, args...)
		return err
	}))
}

func TestSealedTrailHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		ctx := context.Background()
		require.NoError(t, f.Verify(ctx, audit.Head{}), "an empty trail holds")
		f.write(t, 7)
		require.NoError(t, f.SealAll(ctx))
		f.write(t, 3)
		require.NoError(t, f.SealAll(ctx))
		f.write(t, 1) // waits
		head, err := f.Head(ctx)
		require.NoError(t, err)
		assert.EqualValues(t, 2, head.Seq)
		assert.NoError(t, f.Verify(ctx, head))
	})
}

func TestBreaksAreNamed(t *testing.T) {
	cases := map[string]struct {
		do    string
		seal  int64
		entry int // index in order, -1 for the seal itself
	}{
		"changed detail":  {`UPDATE audit_entries SET detail = '{}' WHERE object_id = 'B2'`, 1, 2},
		"changed actor":   {`UPDATE audit_entries SET actor_name = 'x' WHERE object_id = 'B0'`, 1, 0},
		"removed":         {`DELETE FROM audit_entries WHERE object_id = 'B1'`, 1, 2},
		"removed last":    {`DELETE FROM audit_entries WHERE object_id = 'B4'`, 1, 4},
		"moved":           {`UPDATE audit_entries SET seal = 2 WHERE object_id = 'B4'`, 1, 4},
		"seal rewritten":  {`UPDATE audit_seals SET count = 4 WHERE seq = 1`, 1, 4},
		"seal hash":       {`UPDATE audit_seals SET hash = 'ff' WHERE seq = 1`, 1, -1},
		"seal removed":    {`DELETE FROM audit_seals WHERE seq = 1`, 1, -1},
		"unknown seal":    {`UPDATE audit_entries SET seal = 9 WHERE object_id = 'B5'`, 2, -2},
		"seal time moved": {`UPDATE audit_seals SET at = at + 1 WHERE seq = 2`, 2, -1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				f := open(t, d)
				ctx := context.Background()
				f.write(t, 5)
				require.NoError(t, f.SealAll(ctx))
				f.exec(t, `UPDATE audit_entries SET object_id = object_id`) // as good as nothing
				require.NoError(t, f.Write(ctx, audit.Entry{Action: "x", ObjectID: "B5"}))
				require.NoError(t, f.SealAll(ctx))
				rows, _, err := f.List(ctx, audit.Query{})
				require.NoError(t, err)
				f.exec(t, c.do)
				var broken *audit.Broken
				require.ErrorAs(t, f.Verify(ctx, audit.Head{}), &broken)
				assert.Equal(t, c.seal, broken.Seal)
				if c.entry >= 0 {
					assert.Equal(t, rows[len(rows)-1-c.entry].ID, broken.Entry)
				}
			})
		})
	}
}

func TestCutTailShowsAgainstAnAnchor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		ctx := context.Background()
		for range 2 {
			f.write(t, 2)
			require.NoError(t, f.SealAll(ctx))
		}
		head, err := f.Head(ctx)
		require.NoError(t, err)
		f.exec(t, `DELETE FROM audit_entries WHERE seal = 2`)
		f.exec(t, `DELETE FROM audit_seals WHERE seq = 2`)
		assert.NoError(t, f.Verify(ctx, audit.Head{}), "nothing inside the store tells")
		var broken *audit.Broken
		require.ErrorAs(t, f.Verify(ctx, head), &broken)
		assert.EqualValues(t, 2, broken.Seal)
	})
}

func TestOnlyOneNodeSeals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, other := open(t, d), open(t, d)
		ctx := context.Background()
		f.write(t, 1)
		n, err := f.SealBatch(ctx)
		require.NoError(t, err)
		assert.Equal(t, 1, n)
		f.write(t, 1)
		n, err = other.SealBatch(ctx)
		require.NoError(t, err)
		assert.Zero(t, n, "the first still holds the lease")
		other.clock.Advance(time.Hour)
		n, err = other.SealBatch(ctx)
		require.NoError(t, err)
		assert.Equal(t, 1, n)
	})
}

func TestSearchAndPaging(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		ctx := context.Background()
		f.write(t, 5)
		first, next, err := f.List(ctx, audit.Query{Limit: 2})
		require.NoError(t, err)
		require.Len(t, first, 2)
		assert.Equal(t, "B4", first[0].ObjectID, "newest first")
		f.write(t, 1) // a new entry does not shift the second page
		second, next, err := f.List(ctx, audit.Query{Limit: 2, Cursor: next})
		require.NoError(t, err)
		require.Len(t, second, 2)
		assert.Equal(t, "B2", second[0].ObjectID)
		third, next, err := f.List(ctx, audit.Query{Limit: 2, Cursor: next})
		require.NoError(t, err)
		assert.Len(t, third, 1)
		assert.Empty(t, next)

		count := func(q audit.Query) int {
			rows, _, err := f.List(ctx, q)
			require.NoError(t, err)
			return len(rows)
		}
		assert.Equal(t, 6, count(audit.Query{Actor: "李"}))
		assert.Equal(t, 6, count(audit.Query{Actor: "A1", Action: "account"}))
		assert.Equal(t, 0, count(audit.Query{Action: "acc"}))
		assert.Equal(t, 0, count(audit.Query{Actor: "%"}), "a wildcard is a character")
		assert.Equal(t, 2, count(audit.Query{Object: "account", ObjectID: "B0"}))
		from := time.Date(2026, 3, 2, 8, 0, 1, 0, time.UTC).UnixMilli()
		assert.Equal(t, 2, count(audit.Query{From: from, To: from + 2000}))
		_, _, err = f.List(ctx, audit.Query{Cursor: "nonsense"})
		assert.True(t, fault.Is(err, "request.cursor"))
	})
}

package db_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

// TestAnyTextCanBeIndexed indexes texts that an engine's own index would refuse: one that is refused would stop
// whoever follows the feed for good.
func TestAnyTextCanBeIndexed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		long := strings.Repeat("a", 20_000)
		texts := map[string]string{
			"long": long, "kana": strings.Repeat("あ", 20_000), "digits": strings.Repeat("7", 5000), "quotes": `' " \ ' :* & | ! ( ) <-> NEAR AND`,
			"empty": "", "marks": "。！？", "mixed": strings.Repeat("路灯x", 5000), "combining": strings.Repeat("é", 3000), "emoji": strings.Repeat("😀", 3000),
		}
		var many strings.Builder
		for r := '一'; r < '一'+20_000; r++ {
			many.WriteRune(r)
		}
		texts["every character"] = many.String()
		for id, text := range texts {
			require.NoError(t, d.Write(ctx, func(ctx context.Context, tx db.Tx) error { return d.IndexText(ctx, tx, id, text) }), id)
		}
		for query, want := range map[string]string{long: "long", "路灯": "mixed", "aaaa": "long", `' OR 1=1 :* "`: "", strings.Repeat("あ", 300): "kana", "一丁": "every character"} {
			var args db.Args
			where, ok := d.SearchPredicate(&args, "t.id", query)
			require.True(t, ok)
			var got string
			err := d.Read().QueryRowContext(ctx, `SELECT COALESCE(max(t.id), '') FROM search_text t WHERE `+where, args.Values...).Scan(&got)
			require.NoError(t, err)
			require.Equal(t, want, got, "%.20s", query)
		}
	})
}

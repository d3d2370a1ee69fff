package live_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/live"
)

// TestOtherTopicsAreToldToThePersonsThatTheyName and to nobody else, and do not move the place in the stream.
func TestOtherTopicsAreToldToThePersonsThatTheyName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, func(c *live.Config) { c.Also = []string{"directives", "notices"} })
		wang, li, all := w.open(person("wang", post("north", "")), "", 100), w.open(person("li", post("north", "")), "", 100), w.open(leader, "", 100)
		tell := func(seq int64) {
			require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
				return outbox.Put(ctx, tx, outbox.Row{Aggregate: "d1", Seq: seq, At: seq, Topic: "directives", Kind: "directive.changed",
					Body: outbox.Body(map[string]any{"directive": "d1", "do": "send", "persons": []string{"wang"}})})
			}))
		}
		tell(1)
		w.happen(about{Areas: []string{"north"}})
		wang.expect("i00001")
		require.Equal(t, said{-1, "directive.changed", map[string]any{"directive": "d1", "do": "send"}}, wang.next())
		li.expect("i00001")
		all.expect("i00001")
		require.NoError(t, d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			return outbox.Put(ctx, tx, outbox.Row{Aggregate: "n1", Seq: 1, At: 1, Topic: "notices", Kind: "notice.changed",
				Body: outbox.Body(map[string]any{"notice": "n1", "do": "publish", "persons": []string{"wang"}})})
		}))
		w.happen(about{Areas: []string{"south"}})
		all.expect("i00002")
		require.Equal(t, said{-1, "notice.changed", map[string]any{"notice": "n1", "do": "publish"}}, wang.next())
		for n := range int64(40) {
			tell(n + 2)
		}
		w.happen(about{Areas: []string{"north"}})
		li.expect("i00003")
		all.expect("i00003")
		require.Empty(t, li.frames)
		require.Empty(t, all.frames)
	})
}

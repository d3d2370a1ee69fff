package stats

import (
	"context"
	"maps"
	"strings"

	"gezhi/internal/kit/db"
)

var insertFigure, figureConflict = func() (string, string) {
	all := names(Measures)
	sets := make([]string, len(all))
	for n, c := range all {
		sets[n] = c + " = figures." + c + " + excluded." + c
	}
	return `INSERT INTO figures (dim, id, day, street_id, parent_id, ` + strings.Join(all, ", ") + `) VALUES `,
		` ON CONFLICT (dim, id, day, street_id, parent_id) DO UPDATE SET ` + strings.Join(sets, ", ")
}()

// saveMoves adds to the sums, row by row in one order.
func saveMoves(ctx context.Context, tx db.Tx, m moves) error {
	maps.DeleteFunc(m, func(_ figureKey, s Sums) bool { return s.zero() })
	return inRows(m.keys(), 4, func(part []figureKey) error {
		var args db.Args
		rows := db.Rows(&args, part, func(k figureKey) []any {
			values := []any{k.dim, k.id, k.day, k.street, k.parent}
			for _, n := range m[k] {
				values = append(values, n)
			}
			return values
		})
		_, err := tx.ExecContext(ctx, insertFigure+rows+figureConflict, args.Values...)
		return err
	})
}

// takeTurn lets one transaction after the other change facts. It returns the zone whose days the store counts, which
// is the given one where nothing was counted yet.
func takeTurn(ctx context.Context, tx db.Tx, zone string) (string, error) {
	return db.One[string](tx.QueryRowContext(ctx, `UPDATE figures_state SET turn = turn + 1, zone = CASE zone WHEN '' THEN $1 ELSE zone END
		WHERE id = 1 RETURNING zone`, zone))
}

// fillState says how far the incidents are counted that were there before the figures.
type fillState struct {
	filled bool
	after  string
	zone   string // whose days count; '' while nothing was counted
}

func readState(ctx context.Context, q db.Querier) (s fillState, err error) {
	err = q.QueryRowContext(ctx, `SELECT filled, after, zone FROM figures_state WHERE id = 1`).Scan(&s.filled, &s.after, &s.zone)
	return s, err
}

func saveState(ctx context.Context, tx db.Tx, s fillState) error {
	_, err := tx.ExecContext(ctx, `UPDATE figures_state SET filled = $1, after = $2 WHERE id = 1`, s.filled, s.after)
	return err
}

// forget removes all facts and sums, to be counted anew by the days of a zone.
func forget(ctx context.Context, tx db.Tx, zone string) error {
	for _, table := range []string{"figures", "facts"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE figures_state SET filled = FALSE, after = '', zone = $1 WHERE id = 1`, zone)
	return err
}

// followedTo returns how far in the feed the figures have come, as this view of the store shows it.
func followedTo(ctx context.Context, q db.Querier, topic string) (position int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COALESCE(max(position), 0) FROM feed_marks WHERE consumer = $1 AND topic = $2`, Consumer, topic).Scan(&position)
	return position, err
}

package stats

import (
	"context"

	"gezhi/internal/kit/db"
)

// The orders in which facts are listed.
const (
	oldestFirst = " ORDER BY day, id"
	urgentFirst = ` ORDER BY CASE WHEN severity = 'emergency' OR urgent THEN 0 ELSE 1 END, CASE WHEN overdue = 1 THEN 0 ELSE 1 END,
		CASE WHEN due_at = 0 THEN 1 ELSE 0 END, due_at, id`
)

// listFacts returns facts in an order, at most limit of them; all with 0.
func listFacts(ctx context.Context, q db.Querier, w *selection, order string, limit int) ([]*Fact, error) {
	text := `SELECT ` + factColumns + ` FROM facts WHERE ` + w.text() + order
	if limit > 0 {
		text += ` LIMIT ` + w.args.Add(limit)
	}
	return db.List(ctx, q, scanFact, text, w.args.Values...)
}

// closedTimes returns when facts were closed.
func closedTimes(ctx context.Context, q db.Querier, w *selection) ([]int64, error) {
	return db.List(ctx, q, db.One[int64], `SELECT closed_at FROM facts WHERE closed_day <> '' AND `+w.text(), w.args.Values...)
}

// tallyFacts counts facts by a column.
func tallyFacts(ctx context.Context, q db.Querier, column string, w *selection) ([]Tally, error) {
	return db.List(ctx, q, func(r db.Scanner) (t Tally, err error) { return t, r.Scan(&t.Code, &t.Count) },
		`SELECT `+column+`, count(*) FROM facts WHERE `+w.text()+` GROUP BY `+column, w.args.Values...)
}

// numberOfFacts counts facts.
func numberOfFacts(ctx context.Context, q db.Querier, w *selection) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM facts WHERE `+w.text(), w.args.Values...).Scan(&n)
	return n, err
}

// dayColumns are those of a fact that a board counts of its day; a day may have many.
const dayColumns = `id, state, category, channel, unit_id, received_at, dispatched_at, arrived_at, v_dispatch, v_arrive, arrive_limit, is_open, is_self`

// listDay returns facts with no more than a board counts of its day.
func listDay(ctx context.Context, q db.Querier, w *selection) ([]*Fact, error) {
	return db.List(ctx, q, func(r db.Scanner) (*Fact, error) {
		f := &Fact{}
		return f, r.Scan(&f.ID, &f.State, &f.Category, &f.Channel, &f.Unit, &f.ReceivedAt, &f.DispatchedAt, &f.ArrivedAt, &f.Dispatch, &f.Arrive, &f.ArriveMin, &f.Open, &f.Self)
	}, `SELECT `+dayColumns+` FROM facts WHERE `+w.text(), w.args.Values...)
}

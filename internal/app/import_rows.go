package app

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
)

// rowPlan is what becomes of one row: how it is written, or what is wrong with it.
type rowPlan struct {
	outcome bulk.Outcome
	write   func(ctx context.Context, actor authz.Actor) error // nil when there is nothing to write
}

func refusedRow(column, code string, params ...any) rowPlan {
	return rowPlan{outcome: bulk.Wrong(column, code, params...)}
}

// checkRows tells what would become of each row.
func checkRows(t *sheet.Table, plan func(r sheet.Row) rowPlan) []bulk.Outcome {
	out := make([]bulk.Outcome, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = plan(r).outcome
	}
	return out
}

// writeRows writes row by row through the service of the list, so that each is checked as if it was typed in. A row that
// is refused there is wrong; what is interrupted can be brought in again.
func writeRows(ctx context.Context, d *db.DB, actor authz.Actor, t *sheet.Table, plan func(r sheet.Row) rowPlan, kept bulk.Kept) error {
	out := make([]bulk.Outcome, len(t.Rows))
	for i, r := range t.Rows {
		p := plan(r)
		out[i] = p.outcome
		if p.write == nil {
			continue
		}
		err := p.write(ctx, actor)
		f, ok := fault.As(err)
		switch {
		case err == nil:
		case !ok || f.Kind == fault.Internal || f.Kind == fault.Unavailable:
			return err
		case len(f.Fields) > 0:
			out[i] = bulk.Outcome{Result: bulk.Refused, Column: f.Fields[0].Field, Code: f.Fields[0].Code, Params: f.Fields[0].Params}
		default:
			out[i] = bulk.Outcome{Result: bulk.Refused, Code: f.Code, Params: f.Params}
		}
	}
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) error { return kept(ctx, tx, out) })
}

// rowChunk is how many rows are written before the progress is told.
const rowChunk = 50

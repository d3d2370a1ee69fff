package stats

import (
	"context"
	"strings"

	"gezhi/internal/kit/db"
)

// factColumns are the columns of a fact before its measures, in the order of places.
const factColumns = `id, seq, number, state, kind, channel, category, severity, urgent, area_id, city_id, district_id, street_id, community_id, grid_id,
	microgrid_id, unit_id, person_id, day, received_at, accepted_at, dispatched_at, taken_at, arrived_at, handled_at, checked_at, closed_at, overdue_at,
	due_at, dispatched_day, arrived_day, handled_day, closed_day, overdue_day, v_dispatch, v_arrive, v_handle, v_close, dispatch_limit, arrive_limit,
	is_open, is_filed, is_self, is_right, is_deferred, is_answered, is_visited, is_solved, satisfaction, reworks, returns, extensions, late_stages`

// places returns where each column of a fact lies.
func (f *Fact) places() []any {
	return []any{&f.ID, &f.Seq, &f.Number, &f.State, &f.Kind, &f.Channel, &f.Category, &f.Severity, &f.Urgent, &f.Area, &f.Levels[0], &f.Levels[1],
		&f.Levels[2], &f.Levels[3], &f.Levels[4], &f.Levels[5], &f.Unit, &f.Person, &f.Day, &f.ReceivedAt, &f.AcceptedAt, &f.DispatchedAt, &f.TakenAt,
		&f.ArrivedAt, &f.HandledAt, &f.CheckedAt, &f.ClosedAt, &f.OverdueAt, &f.DueAt, &f.DispatchedDay, &f.ArrivedDay, &f.HandledDay, &f.ClosedDay,
		&f.OverdueDay, &f.Dispatch, &f.Arrive, &f.Handle, &f.Close, &f.DispatchMin, &f.ArriveMin, &f.Open, &f.Filed, &f.Self, &f.Right, &f.Deferred,
		&f.Answered, &f.Visited, &f.Solved, &f.Satisfaction, &f.Reworked, &f.Returned, &f.Extended, &f.Stages}
}

// values returns the columns of a fact with its measures.
func (f *Fact) values() []any {
	var list []any
	for _, p := range f.places() {
		switch v := p.(type) {
		case *string:
			list = append(list, *v)
		case *int64:
			list = append(list, *v)
		case *bool:
			list = append(list, *v)
		case *Verdict:
			list = append(list, int64(*v))
		}
	}
	for _, m := range cohort {
		list = append(list, m.of(f))
	}
	return list
}

func names(measures []Measure) []string {
	list := make([]string, len(measures))
	for n, m := range measures {
		list[n] = m.Name
	}
	return list
}

func scanFact(r db.Scanner) (*Fact, error) {
	f := &Fact{}
	return f, r.Scan(f.places()...)
}

func readFacts(ctx context.Context, q db.Querier, ids []string) (map[string]*Fact, error) {
	found := make(map[string]*Fact, len(ids))
	err := db.InParts(ids, func(part []string) error {
		var args db.Args
		in := args.In(part)
		list, err := db.List(ctx, q, scanFact, `SELECT `+factColumns+` FROM facts WHERE id IN (`+in+`)`, args.Values...)
		for _, f := range list {
			found[f.ID] = f
		}
		return err
	})
	return found, err
}

// insertFact writes facts, or makes them what they are now.
var insertFact, factConflict = func() (string, string) {
	all := append(strings.Split(strings.Join(strings.Fields(factColumns), " "), ", "), names(cohort)...)
	sets := make([]string, 0, len(all))
	for _, c := range all[1:] {
		sets = append(sets, c+" = excluded."+c)
	}
	return `INSERT INTO facts (` + strings.Join(all, ", ") + `) VALUES `, ` ON CONFLICT (id) DO UPDATE SET ` + strings.Join(sets, ", ")
}()

func saveFacts(ctx context.Context, tx db.Tx, list []*Fact) error {
	return inRows(list, 2, func(part []*Fact) error {
		var args db.Args
		rows := db.Rows(&args, part, func(f *Fact) []any { return f.values() })
		_, err := tx.ExecContext(ctx, insertFact+rows+factConflict, args.Values...)
		return err
	})
}

// inRows goes through a list in parts of a size, and the rest one by one, so that there are two texts of a statement.
// Many values in one statement cost more than many statements: see db.InsertRows.
func inRows[T any](list []T, size int, each func(part []T) error) error {
	for len(list) > 0 {
		n := size
		if len(list) < size {
			n = 1
		}
		if err := each(list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

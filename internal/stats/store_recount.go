package stats

import (
	"context"
	"strings"

	"gezhi/internal/kit/db"
)

// stored is a fact with the measures that are kept with it, in the order of cohort.
type stored struct {
	*Fact
	measures []int64
}

func readStored(ctx context.Context, q db.Querier, ids []string) (list []stored, err error) {
	err = db.InParts(ids, func(part []string) error {
		var args db.Args
		in := args.In(part)
		some, err := db.List(ctx, q, func(r db.Scanner) (stored, error) {
			f := stored{&Fact{}, make([]int64, len(cohort))}
			dest := f.places()
			for n := range f.measures {
				dest = append(dest, &f.measures[n])
			}
			return f, r.Scan(dest...)
		}, `SELECT `+factColumns+`, `+strings.Join(names(cohort), ", ")+` FROM facts WHERE id IN (`+in+`)`, args.Values...)
		list = append(list, some...)
		return err
	})
	return list, err
}

// monthsOfFigures returns the months of which there are facts or sums, "2026-11", oldest first.
func monthsOfFigures(ctx context.Context, q db.Querier) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT substr(day, 1, 7) AS month FROM facts GROUP BY substr(day, 1, 7)
		UNION SELECT substr(day, 1, 7) AS month FROM figures GROUP BY substr(day, 1, 7) ORDER BY month`)
}

func factsOfMonth(ctx context.Context, q db.Querier, month string) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT id FROM facts WHERE day BETWEEN $1 AND $2 ORDER BY id`, month+"-01", month+"-31")
}

// takeKept takes the sums that are kept of a month from what was counted.
func takeKept(ctx context.Context, q db.Querier, month string, left moves) error {
	c := &selection{}
	c.in("dim", rowDims)
	c.add("day BETWEEN " + c.args.Add(month+"-01") + " AND " + c.args.Add(month+"-31"))
	_, err := db.List(ctx, q, func(r db.Scanner) (none struct{}, err error) {
		var key figureKey
		kept := newSums()
		dest := []any{&key.dim, &key.id, &key.day, &key.street, &key.parent}
		for n := range kept {
			dest = append(dest, &kept[n])
		}
		if err := r.Scan(dest...); err != nil {
			return none, err
		}
		counted := left.row(key)
		for n := range kept {
			counted[n] -= kept[n]
		}
		return none, nil
	}, `SELECT dim, id, day, street_id, parent_id, `+strings.Join(names(Measures), ", ")+` FROM figures WHERE `+c.text(), c.args.Values...)
	return err
}

// countedAmong returns of which incidents from one id, without it, to another there are facts.
func countedAmong(ctx context.Context, q db.Querier, after, to string) (map[string]bool, error) {
	list, err := db.List(ctx, q, db.One[string], `SELECT id FROM facts WHERE id > $1 AND id <= $2`, after, to)
	among := make(map[string]bool, len(list))
	for _, id := range list {
		among[id] = true
	}
	return among, err
}

func countFacts(ctx context.Context, q db.Querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM facts`).Scan(&n)
	return n, err
}

package stats

import (
	"context"
	"strings"

	"gezhi/internal/kit/db"
)

// summed lists measures as sums that are never NULL and of one type on both engines.
func summed(measures []Measure) string {
	list := make([]string, len(measures))
	for n, m := range measures {
		list[n] = "CAST(COALESCE(SUM(" + m.Name + "), 0) AS BIGINT)"
	}
	return strings.Join(list, ", ")
}

var (
	summedAll    = summed(Measures)
	summedCohort = summed(cohort)
)

// keyed is one row of a grouped query.
type keyed struct {
	key  string
	sums Sums
}

func scanKeyed(n int) func(db.Scanner) (keyed, error) {
	return func(r db.Scanner) (keyed, error) {
		k := keyed{sums: newSums()}
		dest := make([]any, 0, n+1)
		dest = append(dest, &k.key)
		for i := range n {
			dest = append(dest, &k.sums[i])
		}
		return k, r.Scan(dest...)
	}
}

// grouped is the SELECT of some measures by a column; without one there is one row.
func grouped(table, column, measures string, c *selection) string {
	text, group := "''", ""
	if column != "" {
		text, group = column, " GROUP BY "+column
	}
	return "SELECT " + text + ", " + measures + " FROM " + table + " WHERE " + c.text() + group
}

func sumFacts(ctx context.Context, q db.Querier, column string, c *selection) ([]keyed, error) {
	return db.List(ctx, q, scanKeyed(len(cohort)), grouped("facts", column, summedCohort, c), c.args.Values...)
}

func sumFigures(ctx context.Context, q db.Querier, column string, c *selection) ([]keyed, error) {
	return db.List(ctx, q, scanKeyed(len(Measures)), grouped("figures", column, summedAll, c), c.args.Values...)
}

// receivedBy returns how many facts some rows of the sums stand for.
func receivedBy(ctx context.Context, q db.Querier, c *selection) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT CAST(COALESCE(SUM(received), 0) AS BIGINT) FROM figures WHERE `+c.text(), c.args.Values...).Scan(&n)
	return n, err
}

// streetsOf returns the streets that lay in a city or district in a period. whole is false when one of them also lay
// elsewhere then, so that its sums do not tell what belongs where.
func streetsOf(ctx context.Context, q db.Querier, root AreaRef, is period) (streets []string, whole bool, err error) {
	districts := []string{root.ID}
	c := &selection{}
	if root.Level == "city" {
		c.equal("dim", "district")
		c.equal("parent_id", root.ID)
		c.between("day", is)
		if districts, err = db.List(ctx, q, db.One[string], `SELECT DISTINCT id FROM figures WHERE `+c.text(), c.args.Values...); err != nil {
			return nil, false, err
		}
	}
	c = &selection{}
	c.equal("dim", "street")
	c.in("parent_id", districts)
	c.between("day", is)
	if streets, err = db.List(ctx, q, db.One[string], `SELECT DISTINCT id FROM figures WHERE `+c.text(), c.args.Values...); err != nil {
		return nil, false, err
	}
	c = &selection{}
	c.equal("dim", "street")
	c.in("id", streets)
	c.between("day", is)
	var elsewhere int
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM figures WHERE `+c.text()+` AND parent_id NOT IN (`+c.args.In(districts)+`)`, c.args.Values...).Scan(&elsewhere)
	return streets, elsewhere == 0, err
}

// times is how long the stages of one incident took; -1 for one that does not count.
type times struct {
	key   string
	taken [4]int64
}

// timeMeasures are the measures in ms, in the order of times, each with what it is over.
var timeMeasures = []KPI{mustKPI("time_dispatch"), mustKPI("time_arrive"), mustKPI("time_handle"), mustKPI("time_close")}

func readTimes(ctx context.Context, q db.Querier, column string, c *selection) ([]times, error) {
	if column == "" {
		column = "''"
	}
	list := []string{column}
	for _, k := range timeMeasures {
		list = append(list, "CASE WHEN "+k.Base+" = 1 THEN "+k.Measure+" ELSE -1 END")
	}
	return db.List(ctx, q, func(r db.Scanner) (t times, err error) {
		return t, r.Scan(&t.key, &t.taken[0], &t.taken[1], &t.taken[2], &t.taken[3])
	}, `SELECT `+strings.Join(list, ", ")+` FROM facts WHERE `+c.text(), c.args.Values...)
}

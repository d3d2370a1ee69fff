package stats

import (
	"context"
	"fmt"
	"strings"

	"gezhi/internal/kit/db"
)

// dimColumns says of each dimension what of a fact is the row's id, street and parent.
func dimColumns(dim string) (id, street, parent string) {
	id, street, parent = dim+"_id", "street_id", "''"
	switch dim {
	case "all":
		id, street = "''", "''"
	case "city":
		street = "''"
	case "district":
		street, parent = "''", "city_id"
	case "street":
		parent = "district_id"
	case "community":
		parent = "street_id"
	case "grid":
		parent = "community_id"
	case "microgrid":
		parent = "grid_id"
	case "category", "channel":
		id = dim
	}
	return id, street, parent
}

// recounted is a part of a comparison: what the sums keep, less what the facts come to by the day in a column.
func recounted(dim, day, where string, measures []Measure, value func(m Measure) string) string {
	id, street, parent := dimColumns(dim)
	list := make([]string, len(measures))
	for n, m := range measures {
		list[n] = value(m) + " AS " + m.Name
	}
	return "SELECT " + id + " AS id, " + day + " AS day, " + street + " AS street_id, " + parent + " AS parent_id, " + strings.Join(list, ", ") + " FROM facts" + where
}

// differing is the statement that finds rows of the sums of a dimension which differ from the facts, with by how much.
func differing(dim string, measures []Measure) string {
	parts := []string{"SELECT id, day, street_id, parent_id, " + strings.Join(names(measures), ", ") + " FROM figures WHERE dim = '" + dim + "'"}
	if measures[0].Day == "" {
		parts = append(parts, recounted(dim, "day", "", measures, func(m Measure) string { return "-" + m.Name }))
	} else {
		for _, e := range measures {
			parts = append(parts, recounted(dim, e.Day+"_day", " WHERE "+e.Day+"_day <> ''", measures, func(m Measure) string {
				if m.Name == e.Name {
					return "-1"
				}
				return "0"
			}))
		}
	}
	some := make([]string, len(measures))
	for n, m := range measures {
		some[n] = "SUM(" + m.Name + ") <> 0"
	}
	return "SELECT id, day, street_id, parent_id, " + summed(measures) + " FROM (" + strings.Join(parts, " UNION ALL ") +
		") AS both_of GROUP BY id, day, street_id, parent_id HAVING " + strings.Join(some, " OR ") + " LIMIT 20"
}

// recountSums compares the sums with the facts, one dimension after the other.
func recountSums(ctx context.Context, q db.Querier, r *Recounted) error {
	for _, dim := range dims {
		for _, measures := range [][]Measure{cohort, events} {
			list, err := db.List(ctx, q, func(row db.Scanner) (string, error) {
				var id, day, street, parent string
				s := make(Sums, len(measures))
				dest := []any{&id, &day, &street, &parent}
				for n := range s {
					dest = append(dest, &s[n])
				}
				err := row.Scan(dest...)
				return fmt.Sprintf("sums of %s %q in %q under %q on %s: %s", dim, id, street, parent, day, s.tooMuch(measures)), err
			}, differing(dim, measures))
			if err != nil {
				return err
			}
			for _, sentence := range list {
				r.say("%s", sentence)
			}
		}
	}
	return nil
}

// tooMuch names what is kept beyond what was counted.
func (s Sums) tooMuch(measures []Measure) string {
	var list []string
	for n, m := range measures {
		if s[n] != 0 {
			list = append(list, fmt.Sprintf("%s %+d", m.Name, s[n]))
		}
	}
	return strings.Join(list, ", ")
}

func countFacts(ctx context.Context, q db.Querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM facts`).Scan(&n)
	return n, err
}

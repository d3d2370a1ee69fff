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

// freshSums is the statement that counts the sums of a dimension anew from the facts.
func freshSums(dim string) string {
	id, street, parent := dimColumns(dim)
	head := "SELECT " + id + " AS id, day, " + street + " AS street_id, " + parent + " AS parent_id"
	var parts []string
	of := func(dayColumn, where string, value func(m Measure) string) {
		list := make([]string, len(Measures))
		for n, m := range Measures {
			list[n] = value(m) + " AS " + m.Name
		}
		parts = append(parts, strings.Replace(head, "day", dayColumn+" AS day", 1)+", "+strings.Join(list, ", ")+" FROM facts"+where)
	}
	of("day", "", func(m Measure) string {
		if m.Day == "" {
			return m.Name
		}
		return "0"
	})
	for _, e := range events {
		of(e.Day+"_day", " WHERE "+e.Day+"_day <> ''", func(m Measure) string {
			if m.Name == e.Name {
				return "1"
			}
			return "0"
		})
	}
	some := make([]string, len(Measures))
	for n, m := range Measures {
		some[n] = "SUM(" + m.Name + ") <> 0"
	}
	return "SELECT id, day, street_id, parent_id, " + summedAll + " FROM (" + strings.Join(parts, " UNION ALL ") +
		") AS facts_of GROUP BY id, day, street_id, parent_id HAVING " + strings.Join(some, " OR ")
}

// keptSums is the statement that reads the kept sums of a dimension.
func keptSums(dim string) string {
	some := make([]string, len(Measures))
	for n, m := range Measures {
		some[n] = m.Name + " <> 0"
	}
	return "SELECT id, day, street_id, parent_id, " + strings.Join(names(Measures), ", ") + " FROM figures WHERE dim = '" + dim + "' AND (" + strings.Join(some, " OR ") + ")"
}

// recountSums compares the sums with the facts, one dimension after the other.
func recountSums(ctx context.Context, q db.Querier, r *Recounted) error {
	for _, dim := range dims {
		for _, way := range [][3]string{{keptSums(dim), freshSums(dim), "kept"}, {freshSums(dim), keptSums(dim), "counted"}} {
			list, err := db.List(ctx, q, func(row db.Scanner) (string, error) {
				var id, day, street, parent string
				s := newSums()
				dest := []any{&id, &day, &street, &parent}
				for n := range s {
					dest = append(dest, &s[n])
				}
				err := row.Scan(dest...)
				return fmt.Sprintf("sums of %s %q in %q under %q on %s: %s %v", dim, id, street, parent, day, way[2], s), err
			}, "SELECT * FROM ("+way[0]+") AS one EXCEPT SELECT * FROM ("+way[1]+") AS other LIMIT 20")
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

func countFacts(ctx context.Context, q db.Querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM facts`).Scan(&n)
	return n, err
}

package people

import (
	"strings"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/page"
)

// order is a way to sort a list: a column that the store knows, and the direction.
type order struct {
	column string
	desc   bool
}

// parseOrder reads a sort such as "name" or "-updated".
func parseOrder(sort, fallback string, columns map[string]string) (order, error) {
	if sort == "" {
		sort = fallback
	}
	name, desc := strings.CutPrefix(sort, "-")
	column, ok := columns[name]
	if !ok {
		var f fault.Fields
		f.Add("sort", "field.choice")
		return order{}, f.Err()
	}
	return order{column: column, desc: desc}, nil
}

// after returns the condition that holds for the rows behind a cursor's key (sort value, id), ” without a cursor.
func (o order) after(args *db.Args, key []string) string {
	if key == nil {
		return ""
	}
	sign := ">"
	if o.desc {
		sign = "<"
	}
	return "(" + o.column + ", id) " + sign + " (" + args.Add(key[0]) + ", " + args.Add(key[1]) + ")"
}

// clause returns ORDER BY with the id as the last word.
func (o order) clause() string {
	if o.desc {
		return " ORDER BY " + o.column + " DESC, id DESC"
	}
	return " ORDER BY " + o.column + ", id"
}

// name ties a cursor to the list and its order.
func (o order) name(list string) string { return list + o.clause() }

func (o order) parse(list, cursor string) ([]string, error) {
	return page.Parse(cursor, o.name(list), 2)
}

// like returns the pattern that finds the text anywhere, whatever its case.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

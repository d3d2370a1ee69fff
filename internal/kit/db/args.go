package db

import (
	"strconv"
	"strings"
)

// Args numbers the placeholders of a statement that is put together from parts.
type Args struct{ Values []any }

// Add keeps a value and returns its placeholder, e.g. "$3".
func (a *Args) Add(v any) string {
	a.Values = append(a.Values, v)
	return "$" + strconv.Itoa(len(a.Values))
}

// In keeps the values and returns the placeholders with commas between. No value gives NULL, which matches nothing.
func (a *Args) In(values []string) string {
	if len(values) == 0 {
		return "NULL"
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = a.Add(v)
	}
	return strings.Join(marks, ", ")
}

// Package page is what lists that continue where they stopped have in common: a bounded limit and a cursor that holds
// the sort key of the last item shown.
package page

import (
	"encoding/base64"
	"encoding/json"

	"gezhi/internal/kit/fault"
)

// The number of items of one answer.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Limit returns the number of items to read: the default for 0 or less, and never more than the maximum.
func Limit(asked int) int {
	if asked <= 0 {
		return DefaultLimit
	}
	return min(asked, MaxLimit)
}

// Cursor returns the sort key of the last item as URL-safe text. name says which list and order it belongs to.
func Cursor(name string, key ...string) string {
	b, err := json.Marshal(append([]string{name}, key...))
	if err != nil {
		return "" // strings always marshal
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Parse reads a cursor of n key parts that Cursor made under the same name. An empty cursor gives nil: begin at the
// front. Anything else is refused with "request.cursor".
func Parse(cursor, name string, n int) ([]string, error) {
	if cursor == "" {
		return nil, nil
	}
	refused := fault.New(fault.Invalid, "request.cursor")
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, refused
	}
	var parts []string
	if json.Unmarshal(b, &parts) != nil || len(parts) != n+1 || parts[0] != name {
		return nil, refused
	}
	for _, p := range parts {
		for _, r := range p {
			if r == 0 {
				return nil, refused
			}
		}
	}
	return parts[1:], nil
}

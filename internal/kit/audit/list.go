package audit

import (
	"context"
	"strconv"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/page"
)

// Query says which entries to list. Empty fields do not restrict.
type Query struct {
	Actor    string // id, or part of the name
	Action   string // the whole action, or its beginning up to a dot, e.g. "account"
	Object   string
	ObjectID string
	From     int64 // unix ms, inclusive
	To       int64 // unix ms, exclusive; 0: no end
	Limit    int
	Cursor   string
}

// cursorName ties cursors to this list.
const cursorName = "audit"

// List returns entries, newest first, and the cursor of the next ones (” at the end). A cursor that is not of this
// list is refused with "request.cursor".
func (l *Log) List(ctx context.Context, query Query) ([]Row, string, error) {
	key, err := page.Parse(query.Cursor, cursorName, 2)
	if err != nil {
		return nil, "", err
	}
	var before *position
	if key != nil {
		at, err := strconv.ParseInt(key[0], 10, 64)
		if err != nil {
			return nil, "", fault.New(fault.Invalid, "request.cursor")
		}
		before = &position{at: at, id: key[1]}
	}
	limit := page.Limit(query.Limit)
	rows, err := searchEntries(ctx, l.db.Read(), query, before, limit+1)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	last := rows[limit-1]
	return rows[:limit], page.Cursor(cursorName, strconv.FormatInt(last.At, 10), last.ID), nil
}

type position struct {
	at int64
	id string
}

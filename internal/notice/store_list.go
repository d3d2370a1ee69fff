package notice

import (
	"context"
	"strings"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// seenBy is whose eyes a statement looks with: where they stand, and whether they publish.
type seenBy struct {
	standing
	person    string
	publisher bool
	at        int64
}

// where is the condition that somebody may see a bulletin.
func (v seenBy) where(a *db.Args) string {
	var parts []string
	if !v.all {
		parts = append(parts, `(b.everywhere OR `+went.Over(a, "b.id", v.areas, v.above)+`)`)
	}
	if !v.publisher {
		parts = append(parts, `b.from_at <= `+a.Add(v.at)+` AND (b.withdrawn_at IS NULL OR b.from_at <= b.withdrawn_at)`)
	}
	return strings.Join(append(parts, `1 = 1`), ` AND `)
}

// selected is the statement for bulletins with when one person read them.
func selected(a *db.Args, v seenBy) string {
	return `SELECT ` + columns + `, COALESCE(r.read_at, 0) FROM bulletins b LEFT JOIN bulletin_reads r ON r.bulletin_id = b.id AND r.account_id = ` + a.Add(v.person) +
		` WHERE ` + v.where(a)
}

func withReading(r db.Scanner) (*Notice, error) {
	var read int64
	n, err := one(r, &read)
	if err == nil {
		n.ReadAt = read
	}
	return n, err
}

func readBulletin(ctx context.Context, q db.Querier, v seenBy, notice string) (*Notice, error) {
	if !id.Valid(notice) {
		return nil, fault.Missing("notice")
	}
	var a db.Args
	text := selected(&a, v) + ` AND b.id = ` + a.Add(notice)
	return withReading(q.QueryRowContext(ctx, text, a.Values...))
}

// listQuery is what a list asks for.
type listQuery struct {
	seenBy
	state  State
	search string
	before string // id
	limit  int
}

func listBulletins(ctx context.Context, q db.Querier, l listQuery) ([]*Notice, error) {
	var a db.Args
	text := selected(&a, l.seenBy) + inState(&a, l.state, l.at)
	if !l.publisher {
		text += ` AND b.withdrawn_at IS NULL`
	}
	if l.search != "" {
		like := a.Add("%" + escapeLike(strings.ToLower(l.search)) + "%")
		text += ` AND (LOWER(b.title) LIKE ` + like + ` ESCAPE '\' OR LOWER(b.text) LIKE ` + like + ` ESCAPE '\')`
	}
	if l.before != "" {
		text += ` AND b.id < ` + a.Add(l.before)
	}
	return db.List(ctx, q, withReading, text+` ORDER BY b.id DESC LIMIT `+a.Add(l.limit), a.Values...)
}

// inState narrows to one state at an instant; an unknown one narrows to nothing.
func inState(a *db.Args, state State, at int64) string {
	switch state {
	case "":
		return ""
	case Withdrawn:
		return ` AND b.withdrawn_at IS NOT NULL`
	case Planned:
		return ` AND b.withdrawn_at IS NULL AND b.from_at > ` + a.Add(at)
	case Current:
		return ` AND ` + current(a, at)
	case Ended:
		return ` AND b.withdrawn_at IS NULL AND b.until_at <= ` + a.Add(at)
	}
	return ` AND 1 = 0`
}

func current(a *db.Args, at int64) string {
	mark := a.Add(at)
	return `b.withdrawn_at IS NULL AND b.from_at <= ` + mark + ` AND b.until_at > ` + mark
}

// foremost orders what is shown at once.
const foremost = ` ORDER BY CASE WHEN b.kind = 'emergency' THEN 0 ELSE 1 END, b.from_at DESC, b.id DESC LIMIT `

// faces are the columns by which bulletins are meant for a face.
var faces = map[string]string{Screens: "b.on_screens", Desks: "b.on_desks", Phones: "b.on_phones"}

func currentBulletins(ctx context.Context, q db.Querier, v seenBy, face string, limit int) ([]*Notice, int64, error) {
	column, ok := faces[face]
	if !ok {
		column = "1 = 0"
	}
	var a db.Args
	text := selected(&a, v) + ` AND ` + current(&a, v.at) + ` AND ` + column
	list, err := db.List(ctx, q, withReading, text+foremost+a.Add(limit), a.Values...)
	if err != nil || len(list) < limit {
		return list, 0, err
	}
	var b db.Args
	text = `SELECT COUNT(*) FROM bulletins b WHERE ` + v.where(&b) + ` AND ` + current(&b, v.at) + ` AND ` + column
	all, err := db.One[int64](q.QueryRowContext(ctx, text, b.Values...))
	return list, all - int64(len(list)), err
}

func publicBulletins(ctx context.Context, q db.Querier, at int64, limit int) ([]*Notice, error) {
	var a db.Args
	text := `SELECT ` + columns + ` FROM bulletins b WHERE b.for_residents AND ` + current(&a, at) + foremost + a.Add(limit)
	return db.List(ctx, q, func(r db.Scanner) (*Notice, error) { return one(r) }, text, a.Values...)
}

// countReaders returns for each of some bulletins how many of those whom it reached have read it.
func countReaders(ctx context.Context, q db.Querier, list []*Notice) (map[string]int64, error) {
	out := map[string]int64{}
	ids := make([]string, len(list))
	for n, one := range list {
		ids[n] = one.ID
	}
	var a db.Args
	type figure struct {
		id string
		n  int64
	}
	all, err := db.List(ctx, q, func(r db.Scanner) (f figure, err error) {
		err = r.Scan(&f.id, &f.n)
		return f, err
	}, `SELECT bulletin_id, COUNT(*) FROM bulletin_reads WHERE bulletin_id IN (`+a.In(ids)+`) AND post <> '' GROUP BY bulletin_id`, a.Values...)
	for _, f := range all {
		out[f.id] = f.n
	}
	return out, err
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

package directive

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

// listQuery is what a list asks for.
type listQuery struct {
	box    string
	person string
	open   bool // in: not acknowledged and not withdrawn
	scope  authz.Scope
	above  []string // areas of the scope with all above them
	before string   // id
	limit  int
}

// listDirectives reads a page and one more, the newest first.
func listDirectives(ctx context.Context, q db.Querier, l listQuery) ([]*Directive, error) {
	var a db.Args
	text := `SELECT ` + columns + ` FROM directives d WHERE `
	switch l.box {
	case "in":
		text = `SELECT ` + columns + ` FROM directive_receivers r JOIN directives d ON d.id = r.directive_id WHERE r.account_id = ` + a.Add(l.person)
		if l.open {
			text += ` AND r.acked_at IS NULL AND d.withdrawn_at IS NULL`
		}
	case "sent":
		text += `d.sender_id = ` + a.Add(l.person)
	default:
		text += overAreas(&a, l.scope, l.above)
	}
	if l.before != "" {
		text += ` AND d.id < ` + a.Add(l.before)
	}
	return db.List(ctx, q, scan, text+` ORDER BY d.id DESC LIMIT `+a.Add(l.limit), a.Values...)
}

// overAreas is the condition that a directive went over the areas of a scope: into one of them, or from above over all
// of it.
func overAreas(a *db.Args, scope authz.Scope, above []string) string {
	if scope.All {
		return `1 = 1`
	}
	return went.Over(a, "d.id", scope.Areas, above)
}

func inScope(ctx context.Context, q db.Querier, directive string, scope authz.Scope, above []string) (ok bool, err error) {
	var a db.Args
	text := `SELECT EXISTS (SELECT 1 FROM directives d WHERE d.id = ` + a.Add(directive) + ` AND ` + overAreas(&a, scope, above) + `)`
	err = q.QueryRowContext(ctx, text, a.Values...).Scan(&ok)
	return ok, err
}

// count fills in how many have read and acknowledged a directive.
func count(ctx context.Context, q db.Querier, d *Directive) error {
	return q.QueryRowContext(ctx, `SELECT COUNT(read_at), COUNT(acked_at) FROM directive_receivers WHERE directive_id = $1`, d.ID).Scan(&d.Read, &d.Acked)
}

// fill adds to directives how far they have come, and the reader's own receipt.
func fill(ctx context.Context, q db.Querier, list []*Directive, person string) error {
	if len(list) == 0 {
		return nil
	}
	by := map[string]*Directive{}
	ids := make([]string, len(list))
	for n, d := range list {
		by[d.ID], ids[n] = d, d.ID
	}
	type figures struct {
		id          string
		read, acked int64
	}
	var a db.Args
	all, err := db.List(ctx, q, func(r db.Scanner) (f figures, err error) {
		err = r.Scan(&f.id, &f.read, &f.acked)
		return f, err
	}, `SELECT directive_id, COUNT(read_at), COUNT(acked_at) FROM directive_receivers WHERE directive_id IN (`+a.In(ids)+`) GROUP BY directive_id`, a.Values...)
	if err != nil {
		return err
	}
	for _, f := range all {
		by[f.id].Read, by[f.id].Acked = f.read, f.acked
	}
	type own struct {
		id string
		Receipt
	}
	var b db.Args
	in := b.In(ids)
	mine, err := db.List(ctx, q, func(r db.Scanner) (o own, err error) {
		err = r.Scan(&o.id, &o.Person, &o.Role, &o.Place, &o.ReadAt, &o.AckedAt, &o.Note)
		return o, err
	}, `SELECT r.directive_id, `+receiptColumns+` FROM directive_receivers r WHERE r.directive_id IN (`+in+`) AND r.account_id = `+b.Add(person), b.Values...)
	for _, o := range mine {
		by[o.id].Mine = &o.Receipt
	}
	return err
}

func listReceipts(ctx context.Context, q db.Querier, directive, status, after string, limit int) ([]Receipt, error) {
	var a db.Args
	text := `SELECT ` + receiptColumns + ` FROM directive_receivers r WHERE r.directive_id = ` + a.Add(directive)
	switch status {
	case "acked":
		text += ` AND r.acked_at IS NOT NULL`
	case "read":
		text += ` AND r.acked_at IS NULL AND r.read_at IS NOT NULL`
	case "unread":
		text += ` AND r.read_at IS NULL`
	}
	if after != "" {
		text += ` AND r.account_id > ` + a.Add(after)
	}
	return db.List(ctx, q, scanReceipt, text+` ORDER BY r.account_id LIMIT `+a.Add(limit), a.Values...)
}

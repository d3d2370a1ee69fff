package directive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/grid"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

const columns = `d.id, d.title, d.text, d.target, d.deadline, d.sender_id, d.sent_at, d.receivers, COALESCE(d.reminded_at, 0),
	COALESCE(d.withdrawn_at, 0), d.withdrawn, d.seq, d.seq_at`

func scan(r db.Scanner) (*Directive, error) {
	var d Directive
	var target string
	err := r.Scan(&d.ID, &d.Title, &d.Text, &target, &d.Deadline, &d.Sender, &d.SentAt, &d.Receivers, &d.RemindedAt, &d.WithdrawnAt, &d.Withdrawn, &d.seq, &d.seqAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Missing("directive")
	}
	if err != nil {
		return nil, err
	}
	return &d, json.Unmarshal([]byte(target), &d.Target)
}

func orNull(at int64) any {
	if at == 0 {
		return nil
	}
	return at
}

func insertDirective(ctx context.Context, tx db.Tx, d Directive) error {
	target, err := d.Target.text()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO directives (id, title, text, target, deadline, sender_id, sent_at, receivers, withdrawn, seq, seq_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10)`, d.ID, d.Title, d.Text, target, d.Deadline, d.Sender, d.SentAt, d.Receivers, d.seq, d.seqAt)
	return err
}

// lockDirective takes a directive for one step, so that its news come one after the other.
func lockDirective(ctx context.Context, tx db.Tx, directive string) (*Directive, error) {
	if !id.Valid(directive) {
		return nil, fault.Missing("directive")
	}
	if _, err := tx.ExecContext(ctx, `UPDATE directives SET seq = seq WHERE id = $1`, directive); err != nil {
		return nil, err
	}
	return readDirective(ctx, tx, directive)
}

func saveDirective(ctx context.Context, tx db.Tx, d *Directive) error {
	_, err := tx.ExecContext(ctx, `UPDATE directives SET reminded_at = $2, withdrawn_at = $3, withdrawn = $4, seq = $5, seq_at = $6 WHERE id = $1`,
		d.ID, orNull(d.RemindedAt), orNull(d.WithdrawnAt), d.Withdrawn, d.seq, d.seqAt)
	return err
}

func readDirective(ctx context.Context, q db.Querier, directive string) (*Directive, error) {
	if !id.Valid(directive) {
		return nil, fault.Missing("directive")
	}
	return scan(q.QueryRowContext(ctx, `SELECT `+columns+` FROM directives d WHERE d.id = $1`, directive))
}

// went keeps over which areas directives went.
var went = grid.Covers{Table: "directive_areas", Owner: "directive_id"}

// insertAreas writes which areas a directive covers: each chosen one, and all above it.
func insertAreas(ctx context.Context, tx db.Tx, directive string, areas []Area) error {
	chosen := make([][]string, len(areas))
	for n, a := range areas {
		chosen[n] = a.Path
	}
	return db.InsertRows(ctx, tx, went.Into(), went.Rows(directive, chosen))
}

func insertReceipts(ctx context.Context, tx db.Tx, directive string, list []Receipt) error {
	rows := make([][]any, len(list))
	for n, r := range list {
		rows[n] = []any{directive, r.Person, r.Role, r.Place, ""}
	}
	return db.InsertRows(ctx, tx, `INSERT INTO directive_receivers (directive_id, account_id, post, place, note) VALUES `, rows)
}

const receiptColumns = `r.account_id, r.post, r.place, COALESCE(r.read_at, 0), COALESCE(r.acked_at, 0), r.note`

func scanReceipt(row db.Scanner) (r Receipt, err error) {
	err = row.Scan(&r.Person, &r.Role, &r.Place, &r.ReadAt, &r.AckedAt, &r.Note)
	return r, err
}

func receiptOf(ctx context.Context, q db.Querier, directive, person string) (r Receipt, ok bool, err error) {
	r, err = scanReceipt(q.QueryRowContext(ctx, `SELECT `+receiptColumns+` FROM directive_receivers r WHERE r.directive_id = $1 AND r.account_id = $2`, directive, person))
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	return r, err == nil, err
}

func saveReceipt(ctx context.Context, tx db.Tx, directive string, r Receipt) error {
	_, err := tx.ExecContext(ctx, `UPDATE directive_receivers SET read_at = $3, acked_at = $4, note = $5 WHERE directive_id = $1 AND account_id = $2`,
		directive, r.Person, orNull(r.ReadAt), orNull(r.AckedAt), r.Note)
	return err
}

func receivers(ctx context.Context, q db.Querier, directive string) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT account_id FROM directive_receivers WHERE directive_id = $1 ORDER BY account_id`, directive)
}

func unacked(ctx context.Context, q db.Querier, directive string) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT account_id FROM directive_receivers WHERE directive_id = $1 AND acked_at IS NULL ORDER BY account_id`, directive)
}

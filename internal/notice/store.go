package notice

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

// went keeps over which areas bulletins went.
var went = grid.Covers{Table: "bulletin_areas", Owner: "bulletin_id"}

const columns = `b.id, b.kind, b.title, b.text, b.title_en, b.text_en, b.area_id, b.areas, b.everywhere, b.on_screens, b.on_desks, b.on_phones, b.for_residents,
	b.from_at, b.until_at, b.publisher_id, b.published_at, COALESCE(b.withdrawn_at, 0), b.withdrawn_by, b.withdrawn, b.devices, b.told, b.seq, b.seq_at`

// scanInto reads the columns of a bulletin, and what else is selected behind them.
func scanInto(r db.Scanner, n *Notice, more ...any) error {
	var areas string
	var on [4]bool
	into := []any{&n.ID, &n.Kind, &n.Title, &n.Text, &n.TitleEN, &n.TextEN, &n.Area, &areas, &n.Everywhere, &on[0], &on[1], &on[2], &on[3],
		&n.From, &n.Until, &n.Publisher, &n.PublishedAt, &n.WithdrawnAt, &n.WithdrawnBy, &n.Withdrawn, &n.Devices, &n.told, &n.seq, &n.seqAt}
	if err := r.Scan(append(into, more...)...); err != nil {
		return err
	}
	for i, a := range Audiences {
		if on[i] {
			n.Audiences = append(n.Audiences, a)
		}
	}
	return json.Unmarshal([]byte(areas), &n.Areas)
}

func one(row db.Scanner, more ...any) (*Notice, error) {
	var n Notice
	err := scanInto(row, &n, more...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Missing("notice")
	}
	return &n, err
}

func insertBulletin(ctx context.Context, tx db.Tx, n Notice, areas [][]any) error {
	list, err := json.Marshal(append([]string{}, n.Areas...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO bulletins (id, kind, title, text, title_en, text_en, area_id, areas, everywhere, on_screens, on_desks, on_phones, for_residents,
			from_at, until_at, publisher_id, published_at, withdrawn_by, withdrawn, devices, told, seq, seq_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '', 0, $18, $19, $20)`,
		n.ID, n.Kind, n.Title, n.Text, n.TitleEN, n.TextEN, n.Area, string(list), n.Everywhere, n.For(Screens), n.For(Desks), n.For(Phones), n.For(Residents),
		n.From, n.Until, n.Publisher, n.PublishedAt, n.told, n.seq, n.seqAt)
	if err != nil {
		return err
	}
	return db.InsertRows(ctx, tx, went.Into(), areas)
}

// lockBulletin takes a bulletin for one step, so that its news come one after the other.
func lockBulletin(ctx context.Context, tx db.Tx, notice string) (*Notice, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE bulletins SET seq = seq WHERE id = $1`, notice); err != nil {
		return nil, err
	}
	return readAny(ctx, tx, notice)
}

// readAny reads a bulletin for the program itself, whomever it concerns.
func readAny(ctx context.Context, q db.Querier, notice string) (*Notice, error) {
	if !id.Valid(notice) {
		return nil, fault.Missing("notice")
	}
	return one(q.QueryRowContext(ctx, `SELECT `+columns+` FROM bulletins b WHERE b.id = $1`, notice))
}

func saveBulletin(ctx context.Context, tx db.Tx, n *Notice) error {
	var withdrawn any
	if n.WithdrawnAt > 0 {
		withdrawn = n.WithdrawnAt
	}
	_, err := tx.ExecContext(ctx, `UPDATE bulletins SET until_at = $2, withdrawn_at = $3, withdrawn_by = $4, withdrawn = $5, told = $6, seq = $7, seq_at = $8 WHERE id = $1`,
		n.ID, n.Until, withdrawn, n.WithdrawnBy, n.Withdrawn, n.told, n.seq, n.seqAt)
	return err
}

// dueBulletins returns those whose period began or ended since it was last told.
func dueBulletins(ctx context.Context, q db.Querier, at int64, limit int) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT id FROM bulletins WHERE withdrawn_at IS NULL AND
		(told = 'planned' AND from_at <= $1 OR told = 'current' AND until_at <= $1) ORDER BY from_at, id LIMIT $2`, at, limit)
}

// reading is somebody who has read a bulletin.
type reading struct {
	person string
	post   string // role by which it reached them, '' when it did not
	place  string
	at     int64
}

func insertReading(ctx context.Context, tx db.Tx, notice string, r reading) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO bulletin_reads (bulletin_id, account_id, post, place, read_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (bulletin_id, account_id) DO NOTHING`, notice, r.person, r.post, r.place, r.at)
	return err
}

func readings(ctx context.Context, q db.Querier, notice string) ([]reading, error) {
	return db.List(ctx, q, func(row db.Scanner) (r reading, err error) {
		err = row.Scan(&r.person, &r.post, &r.place, &r.at)
		return r, err
	}, `SELECT account_id, post, place, read_at FROM bulletin_reads WHERE bulletin_id = $1 ORDER BY account_id`, notice)
}

// countDevice counts one device more for a bulletin that residents are shown now.
func countDevice(ctx context.Context, tx db.Tx, notice string, at int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE bulletins SET devices = devices + 1 WHERE id = $1 AND for_residents AND withdrawn_at IS NULL AND from_at <= $2 AND until_at > $2`, notice, at)
	return err
}

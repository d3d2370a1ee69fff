package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gezhi/internal/kit/db"
)

const entryColumns = `id, at, actor_id, actor_name, action, object, object_id, detail, COALESCE(seal, 0), hash`

func insertEntry(ctx context.Context, tx db.Tx, r Row) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audit_entries (id, at, actor_id, actor_name, action, object, object_id, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.ID, r.At, r.ActorID, r.ActorName, r.Action, r.Object, r.ObjectID, canonical(r.Detail))
	return err
}

// takeLease takes or keeps the lease of the one who seals. The row it writes also makes sealing transactions wait for
// each other.
func takeLease(ctx context.Context, tx db.Tx, holder string, at, expires int64) (bool, error) {
	var fence int64
	err := tx.QueryRowContext(ctx, `INSERT INTO leases (name, holder, fence, expires) VALUES ($1, $2, 1, $4)
		ON CONFLICT (name) DO UPDATE SET
			fence = CASE WHEN leases.holder = excluded.holder THEN leases.fence ELSE leases.fence + 1 END,
			holder = excluded.holder, expires = excluded.expires
		WHERE leases.holder = excluded.holder OR leases.expires < $3
		RETURNING fence`, leaseName, holder, at, expires).Scan(&fence)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func waiting(ctx context.Context, q db.Querier, limit int) ([]Row, error) {
	return entries(ctx, q, `SELECT `+entryColumns+` FROM audit_entries WHERE seal IS NULL ORDER BY id LIMIT $1`, limit)
}

func sealedEntries(ctx context.Context, q db.Querier, seal int64) ([]Row, error) {
	return entries(ctx, q, `SELECT `+entryColumns+` FROM audit_entries WHERE seal = $1 ORDER BY id`, seal)
}

func markSealed(ctx context.Context, tx db.Tx, id string, seal int64, hash string) error {
	_, err := tx.ExecContext(ctx, `UPDATE audit_entries SET seal = $2, hash = $3 WHERE id = $1 AND seal IS NULL`, id, seal, hash)
	return err
}

func insertSeal(ctx context.Context, tx db.Tx, s Seal) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audit_seals (seq, at, count, last, hash) VALUES ($1, $2, $3, $4, $5)`,
		s.Seq, s.At, s.Count, s.Last, s.Hash)
	return err
}

func readHead(ctx context.Context, q db.Querier) (Head, error) {
	var h Head
	err := q.QueryRowContext(ctx, `SELECT seq, hash FROM audit_seals ORDER BY seq DESC LIMIT 1`).Scan(&h.Seq, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	return h, err
}

func sealsAfter(ctx context.Context, q db.Querier, seq int64, limit int) ([]Seal, error) {
	rows, err := q.QueryContext(ctx, `SELECT seq, at, count, last, hash FROM audit_seals WHERE seq > $1 ORDER BY seq LIMIT $2`, seq, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Seal
	for rows.Next() {
		var s Seal
		if err := rows.Scan(&s.Seq, &s.At, &s.Count, &s.Last, &s.Hash); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// strayEntry finds an entry that is marked with a seal outside the chain.
func strayEntry(ctx context.Context, q db.Querier, head int64) (string, error) {
	var id string
	err := q.QueryRowContext(ctx, `SELECT id FROM audit_entries WHERE seal > $1 OR seal < 1 ORDER BY seal, id LIMIT 1`, head).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func searchEntries(ctx context.Context, q db.Querier, query Query, before *position, limit int) ([]Row, error) {
	var args db.Args
	where := []string{"1 = 1"}
	if query.Actor != "" {
		where = append(where, fmt.Sprintf(`(actor_id = %s OR actor_name LIKE %s ESCAPE '\')`, args.Add(query.Actor), args.Add("%"+escapeLike(query.Actor)+"%")))
	}
	if query.Action != "" {
		where = append(where, fmt.Sprintf(`(action = %s OR action LIKE %s ESCAPE '\')`, args.Add(query.Action), args.Add(escapeLike(query.Action)+".%")))
	}
	if query.Object != "" {
		where = append(where, "object = "+args.Add(query.Object))
	}
	if query.ObjectID != "" {
		where = append(where, "object_id = "+args.Add(query.ObjectID))
	}
	if query.From > 0 {
		where = append(where, "at >= "+args.Add(query.From))
	}
	if query.To > 0 {
		where = append(where, "at < "+args.Add(query.To))
	}
	if before != nil {
		where = append(where, fmt.Sprintf("(at, id) < (%s, %s)", args.Add(before.at), args.Add(before.id)))
	}
	text := `SELECT ` + entryColumns + ` FROM audit_entries WHERE ` + strings.Join(where, " AND ") + ` ORDER BY at DESC, id DESC LIMIT ` + args.Add(limit)
	return entries(ctx, q, text, args.Values...)
}

func entries(ctx context.Context, q db.Querier, text string, args ...any) ([]Row, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var r Row
		var detail string
		if err := rows.Scan(&r.ID, &r.At, &r.ActorID, &r.ActorName, &r.Action, &r.Object, &r.ObjectID, &detail, &r.Seal, &r.Hash); err != nil {
			return nil, err
		}
		// A detail that is not what was written reads as empty and so breaks the chain.
		if json.Unmarshal([]byte(detail), &r.Detail) != nil {
			r.Detail = nil
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

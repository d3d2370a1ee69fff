package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gezhi/internal/kit/db"
)

const unitColumns = `id, code, name, kind, speciality, COALESCE(parent_id, ''), COALESCE(area_id, ''), section, phone, address,
	approves_replies, open, version, created_at, updated_at`

// unitOrders are the columns by which units can be sorted; all are text that never changes its meaning.
var unitOrders = map[string]string{"code": "code", "name": "name", "kind": "kind"}

func insertUnit(ctx context.Context, tx db.Tx, u Unit) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO units (id, code, name, kind, speciality, parent_id, area_id, section, phone, address,
			approves_replies, open, version, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		u.ID, u.Code, u.Name, u.Kind, u.Speciality, orNull(u.ParentID), orNull(u.AreaID), u.Section, u.Phone, u.Address,
		u.Approves, u.Open, u.Version, u.CreatedAt, u.UpdatedAt)
	return err
}

// updateUnit writes the unit. The caller has compared the version; changes of people do not run side by side.
func updateUnit(ctx context.Context, tx db.Tx, u Unit) error {
	_, err := tx.ExecContext(ctx, `UPDATE units SET code = $2, name = $3, kind = $4, speciality = $5, parent_id = $6, area_id = $7,
			section = $8, phone = $9, address = $10, approves_replies = $11, open = $12, version = $13, updated_at = $14
		WHERE id = $1`,
		u.ID, u.Code, u.Name, u.Kind, u.Speciality, orNull(u.ParentID), orNull(u.AreaID), u.Section, u.Phone, u.Address,
		u.Approves, u.Open, u.Version, u.UpdatedAt)
	return err
}

func readUnit(ctx context.Context, q db.Querier, id string) (u Unit, ok bool, err error) {
	u, err = scanUnit(q.QueryRowContext(ctx, `SELECT `+unitColumns+` FROM units WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Unit{}, false, nil
	}
	return u, err == nil, err
}

func unitCodeTaken(ctx context.Context, q db.Querier, code, except string) (bool, error) {
	var n int64
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM units WHERE code = $1 AND id <> $2`, code, except).Scan(&n)
	return n > 0, err
}

func countOpenChildren(ctx context.Context, q db.Querier, unitID string) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM units WHERE parent_id = $1 AND open = $2`, unitID, true).Scan(&n)
	return n, err
}

func searchUnits(ctx context.Context, q db.Querier, query UnitQuery, o order, key []string, limit int) ([]Unit, error) {
	var args db.Args
	where := []string{"1 = 1"}
	if query.Text != "" {
		p := args.Add(like(query.Text))
		where = append(where, fmt.Sprintf(`(LOWER(name) LIKE %s ESCAPE '\' OR LOWER(code) LIKE %s ESCAPE '\')`, p, p))
	}
	if query.Kind != "" {
		where = append(where, "kind = "+args.Add(query.Kind))
	}
	if query.AreaID != "" {
		where = append(where, "area_id = "+args.Add(query.AreaID))
	}
	if query.Open != nil {
		where = append(where, "open = "+args.Add(*query.Open))
	}
	if after := o.after(&args, key); after != "" {
		where = append(where, after)
	}
	return scanUnits(q.QueryContext(ctx, `SELECT `+unitColumns+` FROM units WHERE `+strings.Join(where, " AND ")+o.clause()+
		` LIMIT `+args.Add(limit), args.Values...))
}

func allUnits(ctx context.Context, q db.Querier) ([]Unit, error) {
	return scanUnits(q.QueryContext(ctx, `SELECT `+unitColumns+` FROM units ORDER BY code`))
}

func scanUnits(rows *sql.Rows, err error) ([]Unit, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Unit
	for rows.Next() {
		u, err := scanUnit(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

type scanner interface{ Scan(dest ...any) error }

func scanUnit(row scanner) (u Unit, err error) {
	err = row.Scan(&u.ID, &u.Code, &u.Name, &u.Kind, &u.Speciality, &u.ParentID, &u.AreaID, &u.Section, &u.Phone, &u.Address,
		&u.Approves, &u.Open, &u.Version, &u.CreatedAt, &u.UpdatedAt)
	return u, err
}

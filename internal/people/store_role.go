package people

import (
	"context"
	"encoding/json"
	"fmt"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

func insertRole(ctx context.Context, tx db.Tx, r Role) (inserted bool, err error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO roles (code, name_zh, name_en, reach, administers, permissions, sort, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO NOTHING`,
		r.Code, r.NameZh, r.NameEn, r.Reach, r.Administers, permissionText(r.Permissions), r.Sort, r.Version)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func updateRole(ctx context.Context, tx db.Tx, r Role) error {
	_, err := tx.ExecContext(ctx, `UPDATE roles SET name_zh = $2, name_en = $3, reach = $4, administers = $5, permissions = $6,
		sort = $7, version = $8 WHERE code = $1`,
		r.Code, r.NameZh, r.NameEn, r.Reach, r.Administers, permissionText(r.Permissions), r.Sort, r.Version)
	return err
}

func readRoles(ctx context.Context, q db.Querier) ([]Role, error) {
	rows, err := q.QueryContext(ctx, `SELECT code, name_zh, name_en, reach, administers, permissions, sort, version FROM roles ORDER BY sort, code`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Role
	for rows.Next() {
		var r Role
		var text string
		if err := rows.Scan(&r.Code, &r.NameZh, &r.NameEn, &r.Reach, &r.Administers, &text, &r.Sort, &r.Version); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &r.Permissions); err != nil {
			return nil, fmt.Errorf("permissions of role %s: %w", r.Code, err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func rolesByCode(ctx context.Context, q db.Querier) (map[string]Role, error) {
	list, err := readRoles(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Role, len(list))
	for _, r := range list {
		out[r.Code] = r
	}
	return out, nil
}

func permissionText(permissions []authz.Permission) string {
	if permissions == nil {
		permissions = []authz.Permission{}
	}
	b, err := json.Marshal(permissions)
	if err != nil {
		return "[]" // strings always marshal
	}
	return string(b)
}

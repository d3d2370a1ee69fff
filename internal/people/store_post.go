package people

import (
	"context"

	"gezhi/internal/kit/db"
)

const postColumns = `p.id, p.account_id, p.role, COALESCE(p.unit_id, ''), COALESCE(p.area_id, ''), p.valid_from,
	COALESCE(p.valid_to, 0), p.created_at`

func insertPost(ctx context.Context, tx db.Tx, p Post) error {
	var to any
	if p.To != 0 {
		to = p.To
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO posts (id, account_id, role, unit_id, area_id, valid_from, valid_to, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, p.ID, p.AccountID, p.Role, orNull(p.UnitID), orNull(p.AreaID), p.From, to, p.CreatedAt)
	return err
}

func endPost(ctx context.Context, tx db.Tx, id string, at int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE posts SET valid_to = $2 WHERE id = $1`, id, at)
	return err
}

// postsOf returns every post of the accounts, past ones too, in order of their beginning.
func postsOf(ctx context.Context, q db.Querier, accounts []string) ([]Post, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	var args db.Args
	return scanPosts(ctx, q, `SELECT `+postColumns+` FROM posts p WHERE p.account_id IN (`+args.In(accounts)+`)
		ORDER BY p.valid_from, p.id`, args.Values...)
}

// livePosts returns the posts of enabled accounts that are held now or later.
func livePosts(ctx context.Context, q db.Querier, at int64) ([]Post, error) {
	return scanPosts(ctx, q, `SELECT `+postColumns+` FROM posts p JOIN accounts a ON a.id = p.account_id
		WHERE a.disabled_at IS NULL AND (p.valid_to IS NULL OR p.valid_to > $1) ORDER BY p.valid_from, p.id`, at)
}

func countPostsOfUnit(ctx context.Context, q db.Querier, unitID string, at int64) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM posts p JOIN accounts a ON a.id = p.account_id
		WHERE p.unit_id = $1 AND a.disabled_at IS NULL AND (p.valid_to IS NULL OR p.valid_to > $2)`, unitID, at).Scan(&n)
	return n, err
}

// countHolders counts the enabled people who hold one of the roles at an instant.
func countHolders(ctx context.Context, q db.Querier, roles []string, at int64) (n int64, err error) {
	var args db.Args
	now := args.Add(at)
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM posts p JOIN accounts a ON a.id = p.account_id
		WHERE a.disabled_at IS NULL AND a.kind = 'person' AND p.valid_from <= `+now+` AND (p.valid_to IS NULL OR p.valid_to > `+now+`)
		AND p.role IN (`+args.In(roles)+`)`, args.Values...).Scan(&n)
	return n, err
}

// postsByArea returns the posts of enabled people that are held at an instant in one of the areas.
func postsByArea(ctx context.Context, q db.Querier, areas []string, at int64) ([]AreaPost, error) {
	var args db.Args
	now := args.Add(at)
	rows, err := q.QueryContext(ctx, `SELECT p.area_id, p.role, a.id, a.name FROM posts p JOIN accounts a ON a.id = p.account_id
		WHERE a.disabled_at IS NULL AND a.kind = 'person' AND p.valid_from <= `+now+` AND (p.valid_to IS NULL OR p.valid_to > `+now+`)
		AND p.area_id IN (`+args.In(areas)+`) ORDER BY p.area_id, p.role, p.id`, args.Values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []AreaPost
	for rows.Next() {
		var p AreaPost
		if err := rows.Scan(&p.AreaID, &p.Role, &p.AccountID, &p.Name); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

func scanPosts(ctx context.Context, q db.Querier, text string, args ...any) ([]Post, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Post
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID, &p.AccountID, &p.Role, &p.UnitID, &p.AreaID, &p.From, &p.To, &p.CreatedAt); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

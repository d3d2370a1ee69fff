package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gezhi/internal/kit/db"
)

const accountColumns = `id, login, name, phone, must_change, locked_until, disabled_at IS NOT NULL, kind, partner_rate, version,
	created_at, updated_at, seen_at`

// accountOrders are the columns by which accounts can be sorted. Ids are in order of creation.
var accountOrders = map[string]string{"login": "login", "name": "name", "created": "id"}

func insertAccount(ctx context.Context, tx db.Tx, a Account, passwordHash string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, login, name, phone, password_hash, must_change, failures, locked_until,
			kind, partner_rate, version, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8, $9, $10, $11)`,
		a.ID, a.Login, a.Name, a.Phone, passwordHash, a.MustChange, a.Kind, a.PartnerRate, a.Version, a.CreatedAt, a.UpdatedAt)
	return err
}

// updateAccount writes what an administrator may change of an account. disabledAt is 0 for an enabled one.
func updateAccount(ctx context.Context, tx db.Tx, a Account, disabledAt int64) error {
	var disabled any
	if a.Disabled {
		disabled = disabledAt
	}
	_, err := tx.ExecContext(ctx, `UPDATE accounts SET name = $2, phone = $3, partner_rate = $4, locked_until = $5,
		disabled_at = $6, version = $7, updated_at = $8 WHERE id = $1`,
		a.ID, a.Name, a.Phone, a.PartnerRate, a.LockedUntil, disabled, a.Version, a.UpdatedAt)
	return err
}

func setPassword(ctx context.Context, tx db.Tx, accountID, hash string, mustChange bool, at int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE accounts SET password_hash = $2, must_change = $3, failures = 0, locked_until = 0,
		updated_at = $4 WHERE id = $1`, accountID, hash, mustChange, at)
	return err
}

func readAccount(ctx context.Context, q db.Querier, id string) (a Account, ok bool, err error) {
	a, err = scanAccount(q.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, false, nil
	}
	if err != nil {
		return Account{}, false, err
	}
	a.Posts, err = postsOf(ctx, q, []string{id})
	return a, err == nil, err
}

func loginTaken(ctx context.Context, q db.Querier, login string) (bool, error) {
	var n int64
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM accounts WHERE login = $1`, login).Scan(&n)
	return n > 0, err
}

func anyAccount(ctx context.Context, q db.Querier) (bool, error) {
	var n int64
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM accounts LIMIT 1) AS one`).Scan(&n)
	return n > 0, err
}

func searchAccounts(ctx context.Context, q db.Querier, query AccountQuery, at int64, o order, key []string, limit int) ([]Account, error) {
	var args db.Args
	where := []string{"1 = 1"}
	if query.Text != "" {
		p := args.Add(like(query.Text))
		where = append(where, fmt.Sprintf(`(LOWER(name) LIKE %s ESCAPE '\' OR login LIKE %s ESCAPE '\')`, p, p))
	}
	if query.Kind != "" {
		where = append(where, "kind = "+args.Add(query.Kind))
	}
	if query.Disabled != nil {
		not := ""
		if *query.Disabled {
			not = "NOT "
		}
		where = append(where, "disabled_at IS "+not+"NULL")
	}
	if query.UnusedSince != 0 {
		since := args.Add(query.UnusedSince)
		where = append(where, "seen_at < "+since+" AND created_at < "+since)
	}
	if query.Locked {
		where = append(where, "locked_until > "+args.Add(at))
	}
	var post []string
	for column, value := range map[string]string{"role": query.Role, "unit_id": query.UnitID, "area_id": query.AreaID} {
		if value != "" {
			post = append(post, "p."+column+" = "+args.Add(value))
		}
	}
	if len(post) > 0 {
		where = append(where, fmt.Sprintf(`EXISTS (SELECT 1 FROM posts p WHERE p.account_id = accounts.id AND (p.valid_to IS NULL OR p.valid_to > %s) AND %s)`,
			args.Add(at), strings.Join(post, " AND ")))
	}
	if after := o.after(&args, key); after != "" {
		where = append(where, after)
	}
	rows, err := q.QueryContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE `+strings.Join(where, " AND ")+o.clause()+
		` LIMIT `+args.Add(limit), args.Values...)
	if err != nil {
		return nil, err
	}
	accounts, err := scanAccounts(rows)
	if err != nil {
		return nil, err
	}
	return accounts, attachPosts(ctx, q, accounts)
}

// attachPosts reads the posts of all the accounts at once.
func attachPosts(ctx context.Context, q db.Querier, accounts []Account) error {
	ids := make([]string, len(accounts))
	index := map[string]int{}
	for i, a := range accounts {
		ids[i], index[a.ID] = a.ID, i
	}
	posts, err := postsOf(ctx, q, ids)
	for _, p := range posts {
		a := &accounts[index[p.AccountID]]
		a.Posts = append(a.Posts, p)
	}
	return err
}

func scanAccounts(rows *sql.Rows) ([]Account, error) {
	defer rows.Close()
	var out []Account
	for rows.Next() {
		a, err := scanAccount(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

func scanAccount(row scanner) (a Account, err error) {
	err = row.Scan(&a.ID, &a.Login, &a.Name, &a.Phone, &a.MustChange, &a.LockedUntil, &a.Disabled, &a.Kind, &a.PartnerRate,
		&a.Version, &a.CreatedAt, &a.UpdatedAt, &a.SeenAt)
	return a, err
}

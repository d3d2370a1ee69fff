package people

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

// credentials is what a sign-in is checked against.
type credentials struct {
	ID          string
	Hash        string
	LockedUntil int64
	Disabled    bool
	Kind        AccountKind
}

func readCredentials(ctx context.Context, q db.Querier, login string) (c credentials, ok bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT id, password_hash, locked_until, disabled_at IS NOT NULL, kind FROM accounts WHERE login = $1`, login).
		Scan(&c.ID, &c.Hash, &c.LockedUntil, &c.Disabled, &c.Kind)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

func readPasswordHash(ctx context.Context, q db.Querier, accountID string) (login, hash string, err error) {
	err = q.QueryRowContext(ctx, `SELECT login, password_hash FROM accounts WHERE id = $1`, accountID).Scan(&login, &hash)
	return login, hash, err
}

// countFailure counts a wrong password; the one that reaches the limit locks the account and starts a new count.
func countFailure(ctx context.Context, tx db.Tx, accountID string, limit, lockUntil int64) (locked bool, err error) {
	err = tx.QueryRowContext(ctx, `UPDATE accounts SET
			locked_until = CASE WHEN failures + 1 >= $2 THEN $3 ELSE locked_until END,
			failures = CASE WHEN failures + 1 >= $2 THEN 0 ELSE failures + 1 END
		WHERE id = $1 RETURNING locked_until = $3`, accountID, limit, lockUntil).Scan(&locked)
	return locked, err
}

func resetFailures(ctx context.Context, tx db.Tx, accountID string) error {
	_, err := tx.ExecContext(ctx, `UPDATE accounts SET failures = 0, locked_until = 0 WHERE id = $1 AND (failures > 0 OR locked_until > 0)`, accountID)
	return err
}

func rehash(ctx context.Context, tx db.Tx, accountID, old, hash string) error {
	_, err := tx.ExecContext(ctx, `UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2`, accountID, old, hash)
	return err
}

func insertSession(ctx context.Context, tx db.Tx, s session) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sessions (id, account_id, created_at, seen_at, expires_at, kind) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.ID, s.AccountID, s.CreatedAt, s.SeenAt, s.ExpiresAt, s.Kind)
	if err != nil || s.Kind != browserSession {
		return err
	}
	return touchAccount(ctx, tx, s.AccountID, s.SeenAt)
}

// readSession returns a session with the account behind it.
func readSession(ctx context.Context, q db.Querier, id string) (s session, a Account, ok bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT s.id, s.account_id, s.created_at, s.seen_at, s.expires_at, s.kind,
			a.login, a.name, a.must_change, a.disabled_at IS NOT NULL
		FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.id = $1`, id).
		Scan(&s.ID, &s.AccountID, &s.CreatedAt, &s.SeenAt, &s.ExpiresAt, &s.Kind, &a.Login, &a.Name, &a.MustChange, &a.Disabled)
	if errors.Is(err, sql.ErrNoRows) {
		return s, a, false, nil
	}
	a.ID = s.AccountID
	return s, a, err == nil, err
}

// actorPosts returns the posts of an account that are not over yet, with what their roles allow, and the period of each.
func actorPosts(ctx context.Context, q db.Querier, accountID string, at int64) ([]authz.Post, []Post, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+postColumns+`, r.reach, r.permissions FROM posts p JOIN roles r ON r.code = p.role
		WHERE p.account_id = $1 AND (p.valid_to IS NULL OR p.valid_to > $2) ORDER BY p.valid_from, p.id`, accountID, at)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	var held []authz.Post
	var periods []Post
	for rows.Next() {
		var p Post
		var h authz.Post
		var text string
		if err := rows.Scan(&p.ID, &p.AccountID, &p.Role, &p.UnitID, &p.AreaID, &p.From, &p.To, &p.CreatedAt, &h.Reach, &text); err != nil {
			return nil, nil, err
		}
		var permissions []authz.Permission
		if err := json.Unmarshal([]byte(text), &permissions); err != nil {
			return nil, nil, err
		}
		h.ID, h.Role, h.UnitID, h.AreaID = p.ID, p.Role, p.UnitID, p.AreaID
		h.Permissions = make(map[authz.Permission]bool, len(permissions))
		for _, x := range permissions {
			h.Permissions[x] = true
		}
		held, periods = append(held, h), append(periods, p)
	}
	return held, periods, rows.Err()
}

func touchSession(ctx context.Context, tx db.Tx, id, accountID string, at int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, id, at); err != nil {
		return err
	}
	return touchAccount(ctx, tx, accountID, at)
}

// touchAccount notes when an account was last used; it outlives the sessions.
func touchAccount(ctx context.Context, tx db.Tx, accountID string, at int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE accounts SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, accountID, at)
	return err
}

func countSessions(ctx context.Context, q db.Querier, accountID string, at int64) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM sessions WHERE account_id = $1 AND expires_at > $2`, accountID, at).Scan(&n)
	return n, err
}

func deleteSession(ctx context.Context, tx db.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE id = $1`, id)
	return err
}

// deleteSessions ends every session and token of an account but one.
func deleteSessions(ctx context.Context, tx db.Tx, accountID, except string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE account_id = $1 AND id <> $2`, accountID, except)
	return err
}

func purgeSessions(ctx context.Context, tx db.Tx, at, idleSince int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE expires_at <= $1 OR kind = 'browser' AND seen_at <= $2`, at, idleSince)
	return err
}

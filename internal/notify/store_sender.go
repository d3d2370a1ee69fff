package notify

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

const senderColumns = `id, name, preset, audience, method, url, headers, body, secret, ok_field, ok_value, notices, lang, active, version`

func scanSender(r db.Scanner) (c Config, err error) {
	var headers, notices string
	err = r.Scan(&c.ID, &c.Name, &c.Preset, &c.Audience, &c.Method, &c.URL, &headers, &c.Body, &c.Secret, &c.OKField, &c.OKValue, &notices, &c.Lang, &c.Active, &c.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.Missing("sender")
	}
	if err != nil {
		return c, err
	}
	return c, errors.Join(json.Unmarshal([]byte(headers), &c.Headers), json.Unmarshal([]byte(notices), &c.Notices))
}

func readSenders(ctx context.Context, q db.Querier) ([]Config, error) {
	return db.List(ctx, q, scanSender, `SELECT `+senderColumns+` FROM senders ORDER BY created_at, id`)
}

// readSender reads one; an id that no store can hold is not there.
func readSender(ctx context.Context, q db.Querier, sender string) (Config, error) {
	if !id.Valid(sender) {
		return Config{}, fault.Missing("sender")
	}
	return scanSender(q.QueryRowContext(ctx, `SELECT `+senderColumns+` FROM senders WHERE id = $1`, sender))
}

func (c *Config) values() ([]any, error) {
	headers, err := json.Marshal(c.Headers)
	if err != nil {
		return nil, err
	}
	notices, err := json.Marshal(c.Notices)
	return []any{c.ID, c.Name, c.Preset, c.Audience, c.Method, c.URL, string(headers), c.Body, c.Secret, c.OKField, c.OKValue, string(notices), c.Lang, c.Active, c.Version}, err
}

func insertSender(ctx context.Context, tx db.Tx, c Config, at int64) error {
	values, err := c.values()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO senders (`+senderColumns+`, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)`, append(values, at)...)
	return err
}

// updateSender writes a sender over its version; false when the store has another one.
func updateSender(ctx context.Context, tx db.Tx, c Config, at int64) (bool, error) {
	values, err := c.values()
	if err != nil {
		return false, err
	}
	return changed(tx.ExecContext(ctx, `UPDATE senders SET name = $2, preset = $3, audience = $4, method = $5, url = $6, headers = $7, body = $8, secret = $9,
		ok_field = $10, ok_value = $11, notices = $12, lang = $13, active = $14, updated_at = $16, version = version + 1 WHERE id = $1 AND version = $15`, append(values, at)...))
}

// deleteSender removes a sender with how it did; what waited for it is dropped.
func deleteSender(ctx context.Context, tx db.Tx, sender string, version, at int64) (bool, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM sender_states WHERE sender_id = $1`, sender); err != nil {
		return false, err
	}
	ok, err := changed(tx.ExecContext(ctx, `DELETE FROM senders WHERE id = $1 AND version = $2`, sender, version))
	if err != nil || !ok {
		return ok, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE messages SET state = 'dropped', ended_at = $2, error = 'sender_gone' WHERE sender_id = $1 AND state IN ('waiting', 'dead')`, sender, at)
	return true, err
}

// Health is how a sender did lately. Times are unix ms, 0 for never.
type Health struct {
	Failures  int64 // in a row
	OpenUntil int64 // nothing is sent before
	OKAt      int64
	FailedAt  int64
	Error     string // of the last failure
}

func readHealth(ctx context.Context, q db.Querier) (map[string]Health, error) {
	type row struct {
		id string
		Health
	}
	list, err := db.List(ctx, q, func(r db.Scanner) (h row, err error) {
		err = r.Scan(&h.id, &h.Failures, &h.OpenUntil, &h.OKAt, &h.FailedAt, &h.Error)
		return h, err
	}, `SELECT sender_id, failures, open_until, ok_at, failed_at, error FROM sender_states`)
	all := map[string]Health{}
	for _, h := range list {
		all[h.id] = h.Health
	}
	return all, err
}

// noteOK ends a row of failures.
func noteOK(ctx context.Context, tx db.Tx, sender string, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sender_states (sender_id, failures, open_until, ok_at, failed_at, error) VALUES ($1, 0, 0, $2, 0, '')
		ON CONFLICT (sender_id) DO UPDATE SET failures = 0, open_until = 0, ok_at = $2, error = ''`, sender, at)
	return err
}

// noteFailure counts one more failure in a row and returns how many there are now.
func noteFailure(ctx context.Context, tx db.Tx, sender, code string, at int64) (n int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO sender_states (sender_id, failures, open_until, ok_at, failed_at, error) VALUES ($1, 1, 0, 0, $2, $3)
		ON CONFLICT (sender_id) DO UPDATE SET failures = sender_states.failures + 1, failed_at = $2, error = $3 RETURNING failures`, sender, at, code).Scan(&n)
	return n, err
}

func openUntil(ctx context.Context, tx db.Tx, sender string, until int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE sender_states SET open_until = $2 WHERE sender_id = $1`, sender, until)
	return err
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

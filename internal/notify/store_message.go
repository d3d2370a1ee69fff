package notify

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// State is where a message stands.
type State string

// The states. Dropped is what nobody needs any more, or what nobody can be sent.
const (
	Waiting State = "waiting"
	Gone    State = "sent"
	Dead    State = "dead"
	Dropped State = "dropped"
)

// Kept is a message as it is kept.
type Kept struct {
	ID       string
	Notice   string
	Sender   string
	Incident string
	Order    string
	Number   string
	ToKind   string // account, reporter, group
	ToID     string // the account; '' for the others
	State    State
	Attempts int64
	At       int64 // of the event, unix ms
	NextAt   int64
	Deadline int64
	EndedAt  int64 // 0 while it waits
	Error    string
	Status   int64
	Created  int64
}

const messageColumns = `id, notice, sender_id, incident_id, order_id, number, to_kind, to_id, state, attempts, at, next_at, deadline, COALESCE(ended_at, 0), error, status, created_at`

func scanMessage(r db.Scanner) (m Kept, err error) {
	err = r.Scan(&m.ID, &m.Notice, &m.Sender, &m.Incident, &m.Order, &m.Number, &m.ToKind, &m.ToID, &m.State, &m.Attempts, &m.At, &m.NextAt, &m.Deadline,
		&m.EndedAt, &m.Error, &m.Status, &m.Created)
	if errors.Is(err, sql.ErrNoRows) {
		return m, fault.Missing("message")
	}
	return m, err
}

// insertMessages adds messages; one that is there already stays as it is.
func insertMessages(ctx context.Context, tx db.Tx, list []Kept) error {
	for _, m := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO messages (id, notice, sender_id, incident_id, order_id, number, to_kind, to_id, state, attempts, at, next_at, deadline, error, status, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $10, $11, '', 0, $10) ON CONFLICT (id) DO NOTHING`,
			m.ID, m.Notice, m.Sender, m.Incident, m.Order, m.Number, m.ToKind, m.ToID, m.At, m.Created, m.Deadline)
		if err != nil {
			return err
		}
	}
	return nil
}

// dueMessages returns what a sender may send now. What is not to be tried for longer than any pause lasts was put off
// under a clock that has gone back since, and is due.
func dueMessages(ctx context.Context, q db.Querier, sender string, at, far int64, limit int) ([]Kept, error) {
	return db.List(ctx, q, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE sender_id = $1 AND state = 'waiting' AND (next_at <= $2 OR next_at > $3) ORDER BY next_at, id LIMIT $4`, sender, at, far, limit)
}

// claim takes a message for one attempt, until a time at which another node may try; false when another was first.
func claim(ctx context.Context, tx db.Tx, m Kept, until int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `UPDATE messages SET attempts = attempts + 1, next_at = $3 WHERE id = $1 AND state = 'waiting' AND attempts = $2 AND next_at = $4`,
		m.ID, m.Attempts, until, m.NextAt))
}

// settle writes what became of an attempt, unless somebody else has taken the message since.
func settle(ctx context.Context, tx db.Tx, m Kept) error {
	_, err := tx.ExecContext(ctx, `UPDATE messages SET state = $3, next_at = $4, ended_at = $5, error = $6, status = $7 WHERE id = $1 AND attempts = $2 AND state = 'waiting'`,
		m.ID, m.Attempts, string(m.State), m.NextAt, nullable(m.EndedAt), m.Error, m.Status)
	return err
}

func nullable(at int64) any {
	if at == 0 {
		return nil
	}
	return at
}

// listMessages returns messages of a state, the newest first, of one sender or of all, behind a cursor.
func listMessages(ctx context.Context, q db.Querier, state State, sender string, before int64, beforeID string, limit int) ([]Kept, error) {
	args := db.Args{}
	where := `state = ` + args.Add(string(state))
	if sender != "" {
		where += ` AND sender_id = ` + args.Add(sender)
	}
	if beforeID != "" {
		at := args.Add(before)
		where += ` AND (created_at < ` + at + ` OR created_at = ` + at + ` AND id < ` + args.Add(beforeID) + `)`
	}
	return db.List(ctx, q, scanMessage, `SELECT `+messageColumns+` FROM messages WHERE `+where+` ORDER BY created_at DESC, id DESC LIMIT `+args.Add(limit), args.Values...)
}

func countMessages(ctx context.Context, q db.Querier, state State) (map[string]int64, error) {
	type row struct {
		sender string
		n      int64
	}
	list, err := db.List(ctx, q, func(r db.Scanner) (c row, err error) {
		err = r.Scan(&c.sender, &c.n)
		return c, err
	}, `SELECT sender_id, COUNT(*) FROM messages WHERE state = $1 GROUP BY sender_id`, string(state))
	counts := map[string]int64{}
	for _, c := range list {
		counts[c.sender] = c.n
	}
	return counts, err
}

func readMessage(ctx context.Context, q db.Querier, message string) (Kept, error) {
	if !id.Valid(message) {
		return Kept{}, fault.Missing("message")
	}
	return scanMessage(q.QueryRowContext(ctx, `SELECT `+messageColumns+` FROM messages WHERE id = $1`, message))
}

// revive puts a dead message among the waiting again, with all its attempts; false when it is not dead.
func revive(ctx context.Context, tx db.Tx, message string, at, deadline int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `UPDATE messages SET state = 'waiting', attempts = 0, next_at = $2, deadline = $3, ended_at = NULL WHERE id = $1 AND state = 'dead'`, message, at, deadline))
}

// reviveAll does so for all dead messages of a sender and returns how many there were.
func reviveAll(ctx context.Context, tx db.Tx, sender string, at, deadline int64) (int64, error) {
	res, err := tx.ExecContext(ctx, `UPDATE messages SET state = 'waiting', attempts = 0, next_at = $2, deadline = $3, ended_at = NULL WHERE sender_id = $1 AND state = 'dead'`, sender, at, deadline)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func discard(ctx context.Context, tx db.Tx, message string, at int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `UPDATE messages SET state = 'dropped', ended_at = $2, error = 'discarded' WHERE id = $1 AND state = 'dead'`, message, at))
}

// purgeMessages forgets what ended long ago; dead messages are kept longer, because somebody may still look.
func purgeMessages(ctx context.Context, tx db.Tx, ended, dead, requests int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM messages WHERE ended_at IS NOT NULL AND (ended_at < $1 AND state <> 'dead' OR ended_at < $2)`, ended, dead); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM code_requests WHERE done AND at < $1`, requests)
	return err
}

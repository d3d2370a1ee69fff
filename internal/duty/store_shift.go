package duty

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

const shiftColumns = `s.id, s.unit_id, s.name, s.from_at, s.to_at, s.leader_id, s.version, COALESCE(h.state, '')`

func scanShift(r db.Scanner) (s Shift, err error) {
	err = r.Scan(&s.ID, &s.Unit, &s.Name, &s.From, &s.To, &s.Leader, &s.Version, &s.Handover)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fault.Missing("shift")
	}
	return s, err
}

type member struct{ shift, person string }

func scanMember(r db.Scanner) (m member, err error) {
	err = r.Scan(&m.shift, &m.person)
	return m, err
}

// shiftsBetween returns the shifts that hold at some instant in [from, to), of one unit or with an empty one of all, in
// order of their beginning.
func shiftsBetween(ctx context.Context, q db.Querier, unit string, from, to int64) ([]Shift, error) {
	where, args := `s.to_at > $1 AND s.from_at < $2`, []any{from, to}
	if unit != "" {
		where, args = where+` AND s.unit_id = $3`, append(args, unit)
	}
	list, err := db.List(ctx, q, scanShift, `SELECT `+shiftColumns+` FROM shifts s LEFT JOIN handovers h ON h.shift_id = s.id
		WHERE `+where+` ORDER BY s.from_at, s.name, s.id`, args...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	members, err := db.List(ctx, q, scanMember, `SELECT m.shift_id, m.account_id FROM shift_members m JOIN shifts s ON s.id = m.shift_id
		WHERE `+where+` ORDER BY m.account_id`, args...)
	if err != nil {
		return nil, err
	}
	by := map[string][]string{}
	for _, m := range members {
		by[m.shift] = append(by[m.shift], m.person)
	}
	for n := range list {
		list[n].Members = by[list[n].ID]
	}
	return list, nil
}

// readShift reads one; an id that no store can hold is not there.
func readShift(ctx context.Context, q db.Querier, shift string) (Shift, error) {
	if !id.Valid(shift) {
		return Shift{}, fault.Missing("shift")
	}
	s, err := scanShift(q.QueryRowContext(ctx, `SELECT `+shiftColumns+` FROM shifts s LEFT JOIN handovers h ON h.shift_id = s.id WHERE s.id = $1`, shift))
	if err != nil {
		return s, err
	}
	s.Members, err = db.List(ctx, q, db.One[string], `SELECT account_id FROM shift_members WHERE shift_id = $1 ORDER BY account_id`, shift)
	return s, err
}

func insertShift(ctx context.Context, tx db.Tx, s Shift, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO shifts (id, unit_id, name, from_at, to_at, leader_id, version, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`, s.ID, s.Unit, s.Name, s.From, s.To, s.Leader, s.Version, at)
	if err != nil {
		return err
	}
	return insertMembers(ctx, tx, s)
}

// updateShift writes a shift over its version; false when the store has another one.
func updateShift(ctx context.Context, tx db.Tx, s Shift, at int64) (bool, error) {
	ok, err := changed(tx.ExecContext(ctx, `UPDATE shifts SET name = $3, from_at = $4, to_at = $5, leader_id = $6, updated_at = $7, version = version + 1
		WHERE id = $1 AND version = $2`, s.ID, s.Version, s.Name, s.From, s.To, s.Leader, at))
	if err != nil || !ok {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM shift_members WHERE shift_id = $1`, s.ID); err != nil {
		return false, err
	}
	return true, insertMembers(ctx, tx, s)
}

func deleteShift(ctx context.Context, tx db.Tx, shift string, version int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `DELETE FROM shifts WHERE id = $1 AND version = $2`, shift, version))
}

func insertMembers(ctx context.Context, tx db.Tx, s Shift) error {
	rows := make([][]any, len(s.Members))
	for n, p := range s.Members {
		rows[n] = []any{s.ID, p}
	}
	return db.InsertRows(ctx, tx, `INSERT INTO shift_members (shift_id, account_id) VALUES `, rows)
}

// lockPeople takes the people who are planned, in one order, so that two plans of one person come one after the other.
func lockPeople(ctx context.Context, tx db.Tx, people []string) error {
	for _, p := range slices.Compact(slices.Sorted(slices.Values(people))) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO shift_turns (account_id, turn) VALUES ($1, 1)
			ON CONFLICT (account_id) DO UPDATE SET turn = shift_turns.turn + 1`, p); err != nil {
			return err
		}
	}
	return nil
}

// clash is a shift in which somebody is planned already.
type clash struct {
	person, shift, unit string
	from, to            int64
}

// clashes returns who of the members is planned elsewhere at the same time.
func clashes(ctx context.Context, tx db.Tx, s Shift) ([]clash, error) {
	var a db.Args
	scan := func(r db.Scanner) (c clash, err error) {
		err = r.Scan(&c.person, &c.shift, &c.unit, &c.from, &c.to)
		return c, err
	}
	in, to, from, self := a.In(s.Members), a.Add(s.To), a.Add(s.From), a.Add(s.ID)
	return db.List(ctx, tx, scan, `SELECT m.account_id, s.name, s.unit_id, s.from_at, s.to_at FROM shift_members m JOIN shifts s ON s.id = m.shift_id
		WHERE m.account_id IN (`+in+`) AND s.from_at < `+to+` AND s.to_at > `+from+` AND s.id <> `+self+` ORDER BY m.account_id, s.from_at`, a.Values...)
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

package bench

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"gezhi/internal/kit/id"
)

// execer runs a statement.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// prepared compiles each text once.
type prepared struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func (p *prepared) exec(ctx context.Context, query string) error {
	_, err := p.ExecContext(ctx, query)
	return err
}

// ExecContext runs a statement that is compiled at its first use.
func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s := p.stmts[query]
	if s == nil {
		var err error
		if s, err = p.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		p.stmts[query] = s
	}
	return s.ExecContext(ctx, args...)
}

// table is the rows of one table that belong to one incident, and the statement that writes one.
type table struct {
	insert  string
	columns []string
	rows    [][]any
}

// Sample is one incident that went through the loop, as the program wrote it.
type Sample struct {
	incident, order, entries, outbox table
	orderID                          string
	street                           string
	states                           []string // after each of the writes
}

// TakeSample reads the newest incident that went through a whole loop.
func TakeSample(ctx context.Context, pool *sql.DB) (*Sample, error) {
	var incident string
	err := pool.QueryRowContext(ctx, `SELECT id FROM incidents WHERE state = 'checked' ORDER BY received_at DESC LIMIT 1`).Scan(&incident)
	if err != nil {
		return nil, fmt.Errorf("take a sample: %w", err)
	}
	s := &Sample{}
	for _, t := range []struct {
		to               *table
		name, key, order string
	}{{&s.incident, "incidents", "id", "id"}, {&s.order, "orders", "incident_id", "id"}, {&s.entries, "entries", "incident_id", "seq"}, {&s.outbox, "outbox", "aggregate_id", "seq"}} {
		if err := t.to.read(ctx, pool, t.name, t.key, t.order, incident); err != nil {
			return nil, fmt.Errorf("take a sample of %s: %w", t.name, err)
		}
	}
	if len(s.order.rows) != 1 || len(s.entries.rows) != 5 || len(s.outbox.rows) != 5 {
		return nil, fmt.Errorf("the sample has %d orders, %d entries, %d outbox rows", len(s.order.rows), len(s.entries.rows), len(s.outbox.rows))
	}
	for _, e := range s.entries.rows {
		s.states = append(s.states, fmt.Sprint(e[s.entries.at("to_state")]))
	}
	s.street = fmt.Sprint(s.incident.rows[0][s.incident.at("street_id")])
	return s, nil
}

func (t *table) read(ctx context.Context, pool *sql.DB, name, key, order, id string) error {
	rows, err := pool.QueryContext(ctx, `SELECT * FROM `+name+` WHERE `+key+` = $1 ORDER BY `+order, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	if t.columns, err = rows.Columns(); err != nil {
		return err
	}
	for rows.Next() {
		values, targets := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = string(b)
			}
		}
		t.rows = append(t.rows, values)
	}
	marks := make([]string, len(t.columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	t.insert = `INSERT INTO ` + name + ` (` + strings.Join(t.columns, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `)`
	return rows.Err()
}

func (t *table) at(column string) int {
	for i, c := range t.columns {
		if c == column {
			return i
		}
	}
	panic("bench: no column " + column)
}

// with returns a row of the table with some columns changed: pairs of name and value.
func (t *table) with(row int, changes ...any) []any {
	values := append([]any{}, t.rows[row]...)
	for i := 0; i < len(changes); i += 2 {
		values[t.at(changes[i].(string))] = changes[i+1]
	}
	return values
}

// bare writes loops.
type bare struct {
	*Sample
	commit committer
	made   atomic.Int64
}

// What the program does with an incident and an order that exist already, with the columns that really change.
const (
	moveIncident = `UPDATE incidents SET state = $2, lead_order = $3, lead_unit = $4, lead_person = $5, lead_state = $6, accepted_at = $7,
		dispatched_at = $7, taken_at = $7, handled_at = $7, checked_at = $7, entry_at = $7, entry_seq = $8, entry_hash = $9, version = version + 1 WHERE id = $1`
	moveOrder = `UPDATE orders SET state = $3, person_id = $4, accepted_at = $5, handled_at = $5, ended_at = $5, result = $6, outcome = $7, handler_id = $4
		WHERE incident_id = $1 AND id = $2`
)

// orderStates are the states into which the third and the fourth write bring the order.
var orderStates = []string{2: "accepted", 3: "handled"}

// loop writes what one loop writes: five transactions.
func (b *bare) loop(ctx context.Context) error {
	incident, order := id.New(time.Now()), id.New(time.Now())
	lead := b.order.rows[0]
	for n := range b.entries.rows {
		err := b.commit.write(ctx, func(ctx context.Context, e execer) error {
			at := time.Now().UnixMilli() + int64(n)
			if err := b.move(ctx, e, n, incident, order, at); err != nil {
				return err
			}
			switch n {
			case 1:
				if _, err := e.ExecContext(ctx, b.order.insert, b.order.with(0, "incident_id", incident, "id", order)...); err != nil {
					return err
				}
			case 2, 3:
				if _, err := e.ExecContext(ctx, moveOrder, incident, order, orderStates[n], lead[b.order.at("person_id")], at,
					lead[b.order.at("result")], lead[b.order.at("outcome")]); err != nil {
					return err
				}
			}
			if _, err := e.ExecContext(ctx, b.entries.insert, b.entries.with(n, "incident_id", incident, "order_id", order, "at", at)...); err != nil {
				return err
			}
			_, err := e.ExecContext(ctx, b.outbox.insert, b.outbox.with(n, "aggregate_id", incident, "at", at, "relayed_at", nil)...)
			return err
		})
		if err != nil {
			return err
		}
	}
	b.made.Add(1)
	return nil
}

// move writes the incident itself.
func (b *bare) move(ctx context.Context, e execer, n int, incident, order string, at int64) error {
	if n == 0 {
		_, err := e.ExecContext(ctx, b.incident.insert, b.incident.with(0, "id", incident, "state", b.states[0], "received_at", at)...)
		return err
	}
	i, entry := b.incident.rows[0], b.entries.rows[n]
	_, err := e.ExecContext(ctx, moveIncident, incident, b.states[n], order, i[b.incident.at("lead_unit")], i[b.incident.at("lead_person")],
		i[b.incident.at("lead_state")], at, int64(n+1), entry[b.entries.at("hash")])
	return err
}

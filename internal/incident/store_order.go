package incident

import (
	"context"
	"encoding/json"
	"strings"

	"gezhi/internal/kit/db"
)

const orderColumns = `incident_id, id, role, state, unit_id, person_id, rule_id, reason, by_person, changed, note, result, outcome, right_unit,
	sent_at, accepted_at, arrived_at, handled_at, ended_at, handler_id, handlers, approval, reply, from_pool`

// ordersOf returns the orders of some incidents, in the order in which they were sent.
func ordersOf(ctx context.Context, q db.Querier, incidents []string) ([]*Order, error) {
	byID, err := ordersByIncident(ctx, q, incidents)
	var all []*Order
	for _, id := range incidents {
		all = append(all, byID[id]...)
	}
	return all, err
}

func ordersByIncident(ctx context.Context, q db.Querier, incidents []string) (map[string][]*Order, error) {
	var args db.Args
	where := `incident_id IN (` + args.In(incidents) + `)`
	rows, err := q.QueryContext(ctx, `SELECT `+orderColumns+` FROM orders WHERE `+where+` ORDER BY incident_id, sent_at, id`, args.Values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	byID := map[string][]*Order{}
	for rows.Next() {
		var o Order
		var incident, reason, handlers, reply string
		if err := rows.Scan(&incident, &o.ID, &o.Role, &o.State, &o.UnitID, &o.PersonID, &o.RuleID, &reason, &o.ByPerson, &o.Changed, &o.Note,
			&o.Result, &o.Outcome, &o.RightUnit, &o.SentAt, stamp{&o.AcceptedAt}, stamp{&o.ArrivedAt}, stamp{&o.HandledAt}, stamp{&o.EndedAt}, &o.HandlerID,
			&handlers, &o.Approval, &reply, &o.FromPool); err != nil {
			return nil, err
		}
		if reason != "" {
			if err := json.Unmarshal([]byte(reason), &o.Reason); err != nil {
				return nil, err
			}
		}
		o.Handlers = strings.Fields(handlers)
		if reply != "" {
			if err := json.Unmarshal([]byte(reply), &o.Reply); err != nil {
				return nil, err
			}
		}
		byID[incident] = append(byID[incident], &o)
	}
	return byID, rows.Err()
}

// saveOrders writes the orders that are new or changed.
func saveOrders(ctx context.Context, tx db.Tx, i *Incident) error {
	for _, o := range i.Orders {
		if !o.fresh && !o.dirty {
			continue
		}
		values, err := o.values(i.ID)
		if err != nil {
			return err
		}
		query := `UPDATE orders SET role = $3, state = $4, unit_id = $5, person_id = $6, rule_id = $7, reason = $8, by_person = $9, changed = $10,
			note = $11, result = $12, outcome = $13, right_unit = $14, sent_at = $15, accepted_at = $16, arrived_at = $17, handled_at = $18,
			ended_at = $19, handler_id = $20, handlers = $21, approval = $22, reply = $23, from_pool = $24 WHERE incident_id = $1 AND id = $2`
		if o.fresh {
			query = `INSERT INTO orders (` + orderColumns + `) VALUES (` + placeholders(len(values)) + `)`
		}
		if _, err := tx.ExecContext(ctx, query, values...); err != nil {
			return err
		}
		o.fresh, o.dirty = false, false
	}
	return nil
}

// values returns the columns' values of an order of an incident, in the order of orderColumns.
func (o *Order) values(incident string) ([]any, error) {
	reason, err := json.Marshal(o.Reason)
	if err != nil {
		return nil, err
	}
	handlers, reply := "", ""
	if len(o.Handlers) > 0 {
		handlers = " " + strings.Join(o.Handlers, " ") + " "
	}
	if o.Reply != nil {
		text, err := json.Marshal(o.Reply)
		if err != nil {
			return nil, err
		}
		reply = string(text)
	}
	return []any{incident, o.ID, o.Role, o.State, o.UnitID, o.PersonID, o.RuleID, string(reason), o.ByPerson, o.Changed,
		o.Note, o.Result, o.Outcome, o.RightUnit, o.SentAt, nullable(o.AcceptedAt), nullable(o.ArrivedAt), nullable(o.HandledAt),
		nullable(o.EndedAt), o.HandlerID, handlers, o.Approval, reply, o.FromPool}, nil
}

// ordersInHand counts the orders that some people have in hand, by person.
func ordersInHand(ctx context.Context, q db.Querier, people []string) (map[string]int, error) {
	counts := map[string]int{}
	err := inParts(ctx, q, `SELECT person_id FROM orders WHERE state IN (`+openOrders+`) AND person_id <> '' AND person_id IN (`, people, func(r row) error {
		var person string
		err := r.Scan(&person)
		counts[person]++
		return err
	})
	return counts, err
}

// inHand is an order that somebody has in hand.
type inHand struct{ incident, order string }

// heldBy returns the orders that somebody has in hand, oldest first.
func heldBy(ctx context.Context, q db.Querier, person string) ([]inHand, error) {
	scan := func(r db.Scanner) (h inHand, err error) {
		err = r.Scan(&h.incident, &h.order)
		return h, err
	}
	return db.List(ctx, q, scan, `SELECT incident_id, id FROM orders WHERE person_id = $1 AND person_id <> '' AND state IN (`+openOrders+`) ORDER BY sent_at, incident_id, id`, person)
}

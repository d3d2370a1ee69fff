package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

// SentOrder is an order as figures count it, without a word of anybody. Times are unix ms, 0 for never.
type SentOrder struct {
	Levels                                [6]string
	UnitID, PersonID                      string
	State                                 OrderState
	Category, Channel                     string
	ReceivedAt                            int64 // of its incident
	SentAt, AcceptedAt, ArrivedAt, DoneAt int64
}

// SentFilter narrows EachOrder. Times are unix ms, From within and To not; empty filters do not narrow.
type SentFilter struct {
	From, To                              int64
	Area, Unit, Person, Category, Channel string
}

// EachOrder gives the orders of what was received in a time and lies in a scope to fn, and ends at its first error.
func (s *Service) EachOrder(ctx context.Context, scope authz.Scope, f SentFilter, fn func(SentOrder) error) error {
	q := &query{Service: s}
	q.add(q.scope(scope))
	q.add("i.received_at >= " + q.args.Add(f.From) + " AND i.received_at < " + q.args.Add(f.To))
	if f.Area != "" {
		q.add(q.scope(authz.Scope{Areas: []string{f.Area}}))
	}
	if f.Category != "" {
		q.add("i.category IN (" + q.args.In(append(s.Categories().Children(f.Category), f.Category)) + ")")
	}
	for column, value := range map[string]string{"i.channel": f.Channel, "o.unit_id": f.Unit, "o.person_id": f.Person} {
		if value != "" {
			q.add(column + " = " + q.args.Add(value))
		}
	}
	rows, err := s.DB.Read().QueryContext(ctx, `SELECT i.city_id, i.district_id, i.street_id, i.community_id, i.grid_id, i.microgrid_id, o.unit_id, o.person_id, o.state,
			i.category, i.channel, i.received_at, o.sent_at, COALESCE(o.accepted_at, 0), COALESCE(o.arrived_at, 0), COALESCE(o.handled_at, 0)
		FROM incidents i JOIN orders o ON o.incident_id = i.id WHERE `+strings.Join(q.where, " AND "), q.args.Values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		o, err := scanSent(rows)
		if err == nil {
			err = fn(o)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanSent(r db.Scanner) (o SentOrder, err error) {
	l := &o.Levels
	err = r.Scan(&l[0], &l[1], &l[2], &l[3], &l[4], &l[5], &o.UnitID, &o.PersonID, &o.State, &o.Category, &o.Channel, &o.ReceivedAt, &o.SentAt, &o.AcceptedAt, &o.ArrivedAt, &o.DoneAt)
	return o, err
}

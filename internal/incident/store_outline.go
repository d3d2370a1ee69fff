package incident

import (
	"context"
	"encoding/json"

	"gezhi/internal/kit/db"
)

const outlineColumns = `id, number, title, state, kind, channel, category, severity, filed_area, lead_order, city_id, district_id, street_id,
	community_id, grid_id, microgrid_id, urgent, answer <> '', solved, satisfaction, reopened, reworked, returned, due_at, late, suspended_at, deferred_at,
	extensions, entry_seq, received_at, accepted_at, dispatched_at, taken_at, arrived_at, handled_at, checked_at, closed_at`

func readOutlines(ctx context.Context, q db.Querier, ids []string) ([]*Outline, error) {
	var list []*Outline
	byID := make(map[string]*Outline, len(ids))
	err := inParts(ctx, q, `SELECT `+outlineColumns+` FROM incidents WHERE id IN (`, ids, func(r row) error {
		var o Outline
		err := r.Scan(&o.ID, &o.Number, &o.Title, &o.State, &o.Kind, &o.Channel, &o.Category, &o.Severity, &o.FiledArea, &o.LeadOrder,
			&o.LevelIDs[0], &o.LevelIDs[1], &o.LevelIDs[2], &o.LevelIDs[3], &o.LevelIDs[4], &o.LevelIDs[5], &o.Urgent, &o.Answered, &o.Solved,
			stamp{&o.Satisfaction}, &o.Reopened, &o.Reworked, &o.Returned, stamp{&o.DueAt}, &o.LateStages, stamp{&o.SuspendedAt}, stamp{&o.DeferredAt},
			&o.Extensions, &o.EntrySeq, &o.ReceivedAt, stamp{&o.AcceptedAt}, stamp{&o.DispatchedAt}, stamp{&o.TakenAt}, stamp{&o.ArrivedAt},
			stamp{&o.HandledAt}, stamp{&o.CheckedAt}, stamp{&o.ClosedAt})
		byID[o.ID] = &o
		list = append(list, &o)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = inOrder(ctx, q, `SELECT incident_id, id, unit_id, person_id, state, reason FROM orders
		WHERE role = '`+string(Lead)+`' AND incident_id IN (`, `) ORDER BY incident_id, sent_at, id`, ids, func(r row) error {
		var o OutlineOrder
		var incident, reason string
		err := r.Scan(&incident, &o.ID, &o.UnitID, &o.PersonID, &o.State, &reason)
		if err == nil && reason != "" {
			err = json.Unmarshal([]byte(reason), &o.Reason)
		}
		if i := byID[incident]; i != nil {
			i.Orders = append(i.Orders, o)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, inOrder(ctx, q, `SELECT incident_id, stage, order_id, started_at, due_at, stopped_at, overdue_at FROM clocks WHERE incident_id IN (`,
		`) ORDER BY incident_id, started_at, id`, ids, func(r row) error {
			var k Clock
			var incident string
			err := r.Scan(&incident, &k.Stage, &k.OrderID, &k.StartedAt, &k.DueAt, stamp{&k.StoppedAt}, stamp{&k.OverdueAt})
			if i := byID[incident]; i != nil {
				i.Clocks = append(i.Clocks, k)
			}
			return err
		})
}

func readIDsAfter(ctx context.Context, q db.Querier, id string, limit int) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT id FROM incidents WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

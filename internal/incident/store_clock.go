package incident

import (
	"context"
	"slices"

	"gezhi/internal/kit/db"
)

const clockColumns = `incident_id, id, stage, order_id, limit_id, unit, amount, every, office, started_at, warn_at, due_at, paused_at, stopped_at, warned_at,
	overdue_at, rung, next_at`

const copyColumns = `incident_id, id, unit_id, person_id, why, at`

// dueIncidents returns incidents that have a clock to look at by now, or a pause that ends, each once.
func dueIncidents(ctx context.Context, q db.Querier, now int64, limit int) ([]string, error) {
	var ids []string
	for _, text := range []string{
		`SELECT incident_id FROM clocks WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at, incident_id LIMIT $2`,
		`SELECT id FROM incidents WHERE pause_until IS NOT NULL AND pause_until <= $1 ORDER BY pause_until, id LIMIT $2`,
	} {
		some, err := db.List(ctx, q, scanID, text, now, limit)
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(ids, func(id string) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	}), nil
}

func scanID(r row) (id string, err error) {
	err = r.Scan(&id)
	return id, err
}

func scanClock(r row) (incident string, k *Clock, err error) {
	k = &Clock{}
	err = r.Scan(&incident, &k.ID, &k.Stage, &k.OrderID, &k.LimitID, &k.Unit, &k.Amount, &k.Every, &k.Office, &k.StartedAt, &k.WarnAt, &k.DueAt,
		stamp{&k.PausedAt}, stamp{&k.StoppedAt}, stamp{&k.WarnedAt}, stamp{&k.OverdueAt}, &k.Rung, stamp{&k.NextAt})
	return incident, k, err
}

// values returns the columns' values of a clock of an incident, in the order of clockColumns.
func (k *Clock) values(incident string) []any {
	return []any{incident, k.ID, k.Stage, k.OrderID, k.LimitID, k.Unit, k.Amount, k.Every, k.Office, k.StartedAt, k.WarnAt, k.DueAt,
		nullable(k.PausedAt), nullable(k.StoppedAt), nullable(k.WarnedAt), nullable(k.OverdueAt), k.Rung, nullable(k.NextAt)}
}

func (k *Copy) values(incident string) []any {
	return []any{incident, k.ID, k.UnitID, k.PersonID, k.Why, k.At}
}

// addClocks reads the clocks and copies of incidents.
func addClocks(ctx context.Context, q db.Querier, list []*Incident) error {
	byID := make(map[string]*Incident, len(list))
	ids := make([]string, len(list))
	for n, i := range list {
		i.Clocks, i.Copies = nil, nil
		byID[i.ID], ids[n] = i, i.ID
	}
	err := inOrder(ctx, q, `SELECT `+clockColumns+` FROM clocks WHERE incident_id IN (`, `) ORDER BY incident_id, started_at, id`, ids, func(r row) error {
		incident, k, err := scanClock(r)
		if err == nil {
			byID[incident].Clocks = append(byID[incident].Clocks, k)
		}
		return err
	})
	if err != nil {
		return err
	}
	return inOrder(ctx, q, `SELECT `+copyColumns+` FROM copies WHERE incident_id IN (`, `) ORDER BY incident_id, at, id`, ids, func(r row) error {
		var incident string
		var k Copy
		err := r.Scan(&incident, &k.ID, &k.UnitID, &k.PersonID, &k.Why, &k.At)
		if err == nil {
			byID[incident].Copies = append(byID[incident].Copies, &k)
		}
		return err
	})
}

// inOrder reads rows of some incidents by a statement in two parts, between which their ids go.
func inOrder(ctx context.Context, q db.Querier, head, tail string, ids []string, each func(row) error) error {
	return db.InParts(ids, func(part []string) error {
		var args db.Args
		rows, err := q.QueryContext(ctx, head+args.In(part)+tail, args.Values...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := each(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// saveClocks writes the clocks and copies that are new or changed.
func saveClocks(ctx context.Context, tx db.Tx, i *Incident) error {
	var clocks, copies [][]any
	for _, k := range i.Clocks {
		switch {
		case k.fresh:
			clocks = append(clocks, k.values(i.ID))
		case k.dirty:
			const update = `UPDATE clocks SET stage = $3, order_id = $4, limit_id = $5, unit = $6, amount = $7, every = $8, office = $9, started_at = $10,
				warn_at = $11, due_at = $12, paused_at = $13, stopped_at = $14, warned_at = $15, overdue_at = $16, rung = $17, next_at = $18
				WHERE incident_id = $1 AND id = $2`
			if _, err := tx.ExecContext(ctx, update, k.values(i.ID)...); err != nil {
				return err
			}
		}
		k.fresh, k.dirty = false, false
	}
	for n, k := range i.Copies {
		if k.fresh {
			copies = append(copies, k.values(i.ID))
			kept := *k
			kept.fresh = false
			i.Copies[n] = &kept
		}
	}
	if err := db.InsertRows(ctx, tx, `INSERT INTO clocks (`+clockColumns+`) VALUES `, clocks); err != nil {
		return err
	}
	return db.InsertRows(ctx, tx, `INSERT INTO copies (`+copyColumns+`) VALUES `, copies)
}

package duty

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

const handoverColumns = `h.id, h.state, h.items, h.notes, h.outgoing_id, h.outgoing_at, h.incoming_id, COALESCE(h.incoming_at, 0), h.remark, h.version,
	s.id, s.unit_id, s.name, s.from_at, s.to_at, s.leader_id, s.version`

func scanHandover(r db.Scanner) (h Handover, err error) {
	var items string
	err = r.Scan(&h.ID, &h.State, &items, &h.Notes, &h.Outgoing, &h.OutgoingAt, &h.Incoming, &h.IncomingAt, &h.Remark, &h.Version,
		&h.Shift.ID, &h.Shift.Unit, &h.Shift.Name, &h.Shift.From, &h.Shift.To, &h.Shift.Leader, &h.Shift.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return h, fault.Missing("handover")
	}
	if err != nil {
		return h, err
	}
	h.Shift.Handover = h.State
	return h, json.Unmarshal([]byte(items), &h.Items)
}

const fromHandovers = ` FROM handovers h JOIN shifts s ON s.id = h.shift_id `

func insertHandover(ctx context.Context, tx db.Tx, h Handover) error {
	items, err := json.Marshal(h.Items)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO handovers (id, shift_id, unit_id, state, items, notes, outgoing_id, outgoing_at, incoming_id, incoming_at, remark, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', NULL, '', $9)`, h.ID, h.Shift.ID, h.Shift.Unit, h.State, string(items), h.Notes, h.Outgoing, h.OutgoingAt, h.Version)
	return err
}

// takeHandover writes the incoming signature; false when somebody else has signed.
func takeHandover(ctx context.Context, tx db.Tx, h Handover) (bool, error) {
	return changed(tx.ExecContext(ctx, `UPDATE handovers SET state = $2, incoming_id = $3, incoming_at = $4, remark = $5, version = version + 1
		WHERE id = $1 AND state = 'handed'`, h.ID, h.State, h.Incoming, h.IncomingAt, h.Remark))
}

func readHandover(ctx context.Context, q db.Querier, handover string) (Handover, error) {
	if !id.Valid(handover) {
		return Handover{}, fault.Missing("handover")
	}
	return scanHandover(q.QueryRowContext(ctx, `SELECT `+handoverColumns+fromHandovers+`WHERE h.id = $1`, handover))
}

func handoversOf(ctx context.Context, q db.Querier, unit, before string, limit int) ([]Handover, error) {
	if before == "" {
		return db.List(ctx, q, scanHandover, `SELECT `+handoverColumns+fromHandovers+`WHERE h.unit_id = $1 ORDER BY h.id DESC LIMIT $2`, unit, limit)
	}
	return db.List(ctx, q, scanHandover, `SELECT `+handoverColumns+fromHandovers+`WHERE h.unit_id = $1 AND h.id < $3 ORDER BY h.id DESC LIMIT $2`, unit, limit, before)
}

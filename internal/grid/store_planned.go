package grid

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const redrawColumns = `id, kind, state, note, plan, effect_at, created_at, created_by, created_name, coalesce(ended_at, 0), ended_by, ended_name, reason`

func scanRedraw(r db.Scanner) (p PlannedRedraw, err error) {
	var plan, reason []byte
	if err = r.Scan(&p.ID, &p.Kind, &p.State, &p.Note, &plan, &p.EffectAt, &p.CreatedAt, &p.CreatedBy, &p.Creator, &p.EndedAt, &p.EndedBy, &p.Ender, &reason); err != nil {
		return p, err
	}
	return p, errors.Join(json.Unmarshal(plan, &p.Plan), json.Unmarshal(reason, &p.Reason))
}

func insertRedraw(ctx context.Context, tx db.Tx, p PlannedRedraw) error {
	plan, err := json.Marshal(p.Plan)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO area_redraws (id, kind, state, note, plan, effect_at, created_at, created_by, created_name, ended_by, ended_name, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '{}')`,
		p.ID, string(p.Kind), string(p.State), p.Note, string(plan), p.EffectAt, p.CreatedAt, p.CreatedBy, p.Creator)
	return err
}

// endRedraw takes a redraw out of the planned ones; errNotPlanned if it is not among them.
func endRedraw(ctx context.Context, tx db.Tx, id string, state RedrawState, at int64, by authz.Actor, why RedrawReason) error {
	reason, err := json.Marshal(why)
	if err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `UPDATE area_redraws SET state = $2, ended_at = $3, ended_by = $4, ended_name = $5, reason = $6
		WHERE id = $1 AND state = 'planned'`, id, string(state), at, by.AccountID, by.Name, string(reason))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return errNotPlanned
	}
	return nil
}

func readRedraw(ctx context.Context, q db.Querier, id string) (PlannedRedraw, error) {
	p, err := scanRedraw(q.QueryRowContext(ctx, `SELECT `+redrawColumns+` FROM area_redraws WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.Missing("redraw")
	}
	return p, err
}

func readPlanned(ctx context.Context, q db.Querier) ([]PlannedRedraw, error) {
	return db.List(ctx, q, scanRedraw, `SELECT `+redrawColumns+` FROM area_redraws WHERE state = 'planned' ORDER BY effect_at, id`)
}

func readDue(ctx context.Context, q db.Querier, at int64) ([]PlannedRedraw, error) {
	return db.List(ctx, q, scanRedraw, `SELECT `+redrawColumns+` FROM area_redraws WHERE state = 'planned' AND effect_at <= $1 ORDER BY effect_at, id`, at)
}

func listRedraws(ctx context.Context, q db.Querier, state RedrawState, before string, limit int) ([]PlannedRedraw, error) {
	return db.List(ctx, q, scanRedraw, `SELECT `+redrawColumns+` FROM area_redraws
		WHERE ($1 = '' OR state = $1) AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, string(state), before, limit)
}

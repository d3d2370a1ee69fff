package grid

import (
	"context"
	"maps"
	"slices"
	"time"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/id"
)

// write does the edit to the store. t is the tree on which it was planned; writeSeq has made sure that it holds.
func (e *edit) write(ctx context.Context, tx db.Tx, t *Tree) error {
	for _, areaID := range e.closes {
		if err := closeArea(ctx, tx, areaID, e.at); err != nil {
			return err
		}
	}
	// A code may go from one area to another in one edit: out of the way first.
	for _, a := range e.updates {
		if t.byID[a.ID].Code != a.Code {
			if _, err := tx.ExecContext(ctx, `UPDATE areas SET code = $2 WHERE id = $1`, a.ID, "moving "+a.ID); err != nil {
				return err
			}
		}
	}
	areas := slices.Clone(e.opens)
	slices.SortStableFunc(areas, func(a, b Area) int { return byPlaceInTree(&a, &b) }) // parents before children, and before what moves under them
	var rows [][]any
	for _, a := range areas {
		rows = append(rows, []any{a.ID, a.Code, a.Level, a.Kind, a.Name, optional(a.ParentID), e.at, int64(1), e.at, e.at})
	}
	if err := insertMany(ctx, tx, `areas (id, code, level, kind, name, parent_id, valid_from, version, created_at, updated_at)`, rows); err != nil {
		return err
	}
	for _, a := range e.updates {
		if err := e.update(ctx, tx, t.byID[a.ID], a); err != nil {
			return err
		}
	}
	if err := e.writeShapes(ctx, tx, areas); err != nil {
		return err
	}
	rows = nil
	for _, l := range e.lineage {
		rows = append(rows, []any{l.AreaID, l.FromID, l.FromName, l.How, l.At})
	}
	if err := insertMany(ctx, tx, `area_lineage (area_id, from_id, from_name, how, at)`, rows); err != nil {
		return err
	}
	return e.inheritPatrols(ctx, tx)
}

// inheritPatrols puts new areas into the patrol areas of those they were made from, and takes ended ones out.
func (e *edit) inheritPatrols(ctx context.Context, tx db.Tx) error {
	fresh := map[string]bool{}
	for _, a := range e.opens {
		fresh[a.ID] = true
	}
	for _, l := range e.lineage {
		if !fresh[l.AreaID] { // an area that takes others in stays in its own
			continue
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO patrol_area_members (patrol_area_id, area_id)
			SELECT patrol_area_id, $1 FROM patrol_area_members WHERE area_id = $2 ON CONFLICT (patrol_area_id, area_id) DO NOTHING`,
			l.AreaID, l.FromID)
		if err != nil {
			return err
		}
	}
	for _, areaID := range e.closes {
		if _, err := tx.ExecContext(ctx, `DELETE FROM patrol_area_members WHERE area_id = $1`, areaID); err != nil {
			return err
		}
	}
	return nil
}

func (e *edit) update(ctx context.Context, tx db.Tx, old *Area, a Area) error {
	if old.ParentID != a.ParentID {
		_, err := tx.ExecContext(ctx, `INSERT INTO area_parents (area_id, until, parent_id) VALUES ($1, $2, $3) ON CONFLICT (area_id, until) DO NOTHING`,
			a.ID, e.at, optional(old.ParentID))
		if err != nil {
			return err
		}
	}
	res, err := tx.ExecContext(ctx, `UPDATE areas SET code = $2, kind = $3, name = $4, parent_id = $5, version = version + 1, updated_at = $6
		WHERE id = $1 AND version = $7 AND valid_to IS NULL`, a.ID, a.Code, a.Kind, a.Name, optional(a.ParentID), e.at, a.Version)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return staleOr(err)
	}
	return nil
}

func staleOr(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "area.stale")
}

func closeArea(ctx context.Context, tx db.Tx, areaID string, at int64) error {
	for _, text := range []string{
		`UPDATE areas SET valid_to = $2, version = version + 1, updated_at = $2 WHERE id = $1 AND valid_to IS NULL`,
		`UPDATE area_shapes SET valid_to = $2 WHERE area_id = $1 AND valid_to IS NULL`,
	} {
		if _, err := tx.ExecContext(ctx, text, areaID, at); err != nil {
			return err
		}
	}
	return nil
}

// writeShapes ends the boundaries that are redrawn and begins the new ones.
func (e *edit) writeShapes(ctx context.Context, tx db.Tx, opens []Area) error {
	var rows [][]any
	add := func(areaID string, s geo.Shape) error {
		text, err := shapeText(s)
		rows = append(rows, []any{id.New(time.UnixMilli(e.at)), areaID, text, e.datum, e.source, e.at})
		return err
	}
	fresh := make(map[string]bool, len(opens))
	for _, a := range opens {
		fresh[a.ID] = true
	}
	for _, areaID := range slices.Sorted(maps.Keys(e.draws)) {
		if fresh[areaID] {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE area_shapes SET valid_to = $2 WHERE area_id = $1 AND valid_to IS NULL`, areaID, e.at); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE areas SET version = version + 1, updated_at = $2 WHERE id = $1`, areaID, e.at); err != nil {
			return err
		}
		if err := add(areaID, e.draws[areaID].stored); err != nil {
			return err
		}
	}
	for _, a := range opens {
		if a.Shape.IsEmpty() {
			continue
		}
		if err := add(a.ID, a.Shape); err != nil {
			return err
		}
	}
	return insertMany(ctx, tx, `area_shapes (id, area_id, geometry, datum, source, valid_from)`, rows)
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

package grid

import (
	"context"
	"database/sql"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
)

func readPatrols(ctx context.Context, q db.Querier) ([]PatrolArea, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, code, name, kind, station_id, valid_from, version FROM patrol_areas
		WHERE valid_to IS NULL ORDER BY code, id`)
	list, err := collect(rows, err, func(r *sql.Rows) (p PatrolArea, err error) {
		err = r.Scan(&p.ID, &p.Code, &p.Name, &p.Kind, &p.StationID, &p.ValidFrom, &p.Version)
		return p, err
	})
	if err != nil {
		return nil, err
	}
	type member struct{ patrol, area string }
	rows, err = q.QueryContext(ctx, `SELECT m.patrol_area_id, m.area_id FROM patrol_area_members m
		JOIN patrol_areas p ON p.id = m.patrol_area_id WHERE p.valid_to IS NULL ORDER BY m.patrol_area_id, m.area_id`)
	members, err := collect(rows, err, func(r *sql.Rows) (m member, err error) {
		err = r.Scan(&m.patrol, &m.area)
		return m, err
	})
	byID := make(map[string]*PatrolArea, len(list))
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	for _, m := range members {
		byID[m.patrol].Members = append(byID[m.patrol].Members, m.area)
	}
	return list, err
}

func insertPatrol(ctx context.Context, tx db.Tx, p PatrolArea) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO patrol_areas (id, code, name, kind, station_id, valid_from, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, p.ID, p.Code, p.Name, p.Kind, p.StationID, p.ValidFrom, p.Version)
	if err != nil {
		return err
	}
	return insertMembers(ctx, tx, p)
}

func updatePatrol(ctx context.Context, tx db.Tx, p PatrolArea) error {
	res, err := tx.ExecContext(ctx, `UPDATE patrol_areas SET code = $2, name = $3, kind = $4, station_id = $5, version = version + 1
		WHERE id = $1 AND version = $6 AND valid_to IS NULL`, p.ID, p.Code, p.Name, p.Kind, p.StationID, p.Version)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return staleOr(err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM patrol_area_members WHERE patrol_area_id = $1`, p.ID); err != nil {
		return err
	}
	return insertMembers(ctx, tx, p)
}

func insertMembers(ctx context.Context, tx db.Tx, p PatrolArea) error {
	var rows [][]any
	for _, m := range p.Members {
		rows = append(rows, []any{p.ID, m})
	}
	return insertMany(ctx, tx, `patrol_area_members (patrol_area_id, area_id)`, rows)
}

func closePatrol(ctx context.Context, tx db.Tx, patrolID string, at int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE patrol_areas SET valid_to = $2, version = version + 1 WHERE id = $1 AND valid_to IS NULL`, patrolID, at)
	return err
}

func readKinds(ctx context.Context, q db.Querier) ([]Kind, error) {
	rows, err := q.QueryContext(ctx, `SELECT code, name_zh, name_en, sort FROM area_kinds ORDER BY sort, code`)
	return collect(rows, err, func(r *sql.Rows) (k Kind, err error) {
		err = r.Scan(&k.Code, &k.NameZH, &k.NameEN, &k.Sort)
		return k, err
	})
}

func putKind(ctx context.Context, tx db.Tx, k Kind) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO area_kinds (code, name_zh, name_en, sort) VALUES ($1, $2, $3, $4)
		ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, sort = excluded.sort`,
		k.Code, k.NameZH, k.NameEN, k.Sort)
	return err
}

func readTemplates(ctx context.Context, q db.Querier) ([]Template, error) {
	rows, err := q.QueryContext(ctx, `SELECT level, kind, role, least FROM staffing_templates`)
	list, err := collect(rows, err, func(r *sql.Rows) (t Template, err error) {
		err = r.Scan(&t.Level, &t.Kind, &t.Role, &t.Least)
		return t, err
	})
	sortTemplates(list)
	return list, err
}

func replaceTemplates(ctx context.Context, tx db.Tx, lines []Template) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM staffing_templates`); err != nil {
		return err
	}
	var rows [][]any
	for _, t := range lines {
		rows = append(rows, []any{t.Level, t.Kind, t.Role, t.Least})
	}
	return insertMany(ctx, tx, `staffing_templates (level, kind, role, least)`, rows)
}

func readPlaceRows(ctx context.Context, q db.Querier) ([]Place, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, kind, lon, lat FROM places ORDER BY id`)
	return collect(rows, err, func(r *sql.Rows) (p Place, err error) {
		err = r.Scan(&p.ID, &p.Name, &p.Kind, &p.Point.Lon, &p.Point.Lat)
		return p, err
	})
}

func putPlaces(ctx context.Context, tx db.Tx, list []Place) error {
	for _, p := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO places (id, name, kind, lon, lat) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, lon = excluded.lon, lat = excluded.lat`,
			p.ID, p.Name, p.Kind, p.Point.Lon, p.Point.Lat)
		if err != nil {
			return err
		}
	}
	return nil
}

// shapesOf lists the boundaries that a tree holds by the id of their row.
func shapesOf(t *Tree) map[string]geo.Shape {
	known := map[string]geo.Shape{}
	if t == nil {
		return known
	}
	for _, a := range t.order {
		if a.ShapeID != "" {
			known[a.ShapeID] = a.Shape
		}
	}
	return known
}

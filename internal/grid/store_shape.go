package grid

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
)

type shapeRow struct {
	id, areaID string
	from       int64
	shape      geo.Shape
}

func scanShape(r *sql.Rows) (s shapeRow, err error) {
	var raw []byte
	if err = r.Scan(&s.id, &s.areaID, &raw); err == nil {
		s.shape, err = parseStored(raw)
	}
	return s, err
}

// storedGeometry is the GeoJSON that shapeText writes. Stored boundaries were checked when they came in, so they are
// read without the checks of a file: this is most of the time that a large tree needs to load.
type storedGeometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

func parseStored(raw []byte) (geo.Shape, error) {
	var g storedGeometry
	if err := json.Unmarshal(raw, &g); err != nil {
		return nil, fmt.Errorf("stored boundary: %w", err)
	}
	var polys [][][][2]float64
	if g.Type == "Polygon" {
		polys = make([][][][2]float64, 1)
		if err := json.Unmarshal(g.Coordinates, &polys[0]); err != nil {
			return nil, fmt.Errorf("stored boundary: %w", err)
		}
	} else if err := json.Unmarshal(g.Coordinates, &polys); err != nil {
		return nil, fmt.Errorf("stored boundary: %w", err)
	}
	shape := make(geo.Shape, len(polys))
	for i, rings := range polys {
		shape[i] = make(geo.Polygon, len(rings))
		for j, ring := range rings {
			shape[i][j] = make(geo.Ring, len(ring))
			for k, c := range ring {
				shape[i][j][k] = geo.Point{Lon: c[0], Lat: c[1]}
			}
		}
	}
	return shape, nil
}

func shapeText(s geo.Shape) (string, error) {
	raw, err := json.Marshal(s)
	return string(raw), err
}

// readShapes gives the areas their present boundaries.
func readShapes(ctx context.Context, q db.Querier, areas []Area, known map[string]geo.Shape) error {
	byID := make(map[string]*Area, len(areas))
	for i := range areas {
		byID[areas[i].ID] = &areas[i]
	}
	rows, err := q.QueryContext(ctx, `SELECT id, area_id, valid_from FROM area_shapes WHERE valid_to IS NULL`)
	ids, err := collect(rows, err, func(r *sql.Rows) (s shapeRow, err error) {
		err = r.Scan(&s.id, &s.areaID, &s.from)
		return s, err
	})
	if err != nil {
		return err
	}
	var missing []string
	for _, s := range ids {
		a := byID[s.areaID]
		if a == nil {
			continue
		}
		a.ShapeID, a.ShapeFrom = s.id, s.from
		if shape, ok := known[s.id]; ok {
			a.Shape = shape
		} else {
			missing = append(missing, s.id)
		}
	}
	set := func(list []shapeRow) {
		for _, s := range list {
			if a := byID[s.areaID]; a != nil && a.ShapeID == s.id {
				a.Shape = s.shape
			}
		}
	}
	if len(missing) > 2000 {
		rows, err := q.QueryContext(ctx, `SELECT id, area_id, geometry FROM area_shapes WHERE valid_to IS NULL`)
		all, err := collect(rows, err, scanShape)
		set(all)
		return err
	}
	for len(missing) > 0 {
		n := min(len(missing), 500)
		var args db.Args
		rows, err := q.QueryContext(ctx, `SELECT id, area_id, geometry FROM area_shapes WHERE id IN (`+args.In(missing[:n])+`)`, args.Values...)
		some, err := collect(rows, err, scanShape)
		if err != nil {
			return err
		}
		set(some)
		missing = missing[n:]
	}
	return nil
}

// readShapesAt gives the areas the boundaries that held at an instant.
func readShapesAt(ctx context.Context, q db.Querier, areas []Area, at int64) error {
	rows, err := q.QueryContext(ctx, `SELECT id, area_id, geometry FROM area_shapes
		WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`, at)
	list, err := collect(rows, err, scanShape)
	if err != nil {
		return err
	}
	byArea := make(map[string]shapeRow, len(list))
	for _, s := range list {
		byArea[s.areaID] = s
	}
	for i := range areas {
		if s, ok := byArea[areas[i].ID]; ok {
			areas[i].Shape, areas[i].ShapeID = s.shape, s.id
		}
	}
	return nil
}

// readPeriods reads all boundaries that an area had, the newest first.
func readPeriods(ctx context.Context, q db.Querier, areaID string) ([]ShapePeriod, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, area_id, geometry, datum, source, valid_from, valid_to FROM area_shapes
		WHERE area_id = $1 ORDER BY valid_from DESC, id DESC`, areaID)
	return collect(rows, err, func(r *sql.Rows) (p ShapePeriod, err error) {
		var raw []byte
		if err = r.Scan(&p.ID, &p.AreaID, &raw, &p.Datum, &p.Source, &p.ValidFrom, &p.ValidTo); err == nil {
			p.Shape, err = parseStored(raw)
		}
		return p, err
	})
}

// readLineage reads what an area was made from and what was made from it.
func readLineage(ctx context.Context, q db.Querier, areaID string) ([]Lineage, error) {
	rows, err := q.QueryContext(ctx, `SELECT l.area_id, a.name, l.from_id, l.from_name, l.how, l.at FROM area_lineage l JOIN areas a ON a.id = l.area_id
		WHERE l.area_id = $1 OR l.from_id = $1 ORDER BY l.at, l.area_id, l.from_id`, areaID)
	return collect(rows, err, func(r *sql.Rows) (l Lineage, err error) {
		err = r.Scan(&l.AreaID, &l.AreaName, &l.FromID, &l.FromName, &l.How, &l.At)
		return l, err
	})
}

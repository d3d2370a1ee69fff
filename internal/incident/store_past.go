package incident

import (
	"context"
	"database/sql"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
)

// readLatest reads incidents that were dispatched, newest first. Their paths hold ids only, the deepest first.
func readLatest(ctx context.Context, q db.Querier, limit int) ([]Past, error) {
	rows, err := q.QueryContext(ctx, `SELECT i.id, i.number, i.category, i.kind, i.severity, i.channel, i.received_at, i.lon, i.lat,
			i.microgrid_id, i.grid_id, i.community_id, i.street_id, i.district_id, i.city_id,
			(SELECT o.unit_id FROM orders o WHERE o.incident_id = i.id AND o.role = 'lead' ORDER BY o.sent_at, o.id LIMIT 1)
		FROM incidents i WHERE i.dispatched_at IS NOT NULL ORDER BY i.received_at DESC, i.id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Past
	for rows.Next() {
		var p Past
		var lon, lat sql.NullFloat64
		var levels [6]string
		var unit sql.NullString
		if err := rows.Scan(&p.ID, &p.Number, &p.Category, &p.Kind, &p.Severity, &p.Channel, &p.At, &lon, &lat,
			&levels[0], &levels[1], &levels[2], &levels[3], &levels[4], &levels[5], &unit); err != nil {
			return nil, err
		}
		if lon.Valid && lat.Valid {
			p.Position = geo.Point{Lon: lon.Float64, Lat: lat.Float64}
		}
		for _, id := range levels {
			if id != "" {
				p.Path = append(p.Path, Area{ID: id})
			}
		}
		p.UnitID = unit.String
		list = append(list, p)
	}
	return list, rows.Err()
}

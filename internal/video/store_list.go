package video

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

func listCameras(ctx context.Context, q db.Querier, s authz.Scope, f Filter, after []string, limit int) ([]Camera, error) {
	var a db.Args
	text := `SELECT ` + cameraColumns + ` FROM cameras c WHERE ` + within(&a, s)
	if words := strings.TrimSpace(f.Text); words != "" {
		like := a.Add("%" + escapeLike(strings.ToLower(words)) + "%")
		text += ` AND (LOWER(c.number) LIKE ` + like + ` ESCAPE '\' OR LOWER(c.name) LIKE ` + like + ` ESCAPE '\')`
	}
	for _, is := range []struct{ column, value string }{{"c.kind", f.Kind}, {"c.state", f.State}, {"c.owner_id", f.Owner}} {
		if is.value != "" {
			text += ` AND ` + is.column + ` = ` + a.Add(is.value)
		}
	}
	if f.Area != "" {
		text += ` AND ` + standsIn(&a, []string{f.Area})
	}
	if len(after) == 1 {
		text += ` AND c.number > ` + a.Add(after[0])
	}
	return db.List(ctx, q, scanCamera, text+` ORDER BY c.number LIMIT `+a.Add(limit), a.Values...)
}

func listMarks(ctx context.Context, q db.Querier, s authz.Scope, area string, most int) ([]Mark, error) {
	var a db.Args
	text := `SELECT c.id, c.number, c.name, c.kind, c.state, c.lon, c.lat, c.area_id, COUNT(s.number),
		COUNT(CASE WHEN c.state = 'working' AND s.state = 'working' THEN 1 END)
		FROM cameras c LEFT JOIN camera_streams s ON s.camera_id = c.id WHERE ` + within(&a, s)
	if area != "" {
		text += ` AND ` + standsIn(&a, []string{area})
	}
	return db.List(ctx, q, func(r db.Scanner) (m Mark, err error) {
		err = r.Scan(&m.ID, &m.Number, &m.Name, &m.Kind, &m.State, &m.Point.Lon, &m.Point.Lat, &m.Area, &m.Streams, &m.Working)
		return m, err
	}, text+` GROUP BY c.id, c.number, c.name, c.kind, c.state, c.lon, c.lat, c.area_id ORDER BY c.number LIMIT `+a.Add(most), a.Values...)
}

// standing is where a camera was found to stand.
type standing struct {
	id   string
	lon  float64
	lat  float64
	area string
}

// listStandings returns cameras behind an id with the place of each.
func listStandings(ctx context.Context, q db.Querier, after string, limit int) ([]standing, error) {
	return db.List(ctx, q, func(r db.Scanner) (s standing, err error) {
		err = r.Scan(&s.id, &s.lon, &s.lat, &s.area)
		return s, err
	}, `SELECT id, lon, lat, area_id FROM cameras WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// moveCamera writes other areas for a camera that still stands where it was read.
func moveCamera(ctx context.Context, tx db.Tx, s standing, area string, path []string) error {
	ok, err := changed(tx.ExecContext(ctx, `UPDATE cameras SET area_id = $4 WHERE id = $1 AND lon = $2 AND lat = $3`, s.id, s.lon, s.lat, area))
	if err != nil || !ok {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM camera_areas WHERE camera_id = $1`, s.id); err != nil {
		return err
	}
	return insertParts(ctx, tx, []placed{{Camera{ID: s.id}, path}})
}

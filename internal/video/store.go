package video

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

const cameraColumns = `c.id, c.number, c.name, c.kind, c.state, c.lon, c.lat, c.area_id, COALESCE(c.owner_id, ''), c.version`

func scanCamera(r db.Scanner) (c Camera, err error) {
	err = r.Scan(&c.ID, &c.Number, &c.Name, &c.Kind, &c.State, &c.Point.Lon, &c.Point.Lat, &c.Area, &c.Owner, &c.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.Missing("camera")
	}
	return c, err
}

// within is the condition that a scope covers a camera, by an area in which it stands or by its unit.
func within(a *db.Args, s authz.Scope) string {
	if s.All {
		return `1 = 1`
	}
	return `(` + standsIn(a, s.Areas) + ` OR c.owner_id IN (` + a.In(s.Units) + `))`
}

func standsIn(a *db.Args, areas []string) string {
	return `EXISTS (SELECT 1 FROM camera_areas w WHERE w.camera_id = c.id AND w.area_id IN (` + a.In(areas) + `))`
}

// readCamera reads one with its streams; an id that no store can hold is not there.
func readCamera(ctx context.Context, q db.Querier, s authz.Scope, camera string) (Camera, error) {
	if !id.Valid(camera) {
		return Camera{}, fault.Missing("camera")
	}
	var a db.Args
	text := `SELECT ` + cameraColumns + ` FROM cameras c WHERE c.id = ` + a.Add(camera) + ` AND ` + within(&a, s)
	c, err := scanCamera(q.QueryRowContext(ctx, text, a.Values...))
	if err != nil {
		return c, err
	}
	list := []Camera{c}
	return list[0], readStreams(ctx, q, list)
}

// byNumbers reads the cameras with these numbers, whoever may see them, with their streams.
func byNumbers(ctx context.Context, q db.Querier, numbers []string) ([]Camera, error) {
	var list []Camera
	err := db.InParts(numbers, func(part []string) error {
		var a db.Args
		some, err := db.List(ctx, q, scanCamera, `SELECT `+cameraColumns+` FROM cameras c WHERE c.number IN (`+a.In(part)+`)`, a.Values...)
		list = append(list, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, readStreams(ctx, q, list)
}

type owned struct {
	camera string
	Stream
}

// readStreams reads the streams of cameras into them.
func readStreams(ctx context.Context, q db.Querier, list []Camera) error {
	at := make(map[string]int, len(list))
	ids := make([]string, len(list))
	for i, c := range list {
		at[c.ID], ids[i] = i, c.ID
	}
	return db.InParts(ids, func(part []string) error {
		var a db.Args
		streams, err := db.List(ctx, q, func(r db.Scanner) (s owned, err error) {
			err = r.Scan(&s.camera, &s.Number, &s.Name, &s.State, &s.Address)
			return s, err
		}, `SELECT camera_id, number, name, state, address FROM camera_streams WHERE camera_id IN (`+a.In(part)+`) ORDER BY camera_id, number`, a.Values...)
		for _, s := range streams {
			c := &list[at[s.camera]]
			c.Streams = append(c.Streams, s.Stream)
		}
		return err
	})
}

// placed is a camera with all areas in which it stands.
type placed struct {
	Camera
	path []string
}

// insertCameras writes new cameras with few statements.
func insertCameras(ctx context.Context, tx db.Tx, at int64, list []placed) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		rows[i] = []any{c.ID, c.Number, c.Name, c.Kind, c.State, c.Point.Lon, c.Point.Lat, c.Area, orNull(c.Owner), c.Version, at, at}
	}
	if err := db.InsertRows(ctx, tx, `INSERT INTO cameras (id, number, name, kind, state, lon, lat, area_id, owner_id, version, created_at, updated_at) VALUES `, rows); err != nil {
		return err
	}
	return insertParts(ctx, tx, list)
}

func insertParts(ctx context.Context, tx db.Tx, list []placed) error {
	var areas, streams [][]any
	for _, c := range list {
		for _, area := range c.path {
			areas = append(areas, []any{c.ID, area})
		}
		for _, s := range c.Streams {
			streams = append(streams, []any{c.ID, s.Number, s.Name, s.State, s.Address})
		}
	}
	if err := db.InsertRows(ctx, tx, `INSERT INTO camera_areas (camera_id, area_id) VALUES `, areas); err != nil {
		return err
	}
	return db.InsertRows(ctx, tx, `INSERT INTO camera_streams (camera_id, number, name, state, address) VALUES `, streams)
}

// updateCamera writes a camera over its version; false when the store has another one.
func updateCamera(ctx context.Context, tx db.Tx, c Camera, path []string, at int64) (bool, error) {
	ok, err := changed(tx.ExecContext(ctx, `UPDATE cameras SET number = $3, name = $4, kind = $5, state = $6, lon = $7, lat = $8, area_id = $9, owner_id = $10,
		updated_at = $11, version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Number, c.Name, c.Kind, c.State, c.Point.Lon, c.Point.Lat, c.Area, orNull(c.Owner), at))
	if err != nil || !ok {
		return ok, err
	}
	if err := deleteParts(ctx, tx, c.ID); err != nil {
		return false, err
	}
	return true, insertParts(ctx, tx, []placed{{c, path}})
}

func deleteParts(ctx context.Context, tx db.Tx, camera string) error {
	for _, text := range []string{`DELETE FROM camera_areas WHERE camera_id = $1`, `DELETE FROM camera_streams WHERE camera_id = $1`} {
		if _, err := tx.ExecContext(ctx, text, camera); err != nil {
			return err
		}
	}
	return nil
}

// deleteCamera takes the row's lock by its version before it removes what hangs on it.
func deleteCamera(ctx context.Context, tx db.Tx, camera string, version int64) (bool, error) {
	ok, err := changed(tx.ExecContext(ctx, `UPDATE cameras SET version = version + 1 WHERE id = $1 AND version = $2`, camera, version))
	if err != nil || !ok {
		return ok, err
	}
	if err := deleteParts(ctx, tx, camera); err != nil {
		return false, err
	}
	return changed(tx.ExecContext(ctx, `DELETE FROM cameras WHERE id = $1`, camera))
}

func changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

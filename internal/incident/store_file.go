package incident

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const fileColumns = `id, hash, shown_hash, thumb_hash, name, kind, size, width, height, lon, lat, taken_at, uploader_id, incident_id, created_at`

func insertFile(ctx context.Context, tx db.Tx, f *File) error {
	return db.InsertRows(ctx, tx, `INSERT INTO files (`+fileColumns+`) VALUES `, [][]any{f.values()})
}

// values returns the columns' values, in the order of fileColumns.
func (f *File) values() []any {
	return []any{f.ID, f.hash, f.shown, f.thumb, f.Name, f.Kind, f.Size, f.Width, f.Height, f.Lon, f.Lat, nullable(f.TakenAt), f.uploader,
		f.IncidentID, f.createdAt}
}

func scanFile(r row) (*File, error) {
	var f File
	err := r.Scan(&f.ID, &f.hash, &f.shown, &f.thumb, &f.Name, &f.Kind, &f.Size, &f.Width, &f.Height, &f.Lon, &f.Lat, stamp{&f.TakenAt}, &f.uploader, &f.IncidentID, &f.createdAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Missing("file")
	}
	return &f, err
}

func loadFile(ctx context.Context, q db.Querier, id string) (*File, error) {
	return scanFile(q.QueryRowContext(ctx, `SELECT `+fileColumns+` FROM files WHERE id = $1`, id))
}

// claimFile binds a file to an incident, if it is the uploader's and free or bound to this incident already.
func claimFile(ctx context.Context, tx db.Tx, file, incident, uploader string) error {
	res, err := tx.ExecContext(ctx, `UPDATE files SET incident_id = $2 WHERE id = $1 AND incident_id IN ('', $2) AND uploader_id = $3`, file, incident, uploader)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return invalid("files", "file.unknown")
}

func unusedFiles(ctx context.Context, q db.Querier, before int64) ([]*File, error) {
	return db.List(ctx, q, scanFile, `SELECT `+fileColumns+` FROM files WHERE incident_id = '' AND created_at < $1 ORDER BY created_at LIMIT 500`, before)
}

// soundsAmong tells which of these files are recordings.
func soundsAmong(ctx context.Context, q db.Querier, files []string) (map[string]bool, error) {
	var args db.Args
	query := `SELECT id FROM files WHERE id IN (` + args.In(files) + `) AND kind IN ('webm', 'mp4', 'ogg')`
	ids, err := db.List(ctx, q, func(r db.Scanner) (string, error) {
		var id string
		return id, r.Scan(&id)
	}, query, args.Values...)
	sounds := make(map[string]bool, len(ids))
	for _, id := range ids {
		sounds[id] = true
	}
	return sounds, err
}

// deleteFile removes a file that is still unused and returns the hashes that no other file needs.
func deleteFile(ctx context.Context, tx db.Tx, f *File) (free []string, err error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM files WHERE id = $1 AND incident_id = ''`, f.ID)
	if err != nil {
		return nil, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return nil, err
	}
	for _, hash := range []string{f.hash, f.shown, f.thumb} {
		if hash == "" { // a recording has no copies
			continue
		}
		var others int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM files WHERE hash = $1 OR shown_hash = $1 OR thumb_hash = $1`, hash).Scan(&others); err != nil {
			return nil, err
		}
		if others == 0 {
			free = append(free, hash)
		}
	}
	return free, nil
}

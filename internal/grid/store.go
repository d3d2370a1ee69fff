package grid

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
)

func itoa(n int) string { return strconv.Itoa(n) }

// collect reads all rows.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// insertMany writes rows of equal width with as few statements as their parameters allow.
func insertMany(ctx context.Context, tx db.Tx, into string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), 200)
		var args db.Args
		var text strings.Builder
		text.WriteString("INSERT INTO " + into + " VALUES ")
		for i, row := range rows[:n] {
			marks := make([]string, len(row))
			for j, v := range row {
				marks[j] = args.Add(v)
			}
			if i > 0 {
				text.WriteString(", ")
			}
			text.WriteString("(" + strings.Join(marks, ", ") + ")")
		}
		if _, err := tx.ExecContext(ctx, text.String(), args.Values...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func readSeq(ctx context.Context, q db.Querier) (seq int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM area_changes`).Scan(&seq)
	return seq, err
}

// writeSeq takes the next number of a change. Two that planned on the same tree want the same number, and only one
// gets it; the duplicate tells the other to plan anew.
func writeSeq(ctx context.Context, tx db.Tx, seq, at int64, waiting []string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO area_changes (id, at, waiting) VALUES ($1, $2, $3)`, seq, at, strings.Join(waiting, ","))
	return err
}

// waitingChange is a redraw that open incidents have still to follow.
type waitingChange struct {
	seq   int64
	areas []string
}

func readWaiting(ctx context.Context, q db.Querier) ([]waitingChange, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, waiting FROM area_changes WHERE waiting <> '' ORDER BY id`)
	return collect(rows, err, func(r *sql.Rows) (w waitingChange, err error) {
		var list string
		err = r.Scan(&w.seq, &list)
		w.areas = strings.Split(list, ",")
		return w, err
	})
}

func clearWaiting(ctx context.Context, tx db.Tx, seq int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE area_changes SET waiting = '' WHERE id = $1`, seq)
	return err
}

// readTree reads everything that a tree is made of. Boundaries that known has already are not read again.
func readTree(ctx context.Context, q db.Querier, known map[string]geo.Shape) (d treeData, err error) {
	if d.seq, err = readSeq(ctx, q); err != nil {
		return d, err
	}
	rows, err := q.QueryContext(ctx, `SELECT id, code, level, kind, name, coalesce(parent_id, ''), valid_from, version, updated_at
		FROM areas WHERE valid_to IS NULL`)
	if d.areas, err = collect(rows, err, scanArea); err != nil {
		return d, err
	}
	if err = readShapes(ctx, q, d.areas, known); err != nil {
		return d, err
	}
	if d.patrols, err = readPatrols(ctx, q); err != nil {
		return d, err
	}
	if d.kinds, err = readKinds(ctx, q); err != nil {
		return d, err
	}
	if d.templates, err = readTemplates(ctx, q); err != nil {
		return d, err
	}
	d.places, err = readPlaceRows(ctx, q)
	return d, err
}

func scanArea(r *sql.Rows) (a Area, err error) {
	err = r.Scan(&a.ID, &a.Code, &a.Level, &a.Kind, &a.Name, &a.ParentID, &a.ValidFrom, &a.Version, &a.UpdatedAt)
	return a, err
}

// readTreeAt reads the areas and boundaries that held at an instant. Names, codes and kinds are today's.
func readTreeAt(ctx context.Context, q db.Querier, at int64) (d treeData, err error) {
	rows, err := q.QueryContext(ctx, `SELECT a.id, a.code, a.level, a.kind, a.name,
		coalesce(CASE WHEN p.area_id IS NULL THEN a.parent_id ELSE p.parent_id END, ''), a.valid_from, a.version, a.updated_at
		FROM areas a LEFT JOIN area_parents p ON p.area_id = a.id
			AND p.until = (SELECT min(n.until) FROM area_parents n WHERE n.area_id = a.id AND n.until > $1)
		WHERE a.valid_from <= $1 AND (a.valid_to IS NULL OR a.valid_to > $1)`, at)
	if d.areas, err = collect(rows, err, scanArea); err != nil {
		return d, err
	}
	return d, readShapesAt(ctx, q, d.areas, at)
}

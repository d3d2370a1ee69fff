package report

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

const reportColumns = `id, kind, area_id, area_name, path, from_day, to_day, version, scheduled, made_by, made_name, made_at, position`

func scanReport(row db.Scanner) (r Report, err error) {
	var path string
	err = row.Scan(&r.ID, &r.Kind, &r.AreaID, &r.AreaName, &path, &r.From, &r.To, &r.Version, &r.Scheduled, &r.MadeBy, &r.MadeName, &r.MadeAt, &r.Position)
	r.Path = strings.Split(strings.Trim(path, "/"), "/")
	return r, err
}

// insertReport adds a report as the next version of its period, which it returns.
func insertReport(ctx context.Context, tx db.Tx, r Report) (int64, error) {
	body, err := json.Marshal(r.Brief)
	if err != nil {
		return 0, err
	}
	return db.One[int64](tx.QueryRowContext(ctx, `INSERT INTO reports (`+reportColumns+`, brief)
		VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT COALESCE(MAX(version), 0) + 1 FROM reports WHERE kind = $2 AND area_id = $3 AND from_day = $6),
			$8, $9, $10, $11, $12, $13) RETURNING version`,
		r.ID, r.Kind, r.AreaID, r.AreaName, pathText(r.Path), r.From, r.To, r.Scheduled, r.MadeBy, r.MadeName, r.MadeAt, r.Position, string(body)))
}

func readReport(ctx context.Context, q db.Querier, id string) (r Report, ok bool, err error) {
	r, err = scanReport(q.QueryRowContext(ctx, `SELECT `+reportColumns+` FROM reports WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	body, err := db.One[string](q.QueryRowContext(ctx, `SELECT brief FROM reports WHERE id = $1`, id))
	if err == nil {
		err = json.Unmarshal([]byte(body), &r.Brief)
	}
	return r, err == nil, err
}

// Filter narrows the list of reports.
type Filter struct {
	Kind   Kind
	AreaID string
	Limit  int
}

// listReports returns reports of areas within a scope, the newest period first, and of a period the newest version.
func listReports(ctx context.Context, q db.Querier, scope authz.Scope, f Filter, afterDay, afterID string) ([]Report, error) {
	var args db.Args
	where := []string{pathScope(&args, "path", scope)}
	if f.Kind != "" {
		where = append(where, `kind = `+args.Add(f.Kind))
	}
	if f.AreaID != "" {
		where = append(where, `area_id = `+args.Add(f.AreaID))
	}
	if afterID != "" {
		where = append(where, `(to_day, id) < (`+args.Add(afterDay)+`, `+args.Add(afterID)+`)`)
	}
	return db.List(ctx, q, scanReport, `SELECT `+reportColumns+` FROM reports WHERE `+strings.Join(where, " AND ")+
		` ORDER BY to_day DESC, id DESC LIMIT `+args.Add(f.Limit), args.Values...)
}

// pathScope tells which paths lie in the areas of a scope. Who only has the work of a unit has no report of an area.
func pathScope(args *db.Args, column string, scope authz.Scope) string {
	if scope.All {
		return "1 = 1"
	}
	var parts []string
	for _, area := range scope.Areas {
		parts = append(parts, column+` LIKE `+args.Add("%/"+area+"/%"))
	}
	if parts == nil {
		return "1 = 0"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

func deleteReport(ctx context.Context, tx db.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM reports WHERE id = $1`, id)
	return err
}

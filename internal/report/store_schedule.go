package report

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

const scheduleColumns = `id, kind, area_id, minute, enabled, since_day, made_by, made_name, version, updated_at`

func scanSchedule(row db.Scanner) (one Schedule, err error) {
	err = row.Scan(&one.ID, &one.Kind, &one.AreaID, &one.Minute, &one.Enabled, &one.Since, &one.MadeBy, &one.MadeName, &one.Version, &one.UpdatedAt)
	return one, err
}

func listSchedules(ctx context.Context, q db.Querier, scope authz.Scope, enabled bool) ([]Schedule, error) {
	var args db.Args
	where := pathScope(&args, "path", scope)
	if enabled {
		where += ` AND enabled = ` + args.Add(true)
	}
	return db.List(ctx, q, scanSchedule, `SELECT `+scheduleColumns+` FROM report_schedules WHERE `+where+` ORDER BY path, kind`, args.Values...)
}

func pathText(path []string) string { return "/" + strings.Join(path, "/") + "/" }

// putSchedule keeps a schedule; that of a kind and an area is there once, whoever makes it first.
func putSchedule(ctx context.Context, tx db.Tx, in Schedule, path []string) (Schedule, error) {
	kept, err := scanSchedule(tx.QueryRowContext(ctx, `INSERT INTO report_schedules (`+scheduleColumns+`, path) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)
		ON CONFLICT (kind, area_id) DO UPDATE SET minute = $4, enabled = $5, made_by = $7, made_name = $8, version = report_schedules.version + 1, updated_at = $9, path = $10
		WHERE report_schedules.version = $11 RETURNING `+scheduleColumns,
		in.ID, in.Kind, in.AreaID, in.Minute, in.Enabled, in.Since, in.MadeBy, in.MadeName, in.UpdatedAt, pathText(path), in.Version))
	if errors.Is(err, sql.ErrNoRows) {
		return kept, fault.New(fault.Conflict, "briefs.schedule_stale")
	}
	return kept, err
}

// addSchedule keeps a schedule unless there is one.
func addSchedule(ctx context.Context, tx db.Tx, in Schedule, path []string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO report_schedules (`+scheduleColumns+`, path) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10) ON CONFLICT DO NOTHING`,
		in.ID, in.Kind, in.AreaID, in.Minute, in.Enabled, in.Since, in.MadeBy, in.MadeName, in.UpdatedAt, pathText(path))
	return err
}

func wasRun(ctx context.Context, q db.Querier, schedule, from string) (bool, error) {
	n, err := db.One[int](q.QueryRowContext(ctx, `SELECT COUNT(*) FROM report_runs WHERE schedule_id = $1 AND from_day = $2`, schedule, from))
	return n > 0, err
}

// claimRun notes that a period is reported; false when another node was first.
func claimRun(ctx context.Context, tx db.Tx, schedule, from, report string) (bool, error) {
	r, err := tx.ExecContext(ctx, `INSERT INTO report_runs (schedule_id, from_day, report_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, schedule, from, report)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

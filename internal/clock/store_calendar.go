package clock

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// keptCalendar is a calendar as the store has it.
type keptCalendar struct {
	ID      string
	Name    string
	Week    Week
	Days    []keptDay
	Version int64
}

// keptDay is a day as the store has it; a sample one came with the program.
type keptDay struct {
	Day
	Sample bool
}

// unitHours are the office hours of one unit as the store has them.
type unitHours struct {
	Unit     string
	Week     Week
	Holidays bool // works on holidays too
	Version  int64
}

func readCalendars(ctx context.Context, q db.Querier) ([]keptCalendar, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, week, version FROM calendars ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []keptCalendar
	for rows.Next() {
		var c keptCalendar
		var week string
		if err := rows.Scan(&c.ID, &c.Name, &week, &c.Version); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(week), &c.Week); err != nil {
			return nil, fmt.Errorf("week of calendar %s: %w", c.ID, err)
		}
		list = append(list, c)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for n := range list {
		if list[n].Days, err = readDays(ctx, q, list[n].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func readCalendar(ctx context.Context, q db.Querier, id string) (keptCalendar, error) {
	list, err := readCalendars(ctx, q)
	if err != nil {
		return keptCalendar{}, err
	}
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	return keptCalendar{}, fault.Missing("calendar")
}

func readDays(ctx context.Context, q db.Querier, calendar string) ([]keptDay, error) {
	rows, err := q.QueryContext(ctx, `SELECT day, kind, name, windows, sample FROM calendar_days WHERE calendar_id = $1 ORDER BY day`, calendar)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []keptDay{}
	for rows.Next() {
		var d keptDay
		var day, windows string
		if err := rows.Scan(&day, &d.Kind, &d.Name, &windows, &d.Sample); err != nil {
			return nil, err
		}
		if d.Date, err = ParseDate(day); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(windows), &d.Windows); err != nil {
			return nil, fmt.Errorf("hours of %s: %w", day, err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

func insertCalendar(ctx context.Context, tx db.Tx, c keptCalendar, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO calendars (id, name, week, version, updated_at) VALUES ($1, $2, $3, $4, $5)`,
		c.ID, c.Name, text(c.Week), c.Version, at)
	return err
}

// updateCalendar writes name and week over the version; false when the store has another one.
func updateCalendar(ctx context.Context, tx db.Tx, c keptCalendar, at int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `UPDATE calendars SET name = $3, week = $4, version = version + 1, updated_at = $5 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Name, text(c.Week), at)
	return changed(res, err)
}

func putDay(ctx context.Context, tx db.Tx, calendar string, d keptDay) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO calendar_days (calendar_id, day, kind, name, windows, sample) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (calendar_id, day) DO UPDATE SET kind = $3, name = $4, windows = $5, sample = $6`,
		calendar, d.Date.String(), string(d.Kind), d.Name, text(append([]Window{}, d.Windows...)), d.Sample)
	return err
}

func deleteDay(ctx context.Context, tx db.Tx, calendar string, d Date) (bool, error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM calendar_days WHERE calendar_id = $1 AND day = $2`, calendar, d.String())
	return changed(res, err)
}

func deleteYear(ctx context.Context, tx db.Tx, calendar string, year int) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM calendar_days WHERE calendar_id = $1 AND day >= $2 AND day < $3`,
		calendar, firstOf(year), firstOf(year+1))
	return err
}

// confirmYear takes the mark of a sample from a year.
func confirmYear(ctx context.Context, tx db.Tx, calendar string, year int) error {
	_, err := tx.ExecContext(ctx, `UPDATE calendar_days SET sample = $4 WHERE calendar_id = $1 AND day >= $2 AND day < $3`,
		calendar, firstOf(year), firstOf(year+1), false)
	return err
}

func firstOf(year int) string { return Date{year, 1, 1}.String() }

func readHours(ctx context.Context, q db.Querier) ([]unitHours, error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id, week, holidays, version FROM office_hours ORDER BY unit_id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []unitHours
	for rows.Next() {
		h, err := scanHours(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

// readUnitHours returns the hours of a unit; false when it has none of its own.
func readUnitHours(ctx context.Context, q db.Querier, unit string) (unitHours, bool, error) {
	h, err := scanHours(q.QueryRowContext(ctx, `SELECT unit_id, week, holidays, version FROM office_hours WHERE unit_id = $1`, unit))
	if errors.Is(err, sql.ErrNoRows) {
		return unitHours{Unit: unit}, false, nil
	}
	return h, err == nil, err
}

func scanHours(r row) (h unitHours, err error) {
	var week string
	if err = r.Scan(&h.Unit, &week, &h.Holidays, &h.Version); err != nil {
		return h, err
	}
	return h, json.Unmarshal([]byte(week), &h.Week)
}

// putHours writes hours over their version, 0 where there are none yet; false when the store has another version.
func putHours(ctx context.Context, tx db.Tx, h unitHours, at int64) (bool, error) {
	if h.Version == 0 {
		return changed(tx.ExecContext(ctx, `INSERT INTO office_hours (unit_id, week, holidays, version, updated_at) VALUES ($1, $2, $3, 1, $4)
			ON CONFLICT (unit_id) DO NOTHING`, h.Unit, text(h.Week), h.Holidays, at))
	}
	return changed(tx.ExecContext(ctx, `UPDATE office_hours SET week = $3, holidays = $4, version = version + 1, updated_at = $5
		WHERE unit_id = $1 AND version = $2`, h.Unit, h.Version, text(h.Week), h.Holidays, at))
}

func deleteHours(ctx context.Context, tx db.Tx, unit string, version int64) (bool, error) {
	return changed(tx.ExecContext(ctx, `DELETE FROM office_hours WHERE unit_id = $1 AND version = $2`, unit, version))
}

// text writes windows or a week as JSON.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // numbers in lists always have a text
	}
	return string(b)
}

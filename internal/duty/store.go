package duty

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"gezhi/internal/kit/db"
)

// Settings: the version of the roster, which every change of it replaces, and for how many minutes positions are kept.
const (
	versionSetting = "duty.version"
	keepSetting    = "duty.position_minutes"
)

func rosterVersion(ctx context.Context, q db.Querier) (string, error) {
	return db.Setting(ctx, q, versionSetting)
}

func keptFor(ctx context.Context, q db.Querier) (time.Duration, error) {
	text, err := db.Setting(ctx, q, keepSetting)
	if err != nil {
		return 0, err
	}
	minutes, err := strconv.Atoi(text)
	if err != nil || minutes < leastKeep || minutes > longestKeep {
		minutes = usualKeep
	}
	return time.Duration(minutes) * time.Minute, nil
}

const markColumns = `account_id, on_duty, unit_id, since, until`

func scanMark(r db.Scanner) (m Mark, err error) {
	err = r.Scan(&m.Person, &m.On, &m.Unit, &m.Since, &m.Until)
	return m, err
}

func marksAfter(ctx context.Context, q db.Querier, at int64) ([]Mark, error) {
	return db.List(ctx, q, scanMark, `SELECT `+markColumns+` FROM duty_marks WHERE until > $1 ORDER BY account_id`, at)
}

func putMark(ctx context.Context, tx db.Tx, m Mark) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO duty_marks (`+markColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account_id) DO UPDATE SET on_duty = $2, unit_id = $3, since = $4, until = $5`, m.Person, m.On, m.Unit, m.Since, m.Until)
	return err
}

// lockMark takes somebody's mark, so that going off duty and sending a position come one after the other.
func lockMark(ctx context.Context, tx db.Tx, person string) (m Mark, ok bool, err error) {
	m, err = scanMark(tx.QueryRowContext(ctx, `UPDATE duty_marks SET since = since WHERE account_id = $1 RETURNING `+markColumns, person))
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, nil
	}
	return m, err == nil, err
}

func scanPosition(r db.Scanner) (p Position, err error) {
	err = r.Scan(&p.Person, &p.Point.Lon, &p.Point.Lat, &p.Accuracy, &p.At)
	return p, err
}

func putPosition(ctx context.Context, tx db.Tx, p Position) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO duty_positions (account_id, lon, lat, accuracy, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account_id) DO UPDATE SET lon = $2, lat = $3, accuracy = $4, at = $5`, p.Person, p.Point.Lon, p.Point.Lat, p.Accuracy, p.At)
	return err
}

func dropPosition(ctx context.Context, tx db.Tx, person string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM duty_positions WHERE account_id = $1`, person)
	return err
}

func positionsAfter(ctx context.Context, q db.Querier, at int64) ([]Position, error) {
	return db.List(ctx, q, scanPosition, `SELECT account_id, lon, lat, accuracy, at FROM duty_positions WHERE at > $1 ORDER BY at`, at)
}

func hasPositionsBefore(ctx context.Context, q db.Querier, at int64) (found bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM duty_positions WHERE at <= $1)`, at).Scan(&found)
	return found, err
}

func dropPositionsBefore(ctx context.Context, tx db.Tx, at int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM duty_positions WHERE at <= $1`, at)
	return err
}

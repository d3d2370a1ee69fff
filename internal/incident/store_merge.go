package incident

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
)

const linkColumns = `incident_id, seq, target_id, what, how, at`

func saveLinks(ctx context.Context, tx db.Tx, links []link) error {
	rows := make([][]any, len(links))
	for n, l := range links {
		rows[n] = []any{l.Incident, l.Seq, l.Target, l.What, l.How, l.At}
	}
	return db.InsertRows(ctx, tx, `INSERT INTO link_tasks (`+linkColumns+`) VALUES `, rows)
}

// linksAfter returns messages behind one, in the order in which they were written; those of one incident are in the
// order of its entries.
func linksAfter(ctx context.Context, q db.Querier, after link, limit int) ([]link, error) {
	return db.List(ctx, q, func(r row) (l link, err error) {
		err = r.Scan(&l.Incident, &l.Seq, &l.Target, &l.What, &l.How, &l.At)
		return l, err
	}, `SELECT `+linkColumns+` FROM link_tasks WHERE (at, incident_id, seq, target_id) > ($1, $2, $3, $4) ORDER BY at, incident_id, seq, target_id LIMIT $5`,
		after.At, after.Incident, after.Seq, after.Target, limit)
}

func deleteLink(ctx context.Context, tx db.Tx, l link) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM link_tasks WHERE incident_id = $1 AND seq = $2 AND target_id = $3`, l.Incident, l.Seq, l.Target)
	return err
}

const joinedColumns = `member_id, seq, how, at, left_at`

func scanJoined(r row) (j Joined, err error) {
	err = r.Scan(&j.Member, &j.Seq, &j.How, &j.At, stamp{&j.LeftAt})
	return j, err
}

// joinedOne returns what an incident remembers of a member; false for nothing.
func joinedOne(ctx context.Context, q db.Querier, incident, member string) (Joined, bool, error) {
	j, err := scanJoined(q.QueryRowContext(ctx, `SELECT `+joinedColumns+` FROM joined WHERE incident_id = $1 AND member_id = $2`, incident, member))
	if errors.Is(err, sql.ErrNoRows) {
		return j, false, nil
	}
	return j, err == nil, err
}

// membersAfter returns what is handled with an incident behind one of them, at most limit.
func membersAfter(ctx context.Context, q db.Querier, incident, after string, limit int) ([]Joined, error) {
	return db.List(ctx, q, scanJoined, `SELECT `+joinedColumns+` FROM joined WHERE incident_id = $1 AND member_id > $2 AND left_at IS NULL
		ORDER BY member_id LIMIT $3`, incident, after, limit)
}

func saveJoined(ctx context.Context, tx db.Tx, incident string, j Joined) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO joined (incident_id, `+joinedColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (incident_id, member_id) DO UPDATE SET seq = excluded.seq, how = excluded.how, at = excluded.at, left_at = excluded.left_at`,
		incident, j.Member, j.Seq, j.How, j.At, nullable(j.LeftAt))
	return err
}

// brief is what is told of an incident beside another one.
type brief struct {
	id, number, channel string
	state               State
	receivedAt          int64
}

func briefs(ctx context.Context, q db.Querier, ids []string) (map[string]brief, error) {
	found := make(map[string]brief, len(ids))
	err := inParts(ctx, q, `SELECT id, number, channel, state, received_at FROM incidents WHERE id IN (`, ids, func(r row) error {
		var b brief
		err := r.Scan(&b.id, &b.number, &b.channel, &b.state, &b.receivedAt)
		found[b.id] = b
		return err
	})
	return found, err
}

// idOfNumber returns the incident that people know by a number, ” for none.
func idOfNumber(ctx context.Context, q db.Querier, number string) (id string, err error) {
	err = q.QueryRowContext(ctx, `SELECT id FROM incidents WHERE number = $1 ORDER BY received_at DESC, id DESC LIMIT 1`, number).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// reachable returns reports with whether whoever made them may be written to.
func reachable(ctx context.Context, q db.Querier, ids []string) (list []NotifiableReport, err error) {
	err = inParts(ctx, q, `SELECT id, number, reporter_phone = '' OR confidential OR do_not_call FROM incidents WHERE id IN (`, ids, func(r row) error {
		var n NotifiableReport
		err := r.Scan(&n.ID, &n.Number, &n.Quiet)
		list = append(list, n)
		return err
	})
	return list, err
}

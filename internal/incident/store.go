package incident

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// columns lists what an incident row holds, in the order of fields.
const columns = `id, number, code, state, kind, channel, channel_group, category, severity, urgent, title, text, lon, lat, datum, address, details,
	area_id, filed_area, city_id, district_id, street_id, community_id, grid_id, microgrid_id, placed, lead_order, lead_unit, lead_person, lead_state,
	reporter_name, reporter_phone, reporter_address, reporter_index, confidential, call_at, source, external_id, answer, solved, satisfaction,
	call_attempts, call_again_at, do_not_call, review_rating, review_text, review_by, review_at,
	reopened, reworked, returned, warn_at, due_at, late, suspended_at, deferred_at, pause_until, supervised_at, study_at, extensions, asked, rung, acted, cell, merged_into, joined, occurred_at, received_at, accepted_at, dispatched_at, taken_at, arrived_at, handled_at, checked_at, closed_at,
	entry_at, entry_seq, entry_hash, request_key, version`

// stamp reads and writes a time that is NULL while it has not come.
type stamp struct{ at *int64 }

// Scan sets the time, 0 for NULL.
func (s stamp) Scan(v any) error {
	*s.at = 0
	if n, ok := v.(int64); ok {
		*s.at = n
	}
	return nil
}

func nullable(at int64) any {
	if at == 0 {
		return nil
	}
	return at
}

type row = db.Scanner

func scanIncident(r row) (*Incident, error) {
	var i Incident
	var leadUnit, leadPerson, leadState, group, details, asked string
	err := r.Scan(&i.ID, &i.Number, &i.Code, &i.State, &i.Kind, &i.Channel, &group, &i.Category, &i.Severity, &i.Urgent, &i.Title, &i.Text,
		&i.Lon, &i.Lat, &i.Datum, &i.Address, &details, &i.AreaID, &i.FiledArea, &i.LevelIDs[0], &i.LevelIDs[1], &i.LevelIDs[2], &i.LevelIDs[3],
		&i.LevelIDs[4], &i.LevelIDs[5], &i.Placed, &i.LeadOrder, &leadUnit, &leadPerson, &leadState, &i.Reporter.Name, &i.Reporter.Phone,
		&i.Reporter.Address, &i.PhoneIndex, &i.Reporter.Confidential, stamp{&i.CallAt}, &i.Source, &i.ExternalID, &i.Answer, &i.Solved,
		stamp{&i.Satisfaction}, &i.Call.Attempts, stamp{&i.Call.AgainAt}, &i.Call.DoNotCall, stamp{&i.Review.Rating}, &i.Review.Text,
		&i.Review.By, stamp{&i.Review.At}, &i.Reopened, &i.Reworked, &i.Returned, stamp{&i.WarnAt}, stamp{&i.DueAt}, &i.LateStages,
		stamp{&i.SuspendedAt}, stamp{&i.DeferredAt}, stamp{&i.PauseUntil}, stamp{&i.SupervisedAt}, stamp{&i.StudyAt}, &i.Extensions, &asked, &i.Rung, &i.Acted, new(any), &i.MergedInto, &i.Joined, &i.OccurredAt, &i.ReceivedAt, stamp{&i.AcceptedAt},
		stamp{&i.DispatchedAt}, stamp{&i.TakenAt}, stamp{&i.ArrivedAt}, stamp{&i.HandledAt}, stamp{&i.CheckedAt}, stamp{&i.ClosedAt},
		&i.EntryAt, &i.EntrySeq, &i.EntryHash, &i.RequestKey, &i.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.Missing("incident")
	}
	if err == nil {
		i.Details, err = readDetails(details)
	}
	if err == nil && asked != "" {
		err = json.Unmarshal([]byte(asked), &i.Asked)
	}
	return &i, err
}

// values returns the columns' values.
func (i *Incident) values() []any {
	var unit, person, state string
	if lead := i.Lead(); lead != nil {
		unit, person, state = lead.UnitID, lead.PersonID, string(lead.State)
	}
	return []any{i.ID, i.Number, i.Code, i.State, i.Kind, i.Channel, ChannelGroups[i.Channel], i.Category, i.Severity, i.Urgent, i.Title, i.Text,
		i.Lon, i.Lat, i.Datum, i.Address, i.Details.text(), i.AreaID, i.FiledArea, i.LevelIDs[0], i.LevelIDs[1], i.LevelIDs[2], i.LevelIDs[3],
		i.LevelIDs[4], i.LevelIDs[5], i.Placed, i.LeadOrder, unit, person, state, i.Reporter.Name, i.Reporter.Phone,
		i.Reporter.Address, i.PhoneIndex, i.Reporter.Confidential, nullable(i.CallAt), i.Source, i.ExternalID, i.Answer, i.Solved,
		nullable(i.Satisfaction), i.Call.Attempts, nullable(i.Call.AgainAt), i.Call.DoNotCall, nullable(i.Review.Rating), i.Review.Text,
		i.Review.By, nullable(i.Review.At), i.Reopened, i.Reworked, i.Returned, nullable(i.WarnAt), nullable(i.DueAt), i.LateStages,
		nullable(i.SuspendedAt), nullable(i.DeferredAt), nullable(i.PauseUntil), nullable(i.SupervisedAt), nullable(i.StudyAt), i.Extensions, i.Asked.text(), i.Rung, i.Acted, i.cell(), i.MergedInto, i.Joined,
		i.OccurredAt, i.ReceivedAt, nullable(i.AcceptedAt),
		nullable(i.DispatchedAt), nullable(i.TakenAt), nullable(i.ArrivedAt), nullable(i.HandledAt), nullable(i.CheckedAt), nullable(i.ClosedAt),
		i.EntryAt, i.EntrySeq, i.EntryHash, i.RequestKey, i.Version}
}

var (
	columnNames    = strings.Split(strings.Join(strings.Fields(columns), ""), ",")
	insertIncident = `INSERT INTO incidents (` + columns + `) VALUES (` + placeholders(len(columnNames)) + `) ON CONFLICT (id) DO NOTHING`
	// fixedColumns never change after the report.
	fixedColumns = map[string]bool{"id": true, "number": true, "code": true, "channel": true, "channel_group": true, "text": true,
		"datum": true, "reporter_name": true, "reporter_phone": true, "reporter_address": true, "reporter_index": true, "confidential": true,
		"call_at": true, "source": true, "external_id": true, "occurred_at": true, "received_at": true, "request_key": true}
)

func placeholders(n int) string {
	var a db.Args
	marks := make([]string, n)
	for i := range marks {
		marks[i] = a.Add(nil)
	}
	return strings.Join(marks, ", ")
}

// insert stores a new incident; false when the id exists already.
func insert(ctx context.Context, tx db.Tx, i *Incident) (bool, error) {
	i.stored = i.values()
	res, err := tx.ExecContext(ctx, insertIncident, i.stored...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// touch takes the incident's lock by raising its version, the first statement of every write, and returns it as it is
// then. An incident that is remembered at the version before is not read again.
func (s *Service) touch(ctx context.Context, tx db.Tx, id string) (*Incident, error) {
	var i *Incident
	if known := s.recent.newest(id); known != nil {
		var version int64
		err := tx.QueryRowContext(ctx, `UPDATE incidents SET version = version + 1 WHERE id = $1 RETURNING version`, id).Scan(&version)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, fault.Missing("incident")
		}
		if err != nil {
			return nil, err
		}
		if version != known.Version+1 {
			if i, err = load(ctx, tx, id); err != nil {
				return nil, err
			}
		} else {
			i = known.clone()
			i.Version = version
		}
	} else {
		var err error
		if i, err = scanIncident(tx.QueryRowContext(ctx, `UPDATE incidents SET version = version + 1 WHERE id = $1 RETURNING `+columns, id)); err != nil {
			return nil, err
		}
		if i.Orders, err = ordersOf(ctx, tx, []string{id}); err != nil {
			return nil, err
		}
		if err := addClocks(ctx, tx, []*Incident{i}); err != nil {
			return nil, err
		}
	}
	i.stored = i.values()
	return i, nil
}

// load reads one incident with its orders.
func load(ctx context.Context, q db.Querier, id string) (*Incident, error) {
	i, err := scanIncident(q.QueryRowContext(ctx, `SELECT `+columns+` FROM incidents WHERE id = $1`, id))
	if err != nil {
		return nil, err
	}
	if i.Orders, err = ordersOf(ctx, q, []string{id}); err != nil {
		return nil, err
	}
	return i, addClocks(ctx, q, []*Incident{i})
}

// save writes back the columns that changed since the incident was touched or inserted. Writing all of them would
// make the engines renew every index of the table at every step.
func save(ctx context.Context, tx db.Tx, i *Incident) error {
	args := db.Args{Values: []any{i.ID}}
	var sets []string
	now := i.values()
	for n, name := range columnNames {
		if !fixedColumns[name] && (i.stored == nil || i.stored[n] != now[n]) {
			sets = append(sets, name+" = "+args.Add(now[n]))
		}
	}
	if len(sets) > 0 {
		if _, err := tx.ExecContext(ctx, `UPDATE incidents SET `+strings.Join(sets, ", ")+` WHERE id = $1`, args.Values...); err != nil {
			return err
		}
	}
	i.stored = now
	if err := saveOrders(ctx, tx, i); err != nil {
		return err
	}
	return saveClocks(ctx, tx, i)
}

func insertEntry(ctx context.Context, tx db.Tx, e *Entry) error {
	values, err := e.values()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, insertEntryText, values...)
	return err
}

const entryColumns = `incident_id, seq, at, action, visibility, actor_id, actor_name, unit_id, order_id, from_state, to_state, body, files, salt, digest, hash,
	request_key, request_digest`

var insertEntryText = `INSERT INTO entries (` + entryColumns + `) VALUES (` + placeholders(18) + `)`

// values returns the columns' values of an entry, in the order of entryColumns.
func (e *Entry) values() ([]any, error) {
	files := []byte("[]")
	var err error
	if e.Files != nil {
		files, err = json.Marshal(e.Files)
	}
	return []any{e.Incident, e.Seq, e.At, e.Do, e.Visibility, e.ActorID, e.ActorName, e.UnitID, e.OrderID, e.From, e.To,
		string(e.Body), string(files), e.Salt, e.Digest, e.Hash, e.RequestKey, e.RequestDigest}, err
}

func scanEntry(r row) (*Entry, error) {
	var e Entry
	var body, files string
	err := r.Scan(&e.Incident, &e.Seq, &e.At, &e.Do, &e.Visibility, &e.ActorID, &e.ActorName, &e.UnitID, &e.OrderID, &e.From, &e.To,
		&body, &files, &e.Salt, &e.Digest, &e.Hash, &e.RequestKey, &e.RequestDigest)
	if err != nil {
		return nil, err
	}
	e.Body = json.RawMessage(body)
	return &e, json.Unmarshal([]byte(files), &e.Files)
}

// entriesOf returns up to limit entries of an incident behind seq after, oldest first.
func entriesOf(ctx context.Context, q db.Querier, incident string, after int64, limit int) ([]*Entry, error) {
	return db.List(ctx, q, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE incident_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, incident, after, limit)
}

// countEntries returns how many entries of an action an incident has.
func countEntries(ctx context.Context, q db.Querier, incident, do string) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM entries WHERE incident_id = $1 AND action = $2`, incident, do).Scan(&n)
	return n, err
}

// request is what became of a request that was done under a key.
type request struct {
	digest  string // of its body
	state   string // of the incident afterwards
	seq, at int64  // of its entry
}

// requestOf returns the request that was done under a key, nil when there is none.
func requestOf(ctx context.Context, q db.Querier, incident, key string) (*request, error) {
	var r request
	err := q.QueryRowContext(ctx, `SELECT request_digest, to_state, seq, at FROM entries WHERE incident_id = $1 AND request_key = $2`, incident, key).
		Scan(&r.digest, &r.state, &r.seq, &r.at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &r, err
}

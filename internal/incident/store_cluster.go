package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/perm"
)

// openMembers reads the open incidents with a position in the actor's scope, the newest limit of them, newest first.
func (s *Service) openMembers(ctx context.Context, actor authz.Actor, f Filter) ([]*ClusterMember, error) {
	q := &query{Service: s}
	q.add(q.scope(actor.Scope(perm.IncidentRead)))
	f.States = statesOf(openStates)
	q.filter(actor, f)
	q.add("i.cell IS NOT NULL")
	return db.List(ctx, s.DB.Read(), func(r row) (*ClusterMember, error) {
		var m ClusterMember
		err := r.Scan(&m.ID, &m.Number, &m.Title, &m.State, &m.Severity, &m.Address, &m.ReceivedAt, &m.Joined, &m.category, &m.area, &m.cell, &m.Lon, &m.Lat)
		return &m, err
	}, `SELECT i.id, i.number, i.title, i.state, i.severity, i.address, i.received_at, i.joined, i.category, i.area_id, i.cell, i.lon, i.lat
		FROM incidents i WHERE `+strings.Join(q.where, " AND ")+` ORDER BY i.received_at DESC, i.id DESC LIMIT `+q.args.Add(f.Limit), q.args.Values...)
}

// spotCount is how often a category was reported in a cell: in the last 1, 7 and 30 days, and in as many days before.
type spotCount struct {
	cell           int64
	category, area string
	address        string
	last, before   [3]int64
}

// spotDays are the spans that are counted.
var spotDays = [3]int64{1, 7, 30}

// spots counts what was reported where up to a moment, in the actor's scope: what was reported at least least times in
// the longest span, what was reported most in the middle one first.
func (s *Service) spots(ctx context.Context, actor authz.Actor, f Filter, least, day int64) ([]spotCount, error) {
	q := &query{Service: s}
	q.add(q.scope(actor.Scope(perm.IncidentRead)))
	f.From = f.To - 2*spotDays[2]*day
	q.filter(actor, f)
	q.add("i.cell IS NOT NULL AND i.state <> '" + string(Voided) + "'")
	within := func(from, to int64) string {
		return "SUM(CASE WHEN i.received_at >= " + q.args.Add(from) + " AND i.received_at < " + q.args.Add(to) + " THEN 1 ELSE 0 END)"
	}
	var sums []string
	for _, days := range spotDays {
		span := days * day
		sums = append(sums, within(f.To-span, f.To), within(f.To-2*span, f.To-span))
	}
	text := `SELECT i.cell, i.category, MAX(i.area_id), MAX(i.address), ` + strings.Join(sums, ", ") + ` FROM incidents i WHERE ` + strings.Join(q.where, " AND ") +
		` GROUP BY i.cell, i.category HAVING ` + within(f.To-spotDays[2]*day, f.To) + ` >= ` + q.args.Add(least) +
		` ORDER BY 7 DESC, 9 DESC, i.cell, i.category LIMIT ` + q.args.Add(f.Limit)
	return db.List(ctx, s.DB.Read(), func(r row) (n spotCount, err error) {
		err = r.Scan(&n.cell, &n.category, &n.area, &n.address, &n.last[0], &n.before[0], &n.last[1], &n.before[1], &n.last[2], &n.before[2])
		return n, err
	}, text, q.args.Values...)
}

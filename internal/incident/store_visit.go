package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/perm"
)

// visits counts the matters of the channel visit in the actor's scope by who brought them.
func (s *Service) visits(ctx context.Context, actor authz.Actor, from, to int64) ([]VisitorCount, error) {
	q := &query{Service: s}
	q.add(q.scope(actor.Scope(perm.IncidentRead)))
	q.filter(actor, Filter{Channel: "visit", From: from, To: to})
	text := `SELECT i.source, count(*), count(*) FILTER (WHERE i.state = '` + string(Closed) + `') FROM incidents i WHERE ` + strings.Join(q.where, " AND ") +
		` AND i.source <> '' GROUP BY i.source ORDER BY i.source`
	return db.List(ctx, s.DB.Read(), func(r row) (v VisitorCount, err error) {
		err = r.Scan(&v.Person.ID, &v.Incidents, &v.Closed)
		return v, err
	}, text, q.args.Values...)
}

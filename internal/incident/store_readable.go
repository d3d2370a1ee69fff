package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/perm"
)

// Readable returns those of some incidents that the actor may read.
func (s *Service) Readable(ctx context.Context, actor authz.Actor, incidents []string) (readable []string, err error) {
	scope := actor.Scope(perm.IncidentRead)
	err = db.InParts(incidents, func(part []string) error {
		q := &query{Service: s}
		q.add("i.id IN (" + q.args.In(part) + ")")
		q.add(q.scope(scope))
		ids, err := db.List(ctx, s.DB.Read(), db.One[string], `SELECT i.id FROM incidents i WHERE `+strings.Join(q.where, " AND "), q.args.Values...)
		readable = append(readable, ids...)
		return err
	})
	return readable, err
}

package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/perm"
)

// near reads incidents of a part of the ground that were received since a time, in these states or with none in any,
// newest first and at most limit of them. It reads the cells that the box touches through their index: what it costs
// does not grow with the history. The plus and the empty text keep the engines from reading another index
// instead.
func (s *Service) near(ctx context.Context, actor authz.Actor, b *Box, since int64, states []string, limit int) ([]*Incident, error) {
	text, args := s.nearStatement(actor, b, since, states, limit)
	return s.fetch(ctx, text, args)
}

func (s *Service) nearStatement(actor authz.Actor, b *Box, since int64, states []string, limit int) (string, []any) {
	q := &query{Service: s}
	q.add("i.cell IN " + q.args.Row(cellsIn(b)...))
	q.add("i.received_at >= " + q.args.Add(since))
	q.add(q.scope(actor.Scope(perm.IncidentRead)))
	if len(states) > 0 {
		q.add("i.state || '' IN (" + q.args.In(states) + ")")
	}
	return `SELECT i.id, i.version FROM incidents i WHERE ` + strings.Join(q.where, " AND ") +
		` ORDER BY +i.received_at DESC, i.id DESC LIMIT ` + q.args.Add(limit), q.args.Values
}

package incident

import (
	"cmp"
	"context"
	"slices"

	"gezhi/internal/kit/authz"
)

// Visits counts what officials reported from their visits in a time (received_at, unix ms, [from, to), 0 for no end)
// within the actor's scope, by the kind of official and by who it was. Every kind is there, also with nothing.
func (s *Service) Visits(ctx context.Context, actor authz.Actor, from, to int64) ([]VisitCount, error) {
	rows, err := s.visits(ctx, actor, from, to)
	if err != nil {
		return nil, err
	}
	out := make([]VisitCount, len(Officials))
	for n, kind := range Officials {
		out[n] = VisitCount{Official: kind, By: []VisitorCount{}}
	}
	for _, r := range rows {
		n := slices.Index(Officials, s.Directory.OfficialOf(r.Person.ID))
		if n < 0 {
			n = len(Officials) - 1
		}
		r.Person.Name = s.Directory.PersonName(r.Person.ID)
		c := &out[n]
		c.Visitors, c.Incidents, c.Closed, c.By = c.Visitors+1, c.Incidents+r.Incidents, c.Closed+r.Closed, append(c.By, r)
	}
	for n := range out {
		slices.SortFunc(out[n].By, func(a, b VisitorCount) int {
			return cmp.Or(cmp.Compare(b.Incidents, a.Incidents), cmp.Compare(a.Person.Name, b.Person.Name), cmp.Compare(a.Person.ID, b.Person.ID))
		})
	}
	return out, nil
}

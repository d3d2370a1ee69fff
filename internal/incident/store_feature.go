package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
)

const featureColumns = `i.id, i.number, i.state, i.kind, i.channel, i.category, i.severity, i.urgent, i.title, i.lon, i.lat, i.area_id,
	i.city_id, i.district_id, i.street_id, i.community_id, i.grid_id, i.microgrid_id,
	i.received_at, i.accepted_at, i.dispatched_at, i.arrived_at, i.handled_at, i.closed_at, i.due_at, i.late`

func scanFeature(r row) (f Feature, err error) {
	err = r.Scan(&f.ID, &f.Number, &f.State, &f.Kind, &f.Channel, &f.Category.Code, &f.Severity, &f.Urgent, &f.Title, &f.Lon, &f.Lat, &f.AreaID,
		&f.LevelIDs[0], &f.LevelIDs[1], &f.LevelIDs[2], &f.LevelIDs[3], &f.LevelIDs[4], &f.LevelIDs[5],
		&f.ReceivedAt, stamp{&f.AcceptedAt}, stamp{&f.DispatchedAt}, stamp{&f.ArrivedAt}, stamp{&f.HandledAt}, stamp{&f.ClosedAt}, stamp{&f.DueAt}, &f.LateStages)
	return f, err
}

// features begins a statement about incidents in the actor's scope. Whoever may see figures only learns nothing of
// confidential reports and tip-offs, whose place alone can tell who spoke.
func (s *Service) features(actor authz.Actor, f FeatureFilter) (q *query, words bool) {
	need, words := featurePermission(actor)
	q = &query{Service: s}
	q.add(q.scope(actor.Scope(need)))
	if !words {
		q.add("NOT i.confidential AND i.kind <> 'tipoff'")
	}
	q.featureFilter(actor, f)
	return q, words
}

func (q *query) featureFilter(actor authz.Actor, f FeatureFilter) {
	filter := Filter{From: f.From, To: f.To, Box: f.Box, Area: f.Area, Category: f.Category}
	if f.State != "" {
		filter.States = []string{f.State}
	}
	q.filter(actor, filter)
	if f.Open {
		q.add("i.state IN (" + literals(openStates) + ")")
	}
	if f.After != "" {
		after := q.args.Add(f.After)
		q.add("(i.received_at, i.id) < ((SELECT x.received_at FROM incidents x WHERE x.id = " + after + "), " + after + ")")
	}
}

// Features returns incidents in the actor's scope, newest first and at most f.Limit.
func (s *Service) Features(ctx context.Context, actor authz.Actor, f FeatureFilter) ([]Feature, error) {
	q, words := s.features(actor, f)
	order := "i.received_at DESC, i.id DESC"
	if f.Box != nil && fewCells(f.Box) { // see near: so it costs the same however long the history is
		q.add("i.cell IN " + q.args.Row(cellsIn(f.Box)...))
		order = "+" + order
	}
	list, err := db.List(ctx, s.DB.Read(), scanFeature, `SELECT `+featureColumns+` FROM incidents i WHERE `+strings.Join(q.where, " AND ")+
		` ORDER BY `+order+` LIMIT `+q.args.Add(f.Limit), q.args.Values...)
	return s.worded(list, words), err
}

// fewCells tells whether a rectangle is so small that its cells are better named one by one: a village, not a city.
func fewCells(b *Box) bool {
	const most = 1000
	return (cellIndex(b.East)-cellIndex(b.West)+1)*(cellIndex(b.North)-cellIndex(b.South)+1) <= most
}

// FeatureByID returns one incident in the actor's scope.
func (s *Service) FeatureByID(ctx context.Context, actor authz.Actor, incident string) (Feature, error) {
	if !id.Valid(incident) {
		return Feature{}, fault.Missing("incident")
	}
	q, words := s.features(actor, FeatureFilter{})
	q.add("i.id = " + q.args.Add(incident))
	list, err := db.List(ctx, s.DB.Read(), scanFeature, `SELECT `+featureColumns+` FROM incidents i WHERE `+strings.Join(q.where, " AND "), q.args.Values...)
	if err == nil && len(list) == 0 {
		err = fault.Missing("incident")
	}
	if err != nil {
		return Feature{}, err
	}
	return s.worded(list, words)[0], nil
}

// FeatureCells counts incidents in the actor's scope by the cells of a lattice.
func (s *Service) FeatureCells(ctx context.Context, actor authz.Actor, f FeatureFilter, l Lattice) ([]FeatureCell, error) {
	f.Box = &l.Box
	q, _ := s.features(actor, f)
	west, south, w, h, now := q.args.Add(l.Box.West), q.args.Add(l.Box.South), q.args.Add(l.Width), q.args.Add(l.Height), q.args.Add(s.Clock.Now().UnixMilli())
	return db.List(ctx, s.DB.Read(), func(r row) (c FeatureCell, err error) {
		err = r.Scan(&c.X, &c.Y, &c.Lon, &c.Lat, &c.Count, &c.Overdue)
		return c, err
	}, `SELECT CAST(floor((i.lon - `+west+`) / `+w+`) AS BIGINT) AS x, CAST(floor((i.lat - `+south+`) / `+h+`) AS BIGINT) AS y,
		avg(i.lon), avg(i.lat), count(*), count(*) FILTER (WHERE i.due_at <= `+now+`)
		FROM incidents i WHERE `+strings.Join(q.where, " AND ")+` GROUP BY x, y ORDER BY x, y`, q.args.Values...)
}

// openPage reads incidents that may be published as far as a statement can tell.
func (s *Service) openPage(ctx context.Context, f FeatureFilter, incident string) ([]*Incident, error) {
	var public []string
	for _, k := range s.Categories().All() {
		if k.Public {
			public = append(public, k.Code)
		}
	}
	if len(public) == 0 {
		return nil, nil
	}
	q := &query{Service: s}
	q.add("i.category IN (" + q.args.In(public) + ") AND i.kind IN (" + q.args.In(openKinds) + ") AND i.placed AND NOT i.confidential")
	q.add("i.state NOT IN (" + literals(Flow.InPhase(flow.Ended)) + ")")
	q.featureFilter(authz.Actor{}, f)
	if incident != "" {
		q.add("i.id = " + q.args.Add(incident))
	}
	return s.fetch(ctx, `SELECT i.id, i.version FROM incidents i WHERE `+strings.Join(q.where, " AND ")+
		` ORDER BY i.received_at DESC, i.id DESC LIMIT `+q.args.Add(f.Limit), q.args.Values)
}

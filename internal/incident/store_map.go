package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/perm"
)

const mapColumns = `i.id, i.lon, i.lat, i.state, i.lead_state, i.severity, i.urgent, i.due_at, i.received_at`

func scanMapPoint(r row) (p MapPoint, err error) {
	var severity string
	err = r.Scan(&p.ID, &p.Lon, &p.Lat, &p.State, &p.Lead, &severity, &p.Urgent, stamp{&p.DueAt}, &p.ReceivedAt)
	p.Emergency = severity == "emergency"
	return p, err
}

// onMap begins a statement about the incidents that have a position and lie in the actor's scope and the filter's area.
func (s *Service) onMap(actor authz.Actor, f MapFilter) *query {
	q := &query{Service: s}
	q.add("i.lon IS NOT NULL AND i.lat IS NOT NULL")
	q.add(q.scope(actor.Scope(perm.IncidentRead)))
	if f.Area != "" {
		q.add(q.scope(authz.Scope{Areas: []string{f.Area}}))
	}
	if b := f.Box; b != nil {
		q.add("i.lon BETWEEN " + q.args.Add(b.West) + " AND " + q.args.Add(b.East) + " AND i.lat BETWEEN " + q.args.Add(b.South) + " AND " + q.args.Add(b.North))
	}
	return q
}

// The incidents of a day are read by two statements, each of which an index answers: those received on the day, and
// those received before that are still open.
var mapParts = []func(q *query, f MapFilter) string{
	func(q *query, f MapFilter) string {
		return "i.received_at >= " + q.args.Add(f.From) + " AND i.received_at < " + q.args.Add(f.To) + " AND i.state NOT IN (" + literals(endedStates) + ")"
	},
	func(q *query, f MapFilter) string {
		return "i.state IN (" + literals(openStates) + ") AND i.received_at < " + q.args.Add(f.From)
	},
}

// EachOnMap calls each for the incidents that a map of the day shows the actor, in no order.
func (s *Service) EachOnMap(ctx context.Context, actor authz.Actor, f MapFilter, each func(MapPoint) error) error {
	for _, part := range mapParts {
		q := s.onMap(actor, f)
		q.add(part(q, f))
		if err := eachPoint(ctx, s.DB.Read(), q, each); err != nil {
			return err
		}
	}
	return nil
}

// SomeOnMap returns those of some incidents that a map of the day shows the actor.
func (s *Service) SomeOnMap(ctx context.Context, actor authz.Actor, f MapFilter, incidents []string) (points []MapPoint, err error) {
	err = db.InParts(incidents, func(ids []string) error {
		q := s.onMap(actor, f)
		q.add("i.id IN (" + q.args.In(ids) + ")")
		q.add(mapParts[0](q, f) + " OR " + mapParts[1](q, f))
		return eachPoint(ctx, s.DB.Read(), q, func(p MapPoint) error {
			points = append(points, p)
			return nil
		})
	})
	return points, err
}

func eachPoint(ctx context.Context, db db.Querier, q *query, each func(MapPoint) error) error {
	rows, err := db.QueryContext(ctx, `SELECT `+mapColumns+` FROM incidents i WHERE `+strings.Join(q.where, " AND "), q.args.Values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		p, err := scanMapPoint(rows)
		if err != nil {
			return err
		}
		if err := each(p); err != nil {
			return err
		}
	}
	return rows.Err()
}

// CountOnMap returns how many of the incidents of EachOnMap lie in each cell of a lattice, whose cells are so many degrees
// wide and high.
func (s *Service) CountOnMap(ctx context.Context, actor authz.Actor, f MapFilter, width, height float64) (cells []MapCell, err error) {
	for _, part := range mapParts {
		q := s.onMap(actor, f)
		q.add(part(q, f))
		w, h, now := q.args.Add(width), q.args.Add(height), q.args.Add(s.Clock.Now().UnixMilli())
		some, err := db.List(ctx, s.DB.Read(), scanMapCell, `SELECT CAST(floor(i.lon / `+w+`) AS BIGINT) AS x, CAST(floor(i.lat / `+h+`) AS BIGINT) AS y,
			i.state, i.lead_state, avg(i.lon), avg(i.lat), count(*), count(*) FILTER (WHERE i.due_at <= `+now+`)
			FROM incidents i WHERE `+strings.Join(q.where, " AND ")+` GROUP BY x, y, i.state, i.lead_state`, q.args.Values...)
		if err != nil {
			return nil, err
		}
		cells = append(cells, some...)
	}
	return cells, nil
}

func scanMapCell(r row) (c MapCell, err error) {
	err = r.Scan(&c.X, &c.Y, &c.State, &c.Lead, &c.Lon, &c.Lat, &c.Count, &c.Overdue)
	return c, err
}

// The incidents of a day's course: those received on it, those received not long before that were open or ended on it or
// later, and those received long before that are open now.
var lifeParts = []func(q *query, f MapFilter) string{
	func(q *query, f MapFilter) string {
		return "i.received_at >= " + q.args.Add(f.From) + " AND i.received_at < " + q.args.Add(f.To)
	},
	func(q *query, f MapFilter) string {
		return "i.received_at >= " + q.args.Add(f.From-mapLookBack) + " AND i.received_at < " + q.args.Add(f.From) +
			" AND (i.state IN (" + literals(openStates) + ") OR i.entry_at >= " + q.args.Add(f.From) + ")"
	},
	func(q *query, f MapFilter) string {
		return "i.state IN (" + literals(openStates) + ") AND i.received_at < " + q.args.Add(f.From-mapLookBack)
	},
}

// MapLives returns how the incidents of a day stood in its course, in no order. An incident received more than 31 days
// before the day is in it only if it is open now.
func (s *Service) MapLives(ctx context.Context, actor authz.Actor, f MapFilter) ([]*MapLife, error) {
	var lives []*MapLife
	for _, part := range lifeParts {
		q := s.onMap(actor, f)
		q.add(part(q, f))
		err := eachPoint(ctx, s.DB.Read(), q, func(p MapPoint) error {
			lives = append(lives, &MapLife{MapPoint: p})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return lives, s.addCourse(ctx, lives, f.To)
}

// addCourse reads how incidents stood up to an instant.
func (s *Service) addCourse(ctx context.Context, lives []*MapLife, until int64) error {
	byID := make(map[string]*MapLife, len(lives))
	ids := make([]string, len(lives))
	for n, l := range lives {
		byID[l.ID], ids[n] = l, l.ID
	}
	err := inOrder(ctx, s.DB.Read(), `SELECT e.incident_id, e.at, e.action, e.to_state, coalesce(o.role, '') FROM entries e
		LEFT JOIN orders o ON o.incident_id = e.incident_id AND o.id = e.order_id WHERE e.incident_id IN (`, `) ORDER BY e.incident_id, e.seq`, ids, func(r row) error {
		var id, do string
		var at int64
		var to State
		var role OrderRole
		if err := r.Scan(&id, &at, &do, &to, &role); err != nil || at >= until {
			return err
		}
		byID[id].mapStep(at, do, to, role)
		return nil
	})
	if err != nil {
		return err
	}
	return inOrder(ctx, s.DB.Read(), `SELECT incident_id, overdue_at, stopped_at FROM clocks WHERE overdue_at IS NOT NULL AND incident_id IN (`,
		`) ORDER BY incident_id, overdue_at, id`, ids, func(r row) error {
			var id string
			var span MapSpan
			if err := r.Scan(&id, stamp{&span.From}, stamp{&span.To}); err != nil || span.From >= until {
				return err
			}
			byID[id].Late = append(byID[id].Late, span)
			return nil
		})
}

package app

import (
	"context"

	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/now"
	"gezhi/internal/mapview"
)

func (a *App) mapview() *mapview.Service {
	return mapview.NewService(mapview.Config{Source: onMap{a}, Feed: a.Feed, Topic: incident.Topic, Clock: a.Clock,
		Tree: func() *grid.Tree { return a.Grid.Tree() }, Sites: stationSites{a}, People: positions{a}, Cameras: cameraMarks{a}})
}

// onMap gives the map incidents as points.
type onMap struct{ app *App }

func mapFilter(f mapview.Filter) incident.MapFilter {
	out := incident.MapFilter{Area: f.Area, From: f.From, To: f.To}
	if b := f.Box; b != nil {
		out.Box = &incident.Box{West: b.West, South: b.South, East: b.East, North: b.North}
	}
	return out
}

func mapPoint(p incident.MapPoint) mapview.Point {
	return mapview.Point{ID: p.ID, Lon: p.Lon, Lat: p.Lat, State: string(p.State), Lead: string(p.Lead), Emergency: p.Emergency, Urgent: p.Urgent,
		DueAt: p.DueAt, ReceivedAt: p.ReceivedAt}
}

func (m onMap) Each(ctx context.Context, actor authz.Actor, f mapview.Filter, each func(mapview.Point) error) error {
	return m.app.Incident.EachOnMap(ctx, actor, mapFilter(f), func(p incident.MapPoint) error { return each(mapPoint(p)) })
}

func (m onMap) Some(ctx context.Context, actor authz.Actor, f mapview.Filter, ids []string) ([]mapview.Point, error) {
	list, err := m.app.Incident.SomeOnMap(ctx, actor, mapFilter(f), ids)
	out := make([]mapview.Point, len(list))
	for n, p := range list {
		out[n] = mapPoint(p)
	}
	return out, err
}

func (m onMap) Cells(ctx context.Context, actor authz.Actor, f mapview.Filter, width, height float64) ([]mapview.Cell, error) {
	list, err := m.app.Incident.CountOnMap(ctx, actor, mapFilter(f), width, height)
	out := make([]mapview.Cell, len(list))
	for n, c := range list {
		out[n] = mapview.Cell{X: c.X, Y: c.Y, State: string(c.State), Lead: string(c.Lead), Lon: c.Lon, Lat: c.Lat, Count: c.Count, Overdue: c.Overdue}
	}
	return out, err
}

func (m onMap) Lives(ctx context.Context, actor authz.Actor, f mapview.Filter) ([]mapview.Life, error) {
	list, err := m.app.Incident.MapLives(ctx, actor, mapFilter(f))
	out := make([]mapview.Life, len(list))
	for n, l := range list {
		out[n] = mapview.Life{Point: mapPoint(l.MapPoint)}
		for _, step := range l.Steps {
			out[n].Steps = append(out[n].Steps, mapview.Step{At: step.At, State: string(step.State), Lead: string(step.Lead)})
		}
		for _, span := range l.Late {
			out[n].Late = append(out[n].Late, mapview.Span(span))
		}
	}
	return out, err
}

// stationSites tells the map where stations work.
type stationSites struct{ app *App }

func (s stationSites) Stations() []mapview.Site {
	tree := s.app.Grid.Tree()
	var list []mapview.Site
	for _, p := range tree.PatrolAreas() {
		u, ok := s.app.People.Directory().Unit(p.StationID)
		if !ok || !u.Open {
			continue
		}
		site := mapview.Site{ID: p.ID, Unit: u.ID, Name: u.Name, Area: p.Name, Point: middle(tree, p.Members)}
		for _, member := range p.Members {
			site.Areas = append(site.Areas, tree.PathIDs(member)...)
		}
		list = append(list, site)
	}
	return list
}

// positions tells the map who on duty is where, by the rules of duty.
type positions struct{ app *App }

func (p positions) OnDuty(ctx context.Context, actor authz.Actor) ([]mapview.Person, error) {
	list, err := p.app.Duty.Positions(ctx, actor)
	dir := p.app.People.Directory()
	out := make([]mapview.Person, len(list))
	for n, one := range list {
		out[n] = mapview.Person{ID: one.Person, Name: dir.PersonName(one.Person), Point: one.Point, Accuracy: one.Accuracy, At: one.At}
		for _, post := range dir.PostsOf(one.Person, now.Ms(p.app.Clock)) {
			if u, ok := dir.Unit(post.UnitID); ok {
				out[n].Unit = u.Name
				break
			}
		}
	}
	return out, err
}

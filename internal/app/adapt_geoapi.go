package app

import (
	"context"

	"gezhi/internal/geoapi"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
)

// geoAPI makes what other programs read for their maps.
func (a *App) geoAPI() *geoapi.Service {
	return &geoapi.Service{Areas: a.Grid, Incidents: mapped{a}, Clock: a.Clock, Zone: a.Config.Zone}
}

// mapped is what other programs' maps learn of the incidents.
type mapped struct{ app *App }

func featureFilter(q geoapi.Query) incident.FeatureFilter {
	f := incident.FeatureFilter{From: q.From, To: q.To, Area: q.Area, Category: q.Category, State: q.State, Open: q.Open, After: q.After, Limit: q.Limit}
	if q.Box != nil {
		f.Box = &incident.Box{West: q.Box.West, South: q.Box.South, East: q.Box.East, North: q.Box.North}
	}
	return f
}

func mappedIncident(f incident.Feature) geoapi.Incident {
	return geoapi.Incident{ID: f.ID, Number: f.Number, State: string(f.State), Kind: f.Kind, Channel: f.Channel, Severity: f.Severity,
		Category: f.Category.Code, CategoryZH: f.Category.Name, CategoryEN: f.Category.NameEN, Urgent: f.Urgent, Title: f.Title, Lon: f.Lon, Lat: f.Lat,
		AreaID: f.AreaID, Levels: f.LevelIDs, ReceivedAt: f.ReceivedAt, AcceptedAt: f.AcceptedAt, DispatchedAt: f.DispatchedAt, ArrivedAt: f.ArrivedAt,
		HandledAt: f.HandledAt, ClosedAt: f.ClosedAt, DueAt: f.DueAt, LateStages: f.LateStages}
}

func mappedIncidents(list []incident.Feature) []geoapi.Incident {
	out := make([]geoapi.Incident, len(list))
	for n, f := range list {
		out[n] = mappedIncident(f)
	}
	return out
}

func (m mapped) Page(ctx context.Context, actor authz.Actor, q geoapi.Query) ([]geoapi.Incident, error) {
	list, err := m.app.Incident.Features(ctx, actor, featureFilter(q))
	return mappedIncidents(list), err
}

func (m mapped) One(ctx context.Context, actor authz.Actor, id string) (geoapi.Incident, error) {
	f, err := m.app.Incident.FeatureByID(ctx, actor, id)
	return mappedIncident(f), err
}

func (m mapped) Cells(ctx context.Context, actor authz.Actor, q geoapi.Query, l geoapi.Lattice) ([]geoapi.Cell, error) {
	cells, err := m.app.Incident.FeatureCells(ctx, actor, featureFilter(q), incident.Lattice{
		Box: incident.Box{West: l.Box.West, South: l.Box.South, East: l.Box.East, North: l.Box.North}, Width: l.Width, Height: l.Height})
	out := make([]geoapi.Cell, len(cells))
	for n, c := range cells {
		out[n] = geoapi.Cell{Lon: c.Lon, Lat: c.Lat, Count: c.Count, Overdue: c.Overdue}
	}
	return out, err
}

func (m mapped) Open(ctx context.Context, q geoapi.Query) ([]geoapi.Incident, geoapi.Incident, error) {
	list, last, err := m.app.Incident.OpenFeatures(ctx, featureFilter(q))
	return mappedIncidents(list), mappedIncident(last), err
}

func (m mapped) OpenOne(ctx context.Context, id string) (geoapi.Incident, error) {
	f, err := m.app.Incident.OpenFeatureByID(ctx, id)
	return mappedIncident(f), err
}

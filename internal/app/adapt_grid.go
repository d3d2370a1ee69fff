package app

import (
	"context"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

// openWork is what the administration of areas knows of incidents: where open ones lie, and nothing else.
type openWork struct{ app *App }

func (w openWork) OpenPlaces(ctx context.Context, areas []string) ([]grid.OpenPlace, error) {
	list, err := w.app.Incident.OpenPlaces(ctx, areas)
	out := make([]grid.OpenPlace, len(list))
	for i, p := range list {
		out[i].AreaID = p.AreaID
		if p.Lon != nil && p.Lat != nil {
			out[i].At = &geo.Point{Lon: *p.Lon, Lat: *p.Lat}
		}
	}
	return out, err
}

// crew is what the administration of areas knows of people.
type crew struct{ app *App }

func (c crew) PostsIn(areaID string, at int64) []grid.CrewPost {
	d := c.app.People.Directory()
	var out []grid.CrewPost
	for _, p := range d.PostsOfArea(areaID, at) {
		out = append(out, grid.CrewPost{AreaID: areaID, Role: p.Role, AccountID: p.AccountID, Name: d.PersonName(p.AccountID)})
	}
	return out
}

func (c crew) UnitName(id string) string { return c.app.People.Directory().UnitName(id) }

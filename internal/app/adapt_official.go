package app

import (
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// OfficialOf tells what kind of official somebody is by the posts that they hold: a post over a district or city is one of
// the county, one in a community's unit or over a community or what lies below it one of the village, any other one of a
// department or street. The highest counts.
func (d directory) OfficialOf(person string) string {
	kind := ""
	dir := d.app.People.Directory()
	for _, p := range dir.PostsOf(person, now.Ms(d.app.Clock)) {
		area, _ := d.app.Grid.Tree().Area(p.AreaID)
		unit, _ := dir.Unit(p.UnitID)
		switch {
		case area.Level == grid.City || area.Level == grid.District:
			return incident.CountyOfficial
		case unit.Kind == people.Community || area.Level == grid.Community || area.Level == grid.Grid || area.Level == grid.Microgrid:
			if kind == "" {
				kind = incident.VillageOfficial
			}
		case p.UnitID != "" || p.AreaID != "":
			kind = incident.DepartmentOfficial
		}
	}
	return kind
}

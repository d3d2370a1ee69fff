package app

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
	"gezhi/internal/people"
	"gezhi/internal/perm"
)

// sitesFor is how long a survey of sites is good at most: posts begin and end without a change of the directory.
const sitesFor = time.Minute

// sites are the stations and the people who walk areas, each with the middle of what they serve.
type sites struct {
	seen     int64
	tree     *grid.Tree
	until    time.Time
	stations []dispatch.Site
	walkers  map[string][]dispatch.Site // by street, '' for all
}

// surveyor keeps the sites in memory, because decisions ask for them inside transactions.
type surveyor struct {
	app  *App
	last atomic.Pointer[sites]
}

func (v *surveyor) sites() *sites {
	tree, seen, at := v.app.Grid.Tree(), v.app.People.Directory().Seen(), v.app.Clock.Now()
	if s := v.last.Load(); s != nil && s.tree == tree && s.seen == seen && at.Before(s.until) && !at.Before(s.until.Add(-sitesFor)) {
		return s
	}
	s := &sites{seen: seen, tree: tree, until: at.Add(sitesFor), walkers: map[string][]dispatch.Site{}}
	for _, p := range tree.PatrolAreas() {
		if u, ok := v.app.People.Directory().Unit(p.StationID); ok && u.Open {
			s.stations = append(s.stations, dispatch.Site{UnitID: u.ID, Area: p.Name, At: middle(tree, p.Members)})
		}
	}
	v.app.People.Directory().Walkers(func(person people.Person, post people.Post) {
		area, ok := tree.Area(post.AreaID)
		if !ok || post.UnitID == "" {
			return
		}
		site := dispatch.Site{UnitID: post.UnitID, PersonID: person.ID, Area: area.Name, At: area.Shape.Centroid()}
		s.walkers[""] = append(s.walkers[""], site)
		for _, above := range tree.Path(area.ID) {
			if above.Level == grid.Street {
				s.walkers[above.ID] = append(s.walkers[above.ID], site)
			}
		}
	})
	for _, list := range s.walkers { // the same on every node
		slices.SortFunc(list, func(a, b dispatch.Site) int { return strings.Compare(a.PersonID+a.Area, b.PersonID+b.Area) })
	}
	v.last.Store(s)
	return s
}

// middle returns the mean of the middles of areas.
func middle(tree *grid.Tree, areas []string) geo.Point {
	var sum geo.Point
	n := 0.0
	for _, id := range areas {
		if a, ok := tree.Area(id); ok && !a.Shape.IsEmpty() {
			c := a.Shape.Centroid()
			sum.Lon, sum.Lat, n = sum.Lon+c.Lon, sum.Lat+c.Lat, n+1
		}
	}
	if n == 0 {
		return geo.Point{}
	}
	return geo.Point{Lon: sum.Lon / n, Lat: sum.Lat / n}
}

func (f force) Stations() []dispatch.Site { return f.survey.sites().stations }

func (f force) Walkers(path []dispatch.Area) []dispatch.Site {
	for _, a := range path {
		if a.Level == string(grid.Street) {
			return f.survey.sites().walkers[a.ID]
		}
	}
	return f.survey.sites().walkers[""]
}

func (f force) Staffed(unit string) bool { return f.dir().Staffed(unit, perm.IncidentHandle) }

func (f force) HeadOf(areas []string) (dispatch.Worker, bool) {
	for _, area := range areas {
		for _, post := range f.dir().PostsOfArea(area, f.app.Clock.Now().UnixMilli()) {
			if post.Role == "grid_head" {
				return dispatch.Worker{PersonID: post.AccountID, Name: f.dir().PersonName(post.AccountID), UnitID: post.UnitID, AreaID: area}, true
			}
		}
	}
	return dispatch.Worker{}, false
}

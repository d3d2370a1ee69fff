package grid

import (
	"context"
	"slices"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

type lookupPost struct {
	Area AreaRef `json:"area"`
	Role string  `json:"role"`
	Name string  `json:"name"`
}

type lookupView struct {
	Path    []AreaRef    `json:"path" nullable:"false" doc:"from the top down; empty outside every boundary"`
	Patrol  *PatrolRef   `json:"patrol_area,omitempty"`
	Station string       `json:"station,omitempty" doc:"name of the unit that serves it"`
	Posts   []lookupPost `json:"posts" nullable:"false" doc:"who is on the posts of these areas, the nearest first"`
}

func lookupRoutes(a *web.API, s *Service) {
	web.Register(a, get("/api/v1/areas/lookup", "lookUpPlace", "To whom a place belongs: areas, patrol area, station, people", mayRead),
		func(_ context.Context, in *locateQuery) (*body[lookupView], error) { return s.lookup(in) })
}

func (s *Service) lookup(in *locateQuery) (*body[lookupView], error) {
	var f fault.Fields
	p := CheckPoint(&f, "", in.Lon, in.Lat, in.Datum)
	if err := f.Err(); err != nil {
		return nil, err
	}
	t := s.Tree()
	path, _ := t.Locate(p)
	out := &body[lookupView]{lookupView{Path: RefsOf(path), Posts: []lookupPost{}}}
	if len(path) == 0 {
		return out, nil
	}
	if patrol, ok := t.PatrolAreaOf(path[len(path)-1].ID); ok {
		out.Body.Patrol = &PatrolRef{patrol.ID, patrol.Code, patrol.Name, patrol.Kind, patrol.StationID}
		if s.crew != nil {
			out.Body.Station = s.crew.UnitName(patrol.StationID)
		}
	}
	for _, ref := range slices.Backward(out.Body.Path) {
		if s.crew == nil || ref.Level.Depth() < Community.Depth() {
			continue
		}
		for _, c := range s.crew.PostsIn(ref.ID, now.Ms(s.clock)) {
			out.Body.Posts = append(out.Body.Posts, lookupPost{ref, c.Role, c.Name})
		}
	}
	return out, nil
}

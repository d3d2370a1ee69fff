package mapview

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"gezhi/internal/grid"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

var mayLook = web.Need(perm.FiguresRead, perm.IncidentRead)

// Shown says of which day and area a map is asked.
type Shown struct {
	Day  string `query:"day" maxLength:"10" doc:"2006-01-02 in the office's zone; none: today"`
	Area string `query:"area" maxLength:"40" doc:"id, with everything below it; none: all that you may see"`
}

func (q Shown) query() Query { return Query{q.Day, q.Area} }

type areaQuery struct {
	Area string `query:"area" maxLength:"40" doc:"id; none: all that you may see"`
}

func get(path, id, summary string, access web.Access) web.Route {
	return web.Route{Method: http.MethodGet, Path: "/api/v1/map/" + path, ID: id, Tag: "map", Summary: summary, Access: access}
}

// Routes registers the routes of the command screen's map.
func Routes(api *web.API, s *Service) {
	type pointsIn struct {
		Shown
		After int64 `query:"after" doc:"position of the last answer: only what changed since"`
	}
	type pointsOut struct{ Body *PointsView }
	web.Register(api, get("points", "mapPoints", "Every incident of a day as a point, or what changed since", mayLook),
		func(ctx context.Context, in *pointsIn) (*pointsOut, error) {
			b, err := s.Points(ctx, web.Actor(ctx), in.query(), in.After)
			if err != nil {
				return nil, err
			}
			return &pointsOut{viewOf(b, s.Clock.Now().UnixMilli())}, nil
		})

	type courseOut struct{ Body *CourseView }
	web.Register(api, get("replay", "mapReplay", "How the points of a day stood in its course", mayLook),
		func(ctx context.Context, in *Shown) (*courseOut, error) {
			c, err := s.Replay(ctx, web.Actor(ctx), in.query())
			if err != nil {
				return nil, err
			}
			return &courseOut{courseOf(c)}, nil
		})
	clusterRoute(api, s)
	borderRoute(api, s)
	layerRoutes(api, s)
	cameraRoute(api, s)
}

func clusterRoute(api *web.API, s *Service) {
	type clustersIn struct {
		Shown
		Zoom float64 `query:"zoom" required:"true" minimum:"0" maximum:"22"`
		BBox string  `query:"bbox" maxLength:"120" doc:"west,south,east,north in WGS-84"`
	}
	type mapClustersOut struct {
		Body struct {
			Items []ClusterView `json:"items" nullable:"false"`
		}
	}
	web.Register(api, get("clusters", "mapClusters", "How many points lie where, for a map from afar", mayLook),
		func(ctx context.Context, in *clustersIn) (*mapClustersOut, error) {
			box, err := boxOf(in.BBox)
			if err != nil {
				return nil, err
			}
			list, err := s.Clusters(ctx, web.Actor(ctx), in.query(), in.Zoom, box)
			if err != nil {
				return nil, err
			}
			out := &mapClustersOut{}
			out.Body.Items = make([]ClusterView, len(list))
			for n, c := range list {
				out.Body.Items[n] = ClusterView{rounded(c.Lon), rounded(c.Lat), c.Count, c.Overdue, c.ByMark}
			}
			return out, nil
		})
}

func borderRoute(api *web.API, s *Service) {
	type mapBordersOut struct {
		Body struct {
			Ground    int64        `json:"ground" doc:"grows when areas change"`
			Area      *BorderView  `json:"area,omitempty" doc:"missing where several areas lie side by side"`
			Path      []AreaRef    `json:"path" nullable:"false" doc:"from the top down to the area itself"`
			Children  []BorderView `json:"children" nullable:"false"`
			Truncated bool         `json:"truncated"`
		}
	}
	web.Register(api, get("borders", "mapBorders", "The boundary of an area and of those right below it", mayLook),
		func(ctx context.Context, in *areaQuery) (*mapBordersOut, error) {
			b, err := s.Borders(web.Actor(ctx), in.Area)
			if err != nil {
				return nil, err
			}
			out := &mapBordersOut{}
			out.Body.Ground, out.Body.Truncated = b.Ground, b.Truncated
			out.Body.Path, out.Body.Children = refsOf(b.Path), make([]BorderView, len(b.Children))
			for n, child := range b.Children {
				if out.Body.Children[n], err = borderOf(child); err != nil {
					return nil, err
				}
			}
			if b.Area != nil {
				own, err := borderOf(*b.Area)
				if err != nil {
					return nil, err
				}
				out.Body.Area = &own
			}
			return out, nil
		})
}

func layerRoutes(api *web.API, s *Service) {
	type mapStationsOut struct {
		Body struct {
			Type     string        `json:"type" enum:"FeatureCollection"`
			Features []StationView `json:"features" nullable:"false"`
		}
	}
	web.Register(api, get("layers/stations", "mapStations", "Stations, in the middle of what they patrol, as GeoJSON", mayLook),
		func(_ context.Context, in *areaQuery) (*mapStationsOut, error) {
			out := &mapStationsOut{}
			out.Body.Type, out.Body.Features = "FeatureCollection", []StationView{}
			for _, site := range s.Stations(in.Area) {
				out.Body.Features = append(out.Body.Features, StationView{"Feature", site.ID, pointAt(site.Point), StationProperties{site.Unit, site.Name, site.Area}})
			}
			return out, nil
		})

	type mapPeopleOut struct {
		Body struct {
			Type     string       `json:"type" enum:"FeatureCollection"`
			Features []PersonView `json:"features" nullable:"false"`
		}
	}
	web.Register(api, get("layers/people", "mapPeople", "Who is on duty, where they were last, as GeoJSON; the look is recorded", web.Need(perm.DutyRead)),
		func(ctx context.Context, in *areaQuery) (*mapPeopleOut, error) {
			list, err := s.OnDuty(ctx, web.Actor(ctx), in.Area)
			if err != nil {
				return nil, err
			}
			out := &mapPeopleOut{}
			out.Body.Type, out.Body.Features = "FeatureCollection", []PersonView{}
			for _, p := range list {
				out.Body.Features = append(out.Body.Features, PersonView{"Feature", p.ID, pointAt(p.Point), PersonProperties{p.Name, p.Unit, p.Accuracy, p.At}})
			}
			return out, nil
		})
}

func refsOf(areas []grid.Area) []AreaRef {
	refs := make([]AreaRef, len(areas))
	for n, a := range areas {
		refs[n] = refOf(a)
	}
	return refs
}

// boxOf reads "west,south,east,north"; nothing is everywhere.
func boxOf(text string) (*Box, error) {
	if text == "" {
		return nil, nil
	}
	var v [4]float64
	parts := strings.Split(text, ",")
	ok := len(parts) == len(v)
	for n := 0; ok && n < len(v); n++ {
		f, err := strconv.ParseFloat(strings.TrimSpace(parts[n]), 64)
		v[n], ok = f, err == nil && f >= -180 && f <= 180
	}
	if !ok || v[0] > v[2] || v[1] > v[3] {
		var f fault.Fields
		f.Add("bbox", "field.bbox")
		return nil, f.Err()
	}
	return &Box{v[0], v[1], v[2], v[3]}, nil
}

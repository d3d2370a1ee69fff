package mapview

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Camera is a site with its streams.
type Camera struct {
	ID      string
	Number  string
	Name    string
	Kind    string
	State   string
	Point   geo.Point
	Area    string // id of the lowest area in which it stands
	Streams int64
	Working int64 // of them
}

// Cameras knows the cameras in an area, or with an empty one anywhere, that somebody may watch; it gives at most so many.
type Cameras interface {
	Marks(ctx context.Context, actor authz.Actor, area string, most int) ([]Camera, error)
}

// mostCameras is how many cameras a map shows at once.
const mostCameras = 20_000

// CameraView is a camera as a GeoJSON feature.
type CameraView struct {
	Type       string           `json:"type" enum:"Feature"`
	ID         string           `json:"id"`
	Geometry   GeometryView     `json:"geometry"`
	Properties CameraProperties `json:"properties"`
}

// CameraProperties say what stands there and how much of it works.
type CameraProperties struct {
	Number  string `json:"number"`
	Name    string `json:"name"`
	Kind    string `json:"kind" enum:"security,checkpoint,lookout,social"`
	State   string `json:"state" enum:"working,broken,off"`
	Streams int64  `json:"streams"`
	Working int64  `json:"working" doc:"streams that work"`
}

// CameraCount is how many cameras stand in an area.
type CameraCount struct {
	ID      string `json:"id,omitempty"`
	Name    string `json:"name,omitempty"`
	Cameras int64  `json:"cameras"`
	Streams int64  `json:"streams"`
	Working int64  `json:"working" doc:"streams that work"`
}

func (c *CameraCount) add(one Camera) {
	c.Cameras++
	c.Streams += one.Streams
	c.Working += one.Working
}

// perArea counts cameras in the areas right below one, in the order of the tree.
func (s *Service) perArea(area string, list []Camera) []CameraCount {
	tree := s.Tree()
	if area == "" {
		trunk, _ := tree.Trunk()
		area = trunk.ID
	}
	counts := []CameraCount{}
	at := map[string]int{}
	for _, child := range tree.Children(area) {
		at[child.ID] = len(counts)
		counts = append(counts, CameraCount{ID: child.ID, Name: child.Name})
	}
	for _, one := range list {
		for _, id := range tree.PathIDs(one.Area) {
			if n, ok := at[id]; ok {
				counts[n].add(one)
			}
		}
	}
	return counts
}

func cameraRoute(api *web.API, s *Service) {
	type mapCamerasOut struct {
		Body struct {
			Type     string        `json:"type" enum:"FeatureCollection"`
			Features []CameraView  `json:"features" nullable:"false"`
			Total    CameraCount   `json:"total" doc:"of all features; without an id or a name"`
			Areas    []CameraCount `json:"areas" nullable:"false" doc:"of the areas right below"`
			Cut      bool          `json:"cut" doc:"there are more: these are the first by number, and the counts are theirs"`
		}
	}
	web.Register(api, get("layers/cameras", "mapCameras", "Cameras with how many streams they have, as GeoJSON", web.Need(perm.VideoRead)),
		func(ctx context.Context, in *areaQuery) (*mapCamerasOut, error) {
			list, err := s.Cameras.Marks(ctx, web.Actor(ctx), in.Area, mostCameras+1)
			if err != nil {
				return nil, err
			}
			out := &mapCamerasOut{}
			if out.Body.Cut = len(list) > mostCameras; out.Body.Cut {
				list = list[:mostCameras]
			}
			out.Body.Type, out.Body.Features, out.Body.Areas = "FeatureCollection", make([]CameraView, len(list)), s.perArea(in.Area, list)
			for n, c := range list {
				out.Body.Features[n] = CameraView{"Feature", c.ID, pointAt(c.Point), CameraProperties{c.Number, c.Name, c.Kind, c.State, c.Streams, c.Working}}
				out.Body.Total.add(c)
			}
			return out, nil
		})
}

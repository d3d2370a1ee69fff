package grid

import (
	"context"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/web"
)

type areaFeature struct {
	Type       string                `json:"type" enum:"Feature"`
	ID         string                `json:"id"`
	Geometry   json.RawMessage       `json:"geometry" doc:"GeoJSON geometry, WGS-84; null without a boundary"`
	Properties areaFeatureProperties `json:"properties"`
}

type areaFeatureProperties struct {
	Code     string  `json:"code"`
	Name     string  `json:"name"`
	Level    Level   `json:"level"`
	Kind     string  `json:"kind"`
	ParentID string  `json:"parent_id,omitempty"`
	Lon      float64 `json:"lon,omitempty" doc:"where a label goes"`
	Lat      float64 `json:"lat,omitempty"`
}

type areaCollection struct {
	Type      string        `json:"type" enum:"FeatureCollection"`
	Features  []areaFeature `json:"features" nullable:"false"`
	Truncated bool          `json:"truncated" doc:"there are more: ask for a smaller box"`
}

func featureOf(a Area, shape geo.Shape) (areaFeature, error) {
	raw, err := json.Marshal(shape)
	p := areaFeatureProperties{Code: a.Code, Name: a.Name, Level: a.Level, Kind: a.Kind, ParentID: a.ParentID}
	if inside, ok := shape.Inside(); ok {
		p.Lon, p.Lat = inside.Lon, inside.Lat
	}
	return areaFeature{"Feature", a.ID, raw, p}, err
}

func featuresOf(list []Area, more bool) (*body[areaCollection], error) {
	out := &body[areaCollection]{areaCollection{Type: "FeatureCollection", Features: []areaFeature{}, Truncated: more}}
	for _, a := range list {
		f, err := featureOf(a, a.Shape)
		if err != nil {
			return nil, err
		}
		out.Body.Features = append(out.Body.Features, f)
	}
	return out, nil
}

// maxFeatures bounds one answer with boundaries.
const maxFeatures = 5000

type shapesQuery struct {
	Level  string `query:"level" required:"true" enum:"city,district,street,community,grid,microgrid"`
	Parent string `query:"parent" maxLength:"40" doc:"id: only areas anywhere below it"`
	BBox   string `query:"bbox" maxLength:"120" doc:"west,south,east,north in WGS-84"`
}

type shapeQuery struct {
	ByID
	At int64 `query:"at" doc:"unix ms; none: now"`
}

type areaShapePeriodView struct {
	ValidFrom int64     `json:"valid_from"`
	ValidTo   *int64    `json:"valid_to,omitempty"`
	Datum     geo.Datum `json:"datum" doc:"of the source"`
	Source    string    `json:"source,omitempty"`
	Size      float64   `json:"m2"`
}

type areaLineageView struct {
	AreaID   string `json:"area_id"`
	AreaName string `json:"area_name"`
	FromID   string `json:"from_id"`
	FromName string `json:"from_name"`
	How      string `json:"how" enum:"merged,split,redrawn"`
	At       int64  `json:"at"`
}

type areaHistoryView struct {
	Shapes  []areaShapePeriodView `json:"shapes" nullable:"false" doc:"the newest first"`
	Lineage []areaLineageView     `json:"lineage" nullable:"false" doc:"what it was made from and what was made of it"`
}

func shapeRoutes(a *web.API, s *Service) {
	web.Register(a, get("/api/v1/areas/shapes", "listAreaShapes", "Boundaries of a level as GeoJSON, for the map", mayRead),
		func(_ context.Context, in *shapesQuery) (*body[areaCollection], error) {
			box := geo.Box{West: -180, South: -90, East: 180, North: 90}
			if in.BBox != "" {
				var f fault.Fields
				box, _ = boxOf(&f, in.BBox)
				if err := f.Err(); err != nil {
					return nil, err
				}
			}
			return featuresOf(s.Tree().Within(Level(in.Level), in.Parent, box, maxFeatures))
		})

	web.Register(a, get("/api/v1/public/areas/outline", "getOutline", "The outline of the place that this centre serves, for the resident's map", web.Open()),
		func(_ context.Context, _ *struct{}) (*body[areaCollection], error) {
			return featuresOf(s.Tree().Outline(), false)
		})

	web.Register(a, get("/api/v1/areas/{id}/shape", "getAreaShape", "The boundary of an area, now or at an instant", mayRead),
		func(ctx context.Context, in *shapeQuery) (*body[areaFeature], error) {
			area, ok := s.Tree().Area(in.ID)
			if in.At == 0 && !ok {
				return nil, fault.Missing("area")
			}
			shape := area.Shape
			if in.At != 0 {
				var err error
				if shape, err = s.ShapeAt(ctx, in.ID, in.At); err != nil {
					return nil, err
				}
				area.ID = in.ID
			}
			f, err := featureOf(area, shape)
			return &body[areaFeature]{f}, err
		})

	web.Register(a, get("/api/v1/areas/{id}/history", "getAreaHistory", "Boundaries in time, and from what an area was made", mayRead),
		func(ctx context.Context, in *ByID) (*body[areaHistoryView], error) {
			periods, lineage, err := s.History(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			out := &body[areaHistoryView]{areaHistoryView{Shapes: []areaShapePeriodView{}, Lineage: []areaLineageView{}}}
			for _, p := range periods {
				out.Body.Shapes = append(out.Body.Shapes, areaShapePeriodView{p.ValidFrom, p.ValidTo, p.Datum, p.Source, p.Shape.Area()})
			}
			for _, l := range lineage {
				out.Body.Lineage = append(out.Body.Lineage, areaLineageView{l.AreaID, l.AreaName, l.FromID, l.FromName, l.How, l.At})
			}
			return out, nil
		})

	web.Register(a, get("/api/v1/locate", "locate", "The areas that a point lies in, city to micro-grid", web.SignedIn()),
		func(_ context.Context, in *locateQuery) (*body[locateView], error) { return locate(s.Tree(), in) })
}

type locateQuery struct {
	Lon   float64 `query:"lon" required:"true" doc:"degrees"`
	Lat   float64 `query:"lat" required:"true" doc:"degrees"`
	Datum string  `query:"datum" maxLength:"20" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
}

type locateView struct {
	Path []AreaRef `json:"path" nullable:"false" doc:"from the top down; empty outside every boundary"`
}

func locate(t *Tree, in *locateQuery) (*body[locateView], error) {
	var f fault.Fields
	p := CheckPoint(&f, "", in.Lon, in.Lat, in.Datum)
	if err := f.Err(); err != nil {
		return nil, err
	}
	path, _ := t.Locate(p)
	return &body[locateView]{locateView{Path: RefsOf(path)}}, nil
}

// numbers reads n numbers with commas between.
func numbers(text string, n int) ([]float64, bool) {
	parts := strings.Split(text, ",")
	out := make([]float64, len(parts))
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v) {
			return nil, false
		}
		out[i] = v
	}
	return out, len(out) == n
}

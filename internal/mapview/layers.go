package mapview

import (
	"encoding/json"
	"io"

	"github.com/paulmach/orb"
)

// The layers of the base map; each becomes the file <name>.geojson.
const (
	LayerRoads     = "roads"
	LayerRails     = "rails"
	LayerBuildings = "buildings"
	LayerLand      = "land"
	LayerWater     = "water"
	LayerPoints    = "points"
)

// Tolerances in degrees: about 1 m for lines that people follow, 0.3 m for buildings, 3 m for fields and water.
const (
	lineTolerance     = 1e-5
	buildingTolerance = 3e-6
	areaTolerance     = 3e-5
)

// Feature is one thing on the base map. Class is what the style draws by; Rank orders labels, lower first.
type Feature struct {
	Class    string
	Name     string
	Rank     int
	Geometry orb.Geometry
}

// MarshalJSON writes the feature as GeoJSON.
func (f Feature) MarshalJSON() ([]byte, error) {
	type properties struct {
		Class string `json:"class"`
		Name  string `json:"name,omitempty"`
		Rank  int    `json:"rank,omitempty"`
	}
	type geometry struct {
		Type        string       `json:"type"`
		Coordinates orb.Geometry `json:"coordinates"`
	}
	return json.Marshal(struct {
		Type       string     `json:"type"`
		Properties properties `json:"properties"`
		Geometry   geometry   `json:"geometry"`
	}{"Feature", properties{f.Class, f.Name, f.Rank}, geometry{f.Geometry.GeoJSONType(), f.Geometry}})
}

// Layer is a list of features drawn together, in file order.
type Layer []Feature

// write gives the layer as a GeoJSON FeatureCollection.
func (l Layer) write(out io.Writer) error {
	features := l
	if features == nil {
		features = Layer{}
	}
	return json.NewEncoder(out).Encode(struct {
		Type     string `json:"type"`
		Features Layer  `json:"features"`
	}{"FeatureCollection", features})
}

// Layers sorts the extract into the layers of the base map. What the style does not draw is left out.
func (e *Extract) Layers() map[string]Layer {
	layers := map[string]Layer{}
	add := func(layer string, feature Feature) { layers[layer] = append(layers[layer], feature) }

	for _, relation := range e.Relations {
		area := e.polygon(relation)
		if layer, class := areaClass(relation.Tags); layer != "" && len(area) > 0 {
			add(layer, Feature{Class: class, Name: relation.Tags.name(), Geometry: compact(area, areaToleranceOf(layer))})
		}
	}
	for i := range e.Ways {
		way := &e.Ways[i]
		line := e.line(way)
		if len(line) < 2 {
			continue
		}
		if class := roadClass(way.Tags); class != "" {
			add(LayerRoads, Feature{Class: class, Name: way.Tags.name(), Geometry: compact(line, lineTolerance)})
			continue
		}
		if class := railClass(way.Tags); class != "" {
			add(LayerRails, Feature{Class: class, Geometry: compact(line, lineTolerance)})
			continue
		}
		layer, class := areaClass(way.Tags)
		switch {
		case layer != "" && way.closed() && len(line) == len(way.Nodes):
			polygon := orb.Polygon{orb.Ring(line)}
			add(layer, Feature{Class: class, Name: way.Tags.name(), Geometry: compact(polygon, areaToleranceOf(layer))})
		case waterLine[way.Tags["waterway"]]:
			add(LayerWater, Feature{Class: way.Tags["waterway"], Name: way.Tags.name(), Geometry: compact(line, areaTolerance)})
		}
	}
	for _, place := range e.Places() {
		if place.Kind != KindRoad {
			point := orb.Point{place.Lon, place.Lat}
			add(LayerPoints, Feature{Class: place.Kind, Name: place.Name, Rank: rankOf[place.Kind], Geometry: point})
		}
	}
	return layers
}

func areaToleranceOf(layer string) float64 {
	if layer == LayerBuildings {
		return buildingTolerance
	}
	return areaTolerance
}

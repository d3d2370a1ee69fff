package mapview

import "strings"

// roadClasses maps the many kinds of way to the few widths that the style draws.
var roadClasses = map[string]string{
	"motorway": "trunk", "trunk": "trunk", "motorway_link": "link", "trunk_link": "link",
	"primary": "primary", "primary_link": "link",
	"secondary": "secondary", "secondary_link": "link",
	"tertiary": "tertiary", "tertiary_link": "link",
	"residential": "street", "unclassified": "street", "living_street": "street", "road": "street",
	"service": "service", "track": "service",
	"pedestrian": "path", "footway": "path", "cycleway": "path", "steps": "path", "path": "path",
}

// waterLine holds the kinds of water drawn as a line.
var waterLine = map[string]bool{"river": true, "canal": true, "stream": true, "drain": true, "ditch": true}

// landClasses maps uses of land to the few tints that the style draws.
var landClasses = map[string]string{
	"landuse=residential": "residential", "landuse=retail": "commercial", "landuse=commercial": "commercial",
	"landuse=industrial": "industrial", "landuse=railway": "industrial", "landuse=construction": "industrial",
	"landuse=grass": "green", "landuse=forest": "green", "landuse=meadow": "green",
	"landuse=recreation_ground": "green", "landuse=village_green": "green",
	"leisure=park": "green", "leisure=garden": "green", "leisure=pitch": "sport", "leisure=stadium": "sport",
	"leisure=playground": "sport", "leisure=sports_centre": "sport", "leisure=track": "sport",
	"natural=wood": "green", "natural=scrub": "green", "natural=grassland": "green",
	"amenity=school": "school", "amenity=university": "school", "amenity=college": "school",
	"amenity=kindergarten": "school", "amenity=hospital": "hospital",
	"place=square": "square", "amenity=parking": "square",
}

func roadClass(tags Tags) string {
	if tags["area"] == "yes" {
		return ""
	}
	return roadClasses[tags["highway"]]
}

func railClass(tags Tags) string {
	switch tags["railway"] {
	case "rail", "light_rail":
		return "rail"
	case "subway":
		return "subway"
	}
	return ""
}

// areaClass says in which layer and class a closed shape is drawn; both are empty when it is not drawn.
func areaClass(tags Tags) (layer, class string) {
	if building := tags["building"]; building != "" && building != "no" {
		return LayerBuildings, "building"
	}
	if tags["natural"] == "water" || tags["waterway"] == "riverbank" || tags["landuse"] == "basin" ||
		tags["landuse"] == "reservoir" || tags["leisure"] == "swimming_pool" {
		return LayerWater, "water"
	}
	for _, key := range []string{"leisure", "natural", "amenity", "place", "landuse"} {
		if class := landClasses[key+"="+tags[key]]; class != "" {
			return LayerLand, class
		}
	}
	return "", ""
}

// name is what people here call the thing: the Chinese name where there is one.
func (t Tags) name() string {
	for _, key := range []string{"name:zh", "name", "name:en"} {
		if name := strings.Join(strings.Fields(t[key]), " "); name != "" {
			return name
		}
	}
	return ""
}

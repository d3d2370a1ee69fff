package mapview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"
)

// Kinds of place, as the screen names them and as labels are ranked.
const (
	KindDistrict      = "district"
	KindNeighbourhood = "neighbourhood"
	KindRoad          = "road"
	KindTransit       = "transit"
	KindHospital      = "hospital"
	KindSchool        = "school"
	KindPolice        = "police"
	KindOffice        = "office"
	KindPark          = "park"
	KindMarket        = "market"
	KindSight         = "sight"
	KindHotel         = "hotel"
	KindFood          = "food"
	KindShop          = "shop"
	KindService       = "service"
	KindBuilding      = "building"
	KindAddress       = "address"
)

// rankOf orders labels where there is no room for all: lower is drawn first.
var rankOf = map[string]int{
	KindDistrict: 1, KindNeighbourhood: 2, KindTransit: 3, KindHospital: 4, KindPark: 4, KindSchool: 5,
	KindPolice: 5, KindOffice: 6, KindMarket: 6, KindSight: 6, KindService: 7, KindBuilding: 8, KindHotel: 8,
	KindShop: 9, KindFood: 9, KindAddress: 10,
}

// sameSpot is how near, in metres, two entries of one name are taken for one place.
const sameSpot = 400

// Place is an entry of the gazetteer: something with a name at one point, WGS-84 degrees.
type Place struct {
	ID   string  `json:"id"`
	Name string  `json:"name"`
	Kind string  `json:"kind"`
	Lon  float64 `json:"lon"`
	Lat  float64 `json:"lat"`
}

// Places lists everything named in the extract, once each: a road is one entry on its longest part, and entries
// of one name and kind within 400 m are one. The order is stable.
func (e *Extract) Places() []Place {
	var found []Place
	add := func(id, name, kind string, point orb.Point) {
		if name == "" || kind == "" {
			return
		}
		point = orb.Round(point, coordinateFactor).(orb.Point)
		for _, other := range found {
			if other.Name == name && other.Kind == kind && geo.Distance(orb.Point{other.Lon, other.Lat}, point) < sameSpot {
				return
			}
		}
		found = append(found, Place{ID: id, Name: name, Kind: kind, Lon: point[0], Lat: point[1]})
	}
	for _, node := range e.Nodes {
		add(fmt.Sprintf("n%d", node.ID), node.Tags.name(), placeKind(node.Tags), node.Point)
		if address := addressOf(node.Tags); address != "" {
			add(fmt.Sprintf("a%d", node.ID), address, KindAddress, node.Point)
		}
	}
	for _, relation := range e.Relations {
		if area := e.polygon(relation); len(area) > 0 {
			centre, _ := planar.CentroidArea(area)
			add(fmt.Sprintf("r%d", relation.ID), relation.Tags.name(), placeKind(relation.Tags), centre)
		}
	}
	for i := range e.Ways {
		way := &e.Ways[i]
		line := e.line(way)
		if way.closed() && len(line) == len(way.Nodes) && roadClass(way.Tags) == "" {
			centre, _ := planar.CentroidArea(orb.Polygon{orb.Ring(line)})
			add(fmt.Sprintf("w%d", way.ID), way.Tags.name(), placeKind(way.Tags), centre)
		}
	}
	return append(found, e.roads()...)
}

// roads gives each named road once, at the middle of its longest part.
func (e *Extract) roads() []Place {
	longest := map[string]float64{}
	places := map[string]Place{}
	for i := range e.Ways {
		way := &e.Ways[i]
		name, line := way.Tags.name(), e.line(way)
		if name == "" || len(line) < 2 || roadClass(way.Tags) == "" {
			continue
		}
		if length := geo.Length(line); length > longest[name] {
			longest[name] = length
			point := orb.Round(middle(line), coordinateFactor).(orb.Point)
			places[name] = Place{ID: fmt.Sprintf("w%d", way.ID), Name: name, Kind: KindRoad, Lon: point[0], Lat: point[1]}
		}
	}
	list := make([]Place, 0, len(places))
	for _, place := range places {
		list = append(list, place)
	}
	slices.SortFunc(list, func(a, b Place) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Lon, b.Lon))
	})
	return list
}

// placeKind says what a named thing is; empty for what nobody would search for.
func placeKind(tags Tags) string {
	switch tags["place"] {
	case "suburb", "city_district", "town":
		return KindDistrict
	case "neighbourhood", "quarter", "locality", "hamlet", "village":
		return KindNeighbourhood
	case "square":
		return KindSight
	case "":
	default:
		return ""
	}
	for _, rule := range placeRules {
		if value := tags[rule.key]; value != "" && (rule.values == "" || strings.Contains(rule.values, " "+value+" ")) {
			return rule.kind
		}
	}
	return ""
}

// placeRules are tried in order; empty values match any value of the key.
var placeRules = []struct{ key, values, kind string }{
	{"highway", " bus_stop ", KindTransit},
	{"railway", " station halt subway_entrance ", KindTransit},
	{"amenity", " bus_station ferry_terminal ", KindTransit},
	{"amenity", " hospital clinic doctors dentist pharmacy ", KindHospital},
	{"amenity", " school university college kindergarten library ", KindSchool},
	{"amenity", " police fire_station courthouse ", KindPolice},
	{"amenity", " townhall community_centre embassy post_office ", KindOffice},
	{"office", "", KindOffice},
	{"amenity", " marketplace ", KindMarket},
	{"shop", " mall supermarket department_store ", KindMarket},
	{"leisure", " park garden stadium sports_centre pitch playground ", KindPark},
	{"tourism", " hotel hostel guest_house apartment motel ", KindHotel},
	{"tourism", "", KindSight},
	{"historic", "", KindSight},
	{"amenity", " restaurant cafe fast_food bar pub food_court ", KindFood},
	{"shop", "", KindShop},
	{"amenity", "", KindService},
	{"landuse", " residential retail commercial ", KindNeighbourhood},
	{"building", "", KindBuilding},
}

// addressOf joins street and house number the way it is written here: 人民中路一段 12号.
func addressOf(tags Tags) string {
	street, number := tags["addr:street"], tags["addr:housenumber"]
	if street == "" || number == "" {
		return ""
	}
	if !strings.HasSuffix(number, "号") {
		number += "号"
	}
	return street + number
}

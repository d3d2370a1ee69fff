package incidenttest

import (
	"slices"

	"gezhi/internal/incident"
	"gezhi/internal/kit/geo"
)

// The invented tree: one city and district, street A with two communities, and street B beside it. Each micro-grid is
// a square of a hundredth of a degree.
//
//	30.67 +-------+
//	      |  m3   |                     community-a2
//	30.66 +-------+-------+-------+
//	      |  m1   |  m2   |  m9   |     community-a1 (m1, m2), community-b1 (m9)
//	30.65 +-------+-------+-------+
//	   104.06  104.07  104.08  104.09
const (
	City       = "city"
	District   = "district"
	StreetA    = "street-a"
	StreetB    = "street-b"
	Community1 = "community-a1"
	Community2 = "community-a2"
	Community9 = "community-b1"
	Grid1      = "grid-a1"
	Grid3      = "grid-a2"
	Grid9      = "grid-b1"
	Micro1     = "m1"
	Micro2     = "m2"
	Micro3     = "m3"
	Micro9     = "m9"
)

// Points in the middle of the micro-grids, and one outside all of them.
var (
	InMicro1 = geo.Point{Lon: 104.065, Lat: 30.655}
	InMicro2 = geo.Point{Lon: 104.075, Lat: 30.655}
	InMicro3 = geo.Point{Lon: 104.065, Lat: 30.665}
	InMicro9 = geo.Point{Lon: 104.085, Lat: 30.655}
	Outside  = geo.Point{Lon: 104.5, Lat: 30.9}
)

type node struct {
	area   incident.Area
	parent string
	box    *geo.Box
}

// Places is the invented tree in memory.
type Places struct{ nodes []node }

// NewPlaces returns the tree as it is drawn above.
func NewPlaces() *Places {
	p := &Places{}
	p.add(City, "", "city", "锦城市")
	p.add(District, City, "district", "望江区")
	p.add(StreetA, District, "street", "东门街道")
	p.add(StreetB, District, "street", "西门街道")
	p.add(Community1, StreetA, "community", "合江社区")
	p.add(Community2, StreetA, "community", "水井社区")
	p.add(Community9, StreetB, "community", "青莲社区")
	p.add(Grid1, Community1, "grid", "合江第一网格")
	p.add(Grid3, Community2, "grid", "水井第一网格")
	p.add(Grid9, Community9, "grid", "青莲第一网格")
	p.add(Micro1, Grid1, "microgrid", "合江一号微网格")
	p.add(Micro2, Grid1, "microgrid", "合江二号微网格")
	p.add(Micro3, Grid3, "microgrid", "水井一号微网格")
	p.add(Micro9, Grid9, "microgrid", "青莲一号微网格")
	p.Draw(Micro1, geo.Box{West: 104.06, South: 30.65, East: 104.07, North: 30.66})
	p.Draw(Micro2, geo.Box{West: 104.07, South: 30.65, East: 104.08, North: 30.66})
	p.Draw(Micro3, geo.Box{West: 104.06, South: 30.66, East: 104.07, North: 30.67})
	p.Draw(Micro9, geo.Box{West: 104.08, South: 30.65, East: 104.09, North: 30.66})
	return p
}

func (p *Places) add(id, parent, level, name string) {
	p.nodes = append(p.nodes, node{area: incident.Area{ID: id, Code: "code-" + id, Name: name, Level: level}, parent: parent})
}

// Draw gives an area another boundary, as a redraw does.
func (p *Places) Draw(id string, box geo.Box) {
	for n := range p.nodes {
		if p.nodes[n].area.ID == id {
			p.nodes[n].box = &box
		}
	}
}

// Hang puts an area under another parent, as a split or merger of what is above it does.
func (p *Places) Hang(id, parent string) {
	for n := range p.nodes {
		if p.nodes[n].area.ID == id {
			p.nodes[n].parent = parent
		}
	}
}

// End takes an area out of the tree.
func (p *Places) End(id string) {
	p.nodes = slices.DeleteFunc(p.nodes, func(n node) bool { return n.area.ID == id })
}

// Locate returns the path of the first micro-grid that holds the point.
func (p *Places) Locate(at geo.Point) []incident.Area {
	for _, n := range p.nodes {
		if n.box != nil && n.box.Contains(at) {
			return p.Path(n.area.ID)
		}
	}
	return nil
}

// Path returns an area with all above it, from the city down.
func (p *Places) Path(id string) []incident.Area {
	var path []incident.Area
	for id != "" {
		n := slices.IndexFunc(p.nodes, func(n node) bool { return n.area.ID == id })
		if n < 0 {
			return nil
		}
		path = append(path, p.nodes[n].area)
		id = p.nodes[n].parent
	}
	slices.Reverse(path)
	return path
}

// Trunk returns the path of the district, the deepest area that holds both streets.
func (p *Places) Trunk() []incident.Area { return p.Path(District) }

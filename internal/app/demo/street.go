package demo

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

// smallCommunities are the blocks of the small street: 6 communities, 24 grids of the five kinds, 120 micro-grids.
var smallCommunities = []communityPlan{
	{"云杉社区", 0, 0, []string{"residential", "residential", "residential", "residential"}, 5},
	{"麦田社区", 0, 1, []string{"rural", "residential", "residential", "residential", "residential"}, 5},
	{"百集社区", 0, 2, []string{"market", "market", "residential", "residential"}, 5},
	{"书声社区", 1, 0, []string{"university", "university", "residential", "residential"}, 5},
	{"华灯社区", 1, 1, []string{"business", "business", "residential"}, 5},
	{"槐安社区", 1, 2, []string{"residential", "residential", "residential", "residential"}, 5},
}

// steps is how many cells lie along each side of a community of the small street.
const steps = 20

// smallPlan is the small street.
func smallPlan() plan {
	p := base
	p.days, p.incidents, p.crews, p.communities, p.draw = 14, 275, smallCrews, smallCommunities, drawLattice
	p.stations = []stationPlan{
		{"station-1", "锦云西巡区", []int{1, 4}, nil},
		{"station-2", "锦云中巡区", []int{2, 5}, nil},
		{"station-3", "锦云东巡区", []int{3, 6}, nil},
		{"station-4", "百集市场专属巡区", []int{3}, func(g grid.Area) bool { return g.Kind == "market" }},
	}
	return p
}

// The streets between the communities follow main roads of the map extract (© OpenStreetMap contributors, ODbL), so
// that the invented areas lie well on the base map. eastward[row][column] runs from west to east north of row, and
// southward[row][column] from north to south west of column.
var (
	eastward = [3][3]line{
		{{{Lon: 104.05829, Lat: 30.71462}, {Lon: 104.06098, Lat: 30.71495}, {Lon: 104.06666, Lat: 30.71452}, {Lon: 104.07201, Lat: 30.71410}},
			{{Lon: 104.07201, Lat: 30.71410}, {Lon: 104.07508, Lat: 30.71462}, {Lon: 104.07820, Lat: 30.71316}, {Lon: 104.08675, Lat: 30.71291}, {Lon: 104.09121, Lat: 30.71230}, {Lon: 104.09731, Lat: 30.70947}},
			{{Lon: 104.09731, Lat: 30.70947}, {Lon: 104.09975, Lat: 30.70578}, {Lon: 104.10463, Lat: 30.69807}, {Lon: 104.10562, Lat: 30.69621}}},
		{{{Lon: 104.06383, Lat: 30.69713}, {Lon: 104.07082, Lat: 30.69693}, {Lon: 104.07893, Lat: 30.69687}},
			{{Lon: 104.07893, Lat: 30.69687}, {Lon: 104.08154, Lat: 30.69690}, {Lon: 104.08714, Lat: 30.69418}},
			{{Lon: 104.08714, Lat: 30.69418}, {Lon: 104.09344, Lat: 30.69105}, {Lon: 104.10015, Lat: 30.68775}}},
		{{{Lon: 104.06368, Lat: 30.68821}, {Lon: 104.07084, Lat: 30.68826}, {Lon: 104.07660, Lat: 30.68666}},
			{{Lon: 104.07660, Lat: 30.68666}, {Lon: 104.08042, Lat: 30.68479}},
			{{Lon: 104.08042, Lat: 30.68479}, {Lon: 104.08189, Lat: 30.68424}, {Lon: 104.08939, Lat: 30.68083}, {Lon: 104.09256, Lat: 30.67925}}},
	}
	southward = [2][4]line{
		{{{Lon: 104.05829, Lat: 30.71462}, {Lon: 104.06073, Lat: 30.71171}, {Lon: 104.06334, Lat: 30.70781}, {Lon: 104.06420, Lat: 30.69953}, {Lon: 104.06383, Lat: 30.69713}},
			{{Lon: 104.07201, Lat: 30.71410}, {Lon: 104.07586, Lat: 30.71126}, {Lon: 104.07695, Lat: 30.70941}, {Lon: 104.07859, Lat: 30.70358}, {Lon: 104.07893, Lat: 30.69687}},
			{{Lon: 104.09731, Lat: 30.70947}, {Lon: 104.09305, Lat: 30.70341}, {Lon: 104.08714, Lat: 30.69418}},
			{{Lon: 104.10562, Lat: 30.69621}, {Lon: 104.10259, Lat: 30.69188}, {Lon: 104.10015, Lat: 30.68775}}},
		{{{Lon: 104.06383, Lat: 30.69713}, {Lon: 104.06368, Lat: 30.68821}},
			{{Lon: 104.07893, Lat: 30.69687}, {Lon: 104.07852, Lat: 30.69253}, {Lon: 104.07750, Lat: 30.68958}, {Lon: 104.07660, Lat: 30.68666}},
			{{Lon: 104.08714, Lat: 30.69418}, {Lon: 104.08378, Lat: 30.68957}, {Lon: 104.08042, Lat: 30.68479}},
			{{Lon: 104.10015, Lat: 30.68775}, {Lon: 104.09618, Lat: 30.68383}, {Lon: 104.09256, Lat: 30.67925}}},
	}
)

// feature is one area of the file that the grid imports.
type feature struct {
	Type       string            `json:"type"`
	Properties map[string]string `json:"properties"`
	Geometry   *geo.Shape        `json:"geometry"`
}

// areas returns the street as GeoJSON for grid.ImportAreas. It is the same each time.
func (p plan) areas() ([]byte, error) {
	list, err := p.draw(p)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"type": "FeatureCollection", "features": list})
}

// trunk is what lies above the street; it has no boundaries.
func (p plan) trunk() []feature {
	return []feature{area(grid.City, p.cityCode, p.cityName, "", "", nil), area(grid.District, p.districtCode, p.districtName, "", p.cityCode, nil)}
}

// drawLattice lists the areas of the small street.
func drawLattice(p plan) ([]feature, error) {
	rng := rand.New(rand.NewPCG(seed, 1))
	list := p.trunk()
	add := func(level grid.Level, code, name, kind, parent string, ring geo.Ring) {
		list = append(list, area(level, code, name, kind, parent, geo.Shape{geo.Polygon{ring}}))
	}
	blocks := make([]*block, len(p.communities))
	for i, c := range p.communities {
		blocks[i] = newBlock(eastward[c.row][c.col], eastward[c.row+1][c.col], southward[c.row][c.col], southward[c.row][c.col+1], steps, rng)
	}
	add(grid.Street, p.streetCode, p.streetName, "", p.districtCode, p.outline(blocks))
	number := 0
	for i, c := range p.communities {
		b := blocks[i]
		code := p.communityCode(i + 1)
		add(grid.Community, code, c.name, "", p.streetCode, b.ring(b.whole()))
		for g, part := range b.split(b.whole(), len(c.kinds), rng) {
			number++
			gridCode := gridCode(code, g)
			add(grid.Grid, gridCode, fmt.Sprintf("锦云%02d网格", number), c.kinds[g], code, b.ring(part))
			for m, small := range b.split(part, c.microgrids, rng) {
				add(grid.Microgrid, fmt.Sprintf("%s-%02d", gridCode, m+1), fmt.Sprintf("锦云%02d-%02d微网格", number, m+1), c.kinds[g], gridCode, b.ring(small))
			}
		}
	}
	return list, nil
}

// outline returns the closed outline of all blocks, counter-clockwise: the western side down, the southern one east,
// the eastern one up, the northern one back.
func (p plan) outline(blocks []*block) geo.Ring {
	at := map[[2]int]*block{}
	rows, cols := 0, 0
	for i, c := range p.communities {
		at[[2]int{c.row, c.col}] = blocks[i]
		rows, cols = max(rows, c.row+1), max(cols, c.col+1)
	}
	var r geo.Ring
	n := steps
	for row := range rows {
		for j := range n {
			r = append(r, at[[2]int{row, 0}].nodes[j][0])
		}
	}
	for col := range cols {
		r = append(r, at[[2]int{rows - 1, col}].nodes[n][:n]...)
	}
	for row := rows - 1; row >= 0; row-- {
		for j := n; j > 0; j-- {
			r = append(r, at[[2]int{row, cols - 1}].nodes[j][n])
		}
	}
	for col := cols - 1; col >= 0; col-- {
		for i := n; i > 0; i-- {
			r = append(r, at[[2]int{0, col}].nodes[0][i])
		}
	}
	return append(r, r[0])
}

package demo

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

// home is a micro-grid with the invented compound that lies in it.
type home struct {
	area      grid.Area
	community grid.Area
	compound  string
}

// spot is where something happens.
type spot struct {
	home
	point   geo.Point
	house   string // e.g. 锦绣苑3栋
	near    string // e.g. 锦绣苑3栋楼下
	address string // with the community in front
}

// homes lists the micro-grids in order of code, each with the compound of its number.
func (s Services) homes(p plan, b *book) []home {
	tree := s.Grid.Tree()
	first, last := strings.Fields(b.phrases["compound_first"][0]), strings.Fields(b.phrases["compound_last"][0])
	var out []home
	for n := range p.communities {
		community, _ := tree.AreaByCode(grid.Community, p.communityCode(n+1))
		for _, g := range tree.Children(community.ID) {
			for _, m := range tree.Children(g.ID) {
				turn, n := len(out)/len(first), len(out)%len(first) // every turn meets other endings, so no name comes twice
				name := first[n] + last[(n+turn)%len(last)]
				out = append(out, home{area: m, community: community, compound: name})
			}
		}
	}
	return out
}

// makePlaces lets the invented compounds be found by name.
func (s Services) makePlaces(ctx context.Context, homes []home) error {
	places := make([]grid.Place, len(homes))
	for i, h := range homes {
		inside, _ := h.area.Shape.Inside()
		places[i] = grid.Place{ID: "demo-" + h.area.Code, Name: h.compound, Kind: "compound", Point: inside}
	}
	return s.Grid.SavePlaces(ctx, machine, places)
}

// somewhere picks a spot; with a kind, in a micro-grid of that kind if there is one.
func somewhere(rng *rand.Rand, homes []home, kind string) home {
	h := pick(rng, homes)
	for range 400 {
		if kind == "" || h.area.Kind == kind {
			break
		}
		h = pick(rng, homes)
	}
	return h
}

func (h home) spot(rng *rand.Rand, b *book) spot {
	s := spot{home: h, point: inside(rng, h.area.Shape)}
	s.house = h.compound + strconv.Itoa(1+rng.IntN(18)) + "栋"
	s.near = s.house + b.word(rng, "spot")
	if chance(rng, 30) {
		s.near = h.compound + b.word(rng, "spot")
	}
	s.address = h.community.Name + s.near
	return s
}

// inside picks a point in a shape.
func inside(rng *rand.Rand, shape geo.Shape) geo.Point {
	box := shape.Bounds()
	for range 200 {
		p := rounded(geo.Point{Lon: box.West + rng.Float64()*(box.East-box.West), Lat: box.South + rng.Float64()*(box.North-box.South)})
		if shape.Contains(p) {
			return p
		}
	}
	p, _ := shape.Inside()
	return p
}

// beside is a point some metres from another: where a phone thinks that it is.
func beside(rng *rand.Rand, p geo.Point) geo.Point {
	const metre = 1.0 / 111_000
	return rounded(geo.Point{Lon: p.Lon + (rng.Float64()*2-1)*40*metre, Lat: p.Lat + (rng.Float64()*2-1)*40*metre})
}

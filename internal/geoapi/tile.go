package geoapi

import (
	"context"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/simplify"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/mvt"
)

// Bounds of tiles.
const (
	maxZoom     = 20
	dataZoom    = 16   // beyond it maps enlarge the tiles of this zoom
	clusterZoom = 13   // below it incidents are clustered
	maxOnTile   = 2000 // incidents; more are clustered at any zoom
	cellsAcross = 8    // of a tile, so that a cluster stands for 64 of its 512 pixels
	margin      = 64   // units that a tile shows beyond its edge, so that no seam is drawn
	tolerance   = 6    // units by which an outline may be simplified: less than a pixel of 512
)

// fromZoom is from which zoom on a level is drawn.
var fromZoom = map[grid.Level]int{grid.City: 0, grid.District: 5, grid.Street: 8, grid.Community: 11, grid.Grid: 12, grid.Microgrid: 13}

// Tile names a tile of the web's map: zoom, column from the west, row from the north.
type Tile struct{ Z, X, Y int }

// Valid tells whether there is such a tile.
func (t Tile) Valid() bool {
	return t.Z >= 0 && t.Z <= maxZoom && t.X >= 0 && t.Y >= 0 && t.X < 1<<t.Z && t.Y < 1<<t.Z
}

// box is what the tile shows, with so many units beyond its edges.
func (t Tile) box(beyond float64) geo.Box {
	n := math.Exp2(float64(t.Z))
	b := beyond / mvt.Extent
	lon := func(x float64) float64 { return math.Min(180, math.Max(-180, x/n*360-180)) }
	lat := func(y float64) float64 { return math.Atan(math.Sinh(math.Pi*(1-2*y/n))) * 180 / math.Pi }
	return geo.Box{West: lon(float64(t.X) - b), South: lat(float64(t.Y) + 1 + b), East: lon(float64(t.X) + 1 + b), North: lat(float64(t.Y) - b)}
}

// place is where a position lies on the tile, in its units.
func (t Tile) place(p geo.Point) orb.Point {
	n := math.Exp2(float64(t.Z))
	lat := math.Min(85.06, math.Max(-85.06, p.Lat)) * math.Pi / 180
	x := (p.Lon + 180) / 360 * n
	y := (1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * n
	return orb.Point{(x - float64(t.X)) * mvt.Extent, (y - float64(t.Y)) * mvt.Extent}
}

func rounded(p orb.Point) mvt.Point {
	return mvt.Point{X: int32(math.Round(p[0])), Y: int32(math.Round(p[1]))}
}

// areaTile draws the boundaries that hold now, of the levels that the zoom shows, simplified to what can be seen.
func (s *Service) areaTile(t Tile) []byte {
	tree := s.Areas.Tree()
	layer := mvt.Layer{Name: areasID}
	for _, level := range grid.Levels {
		if t.Z < fromZoom[level] {
			continue
		}
		list, _ := tree.Within(level, "", t.box(margin), math.MaxInt)
		for _, a := range list {
			layer.Features = append(layer.Features, mvt.Feature{Polygons: t.polygons(a.Shape),
				Keys: []string{"id", "name", "code", "level", "kind"}, Values: []any{a.ID, a.Name, a.Code, string(a.Level), a.Kind}})
		}
	}
	return mvt.Marshal(layer)
}

func (t Tile) polygons(shape geo.Shape) (out [][][]mvt.Point) {
	edge := orb.Bound{Min: orb.Point{-margin, -margin}, Max: orb.Point{mvt.Extent + margin, mvt.Extent + margin}}
	for _, polygon := range shape {
		var rings orb.Polygon
		for _, ring := range polygon {
			line := make(orb.Ring, len(ring))
			for n, p := range ring {
				line[n] = t.place(p)
			}
			rings = append(rings, simplify.DouglasPeucker(tolerance).Ring(line))
		}
		var cut [][]mvt.Point
		for _, ring := range clip.Polygon(edge, rings) {
			cut = append(cut, closed(ring))
		}
		if len(cut) > 0 {
			out = append(out, cut)
		}
	}
	return out
}

// closed rounds a ring to units and leaves out points that fall on the one before.
func closed(ring orb.Ring) (out []mvt.Point) {
	for _, p := range ring {
		if q := rounded(p); len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	if len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// incidentTile draws the incidents in which work goes on, or those received in a time: one by one where the zoom and
// their number allow it, else clustered.
func (s *Service) incidentTile(ctx context.Context, actor authz.Actor, t Tile, when Interval) ([]byte, error) {
	box := t.box(margin)
	q := Query{From: when.From, To: when.To, Open: when == Interval{}, Box: &box, Limit: maxOnTile + 1}
	if t.Z >= clusterZoom {
		list, err := s.Incidents.Page(ctx, actor, q)
		if err != nil {
			return nil, err
		}
		if len(list) <= maxOnTile {
			return mvt.Marshal(s.points(t, list)), nil
		}
	}
	inner := t.box(0)
	cells, err := s.Incidents.Cells(ctx, actor, q, Lattice{Box: inner, Width: (inner.East - inner.West) / cellsAcross, Height: (inner.North - inner.South) / cellsAcross})
	if err != nil {
		return nil, err
	}
	layer := mvt.Layer{Name: "clusters"}
	for _, c := range cells {
		layer.Features = append(layer.Features, mvt.Feature{Points: []mvt.Point{rounded(t.place(geo.Point{Lon: c.Lon, Lat: c.Lat}))},
			Keys: []string{"count", "overdue"}, Values: []any{c.Count, c.Overdue}})
	}
	return mvt.Marshal(layer), nil
}

func (s *Service) points(t Tile, list []Incident) mvt.Layer {
	layer := mvt.Layer{Name: incidentsID}
	now := s.Clock.Now().UnixMilli()
	for _, i := range list {
		if i.Lon == nil || i.Lat == nil {
			continue
		}
		layer.Features = append(layer.Features, mvt.Feature{Points: []mvt.Point{rounded(t.place(geo.Point{Lon: *i.Lon, Lat: *i.Lat}))},
			Keys:   []string{"id", "number", "state", "kind", "category", "severity", "urgent", "overdue", "received_at"},
			Values: []any{i.ID, i.Number, i.State, i.Kind, i.Category, i.Severity, i.Urgent, i.DueAt != 0 && i.DueAt <= now, i.ReceivedAt}})
	}
	return layer
}

// Package gridtest builds small trees of areas for tests.
package gridtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// Quiet is an audit trail that keeps nothing.
type Quiet struct{}

// Record does nothing.
func (Quiet) Record(context.Context, db.Tx, authz.Actor, string, string, string, map[string]any) error {
	return nil
}

// Service returns a service on a store, without an audit trail.
func Service(t testing.TB, d *db.DB, clock now.Clock) *grid.Service {
	t.Helper()
	s, err := grid.New(t.Context(), d, clock, Quiet{})
	require.NoError(t, err)
	return s
}

// The invented street lies here; a cell, in degrees, is one micro-grid of about 100 by 100 metres.
const (
	West  = 104.05
	South = 30.65
	Cell  = 0.001
)

// Street is what Build made: ids by level, in the order from west to east and south to north.
type Street struct {
	City, District, Street string
	Communities            []string // 3
	Grids                  []string // 6, two in each community
	Microgrids             []string // 24, four in each grid
	General                string   // patrol area of the first two communities, station "station-1"
	Dedicated              string   // patrol area of the second grid alone, station "station-2"
}

// At returns a point in the middle of a micro-grid.
func (s Street) At(microgrid int) geo.Point {
	g, m := microgrid/4, microgrid%4
	return geo.Point{Lon: West + Cell*(float64(g*2+m%2)+0.5), Lat: South + Cell*(float64(m/2)+0.5)}
}

// Outside returns a point some kilometres outside of the street.
func (Street) Outside() geo.Point { return geo.Point{Lon: West - 0.05, Lat: South} }

// Build fills an empty store with a street without gaps: a city and a district without boundaries, a street, three
// communities, six grids of 200 by 200 metres side by side, 24 micro-grids, and two patrol areas.
func Build(t testing.TB, s *grid.Service) Street {
	t.Helper()
	ctx, actor := context.Background(), authz.System("test")
	_, err := s.ImportAreas(ctx, actor, bytes.NewReader(StreetJSON()), grid.ImportOptions{Datum: "wgs84", Source: "gridtest"})
	require.NoError(t, err)
	tree := s.Tree()
	find := func(level grid.Level, code string) string {
		a, ok := tree.AreaByCode(level, code)
		require.True(t, ok, code)
		return a.ID
	}
	out := Street{City: find(grid.City, "900100"), District: find(grid.District, "900101"), Street: find(grid.Street, "900101001")}
	for c := range 3 {
		out.Communities = append(out.Communities, find(grid.Community, communityCode(c)))
	}
	for g := range 6 {
		out.Grids = append(out.Grids, find(grid.Grid, gridCode(g)))
	}
	for m := range 24 {
		out.Microgrids = append(out.Microgrids, find(grid.Microgrid, microgridCode(m)))
	}
	general, err := s.CreatePatrolArea(ctx, actor, grid.PatrolArea{
		Code: "X1", Name: "第一巡区", Kind: grid.General, StationID: "station-1", Members: out.Communities[:2],
	})
	require.NoError(t, err)
	dedicated, err := s.CreatePatrolArea(ctx, actor, grid.PatrolArea{
		Code: "Z1", Name: "市场专属巡区", Kind: grid.Dedicated, StationID: "station-2", Members: out.Grids[1:2],
	})
	require.NoError(t, err)
	out.General, out.Dedicated = general.ID, dedicated.ID
	return out
}

func communityCode(c int) string { return fmt.Sprintf("900101001%03d", c+1) }
func gridCode(g int) string      { return fmt.Sprintf("%s%02d", communityCode(g/2), g%2+1) }
func microgridCode(m int) string { return fmt.Sprintf("%s%02d", gridCode(m/4), m%4+1) }

var communityNames = []string{"榕树里社区", "望江社区", "书院社区"}

// StreetJSON is the street of Build as a GeoJSON file in WGS-84.
func StreetJSON() []byte {
	var features []any
	add := func(level grid.Level, code, name, kind, parent string, ring [][2]float64) {
		var geometry any
		if ring != nil {
			geometry = map[string]any{"type": "Polygon", "coordinates": [][][2]float64{ring}}
		}
		features = append(features, map[string]any{"type": "Feature", "geometry": geometry, "properties": map[string]any{
			"level": level, "code": code, "name": name, "kind": kind, "parent": parent,
		}})
	}
	add(grid.City, "900100", "例市", "", "", nil)
	add(grid.District, "900101", "示范区", "", "900100", nil)
	add(grid.Street, "900101001", "福兴街道", "", "900101", Box(0, 0, 12, 2))
	kinds := []string{"residential", "market", "residential", "business", "university", "rural"}
	for c := range 3 {
		add(grid.Community, communityCode(c), communityNames[c], "", "900101001", Box(c*4, 0, c*4+4, 2))
	}
	for g := range 6 {
		add(grid.Grid, gridCode(g), fmt.Sprintf("%s第%d网格", communityNames[g/2], g%2+1), kinds[g], communityCode(g/2), Box(g*2, 0, g*2+2, 2))
	}
	for m := range 24 {
		x, y := m/4*2+m%2, m%4/2
		add(grid.Microgrid, microgridCode(m), fmt.Sprintf("%s第%d网格%d号微网格", communityNames[m/8], m/4%2+1, m%4+1), "", gridCode(m/4), Box(x, y, x+1, y+1))
	}
	raw, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	if err != nil {
		panic(err) // only strings and numbers are in it
	}
	return raw
}

// Box is the ring around cells of the invented street, counted from its south-western corner, with a vertex at every
// cell's corner so that neighbours share theirs.
func Box(x0, y0, x1, y1 int) [][2]float64 {
	var ring [][2]float64
	at := func(x, y int) { ring = append(ring, [2]float64{West + Cell*float64(x), South + Cell*float64(y)}) }
	for x := x0; x < x1; x++ {
		at(x, y0)
	}
	for y := y0; y < y1; y++ {
		at(x1, y)
	}
	for x := x1; x > x0; x-- {
		at(x, y1)
	}
	for y := y1; y >= y0; y-- {
		at(x0, y)
	}
	return ring
}

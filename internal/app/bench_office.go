package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"gezhi/internal/app/bench"
	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// The street of a measurement: a square in which every level divides the one above into two by two.
const (
	benchWest, benchSouth = 104.05, 30.65
	benchSide             = 0.016
)

// benchPassword protects nothing: the store is removed when the measurement ends.
const benchPassword = "only-for-measuring"

type square struct {
	code, parent string
	level        grid.Level
	x, y, side   float64
}

// benchSquares returns the areas from the city down, and the middles of the micro-grids. Each level below the street is
// cut into parts by parts.
func benchSquares(parts int) (all []square, middles [][2]float64) {
	deep := parts
	row := []square{{"900100", "", grid.City, benchWest, benchSouth, benchSide}}
	all = append(all, row...)
	for _, level := range grid.Levels[1:] {
		var next []square
		for _, up := range row {
			parts := deep
			if level == grid.District || level == grid.Street {
				parts = 1
			}
			for n := range parts * parts {
				side := up.side / float64(parts)
				next = append(next, square{fmt.Sprintf("%s%03d", up.code, n+1), up.code, level,
					up.x + side*float64(n%parts), up.y + side*float64(n/parts), side})
			}
		}
		row = next
		all = append(all, row...)
	}
	for _, s := range row {
		middles = append(middles, [2]float64{s.x + s.side/2, s.y + s.side/2})
	}
	return all, middles
}

func squaresJSON(list []square) ([]byte, error) {
	features := make([]map[string]any, len(list))
	for n, s := range list {
		e, north := s.x+s.side, s.y+s.side
		properties := map[string]string{"code": s.code, "name": "区域 " + s.code, "level": string(s.level)}
		if s.parent != "" {
			properties["parent"] = s.parent
		}
		features[n] = map[string]any{"type": "Feature", "properties": properties, "geometry": map[string]any{"type": "Polygon",
			"coordinates": [][][2]float64{{{s.x, s.y}, {e, s.y}, {e, north}, {s.x, north}, {s.x, s.y}}}}}
	}
	return json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
}

// benchOffice fills an empty store with a street, its units and people, and signs them in.
func (a *App) benchOffice(ctx context.Context) (*bench.Office, error) { return a.benchOfficeOf(ctx, 2) }

// benchOfficeOf is like benchOffice, with a street that is cut into parts.
func (a *App) benchOfficeOf(ctx context.Context, parts int) (*bench.Office, error) {
	machine := authz.System("bench")
	squares, middles := benchSquares(parts)
	raw, err := squaresJSON(squares)
	if err != nil {
		return nil, err
	}
	if _, err := a.Grid.ImportAreas(ctx, machine, bytes.NewReader(raw), grid.ImportOptions{Datum: "wgs84"}); err != nil {
		return nil, err
	}
	street, ok := a.Grid.Tree().AreaByCode(grid.Street, squares[2].code)
	if !ok {
		return nil, fmt.Errorf("the street of the measurement is missing")
	}
	centre, err := a.People.CreateUnit(ctx, machine, people.Unit{Code: "CENTRE", Name: "治理中心", Kind: people.Centre, AreaID: street.ID})
	if err != nil {
		return nil, err
	}
	for n := range 20 { // a street works with so many units; they are the options of an action
		if _, err := a.People.CreateUnit(ctx, machine, people.Unit{Code: fmt.Sprintf("D%02d", n), Name: fmt.Sprintf("职能部门%02d", n), Kind: people.Department, AreaID: street.ID}); err != nil {
			return nil, err
		}
	}
	station, err := a.People.CreateUnit(ctx, machine, people.Unit{Code: "STATION", Name: "工作站", Kind: people.Station, AreaID: street.ID})
	if err != nil {
		return nil, err
	}
	o := &bench.Office{Unit: station.ID, Category: "environment.light", Places: middles}
	for _, kind := range []struct {
		role, unit, area string
		tokens           *[]string
	}{{"duty", centre.ID, street.ID, &o.Reporter}, {"station", station.ID, "", &o.Handler}, {"grid_supervisor", centre.ID, street.ID, &o.Checker}} {
		for n := range 3 {
			login := fmt.Sprintf("bench-%s-%d", kind.role, n)
			if _, err := a.People.AddAccount(ctx, login, kind.role, benchPassword, people.AddOptions{UnitID: kind.unit, AreaID: kind.area}); err != nil {
				return nil, err
			}
			token, _, err := a.People.SignIn(ctx, "", login, benchPassword)
			if err != nil {
				return nil, err
			}
			*kind.tokens = append(*kind.tokens, token)
		}
	}
	return o, nil
}

package demo

import (
	"fmt"
	"slices"

	"gezhi/internal/app/demo/ground"
	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

// patrolNames name the general patrol areas by where they lie.
var patrolNames = [...]string{"西北", "北", "东", "西", "南", "东南"}

// fullPlan is the whole street, on the ground of the map extract.
func fullPlan() (plan, error) {
	street, err := ground.Read()
	if err != nil {
		return plan{}, err
	}
	p := base
	p.days, p.incidents, p.crews = 60, 1975, fullCrews
	members := make([][]int, len(patrolNames))
	market, own := 0, map[string]bool{}
	for n, c := range street.Communities {
		p.communities = append(p.communities, communityPlan{name: c.Name})
		members[c.Patrol] = append(members[c.Patrol], n+1)
		for i, g := range c.Grids {
			if g.Own {
				market = n + 1
				own[gridCode(p.communityCode(n+1), i)] = true
			}
		}
	}
	for i, name := range patrolNames {
		p.stations = append(p.stations, stationPlan{code: fmt.Sprintf("station-%d", i+1), name: "锦云" + name + "巡区", communities: members[i]})
	}
	p.stations = append(p.stations, stationPlan{code: fmt.Sprintf("station-%d", len(patrolNames)+1), name: "百集市场专属巡区",
		communities: []int{market}, dedicated: func(g grid.Area) bool { return own[g.Code] }})
	p.draw = func(p plan) ([]feature, error) { return drawGround(p, street), nil }
	return p, nil
}

func gridCode(community string, index int) string { return fmt.Sprintf("%s-%02d", community, index+1) }

// drawGround lists the areas of the whole street, parents first.
func drawGround(p plan, street *ground.Street) []feature {
	list := p.trunk()
	list = append(list, area(grid.Street, p.streetCode, p.streetName, "", p.districtCode, street.Shape))
	for n, c := range street.Communities {
		code := p.communityCode(n + 1)
		list = append(list, area(grid.Community, code, c.Name, "", p.streetCode, c.Shape))
		for i, g := range c.Grids {
			gridCode := gridCode(code, i)
			list = append(list, area(grid.Grid, gridCode, g.Name, g.Kind, code, g.Shape))
			for k, m := range g.Microgrids {
				list = append(list, area(grid.Microgrid, fmt.Sprintf("%s-%02d", gridCode, k+1), m.Name, g.Kind, gridCode, m.Shape))
			}
		}
	}
	return slices.Clip(list)
}

// area is a feature of the file that the grid imports; a nil shape is none.
func area(level grid.Level, code, name, kind, parent string, shape geo.Shape) feature {
	f := feature{Type: "Feature", Properties: map[string]string{"level": string(level), "code": code, "name": name, "kind": kind, "parent": parent}}
	if !shape.IsEmpty() {
		f.Geometry = &shape
	}
	return f
}

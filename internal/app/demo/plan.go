package demo

import (
	"fmt"

	"gezhi/internal/grid"
)

// Size says how large a demo is made.
type Size string

// The sizes: a small one for tests, and the whole street that visitors see.
const (
	Small Size = "small" // 6 communities, 24 grids, 120 micro-grids, two weeks
	Full  Size = "full"  // 14 communities, 133 grids, 997 micro-grids on real streets, two months
)

// plan is what an invented street is made from.
type plan struct {
	cityCode, cityName         string
	districtCode, districtName string
	streetCode, streetName     string
	communities                []communityPlan
	stations                   []stationPlan
	draw                       func(plan) ([]feature, error)
	crews                      crews

	days      int // of history
	incidents int // beside the fixed ones
}

// communityPlan is one community. What comes after the name tells how the small street is drawn.
type communityPlan struct {
	name       string
	row, col   int      // the block of the streets that it fills
	kinds      []string // of its grids
	microgrids int      // in each grid
}

// stationPlan is a patrol area with the station that serves it.
type stationPlan struct {
	code, name  string
	communities []int                // counted from 1
	dedicated   func(grid.Area) bool // the grids of a dedicated one; nil for whole communities
}

// base is what every size has in common. Codes begin with 99, which no real division has, and every name is invented.
var base = plan{cityCode: "990100", cityName: "格治市", districtCode: "990101", districtName: "示范区", streetCode: "990101001", streetName: "锦云街道"}

// planOf returns the plan of a size.
func planOf(size Size) (plan, error) {
	switch size {
	case Small:
		return smallPlan(), nil
	case Full:
		return fullPlan()
	}
	return plan{}, fmt.Errorf("there is no demo of the size %q", size)
}

// plan returns the plan by which the store was made.
func (s Services) plan() (plan, error) {
	tree := s.Grid.Tree()
	street, _ := tree.AreaByCode(grid.Street, base.streetCode)
	if len(tree.Children(street.ID)) > len(smallCommunities) {
		return planOf(Full)
	}
	return planOf(Small)
}

// communityCode returns the code of the nth community, counted from 1.
func (p plan) communityCode(n int) string { return fmt.Sprintf("%s%03d", p.streetCode, n) }

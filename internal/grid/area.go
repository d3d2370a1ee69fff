// Package grid knows where things are: the tree of areas from city to micro-grid with boundaries in time, patrol areas
// across it, who must staff an area, and names of places. A point finds its path of areas in memory.
package grid

import (
	"regexp"
	"slices"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// Level is the height of an area in the tree.
type Level string

// The levels, from the top down.
const (
	City      Level = "city"
	District  Level = "district"
	Street    Level = "street"
	Community Level = "community"
	Grid      Level = "grid"
	Microgrid Level = "microgrid"
)

// Levels lists the levels from the top down.
var Levels = []Level{City, District, Street, Community, Grid, Microgrid}

// Depth returns 0 for a city up to 5 for a micro-grid, and -1 for what is no level.
func (l Level) Depth() int { return slices.Index(Levels, l) }

// Area is a node of the tree as it holds now.
type Area struct {
	ID        string
	Code      string // unique within its level among the valid areas
	Level     Level
	Kind      string // code of an area kind; '' is general
	Name      string
	ParentID  string // empty: a root
	ValidFrom int64  // unix ms
	Version   int64
	UpdatedAt int64     // unix ms
	Shape     geo.Shape // WGS-84; empty: no boundary yet
	ShapeID   string    // of the row that holds the shape; empty without one
	ShapeFrom int64     // unix ms since when the shape holds; 0 without one
}

// Kind is what sort of place an area is, as data.
type Kind struct {
	Code   string
	NameZH string
	NameEN string
	Sort   int64
}

// Lineage says which area another was made from.
type Lineage struct {
	AreaID   string
	FromID   string
	FromName string
	How      string // merged, split or redrawn
	At       int64  // unix ms
	AreaName string // as it is called now, or was when it ended
}

const (
	maxCode = 32
	maxName = 100
)

var codeForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]*$`)

// checkCode notes what is wrong with a code: letters, digits, dot, dash and underscore, at most 32.
func checkCode(f *fault.Fields, field, code string) string {
	before := len(*f)
	code = fault.CheckText(f, field, code, true, maxCode)
	if len(*f) == before && !codeForm.MatchString(code) {
		f.Add(field, "area.code_form")
	}
	return code
}

// checkArea notes what is wrong with an area by itself and returns it with its texts trimmed.
func checkArea(f *fault.Fields, prefix string, a Area) Area {
	a.Code = checkCode(f, prefix+"code", a.Code)
	a.Name = fault.CheckText(f, prefix+"name", a.Name, true, maxName)
	if a.Level.Depth() < 0 {
		f.Add(prefix+"level", "area.level_unknown")
	}
	return a
}

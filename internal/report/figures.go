package report

import (
	"context"

	"gezhi/internal/kit/authz"
)

// Value is a KPI of some incidents; nil is "none".
type Value struct {
	Value    *float64
	Count    int64
	Base     int64
	P50, P90 *int64
}

// Line is one row of figures.
type Line struct {
	Key, Name string
	Measures  map[string]int64
	KPIs      map[string]Value
}

// Ask asks for figures in days of the office, both within; empty filters do not narrow.
type Ask struct {
	By                                    string // none, area, unit, person, category, channel, day, week or month
	Level                                 string // of the areas
	Area, Unit, Person, Category, Channel string
	From, To                              string
	Top                                   int
	Percentiles                           bool
}

// Answer are the figures that were asked for.
type Answer struct {
	Position int64
	Filling  bool
	Rows     []Line
	Left     int // rows beyond the top ones
	Total    Line
	Events   bool // the measures by the day of an event are known
}

// Indicator describes a measure or a KPI.
type Indicator struct {
	Code   string `json:"code"`
	Unit   string `json:"unit" enum:"count,share,ms"`
	Better string `json:"better,omitempty" enum:"more,less"`
	KPI    bool   `json:"kpi"`
	Event  bool   `json:"event" doc:"counted on the day of the event, not of receipt"`
}

// Figures answers from the running sums what somebody may see.
type Figures interface {
	Table(ctx context.Context, actor authz.Actor, ask Ask) (Answer, error)
	// Late says what was late among what was received in the days, at most so many items.
	Late(ctx context.Context, actor authz.Actor, area, from, to string, items int) (Late, error)
	// Oldest returns what is open longest.
	Oldest(ctx context.Context, actor authz.Actor, area string, n int) ([]Matter, error)
	// Indicators lists every measure and KPI in the order in which they are shown.
	Indicators() []Indicator
}

// Area is an area as reports know it.
type Area struct{ ID, Name, Level string }

// Places knows the tree of areas.
type Places interface {
	// Path returns the areas from the top down to one; nil when there is none.
	Path(id string) []Area
	// Below returns the areas right below one.
	Below(id string) []Area
	// Tops returns the areas with nothing above them.
	Tops() []Area
	// Offices returns the areas for which the office works: the deepest one that holds all others, not below a street,
	// or each one with nothing above it where there are several. None while the areas are still being entered: when one
	// line of them is all there is.
	Offices() []Area
}

// Names names what figures are told by.
type Names interface {
	Category(code string) (zh, en string)
}

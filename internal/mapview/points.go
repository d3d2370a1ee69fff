package mapview

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/outbox"
)

// Marks are the ways in which a point stands, in the order in which answers number them. While an incident is in
// progress its lead order says more: dispatched, taken, arrived, handling. The browser has a shape for each.
var Marks = []string{"reported", "verifying", "accepted", "dispatched", "taken", "arrived", "handling", "checking", "checked", "closed"}

// Flags of a point.
const (
	Overdue   = 1 // one of its limits is used up
	Emergency = 2
	Urgent    = 4 // by the desk's own mark
)

// Point is an incident as a map shows it.
type Point struct {
	ID         string
	Lon, Lat   float64 // WGS-84
	State      string
	Lead       string // state of the lead order; '' without one
	Emergency  bool
	Urgent     bool
	DueAt      int64 // unix ms; 0 when nothing is due
	ReceivedAt int64 // unix ms
}

// Cell is how many points of one standing lie in a cell of a lattice, and their middle.
type Cell struct {
	X, Y        int64
	State, Lead string
	Lon, Lat    float64
	Count       int64
	Overdue     int64
}

// Step is how a point stood from an instant on.
type Step struct {
	At          int64 // unix ms
	State, Lead string
}

// Span is a time in which a point was overdue: [From, To), unix ms; To is 0 while it still is.
type Span struct{ From, To int64 }

// Life is how a point stood in the course of a day. The first step may lie before the day.
type Life struct {
	Point
	Steps []Step
	Late  []Span
}

// Box is a part of the ground in degrees.
type Box struct{ West, South, East, North float64 }

// Filter says which points: those received in [From, To), and those received before that are still open.
type Filter struct {
	Area     string // with everything below it; '' for everywhere
	From, To int64  // unix ms
	Box      *Box   // nil for everywhere
}

// Source knows what lies on the map. Each method answers within the actor's scope.
type Source interface {
	Each(ctx context.Context, actor authz.Actor, f Filter, each func(Point) error) error
	// Some returns those of the named ones that Each would give.
	Some(ctx context.Context, actor authz.Actor, f Filter, ids []string) ([]Point, error)
	// Cells counts what Each would give on a lattice whose cells are so many degrees wide and high.
	Cells(ctx context.Context, actor authz.Actor, f Filter, width, height float64) ([]Cell, error)
	Lives(ctx context.Context, actor authz.Actor, f Filter) ([]Life, error)
}

// Feed tells what changed. outbox.Feed is one.
type Feed interface {
	Head(ctx context.Context, topic string) (int64, error)
	After(ctx context.Context, topic string, position int64, limit int) ([]outbox.Event, error)
}

var leadMarks = map[string]int{"accepted": 4, "arrived": 5, "handled": 6}

// markOf returns the number of a mark in Marks, -1 for what is not shown.
func markOf(state, lead string) int {
	if state == "in_progress" {
		if mark, ok := leadMarks[lead]; ok {
			return mark
		}
		return 3
	}
	for n, name := range Marks {
		if name == state && n != 3 {
			return n
		}
	}
	return -1
}

// flags returns the flags of a point at an instant.
func (p Point) flags(at int64) int {
	flags := 0
	if p.DueAt != 0 && p.DueAt <= at {
		flags |= Overdue
	}
	if p.Emergency {
		flags |= Emergency
	}
	if p.Urgent {
		flags |= Urgent
	}
	return flags
}

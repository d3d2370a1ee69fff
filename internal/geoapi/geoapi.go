// Package geoapi lets other programs read areas and incidents for their maps: as GeoJSON by OGC API Features, which GIS
// programs speak, and as vector tiles. It only reads, and tells nobody more than they may see elsewhere.
package geoapi

import (
	"context"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// Areas knows the areas, now and as they were.
type Areas interface {
	Tree() *grid.Tree
	AsOf(ctx context.Context, at int64) (*grid.Tree, error)
}

// Incidents reads incidents within what an actor may see.
type Incidents interface {
	// Page returns incidents, newest first and at most q.Limit.
	Page(ctx context.Context, actor authz.Actor, q Query) ([]Incident, error)
	One(ctx context.Context, actor authz.Actor, id string) (Incident, error)
	// Cells counts incidents by the cells of a lattice.
	Cells(ctx context.Context, actor authz.Actor, q Query, l Lattice) ([]Cell, error)
	// Open returns incidents that anybody may know of, without words and position, and the last one that was looked at,
	// empty at the end: a page may hold fewer than q.Limit although there are more.
	Open(ctx context.Context, q Query) (list []Incident, last Incident, err error)
	OpenOne(ctx context.Context, id string) (Incident, error)
}

// Incident is what a map shows of an incident. Times are unix ms, 0 for not yet.
type Incident struct {
	ID, Number                     string
	State, Kind, Channel, Severity string
	Category, CategoryZH           string
	CategoryEN                     string
	Urgent                         bool
	Title                          string // '' for whoever may see figures only
	Lon, Lat                       *float64
	AreaID                         string
	Levels                         [6]string // ids from the city down, '' for none

	ReceivedAt, AcceptedAt, DispatchedAt, ArrivedAt, HandledAt, ClosedAt, DueAt int64

	LateStages int64
}

// Query says which incidents. Empty fields do not filter.
type Query struct {
	From, To int64 // received, unix ms, [From, To)
	Box      *geo.Box
	Area     string // with everything below it
	Category string // with everything below it
	State    string
	Open     bool   // only those in which work goes on
	After    string // id: only those older than this one
	Limit    int
}

// Lattice cuts a box into cells of the same size in degrees.
type Lattice struct {
	Box           geo.Box
	Width, Height float64
}

// Cell is how many incidents lie in a cell, and their middle.
type Cell struct {
	Lon, Lat       float64
	Count, Overdue int64
}

// Service answers what maps ask.
type Service struct {
	Areas     Areas
	Incidents Incidents
	Clock     now.Clock
	Zone      *time.Location // in which days begin
}

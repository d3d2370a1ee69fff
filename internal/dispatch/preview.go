package dispatch

import (
	"errors"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// Question asks what a matter would get. Without a position or an area it is about one that is yet to be placed.
type Question struct {
	Category string
	Kind     string
	Severity string
	Channel  string
	Lon, Lat *float64
	Datum    string
	Area     string // id; counts when there is no position
	At       int64  // unix ms; 0 for the present
}

// Preview is what a matter would get and how every rule fared until one was chosen.
type Preview struct {
	Decision Decision
	Unit     Unit   // zero when nobody would get it
	Placed   bool   // the position or area is a known place
	Path     []Area // from the city down
	Tried    []Trial
}

// Preview decides about an imagined matter. It changes nothing.
func (s *Service) Preview(actor authz.Actor, q Question) (Preview, error) {
	if err := mayRead(actor); err != nil {
		return Preview{}, err
	}
	var f fault.Fields
	checkWords(&f, s.Words, q.Category, q.Kind, q.Severity, q.Channel)
	point := q.position(&f)
	path, placed := s.place(&f, point, q.Area)
	if err := f.Err(); err != nil {
		return Preview{}, err
	}
	p := Preview{Placed: placed, Path: path}
	imagined := Situation{Category: q.Category, Kind: q.Kind, Severity: q.Severity, Channel: q.Channel, Path: path, At: q.At}
	if imagined.At <= 0 {
		imagined.At = now.Ms(s.Clock)
	}
	if point != nil {
		imagined.Position = *point
	}
	p.Decision, p.Tried = Explain(s.Rules(), imagined, s.force())
	p.Unit, _ = s.Directory.Unit(p.Decision.UnitID)
	return p, nil
}

// place finds the areas in the same way as a report is placed.
func (s *Service) place(f *fault.Fields, point *geo.Point, area string) (path []Area, placed bool) {
	if point != nil {
		if path := s.Places.Locate(*point); len(path) > 0 {
			return path, true
		}
	}
	if area != "" {
		if path := s.Places.Path(area); len(path) > 0 {
			return path, true
		}
		f.Add("area", "field.not_found")
	}
	return s.Places.Trunk(), false
}

// position reads the point in any datum. (0,0) and a missing pair mean no position.
func (q *Question) position(f *fault.Fields) *geo.Point {
	datum, err := geo.ParseDatum(q.Datum)
	if err != nil {
		f.Add("datum", "field.choice")
		return nil
	}
	switch {
	case q.Lon == nil && q.Lat == nil:
		return nil
	case q.Lon == nil:
		f.Add("lon", "field.required")
		return nil
	case q.Lat == nil:
		f.Add("lat", "field.required")
		return nil
	}
	p := geo.Point{Lon: *q.Lon, Lat: *q.Lat}
	if p.IsZero() {
		return nil
	}
	if p, err = geo.ToWGS84(p, datum); err != nil {
		f.Add("lon", positionCode(err))
		return nil
	}
	return &p
}

// positionCode names what is wrong with a position.
func positionCode(err error) string {
	switch {
	case errors.Is(err, geo.ErrSwapped):
		return "position.swapped"
	case errors.Is(err, geo.ErrNaN):
		return "position.nan"
	}
	return "position.range"
}

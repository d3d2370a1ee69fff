package mapview

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
)

// Site is where a station works from.
type Site struct {
	ID    string // of the patrol area
	Unit  string
	Name  string // of the unit
	Area  string // name of what it patrols
	Point geo.Point
	Areas []string // ids of the areas that it patrols and of those above them
}

// Sites knows the stations.
type Sites interface{ Stations() []Site }

// Person is somebody on duty with their last position.
type Person struct {
	ID       string
	Name     string
	Unit     string // name; '' for none
	Point    geo.Point
	Accuracy float64 // metres; 0 for unknown
	At       int64   // unix ms
}

// People knows who is on duty and shares a position. Each call is a look that is recorded.
type People interface {
	OnDuty(ctx context.Context, actor authz.Actor) ([]Person, error)
}

// Stations returns the stations that work in an area, or with an empty one anywhere.
func (s *Service) Stations(area string) []Site {
	var list []Site
	for _, site := range s.Sites.Stations() {
		if !site.Point.IsZero() && (area == "" || slices.Contains(site.Areas, area)) {
			list = append(list, site)
		}
	}
	return list
}

// OnDuty returns who is on duty in an area with their last position; the look is recorded.
func (s *Service) OnDuty(ctx context.Context, actor authz.Actor, area string) ([]Person, error) {
	all, err := s.People.OnDuty(ctx, actor)
	if err != nil || area == "" {
		return all, err
	}
	tree := s.Tree()
	var list []Person
	for _, p := range all {
		path, _ := tree.Locate(p.Point)
		for _, a := range path {
			if a.ID == area {
				list = append(list, p)
			}
		}
	}
	return list, nil
}

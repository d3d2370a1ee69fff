package incident

import (
	"errors"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
)

// positionCode names what is wrong with a position.
func positionCode(err error) string {
	switch {
	case errors.Is(err, geo.ErrSwapped):
		return "position.swapped"
	case errors.Is(err, geo.ErrNaN):
		return "position.nan"
	default:
		return "position.range"
	}
}

// settle puts the incident into the areas of a path and tells whether that places it: a path that ends above the
// street says whose centre is to place it, but not where it is.
func (i *Incident) settle(path []Area, placed bool) {
	i.LevelIDs, i.AreaID, i.Placed = [6]string{}, "", placed
	for _, a := range path {
		for n, level := range Levels {
			if a.Level == level {
				i.LevelIDs[n] = a.ID
			}
		}
		if placed {
			i.AreaID = a.ID
		}
	}
	if placed && i.FiledArea == "" {
		i.FiledArea = i.AreaID
	}
}

// inScope refuses a place outside the areas for which a partner reports.
func (s *Service) inScope(actor authz.Actor, i *Incident) error {
	if !actor.HasRole(partnerRole) || !i.Placed || actor.Scope(perm.IncidentReport).Covers(i.placeTarget()) {
		return nil
	}
	return invalid("lon", "position.outside_scope")
}

// settleAt finds the areas of a position or of an area chosen by hand. Without either, or far outside, the incident
// waits in the list "to be placed" of the centre given by home, or of the one centre there is.
func (s *Service) settleAt(i *Incident, p *geo.Point, chosen string, home []string) {
	if p != nil {
		i.Lon, i.Lat = &p.Lon, &p.Lat
		if path := s.Places.Locate(*p); len(path) > 0 {
			i.settle(path, true)
			return
		}
	}
	if chosen != "" {
		if path := s.Places.Path(chosen); len(path) > 0 {
			i.settle(path, true)
			return
		}
	}
	path := s.Places.Trunk()
	for _, area := range home {
		if own := s.Places.Path(area); len(own) > len(path) {
			path = own
			break
		}
	}
	i.settle(path, false)
}

package dispatch

import (
	"math"
	"strconv"

	"gezhi/internal/kit/geo"
)

// near is a site with its distance to the place.
type near struct {
	Site
	metres float64
}

// nearest returns the nearest of the sites that can take the matter, by straight line from its position; people who
// are at work count from where they were last.
func (f *Force) nearest(s *Situation, sites []Site, capacity int64) (near, bool) {
	scale := math.Cos(s.Position.Lat * math.Pi / 180)
	far := make([]float64, len(sites))
	for n := range sites {
		at := sites[n].At
		if sites[n].PersonID != "" && f.Duty != nil {
			if p, _, ok := f.Duty.Position(sites[n].PersonID); ok {
				at = p
			}
		}
		far[n] = math.Inf(1)
		if !at.IsZero() {
			east, north := (at.Lon-s.Position.Lon)*scale, at.Lat-s.Position.Lat
			far[n] = east*east + north*north
		}
	}
	// Whether somebody can take it costs more to ask than the distance: the nearest is asked first.
	for {
		best := -1
		for n := range far {
			if !math.IsInf(far[n], 1) && (best < 0 || far[n] < far[best]) {
				best = n
			}
		}
		if best < 0 {
			return near{}, false
		}
		if f.hinders(sites[best].UnitID, sites[best].PersonID, s, capacity) == "" {
			return near{sites[best], f.distance(s, sites[best])}, true
		}
		far[best] = math.Inf(1)
	}
}

func (f *Force) distance(s *Situation, site Site) float64 {
	at := site.At
	if site.PersonID != "" && f.Duty != nil {
		if p, _, ok := f.Duty.Position(site.PersonID); ok {
			at = p
		}
	}
	return geo.Distance(s.Position, at)
}

// lookNear finds the target of a rule that asks for the nearest: the one of the place if it can take the matter, else
// the nearest that can. As in find, the place's own stands beside a why where only somebody on duty is missing.
func (r *Rule) lookNear(s *Situation, f *Force) (t target, why string) {
	own, obvious, why := r.lookAt(s, f)
	if why == "" {
		if why = f.hinders(own.unit.ID, own.person, s, r.Capacity); why == "" {
			return own, ""
		}
	}
	if why != offDuty {
		own = target{}
	}
	if s.Position.IsZero() {
		if why == "passed.no_place" {
			why = "passed.no_position"
		}
		return own, why
	}
	sites := f.Stations()
	if r.Target == NearestPerson {
		sites = f.Walkers(s.Path)
	}
	found, ok := f.nearest(s, sites, r.Capacity)
	if !ok {
		return own, "passed.no_" + string(r.Target)
	}
	u, _ := f.Unit(found.UnitID)
	t = target{unit: u, person: found.PersonID, area: found.Area, metres: strconv.Itoa(int(math.Round(found.metres/10)) * 10)}
	if obvious != "" {
		t.obvious, t.obviousWhy = obvious, why
	}
	return t, ""
}

// lookAt finds whom the place itself has for the rule; obvious is the name by which people know it, the area for a
// worker.
func (r *Rule) lookAt(s *Situation, f *Force) (own target, obvious, why string) {
	at := *r
	at.Target = Station
	if r.Target == NearestPerson {
		at.Target = ByWorker
	}
	unit, person, area, missing := at.look(s, f)
	if missing != "" {
		return target{}, "", missing
	}
	u, _ := f.Unit(unit)
	u.ID = unit
	obvious = u.Name
	if person != "" {
		obvious = area
	}
	return target{unit: u, person: person, area: area, own: true}, obvious, ""
}

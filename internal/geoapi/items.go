package geoapi

import (
	"context"
	"math"
	"strconv"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/page"
)

// Limits of a page.
const (
	defaultItems = 100
	maxItems     = 1000
)

// Request asks for a page of a collection.
type Request struct {
	Box      *geo.Box
	Time     Interval
	Level    grid.Level
	Area     string
	Category string
	State    string
	Limit    int
	Cursor   string
}

// items is a page with the cursor of the next one, ” at the end.
type items struct {
	features []Feature
	matched  *int
	next     string
}

// areaItems reads a page of areas as they were.
func (s *Service) areaItems(ctx context.Context, l layer, r Request) (items, error) {
	t, err := s.treeAt(ctx, r.Time)
	if err != nil {
		return items{}, err
	}
	box := geo.Box{West: -180, South: -90, East: 180, North: 90}
	if r.Box != nil {
		box = *r.Box
	}
	level := r.Level
	if l.level != "" {
		level = l.level
	}
	var found []grid.Area
	for _, one := range grid.Levels {
		if level == "" || level == one {
			some, _ := t.Within(one, r.Area, box, math.MaxInt)
			found = append(found, some...)
		}
	}
	begin, err := offset(r.Cursor, l.id)
	if err != nil {
		return items{}, err
	}
	all := len(found)
	out := items{matched: &all, features: []Feature{}}
	found = found[min(begin, all):]
	if len(found) > r.Limit {
		found, out.next = found[:r.Limit], page.Cursor("ogc "+l.id, strconv.Itoa(begin+r.Limit))
	}
	for _, a := range found {
		f, err := s.areaFeature(a)
		if err != nil {
			return items{}, err
		}
		out.features = append(out.features, f)
	}
	return out, nil
}

func offset(cursor, list string) (int, error) {
	key, err := page.Parse(cursor, "ogc "+list, 1)
	if err != nil || key == nil {
		return 0, err
	}
	n, err := strconv.Atoi(key[0])
	if err != nil || n < 0 {
		return 0, fault.New(fault.Invalid, "request.cursor")
	}
	return n, nil
}

// treeAt returns the areas as they were at the end of a time.
func (s *Service) treeAt(ctx context.Context, when Interval) (*grid.Tree, error) {
	at := when.instant(s.Clock.Now().UnixMilli())
	if at == 0 {
		return s.Areas.Tree(), nil
	}
	return s.Areas.AsOf(ctx, at)
}

func (s *Service) areaItem(ctx context.Context, l layer, area string, when Interval) (Feature, error) {
	t, err := s.treeAt(ctx, when)
	if err != nil {
		return Feature{}, err
	}
	a, ok := t.Area(area)
	if !ok || l.level != "" && a.Level != l.level {
		return Feature{}, fault.Missing("area")
	}
	return s.areaFeature(a)
}

func (r *Request) query() (Query, error) {
	q := Query{From: r.Time.From, To: r.Time.To, Box: r.Box, Area: r.Area, Category: r.Category, State: r.State, Limit: r.Limit + 1}
	key, err := page.Parse(r.Cursor, "ogc "+incidentsID, 1)
	if err != nil || key == nil {
		return q, err
	}
	if q.After = key[0]; !id.Valid(q.After) {
		return q, fault.New(fault.Invalid, "request.cursor")
	}
	return q, nil
}

// behind is where the next page begins. It tells no time: of open data nobody learns the hour.
func behind(i Incident) string { return page.Cursor("ogc "+incidentsID, i.ID) }

// incidentItems reads a page of the incidents that the actor may see.
func (s *Service) incidentItems(ctx context.Context, actor authz.Actor, r Request) (items, error) {
	q, err := r.query()
	if err != nil {
		return items{}, err
	}
	list, err := s.Incidents.Page(ctx, actor, q)
	if err != nil {
		return items{}, err
	}
	out := items{features: []Feature{}}
	if len(list) > r.Limit {
		list = list[:r.Limit]
		out.next = behind(list[r.Limit-1])
	}
	for _, i := range list {
		out.features = append(out.features, s.incidentFeature(i))
	}
	return out, nil
}

// openReads bounds how often the store is asked for one page of open data.
const openReads = 20

// openItems reads a page of what anybody may know. Box and time are compared with the coarse place and the day that are
// told, so that asking often finds out no more.
func (s *Service) openItems(ctx context.Context, r Request) (items, error) {
	q, err := r.query()
	if err != nil {
		return items{}, err
	}
	whole := r.Time.days(s.Zone)
	q.From, q.To, q.Box, q.State, q.Limit = whole.From, whole.To, nil, r.State, maxItems
	t := s.Areas.Tree()
	out := items{features: []Feature{}}
	for range openReads {
		list, last, err := s.Incidents.Open(ctx, q)
		if err != nil {
			return items{}, err
		}
		for _, i := range list {
			f, at, ok := s.openFeature(t, i)
			if !ok || r.Box != nil && !r.Box.Contains(at) {
				continue
			}
			out.features = append(out.features, f)
			if len(out.features) == r.Limit {
				out.next = behind(i)
				return out, nil
			}
		}
		if last.ID == "" {
			return out, nil
		}
		q.After, out.next = last.ID, behind(last)
	}
	return out, nil
}

func (s *Service) openItem(ctx context.Context, incident string) (Feature, error) {
	i, err := s.Incidents.OpenOne(ctx, incident)
	if err != nil {
		return Feature{}, err
	}
	f, _, ok := s.openFeature(s.Areas.Tree(), i)
	if !ok {
		return Feature{}, fault.Missing("incident")
	}
	return f, nil
}

func (s *Service) now() string { return s.Clock.Now().In(s.Zone).Format(time.RFC3339) }

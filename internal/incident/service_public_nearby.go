package incident

import (
	"context"
	"math"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/geo"
)

// NearbyMatter is an open matter as anybody may see it: of which category, about where, since which day. It holds no
// words of anybody, and its place is rounded.
type NearbyMatter struct {
	ID       string    `json:"id" doc:"to point at with same_as"`
	Category NamedCode `json:"category"`
	Place    string    `json:"place" doc:"name of the micro-grid or grid"`
	Lon      float64   `json:"lon" doc:"rounded to about 100 m"`
	Lat      float64   `json:"lat"`
	Distance int64     `json:"distance" doc:"metres to the rounded place, rounded to 50"`
	Since    int64     `json:"since" doc:"unix ms, rounded down to the hour"`
	State    State     `json:"state"`
}

// Surroundings is what a resident is told about a place: whether the office looks after it, and what is open nearby.
type Surroundings struct {
	Inside bool           `json:"inside" doc:"the office looks after this place"`
	Area   string         `json:"area,omitempty" doc:"name of the community or street"`
	Items  []NearbyMatter `json:"items" nullable:"false"`
}

// Limits of what is shown nearby.
const (
	nearbyMetres = 300
	nearbyMost   = 10
	nearbyRead   = 200
	nearbyFor    = 60 * 24 * 3600 * 1000 // older matters are no news to anybody
)

// nearbyKinds are the kinds that may be shown; tip-offs, calls for help and questions never are.
var nearbyKinds = []string{"appeal", "complaint", "hazard"}

// Nearby returns what is around a position. Distances are taken from the rounded places, so that asking from many
// points tells no more than asking once.
func (s *Service) Nearby(ctx context.Context, lon, lat float64, datum string) (*Surroundings, error) {
	var f fault.Fields
	at := position(&f, &lon, &lat, &datum)
	if err := f.Err(); err != nil {
		return nil, err
	}
	if at == nil {
		return nil, invalid("lon", "field.required")
	}
	around := &Surroundings{Items: []NearbyMatter{}}
	if path := s.Places.Locate(*at); len(path) > 0 {
		around.Inside, around.Area = true, nameAt(path, "community", "street")
	}
	list, err := s.near(ctx, authz.System("nearby"), boxOf(*at, nearbyMetres+roundedMetres), s.Clock.Now().UnixMilli()-nearbyFor, statesOf(openStates), nearbyRead)
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		if !s.shownNearby(i) {
			continue
		}
		if m := s.nearbyMatter(i, *at); m.Distance <= nearbyMetres {
			around.Items = append(around.Items, m)
		}
	}
	slices.SortStableFunc(around.Items, func(a, b NearbyMatter) int { return int(a.Distance - b.Distance) })
	around.Items = around.Items[:min(len(around.Items), nearbyMost)]
	return around, nil
}

// shownNearby tells whether an incident may be shown to anybody: open, placed, of a public category and an everyday
// kind, not confidential, and not in the hands of the police.
func (s *Service) shownNearby(i *Incident) bool {
	k, known := s.Categories().Get(i.Category)
	if !known || !k.Public || i.Lon == nil || i.Lat == nil || !i.Placed || i.Reporter.Confidential || Flow.Phase(i.State) != flow.Open ||
		!slices.Contains(nearbyKinds, i.Kind) {
		return false
	}
	return !slices.ContainsFunc(i.Orders, func(o *Order) bool {
		u, _ := s.Directory.Unit(o.UnitID)
		return u.Speciality == "police"
	})
}

func (s *Service) nearbyMatter(i *Incident, at geo.Point) NearbyMatter {
	k, _ := s.Categories().Get(i.Category)
	about := geo.Point{Lon: rounded(*i.Lon), Lat: rounded(*i.Lat)}
	const hour = 3600 * 1000
	return NearbyMatter{ID: i.ID, Category: NamedCode{k.Code, k.NameZH, k.NameEN}, Place: nameAt(s.Places.Path(i.AreaID), "microgrid", "grid", "community"),
		Lon: about.Lon, Lat: about.Lat, Distance: int64(math.Round(geo.Distance(at, about)/50)) * 50, Since: i.ReceivedAt / hour * hour, State: i.State}
}

// roundedMetres is how far rounding may move a place.
const roundedMetres = 80

// rounded cuts a coordinate to thousandths of a degree, about 100 m.
func rounded(degrees float64) float64 { return math.Round(degrees*1000) / 1000 }

// nameAt returns the name of the first of the levels that is on the path.
func nameAt(path []Area, levels ...string) string {
	for _, level := range levels {
		for _, a := range path {
			if a.Level == level {
				return a.Name
			}
		}
	}
	return ""
}

package geoapi

import (
	"encoding/json"
	"math"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

// Feature is one thing with its place, as GeoJSON has it (RFC 7946).
type Feature struct {
	Type       string          `json:"type" enum:"Feature"`
	ID         string          `json:"id"`
	Geometry   json.RawMessage `json:"geometry" doc:"GeoJSON geometry, WGS-84; null without a place"`
	Properties any             `json:"properties"`
	Links      []Link          `json:"links,omitempty"`
}

// ContentType says that the answer is GeoJSON.
func (*Feature) ContentType(string) string { return geoJSON }

// FeatureCollection is a page of features.
type FeatureCollection struct {
	Type           string    `json:"type" enum:"FeatureCollection"`
	Features       []Feature `json:"features" nullable:"false"`
	Links          []Link    `json:"links" nullable:"false"`
	TimeStamp      string    `json:"timeStamp" doc:"RFC 3339"`
	NumberMatched  *int      `json:"numberMatched,omitempty" doc:"on all pages, where it is known"`
	NumberReturned int       `json:"numberReturned"`
}

// ContentType says that the answer is GeoJSON.
func (*FeatureCollection) ContentType(string) string { return geoJSON }

const geoJSON = "application/geo+json"

// AreaProperties is what is told of an area.
type AreaProperties struct {
	Code      string     `json:"code"`
	Name      string     `json:"name"`
	Level     grid.Level `json:"level" enum:"city,district,street,community,grid,microgrid"`
	Kind      string     `json:"kind"`
	ParentID  string     `json:"parent_id"`
	ValidFrom *string    `json:"valid_from" doc:"since when there is the area, RFC 3339"`
}

// IncidentProperties is what is told of an incident. It holds nobody's name, phone or address.
type IncidentProperties struct {
	Number       string  `json:"number"`
	State        string  `json:"state"`
	Kind         string  `json:"kind"`
	Channel      string  `json:"channel"`
	Category     string  `json:"category"`
	CategoryZH   string  `json:"category_zh"`
	CategoryEN   string  `json:"category_en"`
	Severity     string  `json:"severity"`
	Urgent       bool    `json:"urgent"`
	Title        *string `json:"title" doc:"with numbers masked; null for whoever may see figures only"`
	AreaID       string  `json:"area_id"`
	Area         string  `json:"area" doc:"name of the deepest area"`
	StreetID     string  `json:"street_id"`
	ReceivedAt   *string `json:"received_at" doc:"times are RFC 3339, null for not yet"`
	AcceptedAt   *string `json:"accepted_at"`
	DispatchedAt *string `json:"dispatched_at"`
	ArrivedAt    *string `json:"arrived_at"`
	HandledAt    *string `json:"handled_at"`
	ClosedAt     *string `json:"closed_at"`
	DueAt        *string `json:"due_at" doc:"of the nearest clock that runs"`
	Overdue      bool    `json:"overdue" doc:"a clock that runs is past its limit"`
	LateStages   int64   `json:"late_stages" doc:"stages that took longer than their limit"`
}

// OpenProperties is what anybody is told of an incident: what sort of matter, since which day, how it stands, about where.
type OpenProperties struct {
	State      string  `json:"state"`
	Kind       string  `json:"kind"`
	Category   string  `json:"category"`
	CategoryZH string  `json:"category_zh"`
	CategoryEN string  `json:"category_en"`
	Area       string  `json:"area" doc:"name of the area in whose middle the point lies"`
	AreaLevel  string  `json:"area_level"`
	ReceivedOn string  `json:"received_on" doc:"day"`
	ClosedOn   *string `json:"closed_on" doc:"day; null while it is open"`
}

func (s *Service) areaFeature(a grid.Area) (Feature, error) {
	raw, err := json.Marshal(a.Shape)
	return Feature{Type: "Feature", ID: a.ID, Geometry: raw, Properties: AreaProperties{a.Code, a.Name, a.Level, a.Kind, a.ParentID, s.moment(a.ValidFrom)}}, err
}

func (s *Service) incidentFeature(i Incident) Feature {
	p := IncidentProperties{Number: i.Number, State: i.State, Kind: i.Kind, Channel: i.Channel, Category: i.Category, CategoryZH: i.CategoryZH,
		CategoryEN: i.CategoryEN, Severity: i.Severity, Urgent: i.Urgent, AreaID: i.AreaID, StreetID: i.Levels[grid.Street.Depth()],
		ReceivedAt: s.moment(i.ReceivedAt), AcceptedAt: s.moment(i.AcceptedAt), DispatchedAt: s.moment(i.DispatchedAt), ArrivedAt: s.moment(i.ArrivedAt),
		HandledAt: s.moment(i.HandledAt), ClosedAt: s.moment(i.ClosedAt), DueAt: s.moment(i.DueAt), LateStages: i.LateStages,
		Overdue: i.DueAt != 0 && i.DueAt <= s.Clock.Now().UnixMilli()}
	if i.Title != "" {
		p.Title = &i.Title
	}
	if a, ok := s.Areas.Tree().Area(i.AreaID); ok {
		p.Area = a.Name
	}
	f := Feature{Type: "Feature", ID: i.ID, Geometry: nothing, Properties: p}
	if i.Lon != nil && i.Lat != nil {
		f.Geometry = pointJSON(geo.Point{Lon: *i.Lon, Lat: *i.Lat})
	}
	return f
}

// openFeature puts an incident into the middle of the deepest area above it that has a boundary: a micro-grid, where
// there is one. ok is false where there is none up to the street.
func (s *Service) openFeature(t *grid.Tree, i Incident) (f Feature, at geo.Point, ok bool) {
	path := t.Path(i.AreaID)
	for n := len(path) - 1; n >= 0 && path[n].Level.Depth() >= grid.Street.Depth(); n-- {
		if at, ok = path[n].Shape.Inside(); ok {
			p := OpenProperties{State: i.State, Kind: i.Kind, Category: i.Category, CategoryZH: i.CategoryZH, CategoryEN: i.CategoryEN,
				Area: path[n].Name, AreaLevel: string(path[n].Level), ReceivedOn: s.day(i.ReceivedAt)}
			if i.ClosedAt != 0 {
				day := s.day(i.ClosedAt)
				p.ClosedOn = &day
			}
			return Feature{Type: "Feature", ID: i.ID, Geometry: pointJSON(at), Properties: p}, at, true
		}
	}
	return Feature{}, geo.Point{}, false
}

var nothing = json.RawMessage("null")

// pointJSON writes a position to about a decimetre.
func pointJSON(p geo.Point) json.RawMessage {
	const fine = 1e6
	raw, err := json.Marshal(struct {
		Type        string     `json:"type"`
		Coordinates [2]float64 `json:"coordinates"`
	}{"Point", [2]float64{math.Round(p.Lon*fine) / fine, math.Round(p.Lat*fine) / fine}})
	if err != nil { // a position is finite
		return nothing
	}
	return raw
}

func (s *Service) moment(ms int64) *string {
	if ms == 0 {
		return nil
	}
	text := time.UnixMilli(ms).In(s.Zone).Format(time.RFC3339)
	return &text
}

func (s *Service) day(ms int64) string { return time.UnixMilli(ms).In(s.Zone).Format(time.DateOnly) }

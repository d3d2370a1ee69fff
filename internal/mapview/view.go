package mapview

import (
	"encoding/json"
	"math"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/jsontext"
)

// PointsView is a board in columns: the n-th entry of each list is of the n-th point. It is long and asked for all the
// time, so it is written without reflection.
type PointsView struct {
	Position int64     `json:"position" doc:"give it as after in the next call"`
	Reset    bool      `json:"reset" doc:"this is the whole; else what changed"`
	Ground   int64     `json:"ground" doc:"grows when areas change: read the boundaries again"`
	States   []string  `json:"states" nullable:"false"`
	IDs      []string  `json:"ids" nullable:"false"`
	Lon      []float64 `json:"lon" nullable:"false" doc:"WGS-84"`
	Lat      []float64 `json:"lat" nullable:"false"`
	State    []int     `json:"state" nullable:"false" doc:"index into states"`
	Marks    []int     `json:"marks" nullable:"false" doc:"sum of 1 overdue, 2 emergency, 4 urgent"`
	At       []int64   `json:"at" nullable:"false" doc:"when it was received, unix ms"`
	Gone     []string  `json:"gone" nullable:"false" doc:"no longer shown"`
}

func viewOf(b *Board, at int64) *PointsView {
	n := len(b.Points)
	v := &PointsView{Position: b.Position, Reset: b.Reset, Ground: b.Ground, States: Marks, IDs: make([]string, 0, n), Lon: make([]float64, 0, n),
		Lat: make([]float64, 0, n), State: make([]int, 0, n), Marks: make([]int, 0, n), At: make([]int64, 0, n), Gone: append([]string{}, b.Gone...)}
	for _, p := range b.Points {
		mark := markOf(p.State, p.Lead)
		if mark < 0 {
			continue
		}
		v.IDs, v.Lon, v.Lat = append(v.IDs, p.ID), append(v.Lon, rounded(p.Lon)), append(v.Lat, rounded(p.Lat))
		v.State, v.Marks, v.At = append(v.State, mark), append(v.Marks, p.flags(at)), append(v.At, p.ReceivedAt)
	}
	return v
}

// AppendJSON writes the columns as encoding/json would.
func (v *PointsView) AppendJSON(w *jsontext.Writer) {
	w.Open('{')
	w.Number("position", v.Position)
	w.Flag("reset", v.Reset)
	w.Number("ground", v.Ground)
	places(w, v.States, v.IDs, v.Lon, v.Lat)
	w.Key("state")
	integers(w, v.State)
	w.Key("marks")
	integers(w, v.Marks)
	w.Key("at")
	jsontext.List(w, v.At, (*jsontext.Writer).Int)
	w.Key("gone")
	jsontext.List(w, v.Gone, (*jsontext.Writer).String)
	w.Close('}')
}

// places writes the columns that say which states there are, and which point lies where.
func places(w *jsontext.Writer, states, ids []string, lon, lat []float64) {
	w.Key("states")
	jsontext.List(w, states, (*jsontext.Writer).String)
	w.Key("ids")
	jsontext.List(w, ids, (*jsontext.Writer).String)
	w.Key("lon")
	degrees(w, lon)
	w.Key("lat")
	degrees(w, lat)
}

// CourseView is the course of a day in columns.
type CourseView struct {
	From      int64     `json:"from" doc:"the day's first instant, unix ms"`
	To        int64     `json:"to" doc:"the first instant after it"`
	States    []string  `json:"states" nullable:"false"`
	IDs       []string  `json:"ids" nullable:"false"`
	Lon       []float64 `json:"lon" nullable:"false"`
	Lat       []float64 `json:"lat" nullable:"false"`
	Emergency []int     `json:"emergency" nullable:"false" doc:"indexes of the points that are emergencies"`
	Steps     [][]int   `json:"steps" nullable:"false" doc:"second of the day and index into states in turn; -1: no longer shown"`
	Late      [][]int   `json:"late" nullable:"false" doc:"first second of being overdue and the one after the last in turn"`
}

func courseOf(c *Course) *CourseView {
	n := len(c.Points)
	v := &CourseView{From: c.From, To: c.To, States: Marks, IDs: make([]string, 0, n), Lon: make([]float64, 0, n), Lat: make([]float64, 0, n),
		Emergency: []int{}, Steps: make([][]int, 0, n), Late: make([][]int, 0, n)}
	for i, p := range c.Points {
		v.IDs, v.Lon, v.Lat = append(v.IDs, p.ID), append(v.Lon, rounded(p.Lon)), append(v.Lat, rounded(p.Lat))
		v.Steps, v.Late = append(v.Steps, p.Steps), append(v.Late, append([]int{}, p.Late...))
		if p.Emergency {
			v.Emergency = append(v.Emergency, i)
		}
	}
	return v
}

// AppendJSON writes the columns as encoding/json would.
func (v *CourseView) AppendJSON(w *jsontext.Writer) {
	w.Open('{')
	w.Number("from", v.From)
	w.Number("to", v.To)
	places(w, v.States, v.IDs, v.Lon, v.Lat)
	w.Key("emergency")
	integers(w, v.Emergency)
	w.Key("steps")
	jsontext.List(w, v.Steps, integers)
	w.Key("late")
	jsontext.List(w, v.Late, integers)
	w.Close('}')
}

func integers(w *jsontext.Writer, list []int) {
	jsontext.List(w, list, func(w *jsontext.Writer, n int) { w.Int(int64(n)) })
}

func degrees(w *jsontext.Writer, list []float64) {
	jsontext.List(w, list, func(w *jsontext.Writer, f float64) { w.Float(&f) })
}

// ClusterView is one cluster.
type ClusterView struct {
	Lon     float64          `json:"lon"`
	Lat     float64          `json:"lat"`
	Count   int64            `json:"count"`
	Overdue int64            `json:"overdue"`
	States  map[string]int64 `json:"states" nullable:"false"`
}

// AreaRef names an area.
type AreaRef struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	Level grid.Level `json:"level"`
}

// BorderView is an area with its boundary.
type BorderView struct {
	AreaRef
	Geometry json.RawMessage `json:"geometry" doc:"GeoJSON geometry, WGS-84; null without a boundary"`
	Lon      float64         `json:"lon,omitempty" doc:"where its name goes"`
	Lat      float64         `json:"lat,omitempty"`
}

func refOf(a grid.Area) AreaRef { return AreaRef{a.ID, a.Name, a.Level} }

func borderOf(a grid.Area) (BorderView, error) {
	raw, err := json.Marshal(a.Shape)
	v := BorderView{AreaRef: refOf(a), Geometry: raw}
	if inside, ok := a.Shape.Inside(); ok {
		v.Lon, v.Lat = rounded(inside.Lon), rounded(inside.Lat)
	}
	return v, err
}

// StationView is a station as a GeoJSON feature.
type StationView struct {
	Type       string            `json:"type" enum:"Feature"`
	ID         string            `json:"id"`
	Geometry   GeometryView      `json:"geometry"`
	Properties StationProperties `json:"properties"`
}

// StationProperties say which station it is.
type StationProperties struct {
	Unit string `json:"unit"`
	Name string `json:"name"`
	Area string `json:"area" doc:"name of what it patrols; the point is its middle"`
}

// PersonView is somebody on duty as a GeoJSON feature.
type PersonView struct {
	Type       string           `json:"type" enum:"Feature"`
	ID         string           `json:"id"`
	Geometry   GeometryView     `json:"geometry"`
	Properties PersonProperties `json:"properties"`
}

// PersonProperties say who it is, and of when the position is.
type PersonProperties struct {
	Name     string  `json:"name"`
	Unit     string  `json:"unit,omitempty"`
	Accuracy float64 `json:"accuracy" doc:"metres; 0 for unknown"`
	At       int64   `json:"at" doc:"unix ms"`
}

// GeometryView is a point.
type GeometryView struct {
	Type        string     `json:"type" enum:"Point"`
	Coordinates [2]float64 `json:"coordinates" doc:"longitude and latitude, WGS-84"`
}

func pointAt(p geo.Point) GeometryView {
	return GeometryView{"Point", [2]float64{rounded(p.Lon), rounded(p.Lat)}}
}

// rounded keeps as much of a coordinate as a map can show: a tenth of a metre.
func rounded(degrees float64) float64 { return math.Round(degrees*1e6) / 1e6 }

package geo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Errors of Decode, to be compared with errors.Is.
var (
	// ErrGeoJSON says that the text is not GeoJSON.
	ErrGeoJSON = errors.New("geo: not GeoJSON")
	// ErrNotArea says that a geometry is not made of polygons.
	ErrNotArea = errors.New("geo: geometry is not a polygon")
	// ErrTooLarge says that a limit on size was passed.
	ErrTooLarge = errors.New("geo: too large")
	// ErrCRS says that the file names a coordinate system other than
	// longitude and latitude in degrees.
	ErrCRS = errors.New("geo: coordinate system is not longitude and latitude")
)

// Limits bound what Decode accepts. A field of zero takes the value of
// DefaultLimits.
type Limits struct {
	Bytes    int // length of the text
	Features int // features in a collection
	Vertices int // points in all rings together
}

// DefaultLimits fit the boundaries of a whole province in one file.
var DefaultLimits = Limits{Bytes: 64 << 20, Features: 200_000, Vertices: 3_000_000}

func (l Limits) filled() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultLimits.Bytes
	}
	if l.Features <= 0 {
		l.Features = DefaultLimits.Features
	}
	if l.Vertices <= 0 {
		l.Vertices = DefaultLimits.Vertices
	}
	return l
}

// Feature is one decoded shape with what the file says of it.
type Feature struct {
	// ID is the feature's id as text; a number keeps its digits. Empty if absent.
	ID string
	// Properties is never nil. Numbers are json.Number, so long codes keep
	// their digits.
	Properties map[string]any
	// Shape is as in the file: not normalised, not validated but for the
	// range of its coordinates. It is nil if the geometry is null.
	Shape Shape
}

// document is the union of all GeoJSON objects that Decode knows.
type document struct {
	Type        string            `json:"type"`
	ID          json.RawMessage   `json:"id"`
	Features    []json.RawMessage `json:"features"`
	Geometry    json.RawMessage   `json:"geometry"`
	Properties  json.RawMessage   `json:"properties"`
	Coordinates json.RawMessage   `json:"coordinates"`
	CRS         *struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	} `json:"crs"`
}

// Decode reads a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection.
// A bare geometry gives one Feature without properties. Heights are dropped, a
// byte order mark is ignored. Every coordinate must be a valid position; the
// error names the feature by its index and wraps one of the errors above or one
// of those of Point.Valid.
func Decode(data []byte, lim Limits) ([]Feature, error) {
	lim = lim.filled()
	if len(data) > lim.Bytes {
		return nil, fmt.Errorf("%w: %d bytes, limit %d", ErrTooLarge, len(data), lim.Bytes)
	}
	d := decoder{lim: lim, left: lim.Vertices}
	var doc document
	if err := unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &doc); err != nil {
		return nil, err
	}
	if doc.CRS != nil && !degreesCRS(doc.CRS.Properties.Name) {
		return nil, fmt.Errorf("%w: %.80q", ErrCRS, doc.CRS.Properties.Name)
	}
	if doc.Type != "FeatureCollection" {
		f, err := d.feature(doc)
		if err != nil {
			return nil, err
		}
		return []Feature{f}, nil
	}
	if len(doc.Features) > lim.Features {
		return nil, fmt.Errorf("%w: %d features, limit %d", ErrTooLarge, len(doc.Features), lim.Features)
	}
	out := make([]Feature, 0, len(doc.Features))
	for i, raw := range doc.Features {
		var one document
		err := unmarshal(raw, &one)
		if err == nil && one.Type != "Feature" {
			err = fmt.Errorf("%w: type %.40q in a collection", ErrGeoJSON, one.Type)
		}
		var f Feature
		if err == nil {
			f, err = d.feature(one)
		}
		if err != nil {
			return nil, fmt.Errorf("feature %d: %w", i, err)
		}
		out = append(out, f)
	}
	return out, nil
}

type decoder struct {
	lim  Limits
	left int
}

func (d *decoder) feature(doc document) (Feature, error) {
	f := Feature{Properties: map[string]any{}}
	if doc.Type != "Feature" {
		s, err := d.shape(doc)
		f.Shape = s
		return f, err
	}
	f.ID = idText(doc.ID)
	if len(doc.Properties) > 0 {
		if err := unmarshal(doc.Properties, &f.Properties); err != nil {
			return f, err
		}
		if f.Properties == nil {
			f.Properties = map[string]any{}
		}
	}
	if len(doc.Geometry) == 0 || string(doc.Geometry) == "null" {
		return f, nil
	}
	var geom document
	if err := unmarshal(doc.Geometry, &geom); err != nil {
		return f, err
	}
	s, err := d.shape(geom)
	f.Shape = s
	return f, err
}

func (d *decoder) shape(doc document) (Shape, error) {
	var polys [][][][]float64
	switch doc.Type {
	case "Polygon":
		var one [][][]float64
		if err := unmarshal(doc.Coordinates, &one); err != nil {
			return nil, err
		}
		polys = [][][][]float64{one}
	case "MultiPolygon":
		if err := unmarshal(doc.Coordinates, &polys); err != nil {
			return nil, err
		}
	case "":
		return nil, fmt.Errorf("%w: no type", ErrGeoJSON)
	default:
		return nil, fmt.Errorf("%w: %.40q", ErrNotArea, doc.Type)
	}
	s := make(Shape, 0, len(polys))
	for _, rings := range polys {
		if len(rings) == 0 {
			return nil, fmt.Errorf("%w: polygon without rings", ErrGeoJSON)
		}
		poly := make(Polygon, 0, len(rings))
		for _, coords := range rings {
			r, err := d.ring(coords)
			if err != nil {
				return nil, err
			}
			poly = append(poly, r)
		}
		s = append(s, poly)
	}
	if len(s) == 0 {
		return nil, fmt.Errorf("%w: no polygon", ErrGeoJSON)
	}
	return s, nil
}

func (d *decoder) ring(coords [][]float64) (Ring, error) {
	if d.left -= len(coords); d.left < 0 {
		return nil, fmt.Errorf("%w: more than %d vertices", ErrTooLarge, d.lim.Vertices)
	}
	r := make(Ring, len(coords))
	for i, c := range coords {
		if len(c) < 2 {
			return nil, fmt.Errorf("%w: position with %d numbers", ErrGeoJSON, len(c))
		}
		r[i] = Point{Lon: c[0], Lat: c[1]}
		if err := r[i].Valid(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// unmarshal keeps the digits of numbers in free-form values and turns every
// complaint into ErrGeoJSON.
func unmarshal(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrGeoJSON, err)
	}
	if dec.More() {
		return fmt.Errorf("%w: text after the end", ErrGeoJSON)
	}
	return nil
}

func idText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// degreesCRS knows the names under which WGS-84 and CGCS2000 in degrees appear
// in the old "crs" member (GeoJSON 2008).
func degreesCRS(name string) bool {
	name = strings.ToUpper(strings.TrimSpace(name))
	return name == "" || strings.HasSuffix(name, "CRS84") ||
		strings.HasSuffix(name, ":4326") || strings.HasSuffix(name, ":4490")
}

package grid

import (
	"encoding/json"
	"errors"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// ShapePeriod is a boundary with the time for which it held.
type ShapePeriod struct {
	ID        string
	AreaID    string
	Shape     geo.Shape // WGS-84
	Datum     geo.Datum // of the source
	Source    string
	ValidFrom int64  // unix ms
	ValidTo   *int64 // unix ms; nil: holds now
}

// CheckPoint notes what is wrong with a position and returns it in WGS-84. The codes are position.nan,
// position.swapped, position.range and datum.unknown; names are the fields of longitude, latitude and datum.
func CheckPoint(f *fault.Fields, prefix string, lon, lat float64, datum string) geo.Point {
	d, err := geo.ParseDatum(datum)
	if err != nil {
		f.Add(prefix+"datum", "datum.unknown")
	}
	p := geo.Point{Lon: lon, Lat: lat}
	if code := positionCode(p.Valid()); code != "" {
		if only := (geo.Point{Lon: lon}).Valid(); only != nil {
			f.Add(prefix+"lon", code)
		}
		if only := (geo.Point{Lat: lat}).Valid(); only != nil {
			f.Add(prefix+"lat", code)
		}
		return geo.Point{}
	}
	if err != nil {
		return geo.Point{}
	}
	w, _ := geo.ToWGS84(p, d) // both were checked above
	return w
}

// positionCode is the code for an error of geo.Point.Valid, empty for none.
func positionCode(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, geo.ErrNaN):
		return "position.nan"
	case errors.Is(err, geo.ErrSwapped):
		return "position.swapped"
	default:
		return "position.range"
	}
}

// shapeCode is the code for an error of geo.Decode.
func shapeCode(err error) string {
	switch {
	case errors.Is(err, geo.ErrTooLarge):
		return "geojson.too_large"
	case errors.Is(err, geo.ErrNotArea):
		return "geojson.not_area"
	case errors.Is(err, geo.ErrCRS):
		return "geojson.crs"
	case errors.Is(err, geo.ErrNaN), errors.Is(err, geo.ErrSwapped), errors.Is(err, geo.ErrRange):
		return positionCode(err)
	default:
		return "geojson.malformed"
	}
}

// requireDatum reads the datum of drawn boundaries, which has no default: a wrong guess moves a city by 500 m.
func requireDatum(f *fault.Fields, name string) geo.Datum {
	if name == "" {
		f.Add("datum", "datum.required")
		return ""
	}
	d, err := geo.ParseDatum(name)
	if err != nil {
		f.Add("datum", "datum.unknown")
	}
	return d
}

// readShape decodes one GeoJSON geometry or feature as it stands in its file. Nothing or null gives no shape.
func readShape(f *fault.Fields, field string, raw json.RawMessage) geo.Shape {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	features, err := geo.Decode(raw, geo.Limits{Bytes: 8 << 20})
	if err != nil {
		f.Add(field, shapeCode(err))
		return nil
	}
	if len(features) != 1 {
		f.Add(field, "geojson.one_shape")
		return nil
	}
	return features[0].Shape
}

// fromWGS84 turns a stored shape back into the datum of a file, to be compared with what the file draws.
func fromWGS84(s geo.Shape, d geo.Datum) geo.Shape {
	if d == geo.WGS84 || d == geo.CGCS2000 || d == "" {
		return s
	}
	out := make(geo.Shape, len(s))
	for i, poly := range s {
		out[i] = make(geo.Polygon, len(poly))
		for j, ring := range poly {
			out[i][j] = make(geo.Ring, len(ring))
			for k, p := range ring {
				out[i][j][k], _ = geo.FromWGS84(p, d) // stored positions are valid
			}
		}
	}
	return out
}

func sameShape(a, b geo.Shape) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if len(a[i]) != len(b[i]) {
			return false
		}
		for j := range a[i] {
			if len(a[i][j]) != len(b[i][j]) {
				return false
			}
			for k, p := range a[i][j] {
				if p != b[i][j][k] {
					return false
				}
			}
		}
	}
	return true
}

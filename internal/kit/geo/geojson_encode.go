package geo

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MarshalJSON writes the shape as a GeoJSON geometry: a Polygon if it has one
// part, null if it is empty, else a MultiPolygon.
func (s Shape) MarshalJSON() ([]byte, error) {
	type geometry struct {
		Type        string `json:"type"`
		Coordinates any    `json:"coordinates"`
	}
	switch len(s) {
	case 0:
		return []byte("null"), nil
	case 1:
		return json.Marshal(geometry{"Polygon", s[0]})
	}
	return json.Marshal(geometry{"MultiPolygon", []Polygon(s)})
}

// UnmarshalJSON reads what MarshalJSON writes, under DefaultLimits.
func (s *Shape) UnmarshalJSON(data []byte) error {
	if string(bytes.TrimSpace(data)) == "null" {
		*s = nil
		return nil
	}
	fs, err := Decode(data, Limits{})
	if err != nil {
		return err
	}
	if len(fs) != 1 {
		return fmt.Errorf("%w: %d features where one shape is expected", ErrNotArea, len(fs))
	}
	*s = fs[0].Shape
	return nil
}

// MarshalJSON writes the ring as GeoJSON positions.
func (r Ring) MarshalJSON() ([]byte, error) {
	out := make([][2]float64, len(r))
	for i, p := range r {
		out[i] = [2]float64{p.Lon, p.Lat}
	}
	return json.Marshal(out)
}

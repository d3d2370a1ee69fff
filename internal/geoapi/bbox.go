package geoapi

import (
	"strconv"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// ParseBox reads the parameter bbox: west,south,east,north, or six numbers with heights, which are not looked at; in
// degrees, WGS-84. Nothing gives nil. A box across the 180th meridian is refused with the others that do not hold.
func ParseBox(f *fault.Fields, text string) *geo.Box {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	var v []float64
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || len(v) == 6 {
			f.Add("bbox", "field.bbox")
			return nil
		}
		v = append(v, n)
	}
	switch len(v) {
	case 4:
	case 6:
		v = []float64{v[0], v[1], v[3], v[4]}
	default:
		f.Add("bbox", "field.bbox")
		return nil
	}
	b := geo.Box{West: v[0], South: v[1], East: v[2], North: v[3]}
	for _, p := range []geo.Point{{Lon: b.West, Lat: b.South}, {Lon: b.East, Lat: b.North}} {
		if p.Valid() != nil {
			f.Add("bbox", "field.bbox")
			return nil
		}
	}
	if b.West > b.East || b.South > b.North {
		f.Add("bbox", "field.bbox")
		return nil
	}
	return &b
}

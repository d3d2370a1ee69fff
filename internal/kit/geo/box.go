package geo

import "math"

// Box is the smallest upright rectangle around something. Its
// fields are in the order of a GeoJSON bbox.
type Box struct {
	West, South, East, North float64
}

func emptyBox() Box {
	return Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

// Contains reports whether p is in the box or on its edge.
func (b Box) Contains(p Point) bool {
	return p.Lon >= b.West && p.Lon <= b.East && p.Lat >= b.South && p.Lat <= b.North
}

// Meets reports whether two boxes have a point in common.
func (b Box) Meets(o Box) bool {
	return b.West <= o.East && o.West <= b.East && b.South <= o.North && o.South <= b.North
}

// IsEmpty reports whether the box contains no point at all.
func (b Box) IsEmpty() bool { return !(b.West <= b.East && b.South <= b.North) }

func (b *Box) add(p Point) {
	b.West, b.East = math.Min(b.West, p.Lon), math.Max(b.East, p.Lon)
	b.South, b.North = math.Min(b.South, p.Lat), math.Max(b.North, p.Lat)
}

package geo

import (
	"errors"
	"fmt"
	"math"
)

// Errors of a single position. They are sentinels: compare with errors.Is and
// map each to the code of the field it came from.
var (
	// ErrNaN says that a coordinate is not a finite number.
	ErrNaN = errors.New("geo: coordinate is not a finite number")
	// ErrSwapped says that the coordinates only make sense the other way
	// round: the latitude is beyond 90 degrees and would be a longitude.
	ErrSwapped = errors.New("geo: longitude and latitude are swapped")
	// ErrRange says that a coordinate is outside -180..180 or -90..90.
	ErrRange = errors.New("geo: coordinate out of range")
)

// earthRadius is the mean radius R1 of the IUGG in metres, used for distances.
const earthRadius = 6371008.8

const degree = math.Pi / 180

// Point is a position in degrees. The zero Point means "no position": many
// devices send 0,0 when they have no fix, and no cell lies there.
type Point struct {
	Lon, Lat float64
}

// IsZero reports whether p means "no position".
func (p Point) IsZero() bool { return p.Lon == 0 && p.Lat == 0 }

// Valid returns nil for a position on earth, else an error that wraps ErrNaN,
// ErrSwapped or ErrRange. The zero Point is valid: whether a position is
// required is the caller's question.
func (p Point) Valid() error {
	if !finite(p.Lon) || !finite(p.Lat) {
		return ErrNaN
	}
	lon, lat := math.Abs(p.Lon), math.Abs(p.Lat)
	switch {
	case lat > 90 && lat <= 180 && lon <= 90:
		return fmt.Errorf("%w: lon %g, lat %g", ErrSwapped, p.Lon, p.Lat)
	case lat > 90 || lon > 180:
		return fmt.Errorf("%w: lon %g, lat %g", ErrRange, p.Lon, p.Lat)
	}
	return nil
}

// Distance returns the great-circle distance of a and b in metres by the
// haversine formula on a sphere of mean radius; it is within 0.6 % of the
// distance on the ellipsoid. Both points must be in the same datum.
func Distance(a, b Point) float64 {
	la, lb := a.Lat*degree, b.Lat*degree
	s := math.Sin((lb - la) / 2)
	t := math.Sin((b.Lon - a.Lon) * degree / 2)
	h := s*s + math.Cos(la)*math.Cos(lb)*t*t
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Round replaces p by the centre of a square of about the given side that
// contains it, so that a published place does not give the exact one away. The
// squares are fixed on earth: everything in one square rounds to one point, and
// rounding twice changes nothing. The shift is at most 0.71 times the side. A
// side of zero or less, a side beyond 1,000 km, the zero Point and a position
// that is not valid come back unchanged.
func Round(p Point, metres float64) Point {
	if !(metres > 0) || metres > 1e6 || p.IsZero() || p.Valid() != nil {
		return p
	}
	step := metres / (earthRadius * degree)
	lat := snap(p.Lat, step, 90)
	// The width of a square follows the latitude of its own row, so that all
	// points of one row see the same columns.
	wide := step / math.Max(math.Cos(lat*degree), 1e-6)
	if wide >= 360 {
		return Point{Lon: 0, Lat: lat}
	}
	return Point{Lon: snap(p.Lon, wide, 180), Lat: lat}
}

// snap moves v to the middle of its interval of the given length, unless that
// middle lies beyond limit.
func snap(v, step, limit float64) float64 {
	n := math.Floor(v / step)
	m := (n + 0.5) * step
	if m > limit {
		m = (math.Floor(limit/step) - 0.5) * step
	}
	return math.Max(m, -limit)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

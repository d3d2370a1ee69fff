package geo

import (
	"cmp"
	"math"
	"slices"
)

// WGS-84 ellipsoid.
const (
	wgsA  = 6378137.0
	wgsE2 = 0.00669437999014132
)

// metresPerDegree returns the length of one degree of longitude and of one
// degree of latitude at a latitude: N cos(lat) and M of the ellipsoid, where N
// and M are its radii of curvature in the prime vertical and in the meridian.
func metresPerDegree(lat float64) (east, north float64) {
	sin, cos := math.Sincos(lat * degree)
	w := 1 - wgsE2*sin*sin
	root := math.Sqrt(w)
	return wgsA / root * cos * degree, wgsA * (1 - wgsE2) / (w * root) * degree
}

// density is the area in m2 of one square degree at a latitude.
func density(lat float64) float64 {
	east, north := metresPerDegree(lat)
	return east * north
}

// signedArea integrates the area element of the ellipsoid over the ring by
// Green's theorem; it is positive for a counter-clockwise ring. Heights are
// taken from the ring's own first point, so that small rings keep all their
// digits.
func (r Ring) signedArea() float64 {
	if len(r) < 3 {
		return 0
	}
	base := r[0].Lat
	d0 := density(base)
	// below is the area of a strip one degree wide from base up to lat.
	below := func(lat float64) float64 {
		h := lat - base
		return h / 6 * (d0 + 4*density(base+h/2) + density(lat))
	}
	sum := 0.0
	last := below(r[len(r)-1].Lat)
	for i, p := range r {
		q := r[(i+len(r)-1)%len(r)]
		here := below(p.Lat)
		mid := below((p.Lat + q.Lat) / 2)
		sum -= (p.Lon - q.Lon) * (last + 4*mid + here) / 6
		last = here
	}
	return sum
}

// Area returns the area of the ring in m2, whichever way it runs.
func (r Ring) Area() float64 { return math.Abs(r.signedArea()) }

// Area returns the area of the shape in m2: outer rings less their holes.
func (s Shape) Area() float64 {
	sum := 0.0
	for _, poly := range s {
		for i, r := range poly {
			if i == 0 {
				sum += r.Area()
			} else {
				sum -= r.Area()
			}
		}
	}
	return sum
}

// Centroid returns the centre of gravity in the plane of longitude and
// latitude. It may lie outside a bent shape; for a label use Inside. The empty
// shape and one without area give the centre of their bounds.
func (s Shape) Centroid() Point {
	box := s.Bounds()
	if box.IsEmpty() {
		return Point{}
	}
	ox, oy := box.West, box.South
	var area, mx, my float64
	for _, poly := range s {
		for i, r := range poly {
			a, x, y := r.moments(ox, oy)
			// An outer ring adds and a hole takes away, whichever way they run.
			if (a < 0) == (i == 0) {
				a, x, y = -a, -x, -y
			}
			area, mx, my = area+a, mx+x, my+y
		}
	}
	if math.Abs(area) < 1e-18 {
		return Point{Lon: (box.West + box.East) / 2, Lat: (box.South + box.North) / 2}
	}
	return Point{Lon: ox + mx/(3*area), Lat: oy + my/(3*area)}
}

// moments returns twice the planar area of the ring and its first moments times
// six, about ox,oy.
func (r Ring) moments(ox, oy float64) (area, mx, my float64) {
	for i, q := range r {
		p := r[(i+len(r)-1)%len(r)]
		px, py, qx, qy := p.Lon-ox, p.Lat-oy, q.Lon-ox, q.Lat-oy
		c := px*qy - qx*py
		area += c
		mx += c * (px + qx)
		my += c * (py + qy)
	}
	return area, mx, my
}

// Inside returns a point that is certainly inside the shape and has room around
// it, for a label: the middle of the widest chord among several parallels. ok
// is false for a shape that has no inside.
func (s Shape) Inside() (p Point, ok bool) {
	var lats []float64
	for _, r := range s.rings() {
		for _, q := range r {
			lats = append(lats, q.Lat)
		}
	}
	slices.Sort(lats)
	lats = slices.Compact(lats)
	if len(lats) < 2 {
		return Point{}, false
	}
	best := 0.0
	try := func(lat float64) {
		if q, width := s.widestChord(lat); width > best && s.Contains(q) {
			p, best, ok = q, width, true
		}
	}
	lo, hi := lats[0], lats[len(lats)-1]
	const chords = 15
	for i := 1; i < chords; i++ {
		// Parallels near the top and the bottom make poor labels: the chord
		// counts only where a fifth of the height lies above and below it.
		try(lo + (hi-lo)*(0.2+0.6*float64(i)/chords))
	}
	for i := 1; !ok && i < len(lats); i++ {
		try((lats[i-1] + lats[i]) / 2)
	}
	return p, ok
}

// widestChord returns the middle and the width in degrees of the longest piece
// of the parallel that lies within the shape.
func (s Shape) widestChord(lat float64) (mid Point, width float64) {
	var xs []float64
	for _, r := range s.rings() {
		for i, b := range r {
			a := r[(i+len(r)-1)%len(r)]
			if (a.Lat > lat) != (b.Lat > lat) {
				xs = append(xs, a.Lon+(lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon))
			}
		}
	}
	slices.SortFunc(xs, cmp.Compare[float64])
	for i := 1; i < len(xs); i += 2 {
		if w := xs[i] - xs[i-1]; w > width {
			mid, width = Point{Lon: (xs[i] + xs[i-1]) / 2, Lat: lat}, w
		}
	}
	return mid, width
}

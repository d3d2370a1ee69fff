package survey

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"
)

// Point is a position in whole micro-degrees (about 0.1 m) of WGS-84.
type Point struct{ X, Y int64 }

const (
	micro  = 1e6
	metreY = 0.11086 // metres of a micro-degree of latitude
	metreX = 0.09574 // the same of longitude, at 30.69 degrees north
)

func pointOf(p orb.Point) Point {
	return Point{int64(math.Round(p[0] * micro)), int64(math.Round(p[1] * micro))}
}

// metres is the distance between two points. The conversions keep every machine from fusing the operations.
func metres(a, b Point) float64 {
	x, y := float64(a.X-b.X)*metreX, float64(a.Y-b.Y)*metreY
	return math.Sqrt(float64(x*x) + float64(y*y))
}

// cross is twice the signed area of the triangle: positive when c lies left of the way from a to b.
func cross(a, b, c Point) int64 {
	return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
}

// squareMetres converts a doubled area in micro-degrees.
func squareMetres(doubled int64) float64 { return float64(doubled) / 2 * (metreX * metreY) }

func comparePoints(a, b Point) int {
	return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y))
}

// between is the point of the segment from a to b at a share of it.
func between(a, b Point, share float64) Point {
	return Point{a.X + int64(math.Round(float64(b.X-a.X)*share)), a.Y + int64(math.Round(float64(b.Y-a.Y)*share))}
}

// nearest is the share of the segment from a to b that is nearest to p, and the distance there in metres.
func nearest(p, a, b Point) (share, distance float64) {
	dx, dy := float64(b.X-a.X)*metreX, float64(b.Y-a.Y)*metreY
	px, py := float64(p.X-a.X)*metreX, float64(p.Y-a.Y)*metreY
	long := float64(dx*dx) + float64(dy*dy)
	if long > 0 {
		share = min(max((float64(px*dx)+float64(py*dy))/long, 0), 1)
	}
	ex, ey := px-float64(share*dx), py-float64(share*dy)
	return share, math.Sqrt(float64(ex*ex) + float64(ey*ey))
}

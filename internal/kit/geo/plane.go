package geo

import "math"

// plane maps degrees to metres around an origin by a linear map, which keeps
// straight edges straight, and turns the result. The turn makes edges that run
// exactly north, which are common, lean, so that the sweep meets no vertical
// edge; the angle itself means nothing.
type plane struct {
	lon, lat    float64 // origin
	east, north float64 // metres per degree at the origin
	sin, cos    float64
	unit        float64 // density at the origin
}

func newPlane(b Box) plane {
	lon, lat := (b.West+b.East)/2, (b.South+b.North)/2
	east, north := metresPerDegree(lat)
	// At a pole a degree of longitude has no length and the map no inverse.
	east = math.Max(east, 1)
	sin, cos := math.Sincos(0.7391)
	return plane{lon, lat, east, north, sin, cos, east * north}
}

func (pl plane) forth(p Point) (x, y float64) {
	e, n := (p.Lon-pl.lon)*pl.east, (p.Lat-pl.lat)*pl.north
	return e*pl.cos - n*pl.sin, e*pl.sin + n*pl.cos
}

func (pl plane) back(x, y float64) Point {
	e, n := x*pl.cos+y*pl.sin, y*pl.cos-x*pl.sin
	return Point{Lon: pl.lon + e/pl.east, Lat: pl.lat + n/pl.north}
}

// stretch is the true area of one square metre of the plane at x,y.
func (pl plane) stretch(x, y float64) float64 {
	return density(pl.back(x, y).Lat) / pl.unit
}

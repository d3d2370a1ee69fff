package geo

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Datum names the coordinate system that a position or a file is in.
type Datum string

// The datums in use in China. GPS and browsers give WGS-84, official surveys
// CGCS2000, Amap and Tencent GCJ-02, Baidu BD-09.
const (
	WGS84    Datum = "wgs84"
	CGCS2000 Datum = "cgcs2000"
	GCJ02    Datum = "gcj02"
	BD09     Datum = "bd09"
)

// ErrDatum says that a datum's name is unknown.
var ErrDatum = errors.New("geo: unknown datum")

// Constants of GCJ-02: the Krasovsky 1940 ellipsoid that its published formula
// is built on.
const (
	gcjA  = 6378245.0
	gcjEE = 0.00669342162296594323
)

// ParseDatum reads a datum's name in any case, with or without a hyphen or
// underscore ("GCJ-02"). The empty name is WGS84. An unknown one gives ErrDatum.
func ParseDatum(name string) (Datum, error) {
	plain := strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(strings.TrimSpace(name)))
	switch d := Datum(plain); d {
	case "":
		return WGS84, nil
	case WGS84, CGCS2000, GCJ02, BD09:
		return d, nil
	}
	return "", fmt.Errorf("%w %q", ErrDatum, name)
}

// ToWGS84 converts p from the datum d. CGCS2000 is taken as WGS-84, from which
// it differs by centimetres. GCJ-02 and BD-09 are inverted by iteration to
// better than 1e-9 degree and are left alone outside China. The zero Point
// stays zero. Errors: those of Point.Valid, and ErrDatum.
func ToWGS84(p Point, d Datum) (Point, error) {
	if err := p.Valid(); err != nil {
		return Point{}, err
	}
	switch d {
	case WGS84, CGCS2000, "":
		return p, nil
	case GCJ02:
		return undo(p, gcjFromWGS), nil
	case BD09:
		return undo(p, func(w Point) Point { return bdFromGCJ(gcjFromWGS(w)) }), nil
	}
	return Point{}, fmt.Errorf("%w %q", ErrDatum, d)
}

// FromWGS84 converts p into the datum d, for links to a map service. It is the
// inverse of ToWGS84 and has the same errors.
func FromWGS84(p Point, d Datum) (Point, error) {
	if err := p.Valid(); err != nil {
		return Point{}, err
	}
	switch d {
	case WGS84, CGCS2000, "":
		return p, nil
	case GCJ02:
		if outsideChina(p) {
			return p, nil
		}
		return gcjFromWGS(p), nil
	case BD09:
		if outsideChina(p) {
			return p, nil
		}
		return bdFromGCJ(gcjFromWGS(p)), nil
	}
	return Point{}, fmt.Errorf("%w %q", ErrDatum, d)
}

// outsideChina is the rectangle test that goes with the published formula of
// GCJ-02; it takes in parts of the neighbouring countries too.
func outsideChina(p Point) bool {
	return p.Lon < 72.004 || p.Lon > 137.8347 || p.Lat < 0.8293 || p.Lat > 55.8271
}

// undo finds the WGS-84 point whose image under forward is p. The offset varies
// by less than 2 % of a step, so the fixed-point iteration gains nearly two
// digits a round. A point whose origin lies outside China was never shifted.
func undo(p Point, forward func(Point) Point) Point {
	w := p
	for range 30 {
		f := forward(w)
		dx, dy := p.Lon-f.Lon, p.Lat-f.Lat
		w = Point{Lon: w.Lon + dx, Lat: w.Lat + dy}
		if math.Abs(dx) < 1e-13 && math.Abs(dy) < 1e-13 {
			break
		}
	}
	if outsideChina(w) {
		return p
	}
	return w
}

// gcjFromWGS is the published forward formula of GCJ-02.
func gcjFromWGS(p Point) Point {
	x, y := p.Lon-105, p.Lat-35
	wave := (20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)) * 2 / 3
	lat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) + wave +
		(20*math.Sin(y*math.Pi)+40*math.Sin(y/3*math.Pi))*2/3 +
		(160*math.Sin(y/12*math.Pi)+320*math.Sin(y*math.Pi/30))*2/3
	lon := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) + wave +
		(20*math.Sin(x*math.Pi)+40*math.Sin(x/3*math.Pi))*2/3 +
		(150*math.Sin(x/12*math.Pi)+300*math.Sin(x/30*math.Pi))*2/3

	sin := math.Sin(p.Lat * degree)
	magic := 1 - gcjEE*sin*sin
	root := math.Sqrt(magic)
	return Point{
		Lon: p.Lon + lon/(gcjA/root*math.Cos(p.Lat*degree)*degree),
		Lat: p.Lat + lat/(gcjA*(1-gcjEE)/(magic*root)*degree),
	}
}

// bdFromGCJ is the published forward formula of BD-09 on top of GCJ-02.
func bdFromGCJ(p Point) Point {
	const k = math.Pi * 3000 / 180
	z := math.Hypot(p.Lon, p.Lat) + 0.00002*math.Sin(p.Lat*k)
	theta := math.Atan2(p.Lat, p.Lon) + 0.000003*math.Cos(p.Lon*k)
	return Point{Lon: z*math.Cos(theta) + 0.0065, Lat: z*math.Sin(theta) + 0.006}
}

// Package geo knows points, datums, polygons and sets of cells that ought to
// tile a plane. It knows nothing of what a cell stands for: a cell is a string
// id and a shape.
//
// Conventions that hold for the whole package:
//
//   - Coordinates are degrees, longitude first, as in GeoJSON (RFC 7946).
//   - An edge is a straight line in longitude and latitude, so two shapes that
//     share two vertices share the edge between them exactly.
//   - Areas are square metres on the WGS-84 ellipsoid; lengths are metres.
//     The offset of GCJ-02 and BD-09 changes both by less than 0.8 %, so
//     shapes may be checked in the datum of their file; for a published area
//     convert first.
//   - Shapes that cross the 180th meridian are not supported.
//
// The main entrances are ToWGS84 and FromWGS84 (datums), Decode (GeoJSON),
// Validate (one shape), Check (the topology of many) and NewIndex (point to
// cell).
package geo

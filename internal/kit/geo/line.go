package geo

import "math"

// CrossesItself tells whether a line cuts or touches itself, and where first.
func CrossesItself(line []Point) (at Point, crossed bool) {
	var segs []segment
	for i := 1; i < len(line); i++ {
		segs = append(segs, segment{line[i-1].Lon, line[i-1].Lat, line[i].Lon, line[i].Lat})
	}
	pairs(segs, func(i, j int) bool {
		if i-j == 1 || j-i == 1 || relate(segs[i], segs[j]) == apart {
			return true
		}
		at, crossed = place(segs[i], segs[j]), true
		return false
	})
	return at, crossed
}

// Reach lengthens a line that ends inside a shape, straight on to the border: who draws a cut by hand need not hit
// the border itself.
func Reach(s Shape, line []Point) []Point {
	if len(line) < 2 {
		return line
	}
	out := append([]Point{}, line...)
	if p := out[len(out)-1]; s.Contains(p) {
		if q, ok := s.exit(out[len(out)-2], p); ok {
			out = append(out, q)
		}
	}
	if p := out[0]; s.Contains(p) {
		if q, ok := s.exit(out[1], p); ok {
			out = append([]Point{q}, out...)
		}
	}
	return out
}

// exit returns where the way from a through b first meets the border after b, a step beyond it.
func (s Shape) exit(a, b Point) (Point, bool) {
	box := s.Bounds()
	dx, dy := b.Lon-a.Lon, b.Lat-a.Lat
	length := math.Hypot(dx, dy)
	if length == 0 {
		return Point{}, false
	}
	far := math.Hypot(box.East-box.West, box.North-box.South) * 2
	way := segment{b.Lon, b.Lat, b.Lon + dx/length*far, b.Lat + dy/length*far}
	best, found := math.Inf(1), false
	for _, r := range s.rings() {
		for i := 1; i < len(r); i++ {
			edge := segment{r[i-1].Lon, r[i-1].Lat, r[i].Lon, r[i].Lat}
			if relate(way, edge) != crosses {
				continue
			}
			x, y := meeting(way, edge)
			if d := math.Hypot(x-b.Lon, y-b.Lat); d < best {
				best, found = d, true
			}
		}
	}
	best += 10 * weld
	return Point{Lon: b.Lon + dx/length*best, Lat: b.Lat + dy/length*best}, found
}

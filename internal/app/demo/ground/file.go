package ground

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"gezhi/internal/kit/geo"
)

// File is the street as it is kept: every border once, as an arc that the areas on both sides name.
type File struct {
	Attribution string    `json:"attribution"`
	Communities []Part    `json:"communities"` // in patrol areas
	Grids       []Part    `json:"grids"`       // in communities
	Microgrids  []Part    `json:"microgrids"`  // in grids
	Arcs        [][]int64 `json:"arcs"`        // lon, lat of the first point in micro-degrees, then steps to the next
}

// Part is one area of the file.
type Part struct {
	Of   int    `json:"of"` // index of the area around it
	Kind string `json:"kind,omitempty"`
	Own  bool   `json:"own,omitempty"`
	Ring []int  `json:"ring,omitempty"` // arcs, counter-clockwise; ^n is arc n backwards
}

// Encode writes the file with a line for each area and arc, the same each time.
func (f *File) Encode() ([]byte, error) {
	var b bytes.Buffer
	text, err := json.Marshal(f.Attribution)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "{\n\"attribution\": %s", text)
	for _, list := range []struct {
		name  string
		parts []Part
	}{{"communities", f.Communities}, {"grids", f.Grids}, {"microgrids", f.Microgrids}} {
		if err := lines(&b, list.name, list.parts); err != nil {
			return nil, err
		}
	}
	if err := lines(&b, "arcs", f.Arcs); err != nil {
		return nil, err
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

func lines[T any](b *bytes.Buffer, name string, list []T) error {
	fmt.Fprintf(b, ",\n%q: [", name)
	for i, v := range list {
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(raw)
	}
	b.WriteString("\n]")
	return nil
}

var errBroken = errors.New("an area of the demo's ground is not one closed ring")

// builder makes shapes of arcs. The first error stays.
type builder struct {
	file *File
	err  error
}

func (b *builder) arc(n int) []geo.Point {
	back := n < 0
	if back {
		n = ^n
	}
	raw := b.file.Arcs[n]
	out := make([]geo.Point, len(raw)/2)
	var x, y int64
	for i := range out {
		x, y = x+raw[2*i], y+raw[2*i+1]
		at := i
		if back {
			at = len(out) - 1 - i
		}
		out[at] = geo.Point{Lon: float64(x) / 1e6, Lat: float64(y) / 1e6}
	}
	return out
}

// shape closes a ring of arcs.
func (b *builder) shape(ring []int) geo.Shape {
	var out geo.Ring
	for _, n := range ring {
		arc := b.arc(n)
		if len(out) > 0 {
			if out[len(out)-1] != arc[0] {
				b.err = errBroken
			}
			arc = arc[1:]
		}
		out = append(out, arc...)
	}
	if len(out) < 4 || out[0] != out[len(out)-1] {
		b.err = errBroken
	}
	return geo.Shape{geo.Polygon{out}}
}

// outline is the ring around several rings: the arcs that no second one of them runs back along.
func (b *builder) outline(arcs []int) []int {
	in := make(map[int]bool, len(arcs))
	for _, n := range arcs {
		in[n] = true
	}
	from := map[geo.Point]int{}
	var first, count int
	for _, n := range arcs {
		if in[^n] {
			continue
		}
		if count == 0 {
			first = n
		}
		count++
		from[b.arc(n)[0]] = n
	}
	var ring []int
	for n := first; len(ring) < count; {
		ring = append(ring, n)
		arc := b.arc(n)
		next, ok := from[arc[len(arc)-1]]
		if !ok {
			break
		}
		if n = next; n == first {
			break
		}
	}
	if len(ring) != count {
		b.err = errBroken
	}
	return ring
}

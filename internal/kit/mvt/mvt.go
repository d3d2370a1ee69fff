// Package mvt writes vector tiles: points and polygons with their properties, as the Mapbox Vector Tile specification
// 2.1 encodes them in protocol buffers.
package mvt

import (
	"math"
	"slices"
)

// Extent is how many units a tile is wide and high.
const Extent = 4096

// Point is a place on a tile, in units from its upper left corner. It may lie outside.
type Point struct{ X, Y int32 }

// Feature is one thing on a tile: either Points or Rings are given. A ring is an outer one, followed by its holes, each
// without a repeated last point and in any direction; rings that enclose nothing are left out.
type Feature struct {
	Points   []Point
	Polygons [][][]Point
	Keys     []string
	Values   []any // string, int64, float64 or bool, one for each key
}

// Layer is a named list of features.
type Layer struct {
	Name     string
	Features []Feature
}

// The numbers of the specification.
const (
	typePoint   = 1
	typePolygon = 3
	moveTo      = 1
	lineTo      = 2
	closePath   = 7
)

// Marshal returns the layers as a tile; empty ones are left out, so that a tile without any is empty.
func Marshal(layers ...Layer) []byte {
	var tile buffer
	for _, l := range layers {
		if body := l.marshal(); body != nil {
			tile.bytes(3, body)
		}
	}
	return tile.b
}

func (l *Layer) marshal() []byte {
	var out buffer
	keys, values := index[string]{}, index[any]{}
	out.uint(15, 2)
	out.bytes(1, []byte(l.Name))
	any := false
	for _, f := range l.Features {
		kind, geometry := f.geometry()
		if len(geometry) == 0 {
			continue
		}
		any = true
		var tags []uint32
		for n, k := range f.Keys {
			tags = append(tags, keys.of(k), values.of(f.Values[n]))
		}
		var one buffer
		one.packed(2, tags)
		one.uint(3, kind)
		one.packed(4, geometry)
		out.bytes(2, one.b)
	}
	if !any {
		return nil
	}
	for _, k := range keys.list {
		out.bytes(3, []byte(k))
	}
	for _, v := range values.list {
		out.bytes(4, value(v))
	}
	out.uint(5, Extent)
	return out.b
}

func value(v any) []byte {
	var out buffer
	switch v := v.(type) {
	case string:
		out.bytes(1, []byte(v))
	case float64:
		out.double(3, v)
	case int64:
		out.uint(4, uint64(v))
	case bool:
		out.uint(7, map[bool]uint64{true: 1}[v])
	}
	return out.b
}

// geometry writes the commands of a feature.
func (f *Feature) geometry() (kind uint64, commands []uint32) {
	var at Point
	to := func(p Point) {
		commands = append(commands, zigzag(p.X-at.X), zigzag(p.Y-at.Y))
		at = p
	}
	if len(f.Points) > 0 {
		commands = append(commands, moveTo|uint32(len(f.Points))<<3)
		for _, p := range f.Points {
			to(p)
		}
		return typePoint, commands
	}
	for _, rings := range f.Polygons {
		for n, ring := range rings {
			area := doubleArea(ring)
			if area == 0 && n == 0 {
				break // its holes are nothing either
			}
			if len(ring) < 3 || area == 0 {
				continue
			}
			if (area > 0) != (n == 0) { // outer rings run clockwise on the screen, holes the other way
				ring = slices.Clone(ring)
				slices.Reverse(ring)
			}
			commands = append(commands, moveTo|1<<3)
			to(ring[0])
			commands = append(commands, lineTo|uint32(len(ring)-1)<<3)
			for _, p := range ring[1:] {
				to(p)
			}
			commands = append(commands, closePath|1<<3)
		}
	}
	return typePolygon, commands
}

// doubleArea is twice the area of a ring by the surveyor's formula, positive where it runs clockwise on a screen.
func doubleArea(ring []Point) int64 {
	var sum int64
	for n, p := range ring {
		q := ring[(n+1)%len(ring)]
		sum += int64(p.X)*int64(q.Y) - int64(q.X)*int64(p.Y)
	}
	return sum
}

func zigzag(v int32) uint32 { return uint32(v<<1) ^ uint32(v>>31) }

// index numbers what is named more than once.
type index[T comparable] struct {
	list []T
	at   map[T]uint32
}

func (i *index[T]) of(v T) uint32 {
	if n, ok := i.at[v]; ok {
		return n
	}
	if i.at == nil {
		i.at = map[T]uint32{}
	}
	n := uint32(len(i.list))
	i.at[v], i.list = n, append(i.list, v)
	return n
}

// buffer is a message of protocol buffers.
type buffer struct{ b []byte }

func (b *buffer) varint(v uint64) {
	for v >= 0x80 {
		b.b = append(b.b, byte(v)|0x80)
		v >>= 7
	}
	b.b = append(b.b, byte(v))
}

func (b *buffer) uint(field int, v uint64) {
	b.varint(uint64(field) << 3)
	b.varint(v)
}

func (b *buffer) bytes(field int, v []byte) {
	b.varint(uint64(field)<<3 | 2)
	b.varint(uint64(len(v)))
	b.b = append(b.b, v...)
}

func (b *buffer) double(field int, v float64) {
	b.varint(uint64(field)<<3 | 1)
	bits := math.Float64bits(v)
	for range 8 {
		b.b = append(b.b, byte(bits))
		bits >>= 8
	}
}

func (b *buffer) packed(field int, list []uint32) {
	var body buffer
	for _, v := range list {
		body.varint(uint64(v))
	}
	b.bytes(field, body.b)
}

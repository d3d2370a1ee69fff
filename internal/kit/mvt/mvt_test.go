package mvt

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The commands are those of the examples in section 4.3.5 of the specification.
func TestGeometryIsWrittenAsTheSpecificationShows(t *testing.T) {
	for _, c := range []struct {
		name string
		f    Feature
		kind uint64
		want []uint32
	}{
		{"a point", Feature{Points: []Point{{25, 17}}}, 1, []uint32{9, 50, 34}},
		{"two points", Feature{Points: []Point{{5, 7}, {3, 2}}}, 1, []uint32{17, 10, 14, 3, 9}},
		{"a polygon", Feature{Polygons: [][][]Point{{{{3, 6}, {8, 12}, {20, 34}}}}}, 3, []uint32{9, 6, 12, 18, 10, 12, 24, 44, 15}},
		{"two polygons, one with a hole", Feature{Polygons: [][][]Point{
			{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}},
			{{{11, 11}, {20, 11}, {20, 20}, {11, 20}}, {{13, 13}, {13, 17}, {17, 17}, {17, 13}}},
		}}, 3, []uint32{9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15}},
	} {
		kind, got := c.f.geometry()
		require.Equal(t, c.kind, kind, c.name)
		require.Equal(t, c.want, got, c.name)
	}
}

func TestRingsRunTheRightWayHoweverTheyAreGiven(t *testing.T) {
	outer, hole := []Point{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, []Point{{2, 2}, {2, 4}, {4, 4}, {4, 2}}
	back := func(ring []Point) []Point { return []Point{ring[3], ring[2], ring[1], ring[0]} }
	f := Feature{Polygons: [][][]Point{{back(outer), back(hole)}}}
	_, got := f.geometry()
	same := Feature{Polygons: [][][]Point{{outer, hole}}}
	_, want := same.geometry()
	require.Equal(t, len(want), len(got))
	require.Equal(t, back(outer)[0], Point{0, 10}, "what was given stays as it was")
}

func TestWhatEnclosesNothingIsLeftOut(t *testing.T) {
	f := Feature{Polygons: [][][]Point{{{{0, 0}, {5, 5}}, {{1, 1}, {2, 1}, {2, 2}}}, {{{0, 0}, {1, 1}, {2, 2}}}, {}}}
	_, got := f.geometry()
	require.Empty(t, got)
	require.Empty(t, Marshal(Layer{Name: "a", Features: []Feature{f}}), "a tile without anything is empty")
}

func TestATileNamesEachKeyAndValueOnce(t *testing.T) {
	one := Feature{Points: []Point{{1, 1}}, Keys: []string{"k", "n"}, Values: []any{"same", int64(7)}}
	got := Marshal(Layer{Name: "l", Features: []Feature{one, one}})
	require.Equal(t, []byte{
		0x1a, 0x38, // the layer
		0x78, 2, 0x0a, 1, 'l',
		0x12, 13, 0x12, 4, 0, 0, 1, 1, 0x18, 1, 0x22, 3, 9, 2, 2,
		0x12, 13, 0x12, 4, 0, 0, 1, 1, 0x18, 1, 0x22, 3, 9, 2, 2,
		0x1a, 1, 'k', 0x1a, 1, 'n',
		0x22, 6, 0x0a, 4, 's', 'a', 'm', 'e',
		0x22, 2, 0x20, 7,
	}, got[:len(got)-3])
	require.Equal(t, []byte{0x28, 0x80, 0x20}, got[len(got)-3:])
}

func TestValuesOfEverySort(t *testing.T) {
	require.Equal(t, []byte{0x38, 1}, value(true))
	require.Equal(t, []byte{0x38, 0}, value(false))
	require.Equal(t, []byte{0x19, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f}, value(1.0))
	require.Equal(t, []byte{0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, value(int64(-1)))
}

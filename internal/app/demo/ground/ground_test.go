package ground

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/geo"
)

// quoted is what the press article says of the kinds of grids (MISSION SF-66, SF-67).
var quoted = map[string]int{"rural": 8, "business": 4, "university": 6, "residential": 112, "market": 9}

const quotedGrids = 133

// TestCounts holds the street to the numbers of the article, and shows that its kinds are six more than its grids.
func TestCounts(t *testing.T) {
	s, err := Read()
	require.NoError(t, err)
	kinds, grids, micro, patrols := map[string]int{}, 0, 0, map[int]bool{}
	for _, c := range s.Communities {
		patrols[c.Patrol] = true
		for _, g := range c.Grids {
			kinds[g.Kind]++
			grids++
			micro += len(g.Microgrids)
			require.GreaterOrEqual(t, len(g.Microgrids), 3, g.Name)
			require.LessOrEqual(t, len(g.Microgrids), 16, g.Name)
		}
	}
	require.Len(t, s.Communities, 14)
	require.Len(t, patrols, 6)
	require.Equal(t, quotedGrids, grids)
	require.Equal(t, 997, micro)
	require.InDelta(t, 56.35e6, s.Shape.Area(), 0.5e6)

	sum := 0
	for _, n := range quoted {
		sum += n
	}
	require.Equal(t, 139, sum)
	for kind, n := range quoted {
		if kind == "residential" {
			n -= sum - quotedGrids
		}
		require.Equal(t, n, kinds[kind], kind)
	}
}

// TestTiles asks the product's own check: nothing overlaps, nothing is missing, not even within what it tolerates.
func TestTiles(t *testing.T) {
	s, err := Read()
	require.NoError(t, err)
	cells := []geo.Cell{{ID: "street", Shape: s.Shape}}
	var area [3]float64
	for i, c := range s.Communities {
		community := fmt.Sprint(i)
		cells = append(cells, geo.Cell{ID: community, Parent: "street", Shape: c.Shape})
		area[0] += c.Shape.Area()
		for j, g := range c.Grids {
			grid := fmt.Sprint(i, ".", j)
			cells = append(cells, geo.Cell{ID: grid, Parent: community, Shape: g.Shape})
			area[1] += g.Shape.Area()
			for k, m := range g.Microgrids {
				cells = append(cells, geo.Cell{ID: fmt.Sprint(grid, ".", k), Parent: grid, Shape: m.Shape})
				area[2] += m.Shape.Area()
			}
		}
	}
	for _, sum := range area {
		require.InEpsilon(t, s.Shape.Area(), sum, 1e-9)
	}
	for _, c := range cells {
		require.Len(t, c.Shape, 1, "%s is of one piece", c.ID)
		require.Len(t, c.Shape[0], 1, "%s has no hole", c.ID)
	}
	rep := geo.Check(cells, geo.Options{})
	require.True(t, rep.OK(), "%+v", rep.Findings)
	require.Empty(t, rep.Tolerated)
}

// TestKinds looks at where and how large the kinds are.
func TestKinds(t *testing.T) {
	s, err := Read()
	require.NoError(t, err)
	sum, count := map[string]float64{}, map[string]float64{}
	own, homes := 0, map[string]bool{}
	for _, c := range s.Communities {
		for _, g := range c.Grids {
			for _, m := range g.Microgrids {
				sum[g.Kind] += m.Shape.Area()
				count[g.Kind]++
			}
			if g.Own {
				require.Equal(t, "market", g.Kind)
				own++
				homes[c.Name] = true
			}
			if g.Kind == "rural" {
				require.Equal(t, "麦田社区", c.Name, "the name says fields")
			}
		}
	}
	require.Equal(t, 5, own)
	require.Equal(t, map[string]bool{"百集社区": true}, homes, "the dedicated patrol area lies in one community")
	mean := func(kind string) float64 { return sum[kind] / count[kind] }
	t.Logf("mean m2 of a micro-grid: rural %.0f, university %.0f, residential %.0f, business %.0f, market %.0f",
		mean("rural"), mean("university"), mean("residential"), mean("business"), mean("market"))
	require.Greater(t, mean("rural"), 1.6*mean("residential"))
	require.Greater(t, mean("university"), mean("residential"))
	require.Less(t, mean("market"), mean("residential"))
}

func TestNames(t *testing.T) {
	s, err := Read()
	require.NoError(t, err)
	seen := map[string]bool{}
	once := func(name string) {
		require.False(t, seen[name], name)
		seen[name] = true
	}
	for _, c := range s.Communities {
		once(c.Name)
		for _, g := range c.Grids {
			once(g.Name)
			for _, m := range g.Microgrids {
				once(m.Name)
			}
		}
	}
	require.True(t, seen["百集01-01微网格"])
	for n, word := range map[int]string{1: "一", 10: "十", 12: "十二", 20: "二十", 23: "二十三", 100: "100"} {
		require.Equal(t, word, numeral(n))
	}
}

// TestBroken refuses a file whose areas do not close.
func TestBroken(t *testing.T) {
	f := File{
		Communities: []Part{{}}, Grids: []Part{{Kind: "market"}}, Microgrids: []Part{{Ring: []int{0, 1}}},
		Arcs: [][]int64{{0, 0, 10, 0, 0, 10}, {10, 10, -5, -5}},
	}
	_, err := f.street()
	require.ErrorIs(t, err, errBroken)
	f.Arcs[1] = []int64{10, 10, -10, -10}
	_, err = f.street()
	require.NoError(t, err)
}

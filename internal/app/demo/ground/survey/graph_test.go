package survey

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// box is a square around whose corners the lines of these tests lie.
func box(x, y, side int64, c class) []segment {
	p := [4]Point{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}
	return []segment{{p[0], p[1], c}, {p[1], p[2], c}, {p[2], p[3], c}, {p[3], p[0], c}}
}

func TestNetFindsFaces(t *testing.T) {
	lines := append(box(0, 0, 4000, edgeOfMap),
		segment{Point{2000, -500}, Point{2000, 4500}, lane}, // across, with two dead ends
		segment{Point{1, 2000}, Point{2000, 2003}, path},    // ends a little beside the frame
		segment{Point{3000, 3000}, Point{3500, 3500}, lane}) // an island
	lines = append(lines, box(2500, 500, 500, lane)...)                        // a loop of its own
	lines = append(lines, box(4000, 4000, 500, lane)...)                       // a loop that hangs on a corner
	lines = append(lines, segment{Point{2000, 0}, Point{2000, 4000}, primary}) // a stronger line on the same place
	g, err := net(lines)
	require.NoError(t, err)
	areas := 0.0
	for _, f := range g.faces {
		areas += f.area
	}
	require.Len(t, g.faces, 4, "three pieces and what lies outside")
	require.InDelta(t, 0, areas, 1e-6, "the pieces fill the frame")
	strong := 0
	for _, l := range g.lines {
		if l.class == primary {
			strong++
		}
		require.Contains(t, []class{edgeOfMap, path, primary}, l.class)
	}
	require.Equal(t, 2, strong, "the stronger line wins and is cut where the path meets it")
}

// TestSplit throws lines together: afterwards they meet at their ends only.
func TestSplit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		var list []segment
		for range 60 {
			at := func() Point { return Point{rng.Int64N(8000), rng.Int64N(8000)} }
			list = append(list, segment{at(), at(), lane})
		}
		out, err := split(list)
		require.NoError(t, err)
		require.Greater(t, len(out), len(list))
		near(out, func(i, j int) { require.False(t, crosses(out[i], out[j]), "%v %v", out[i], out[j]) })
	}
}

// TestRegionsMerge merges the fields of a chessboard: each keeps one ring, and together they keep the area.
func TestRegionsMerge(t *testing.T) {
	var lines []segment
	for i := int64(0); i <= 10; i++ {
		c := lane
		if i == 5 {
			c = primary
		}
		lines = append(lines, segment{Point{i * 1000, 0}, Point{i * 1000, 10000}, c}, segment{Point{0, i * 1000}, Point{10000, i * 1000}, c})
	}
	g, err := net(lines)
	require.NoError(t, err)
	inside := make([]bool, len(g.faces))
	for i, f := range g.faces {
		inside[i] = f.area > 0
	}
	r := newRegions(g, inside, newSizer(Plan{Area: 1, Microgrids: 10}))
	require.Len(t, r.list, 100)
	require.NoError(t, r.merge(4))
	total := 0.0
	for _, one := range r.list {
		total += one.area
		seen := map[int]bool{}
		for i, h := range one.ring {
			require.False(t, seen[g.from(h)], "the ring never touches itself")
			seen[g.from(h)] = true
			require.Equal(t, g.to(h), g.from(one.ring[(i+1)%len(one.ring)]))
		}
	}
	require.InEpsilon(t, -g.faces[g.outer()].area, total, 1e-9)
	require.Greater(t, r.share(primary), 0.3, "main roads stay borders")
	require.NoError(t, r.merge(1))
	require.ErrorIs(t, r.merge(0), errStuck)
}

// TestHalve cuts a long face across, and leaves alone what a cut would leave.
func TestHalve(t *testing.T) {
	p := [4]Point{{0, 0}, {8000, 0}, {8000, 2000}, {0, 2000}}
	g, err := net([]segment{{p[0], p[1], lane}, {p[1], p[2], lane}, {p[2], p[3], lane}, {p[3], p[0], lane}})
	require.NoError(t, err)
	for _, f := range g.faces {
		if f.area <= 0 {
			continue
		}
		c, ok := g.halve(f)
		require.True(t, ok)
		require.InDelta(t, 2000*metreY, metres(c.a, c.b), 40)
		require.True(t, g.holds(f, Point{4000, 1000}))
		require.False(t, g.holds(f, Point{4000, 3000}))
	}
}

// TestSimpler drops what changes little, and keeps what two arcs need not to meet.
func TestSimpler(t *testing.T) {
	flat := Arc{{0, 0}, {500, 3}, {1000, 0}}
	bow := Arc{{0, 0}, {500, 900}, {1000, 0}}
	near := Arc{{0, 0}, {500, -8}, {1000, 0}}
	require.Equal(t, []Arc{{{0, 0}, {1000, 0}}, bow}, simpler([]Arc{flat, bow}))
	require.Equal(t, []Arc{{{0, 0}, {1000, 0}}, near}, simpler([]Arc{flat, near}), "both would be the same straight line")
}

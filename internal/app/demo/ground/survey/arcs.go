package survey

// drawing turns the borders of regions into arcs that neighbours share.
type drawing struct {
	*regions
	arcs []Arc
	at   map[int]int // arc by its first half-edge in each direction; ^n for backwards
	skip map[int]int // how many half-edges an arc takes, by its first
}

// draw draws the regions in an order and returns their rings.
func (d *drawing) draw(order []int) [][]int {
	d.at, d.skip = map[int]int{}, map[int]int{}
	degree := make([]int, len(d.g.points))
	for i, l := range d.g.lines {
		if d.of[d.g.left[2*i]] != d.of[d.g.left[2*i+1]] {
			degree[l.a]++
			degree[l.b]++
		}
	}
	rings := make([][]int, len(order))
	for i, n := range order {
		ring := d.list[n].ring
		start := 0
		for degree[d.g.from(ring[start])] < 3 {
			start++
		}
		for k := 0; k < len(ring); {
			first := ring[(start+k)%len(ring)]
			arc, known := d.at[first]
			if !known {
				var run []int
				for j := k; j < len(ring); j++ {
					run = append(run, ring[(start+j)%len(ring)])
					if degree[d.g.to(run[len(run)-1])] > 2 {
						break
					}
				}
				arc = len(d.arcs)
				d.arcs = append(d.arcs, d.points(run))
				back := run[len(run)-1] ^ 1
				d.at[first], d.at[back] = arc, ^arc
				d.skip[first], d.skip[back] = len(run), len(run)
			}
			rings[i] = append(rings[i], arc)
			k += d.skip[first]
		}
	}
	d.arcs = simpler(d.arcs)
	return rings
}

func (d *drawing) points(run []int) Arc {
	out := Arc{d.g.points[d.g.from(run[0])]}
	for _, h := range run {
		out = append(out, d.g.points[d.g.to(h)])
	}
	return out
}

// steps writes an arc as the file keeps it.
func (a Arc) steps() []int64 {
	var last Point
	var out []int64
	for _, p := range a {
		out = append(out, p.X-last.X, p.Y-last.Y)
		last = p
	}
	return out
}

// rough is how far a simplified border may lie from the true one, in metres.
const rough = 2.0

// simpler drops points that change little. Where simplified arcs would meet, they keep more of their points.
func simpler(arcs []Arc) []Arc {
	out := make([]Arc, len(arcs))
	fine := make([]float64, len(arcs))
	for i, a := range arcs {
		fine[i] = rough
		out[i] = thinned(a, rough)
	}
	for {
		var list []segment
		var owner []int
		for i, a := range out {
			for k := 1; k < len(a); k++ {
				list = append(list, segment{a: a[k-1], b: a[k]})
				owner = append(owner, i)
			}
		}
		again := map[int]bool{}
		near(list, func(i, j int) {
			if s, t := list[i], list[j]; crosses(s, t) || onto(s, t) || onto(t, s) || same(s, t) {
				again[owner[i]], again[owner[j]] = true, true
			}
		})
		changed := false
		for i := range again {
			if fine[i] > 0 {
				changed = true
				if fine[i] /= 2; fine[i] < 0.2 {
					fine[i] = 0
				}
				out[i] = thinned(arcs[i], fine[i])
			}
		}
		if !changed {
			return out
		}
	}
}

// onto tells whether s has an end on t, but not at its ends.
func onto(s, t segment) bool {
	for _, p := range [2]Point{s.a, s.b} {
		if p == t.a || p == t.b {
			continue
		}
		if _, d := nearest(p, t.a, t.b); d < 0.1 {
			return true
		}
	}
	return false
}

func same(s, t segment) bool { return s.a == t.a && s.b == t.b || s.a == t.b && s.b == t.a }

// thinned is the arc without the points that lie within a distance of what remains (Douglas and Peucker 1973).
func thinned(a Arc, within float64) Arc {
	if len(a) < 3 || within == 0 {
		return a
	}
	worst, off := 0, 0.0
	for i := 1; i < len(a)-1; i++ {
		if _, d := nearest(a[i], a[0], a[len(a)-1]); d > off {
			worst, off = i, d
		}
	}
	if off <= within {
		return Arc{a[0], a[len(a)-1]}
	}
	return append(thinned(a[:worst+1], within), thinned(a[worst:], within)[1:]...)
}

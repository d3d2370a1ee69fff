package geo

import (
	"cmp"
	"math"
	"slices"
)

// piece is a connected set of faulty trapezoids of one class.
type piece struct {
	kind            FindingKind
	cells           []int32 // sorted
	area, perimeter float64
	x, y            float64 // middle of the largest trapezoid
	bounds          Box
	traps           []int32 // from left to right
}

// join connects the trapezoids of the slab that begins at first with those of
// the slab before, where their ends share more than a point. It returns the
// trapezoids of this slab in the order in which the next call wants them.
func (s *sweep) join(before []int32, first int32) []int32 {
	here := make([]int32, 0, int32(len(s.traps))-first)
	for i := first; i < int32(len(s.traps)); i++ {
		here = append(here, i)
	}
	slices.SortStableFunc(here, func(a, b int32) int { return cmp.Compare(s.traps[a].class, s.traps[b].class) })
	for i, j := 0, 0; i < len(before) && j < len(here); {
		a, b := &s.traps[before[i]], &s.traps[here[j]]
		if a.class != b.class {
			if a.class < b.class {
				i++
			} else {
				j++
			}
			continue
		}
		if math.Min(a.high1, b.high0)-math.Max(a.low1, b.low0) > noiseWidth {
			s.unite(before[i], here[j])
		}
		if a.high1 < b.high0 {
			i++
		} else {
			j++
		}
	}
	return here
}

func (s *sweep) find(i int32) int32 {
	for s.traps[i].up != i {
		s.traps[i].up = s.traps[s.traps[i].up].up
		i = s.traps[i].up
	}
	return i
}

func (s *sweep) unite(i, j int32) {
	i, j = s.find(i), s.find(j)
	if i == j {
		return
	}
	if j < i {
		i, j = j, i
	}
	s.traps[j].up = i
	s.traps[i].open = s.traps[i].open || s.traps[j].open
}

// pieces adds up the joined trapezoids. What is connected with the infinite is
// the outside world, not a gap.
func (s *sweep) pieces() []*piece {
	byRoot := map[int32]*piece{}
	largest := map[*piece]float64{}
	var all []*piece
	for i := range s.traps {
		root := s.find(int32(i))
		if s.traps[root].open {
			continue
		}
		p := byRoot[root]
		if p == nil {
			c := s.classes[s.traps[root].class]
			p = &piece{kind: c.kind, cells: slices.Clone(c.cells), bounds: emptyBox()}
			byRoot[root] = p
			all = append(all, p)
		}
		t := &s.traps[i]
		area := s.area(t)
		if area > largest[p] || len(p.traps) == 0 {
			largest[p] = area
			p.x, p.y = (t.x0+t.x1)/2, (t.low0+t.low1+t.high0+t.high1)/4
		}
		wide := t.x1 - t.x0
		p.area += area
		p.perimeter += math.Hypot(wide, t.low1-t.low0) + math.Hypot(wide, t.high1-t.high0)
		for _, c := range [][2]float64{{t.x0, t.low0}, {t.x1, t.low1}, {t.x0, t.high0}, {t.x1, t.high1}} {
			p.bounds.add(s.plane.back(c[0], c[1]))
		}
		p.traps = append(p.traps, int32(i))
		if p.kind == Gap {
			p.cells = append(p.cells, s.neighbours(t)...)
		}
	}
	all = slices.DeleteFunc(all, func(p *piece) bool { return p.area < noiseArea })
	for _, p := range all {
		slices.Sort(p.cells)
		p.cells = slices.Compact(p.cells)
	}
	return all
}

// area is the true area of a trapezoid: that of its two triangles, each taken to
// the ellipsoid at its own centre of gravity.
func (s *sweep) area(t *trapezoid) float64 {
	half := (t.x1 - t.x0) / 2
	left := half * (t.high0 - t.low0) * s.plane.stretch((2*t.x0+t.x1)/3, (t.low0+t.high0+t.low1)/3)
	right := half * (t.high1 - t.low1) * s.plane.stretch((t.x0+2*t.x1)/3, (t.high0+t.low1+t.high1)/3)
	return left + right
}

// neighbours returns the cells below and above a trapezoid.
func (s *sweep) neighbours(t *trapezoid) []int32 {
	var out []int32
	for _, e := range []int32{t.below, t.above} {
		for _, o := range s.edges[e].owners {
			if o != parentOwner {
				out = append(out, o)
			}
		}
	}
	return out
}

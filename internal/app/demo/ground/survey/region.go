package survey

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// regions are pieces of land made of faces, each with one simple ring, that are merged until there are as many as
// wanted.
type regions struct {
	g    *graph
	list []*region
	of   []*region // of each face; nil outside
	even float64   // how much more a light neighbour is wanted than a heavy one
}

// region is a piece of land that grows.
type region struct {
	ring    []int // half-edges, counter-clockwise
	area    float64
	weight  float64 // what is balanced
	centre  Point
	faces   []int
	members []int // the finer regions it is made of
}

var errStuck = errors.New("no two pieces can be merged any more")

// newRegions makes a region of every face inside.
func newRegions(g *graph, inside []bool, size *sizer) *regions {
	r := &regions{g: g, of: make([]*region, len(g.faces)), even: 0.8}
	for i, f := range g.faces {
		if inside[i] && f.area > 0 {
			one := &region{ring: f.ring, area: f.area, weight: f.area / size.factor(f.centre), centre: f.centre, faces: []int{i}}
			r.list = append(r.list, one)
			r.of[i] = one
		}
	}
	return r
}

// coarser makes regions that begin as the finished ones of r.
func (r *regions) coarser(weight func(*region) float64) *regions {
	c := &regions{g: r.g, of: make([]*region, len(r.of)), even: 1.6}
	for i, fine := range r.list {
		one := *fine
		one.weight, one.members = weight(fine), []int{i}
		one.faces = slices.Clone(fine.faces)
		c.list = append(c.list, &one)
		for _, f := range one.faces {
			c.of[f] = &one
		}
	}
	return c
}

// merge always joins the lightest region with the neighbour that suits it best, until n are left.
func (r *regions) merge(n int) error {
	for len(r.list) > n {
		order := slices.Clone(r.list)
		slices.SortStableFunc(order, func(a, b *region) int { return cmp.Compare(a.weight, b.weight) })
		joined := false
		for _, a := range order {
			if b := r.partner(a); b != nil {
				r.join(a, b)
				joined = true
				break
			}
		}
		if !joined {
			return errStuck
		}
	}
	r.number()
	return nil
}

// touch is what two neighbours share.
type touch struct {
	other    *region
	length   float64
	strength float64 // length times strength of what lies between them
}

func (r *regions) touches(a *region) []touch {
	var out []touch
	for _, h := range a.ring {
		b := r.of[r.g.left[h^1]]
		if b == nil {
			continue
		}
		i := slices.IndexFunc(out, func(t touch) bool { return t.other == b })
		if i < 0 {
			i = len(out)
			out = append(out, touch{other: b})
		}
		long := r.g.length(h)
		out[i].length += long
		out[i].strength += float64(long * strength[r.g.lines[h/2].class])
	}
	return out
}

func (a *region) length(g *graph) (sum float64) {
	for _, h := range a.ring {
		sum += g.length(h)
	}
	return sum
}

// partner is the neighbour with which a region makes a good one: over a long and weak border, not too heavy, and of
// compact form. A strip between carriageways goes to the block on one side, the same along the whole road.
func (r *regions) partner(a *region) *region {
	list := r.touches(a)
	long := a.length(r.g)
	strip := 2*a.area/long < thin
	longest := 0.0
	for _, t := range list {
		longest = max(longest, t.length)
	}
	var best *region
	most := math.Inf(-1)
	for _, t := range list {
		if strip && t.length < 0.5*longest || !r.fits(a, t.other) {
			continue
		}
		var score float64
		if strip {
			b := t.other.centre
			score = float64(float64(b.Y-a.centre.Y)*metreY) + float64(0.31*float64(b.X-a.centre.X)*metreX)
		} else {
			around := long + t.other.length(r.g) - 2*t.length
			weak := 1 / (0.4 + t.strength/t.length)
			score = (t.length / long) * weak * math.Sqrt(compact(a.area+t.other.area, around)) / math.Pow(a.weight+t.other.weight, r.even)
		}
		if score > most {
			best, most = t.other, score
		}
	}
	return best
}

// fits tells whether two regions share one stretch of border and nothing else, so that together they have one ring.
func (r *regions) fits(a, b *region) bool {
	runs, edges := 0, 0
	last := r.of[r.g.left[a.ring[len(a.ring)-1]^1]] == b
	points := map[int]bool{}
	for _, h := range a.ring {
		shared := r.of[r.g.left[h^1]] == b
		if shared && !last {
			runs++
		}
		if shared {
			edges++
		}
		last = shared
		points[r.g.from(h)] = true
	}
	common := 0
	for _, h := range b.ring {
		if points[r.g.from(h)] {
			common++
		}
	}
	return runs == 1 && common == edges+1
}

// join puts a into b.
func (r *regions) join(a, b *region) {
	ring := append(r.without(a, b), r.without(b, a)...)
	x := float64(float64(a.centre.X)*a.area) + float64(float64(b.centre.X)*b.area)
	y := float64(float64(a.centre.Y)*a.area) + float64(float64(b.centre.Y)*b.area)
	b.ring, b.area, b.weight = ring, a.area+b.area, a.weight+b.weight
	b.centre = Point{int64(math.Round(x / b.area)), int64(math.Round(y / b.area))}
	b.faces, b.members = append(b.faces, a.faces...), append(b.members, a.members...)
	for _, f := range a.faces {
		r.of[f] = b
	}
	r.list = slices.DeleteFunc(r.list, func(x *region) bool { return x == a })
}

// without is the ring of a from the end of what it shares with b to the beginning of it.
func (r *regions) without(a, b *region) []int {
	n := len(a.ring)
	shared := func(i int) bool { return r.of[r.g.left[a.ring[(i+n)%n]^1]] == b }
	start := 0
	for !(shared(start-1) && !shared(start)) {
		start++
	}
	var out []int
	for i := start; i < start+n && !shared(i); i++ {
		out = append(out, a.ring[i%n])
	}
	return out
}

// number orders the regions by place, row by row from the north-west.
func (r *regions) number() {
	const row = 9000 // micro-degrees, about a kilometre
	slices.SortStableFunc(r.list, func(a, b *region) int {
		return cmp.Or(cmp.Compare(b.centre.Y/row, a.centre.Y/row), cmp.Compare(a.centre.X, b.centre.X), cmp.Compare(b.centre.Y, a.centre.Y))
	})
}

package survey

import (
	"cmp"
	"container/heap"
	"errors"
	"math"
)

// price is what a metre of the outer border costs on each class of line: it looks for main roads and rivers.
var price = [...]float64{edgeOfMap: 8, chord: 6, path: 4.5, service: 3.5, lane: 2, tertiary: 1.4, secondary: 1.1, primary: 1}

const (
	leeway = 200.0 // metres that the border may stray from a rectangle before it costs double
)

var errNoBorder = errors.New("no border of the size asked for")

// within chooses the faces inside an outer border that holds about so many square kilometres and runs along main roads
// where it can: the cheapest way around, near a rectangle that is tried in several sizes.
func (g *graph) within(area float64) ([]bool, error) {
	low, high := g.points[0], g.points[0]
	for _, p := range g.points {
		low, high = Point{min(low.X, p.X), min(low.Y, p.Y)}, Point{max(high.X, p.X), max(high.Y, p.Y)}
	}
	var best []bool
	off := math.Inf(1)
	for inset := 100.0; inset <= 900; inset += 10 {
		x, y := int64(inset/metreX), int64(inset/metreY)
		inside, size := g.enclosed(Point{low.X + x, low.Y + y}, Point{high.X - x, high.Y - y})
		if d := math.Abs(size/1e6 - area); inside != nil && d < off {
			best, off = inside, d
		}
		if size/1e6 < area-4 && size > 0 {
			break
		}
	}
	if off > 0.03*area {
		return nil, errNoBorder
	}
	return best, nil
}

// enclosed returns the faces inside the cheapest way around a rectangle, and their area; nil when they are not of one
// piece.
func (g *graph) enclosed(low, high Point) ([]bool, float64) {
	corners := [4]Point{low, {high.X, low.Y}, high, {low.X, high.Y}}
	var stops [4]int
	for i, c := range corners {
		stops[i] = g.stop(c)
	}
	wall := make([]bool, len(g.lines))
	for i := range stops {
		for _, h := range g.way(stops[i], stops[(i+1)%4], corners[i], corners[(i+1)%4]) {
			wall[h/2] = true
		}
	}
	outside := g.flood(g.outer(), wall)
	middle := between(low, high, 0.5)
	start := -1
	for i, f := range g.faces {
		if !outside[i] && f.area > 0 && g.holds(f, middle) {
			start = i
		}
	}
	if start < 0 {
		return nil, 0
	}
	inside := g.flood(start, wall)
	size := 0.0
	for i, f := range g.faces {
		if inside[i] {
			size += f.area
		}
	}
	if !g.simple(inside) {
		return nil, size
	}
	return inside, size
}

// stop is the junction of streets nearest to a point.
func (g *graph) stop(at Point) int {
	best, off := 0, math.Inf(1)
	for v, p := range g.points {
		streets := 0
		for _, h := range g.around[v] {
			if g.lines[h/2].class >= tertiary {
				streets++
			}
		}
		if d := metres(p, at); streets > 2 && d < off {
			best, off = v, d
		}
	}
	return best
}

func (g *graph) outer() int {
	for i, f := range g.faces {
		if f.area < 0 {
			return i
		}
	}
	return -1
}

// flood returns the faces that can be reached from one without going over a wall.
func (g *graph) flood(start int, wall []bool) []bool {
	reached := make([]bool, len(g.faces))
	reached[start] = true
	for todo := []int{start}; len(todo) > 0; {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, h := range g.faces[f].ring {
			if other := g.left[h^1]; !wall[h/2] && !reached[other] {
				reached[other] = true
				todo = append(todo, other)
			}
		}
	}
	return reached
}

// simple tells whether the border of a set of faces is one ring that never touches itself.
func (g *graph) simple(inside []bool) bool {
	next := map[int]int{}
	for h, f := range g.left {
		if inside[f] && !inside[g.left[h^1]] {
			if _, twice := next[g.from(h)]; twice {
				return false
			}
			next[g.from(h)] = g.to(h)
		}
	}
	first := -1
	for v := range next {
		first = v
		break
	}
	count := 0
	for v := first; ; count++ {
		if v = next[v]; v == first {
			return count+1 == len(next)
		}
	}
}

// way is the cheapest way from one point to another that keeps near the straight line between two corners (Dijkstra).
func (g *graph) way(from, to int, a, b Point) []int {
	cost := make([]float64, len(g.points))
	by := make([]int, len(g.points))
	for i := range cost {
		cost[i], by[i] = math.Inf(1), -1
	}
	cost[from] = 0
	q := &queue{{from, 0}}
	for q.Len() > 0 {
		top := heap.Pop(q).(entry)
		if top.point == to {
			break
		}
		if top.cost > cost[top.point] {
			continue
		}
		for _, h := range g.around[top.point] {
			_, off := nearest(g.points[g.to(h)], a, b)
			stray := off / leeway
			next := top.cost + float64(g.length(h)*price[g.lines[h/2].class]*(1+float64(stray*stray)))
			if v := g.to(h); next < cost[v] {
				cost[v], by[v] = next, h
				heap.Push(q, entry{v, next})
			}
		}
	}
	var out []int
	for v := to; by[v] >= 0; v = g.from(by[v]) {
		out = append(out, by[v])
	}
	return out
}

type entry struct {
	point int
	cost  float64
}

// queue is a heap of points, the cheapest first.
type queue []entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].cost, q[j].cost), cmp.Compare(q[i].point, q[j].point)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(entry)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

package survey

// block returns the segments of the largest part of a net that stays in one piece whichever point is taken away: no
// dead ends, no islands, no loops that hang on one point. Segments must be in the order of tidy.
func block(list []segment) []segment {
	points, lines := number(list)
	around := make([][]int, len(points))
	for i, l := range lines {
		around[l.a] = append(around[l.a], i)
		around[l.b] = append(around[l.b], i)
	}
	b := blocks{lines: lines, around: around, seen: make([]int, len(points)), low: make([]int, len(points)), used: make([]bool, len(lines))}
	for v := range points {
		if b.seen[v] == 0 {
			b.walk(v)
		}
	}
	var out []segment
	keep := map[int]bool{}
	for _, i := range b.best {
		keep[i] = true
	}
	for i, s := range list {
		if keep[i] {
			out = append(out, s)
		}
	}
	return out
}

// blocks finds the parts by walking through the net depth first (Hopcroft and Tarjan 1973), without recursion.
type blocks struct {
	lines  []line
	around [][]int
	seen   []int // when a point was first met; 0 for not yet
	low    []int // the earliest point that can be reached from what was met later
	used   []bool
	clock  int
	stack  []int // lines of parts that are not complete
	best   []int
}

// visit is a point on the way, with the line that led there and how many of its lines were looked at.
type visit struct{ point, by, done int }

func (b *blocks) meet(v, by int) visit {
	b.clock++
	b.seen[v], b.low[v] = b.clock, b.clock
	return visit{point: v, by: by}
}

func (b *blocks) walk(start int) {
	way := []visit{b.meet(start, -1)}
	for len(way) > 0 {
		top := &way[len(way)-1]
		if top.done == len(b.around[top.point]) {
			child := *top
			if way = way[:len(way)-1]; len(way) > 0 {
				b.leave(way[len(way)-1].point, child)
			}
			continue
		}
		i := b.around[top.point][top.done]
		top.done++
		if b.used[i] {
			continue
		}
		b.used[i] = true
		b.stack = append(b.stack, i)
		other := b.lines[i].a + b.lines[i].b - top.point
		if b.seen[other] > 0 {
			b.low[top.point] = min(b.low[top.point], b.seen[other])
			continue
		}
		way = append(way, b.meet(other, i))
	}
}

// leave goes back from a child; what hangs on the parent alone is a part of its own.
func (b *blocks) leave(parent int, child visit) {
	b.low[parent] = min(b.low[parent], b.low[child.point])
	if b.low[child.point] < b.seen[parent] {
		return
	}
	from := len(b.stack) - 1
	for b.stack[from] != child.by {
		from--
	}
	if part := b.stack[from:]; len(part) > len(b.best) {
		b.best = append([]int(nil), part...)
	}
	b.stack = b.stack[:from]
}

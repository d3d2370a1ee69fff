package learn

import (
	"math"
	"slices"
)

// recipe is how a member looks at texts and learns. The numbers were chosen by cross-validation on public messages to
// an authority; members that look differently err differently, and their average errs less.
type recipe struct {
	Most   int     `json:"most"`   // longest piece, in signs
	Rows   int     `json:"rows"`   // a piece counts when it is in at least so many rows
	Power  float64 `json:"power"`  // of the rarity of pieces
	Lead   float64 `json:"lead"`   // weight of how texts begin, in a space of their own; 0 for none
	Signs  int     `json:"signs"`  // how many signs are their beginning
	Cost   float64 `json:"cost"`   // of an error; see machine
	Own    float64 `json:"own"`    // how many times dearer an error on a row of the label itself is, since those are fewer
	Ratio  float64 `json:"ratio"`  // power of the log-count ratio by which pieces are weighed for a label; 0 for none
	Smooth float64 `json:"smooth"` // added to every count of that ratio
}

var recipes = []recipe{
	{Most: 3, Rows: 3, Power: 1.6, Cost: 1, Own: 2, Ratio: 0.3, Smooth: 1},
	{Most: 3, Rows: 3, Power: 1.3, Lead: 0.5, Signs: 60, Cost: 1, Own: 2, Ratio: 0.3, Smooth: 1},
}

// spaces of pieces.
const (
	spaceWhole = iota
	spaceLead
)

// member is one linear machine for each label, over the pieces that it knows.
type member struct {
	recipe recipe
	rows   int         // learned from
	known  []uint64    // pieces, sorted
	in     []int32     // in how many rows each of them was
	weight [][]float32 // of a label and a piece
	bias   []float32   // of a label
}

// part is the pieces of one text, and how much they count.
type part struct {
	pieces []uint64
	weight float64
}

// value is one coordinate of a row's vector.
type value struct {
	piece int32
	v     float32
}

func (r *recipe) parts(texts []string) []part {
	var parts []part
	for _, t := range texts {
		if t == "" {
			continue
		}
		signs := plain(t)
		parts = append(parts, part{pieces(nil, spaceWhole, signs, r.Most), 1})
		if r.Lead > 0 {
			parts = append(parts, part{pieces(nil, spaceLead, signs[:min(len(signs), r.Signs)], r.Most), r.Lead})
		}
	}
	return parts
}

// fit trains a member for each recipe.
func fit(rows []Example, y []int, labels int) []*member {
	members := make([]*member, len(recipes))
	for i, r := range recipes {
		members[i] = r.train(rows, y, labels)
	}
	return members
}

func (r recipe) train(rows []Example, y []int, labels int) *member {
	m := &member{recipe: r, rows: len(rows), weight: make([][]float32, labels), bias: make([]float32, labels)}
	cut := make([][]part, len(rows))
	each(len(rows), func(i int) { cut[i] = r.parts(rows[i].Texts) })
	m.meet(cut)
	xs := make([][]value, len(rows))
	each(len(rows), func(i int) { xs[i] = m.vector(cut[i]) })
	cut = nil
	each(labels, func(l int) {
		scale := r.ratios(xs, y, l, len(m.known))
		w, b := r.machine(xs, y, l, scale)
		for i := range w {
			w[i] *= scale[i]
		}
		m.weight[l], m.bias[l] = w, b
	})
	return m
}

// meet takes up the pieces that are in enough rows.
func (m *member) meet(cut [][]part) {
	var all []uint64
	for _, parts := range cut {
		var row []uint64
		for _, p := range parts {
			row = append(row, p.pieces...)
		}
		slices.Sort(row)
		all = append(all, slices.Compact(row)...)
	}
	slices.Sort(all)
	for from := 0; from < len(all); {
		to := from
		for to < len(all) && all[to] == all[from] {
			to++
		}
		if to-from >= m.recipe.Rows {
			m.known, m.in = append(m.known, all[from]), append(m.in, int32(to-from))
		}
		from = to
	}
	m.known, m.in = slices.Clip(m.known), slices.Clip(m.in)
}

// rarity is the usual smoothed inverse of the share of rows that have a piece, ln((1+rows)/(1+in)) + 1, to a power.
func (m *member) rarity(piece int32) float64 {
	return math.Pow(math.Log(float64(1+m.rows)/float64(1+m.in[piece]))+1, m.recipe.Power)
}

// vector is the row as the sum of its parts, each of length one times its weight, brought to length one. A piece counts
// 1 + ln(how often) times its rarity.
func (m *member) vector(parts []part) []value {
	var out []value
	for _, p := range parts {
		from, length := len(out), 0.0
		at := 0
		for i := 0; i < len(p.pieces); {
			n := 1
			for i+n < len(p.pieces) && p.pieces[i+n] == p.pieces[i] {
				n++
			}
			found := false
			if at, found = m.find(p.pieces[i], at); found {
				v := (1 + math.Log(float64(n))) * m.rarity(int32(at))
				out = append(out, value{int32(at), float32(v)})
				length += v * v
			}
			i += n
		}
		for i := from; i < len(out); i++ {
			out[i].v *= float32(p.weight / math.Sqrt(length))
		}
	}
	return unit(sum(out))
}

// find looks a piece up among those at from and behind; the pieces of a text come in their order.
func (m *member) find(piece uint64, from int) (at int, found bool) {
	at, found = slices.BinarySearch(m.known[from:], piece)
	return from + at, found
}

// sum adds up the values of the same piece.
func sum(values []value) []value {
	slices.SortStableFunc(values, func(a, b value) int { return int(a.piece - b.piece) })
	out := values[:0]
	for _, v := range values {
		if n := len(out); n > 0 && out[n-1].piece == v.piece {
			out[n-1].v += v.v
			continue
		}
		out = append(out, v)
	}
	return slices.Clip(out)
}

func unit(values []value) []value {
	var length float64
	for _, v := range values {
		length += float64(v.v) * float64(v.v)
	}
	for i := range values {
		values[i].v /= float32(math.Sqrt(length))
	}
	return values
}

func (m *member) scores(x []value) []float64 {
	out := make([]float64, len(m.bias))
	for l := range out {
		s := float64(m.bias[l])
		w := m.weight[l]
		for _, v := range x {
			s += float64(w[v.piece]) * float64(v.v)
		}
		out[l] = s
	}
	return out
}

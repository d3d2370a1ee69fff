package learn

import (
	"math"
	"slices"
)

// Scores are what a model that learned from the other rows got right on the rows kept aside.
type Scores struct {
	Rows     int         `json:"rows"`     // kept aside
	Right    float64     `json:"right"`    // share of right answers
	MacroF1  float64     `json:"macroF1"`  // the plain average over the labels that occur there
	Labels   []Score     `json:"labels"`   // in the order of About.Labels
	Surely   []Certainty `json:"surely"`   // what answers above a confidence are worth
	OneSided bool        `json:"oneSided"` // rows are so much the same that no fifth could be kept aside: nothing is known
}

// Score is how well one label is known.
type Score struct {
	Label     string  `json:"label"`
	Rows      int     `json:"rows"`      // kept aside
	Precision float64 `json:"precision"` // share of right ones among answers with this label
	Recall    float64 `json:"recall"`    // share of answered ones among rows with this label
	F1        float64 `json:"f1"`        // their harmonic mean
}

// Certainty is the worth of the answers of at least a confidence.
type Certainty struct {
	Above float64 `json:"above"`
	Share float64 `json:"share"` // of all answers
	Right float64 `json:"right"` // share of right ones among them
}

func (s *Scores) name(labels []string) {
	for i := range s.Labels {
		s.Labels[i].Label = labels[i]
	}
}

// measure learns from the rows that are not kept aside, scores those that are, and finds the heat that makes their
// probabilities honest.
func measure(rows []Example, y []int, aside []bool, labels int) (Scores, float64) {
	var train, test []Example
	var trainY, testY []int
	for i, r := range rows {
		if aside[i] {
			test, testY = append(test, r), append(testY, y[i])
		} else {
			train, trainY = append(train, r), append(trainY, y[i])
		}
	}
	if len(test) == 0 || oneLabel(trainY) {
		return Scores{OneSided: true, Labels: make([]Score, labels)}, 1
	}
	members := fit(train, trainY, labels)
	raw := make([][]float64, len(test))
	each(len(test), func(i int) { raw[i], _ = scores(members, test[i].Texts, labels) })
	heat := warm(raw, testY)
	guessed, sure := make([]int, len(test)), make([]float64, len(test))
	for i, s := range raw {
		p := probabilities(s, heat)
		guessed[i] = top(p)
		sure[i] = p[guessed[i]]
	}
	return score(testY, guessed, sure, labels), heat
}

func oneLabel(y []int) bool { return len(y) == 0 || slices.Min(y) == slices.Max(y) }

func score(y, guessed []int, sure []float64, labels int) Scores {
	out := Scores{Rows: len(y), Labels: make([]Score, labels)}
	hits, answers := make([]int, labels), make([]int, labels)
	right := 0
	for i, l := range y {
		out.Labels[l].Rows++
		answers[guessed[i]]++
		if guessed[i] == l {
			hits[l]++
			right++
		}
	}
	out.Right = share(right, len(y))
	seen := 0
	for l := range out.Labels {
		s := &out.Labels[l]
		s.Precision, s.Recall = share(hits[l], answers[l]), share(hits[l], s.Rows)
		s.F1 = share(2*hits[l], answers[l]+s.Rows)
		if s.Rows > 0 {
			seen++
			out.MacroF1 += s.F1
		}
	}
	out.MacroF1 /= float64(max(seen, 1))
	for _, above := range []float64{0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99} {
		n, good := 0, 0
		for i := range y {
			if sure[i] < above {
				continue
			}
			n++
			if guessed[i] == y[i] {
				good++
			}
		}
		out.Surely = append(out.Surely, Certainty{above, share(n, len(y)), share(good, n)})
	}
	return out
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// warm finds the heat under which the right labels are likeliest (the least mean of -ln p), by golden section: that
// mean has one lowest point.
func warm(raw [][]float64, y []int) float64 {
	loss := func(log float64) float64 {
		sum := 0.0
		for i, s := range raw {
			sum -= math.Log(max(probabilities(s, math.Exp(log))[y[i]], 1e-12))
		}
		return sum
	}
	const golden = 0.6180339887498949
	lo, hi := math.Log(0.1), math.Log(100)
	a, b := hi-golden*(hi-lo), lo+golden*(hi-lo)
	atA, atB := loss(a), loss(b)
	for range 30 {
		if atA < atB {
			hi, b, atB = b, a, atA
			a = hi - golden*(hi-lo)
			atA = loss(a)
		} else {
			lo, a, atA = a, b, atB
			b = lo + golden*(hi-lo)
			atB = loss(b)
		}
	}
	return math.Exp((lo + hi) / 2)
}

// probabilities is the softmax of scores times heat.
func probabilities(scores []float64, heat float64) []float64 {
	p := make([]float64, len(scores))
	most, sum := scores[top(scores)], 0.0
	for i, s := range scores {
		p[i] = math.Exp((s - most) * heat)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// top is the first of the highest.
func top[N int | float64](values []N) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}

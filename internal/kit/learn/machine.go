package learn

import (
	"math"
	"math/rand/v2"
)

// ratios weighs pieces for a label: |ln(p/q)| to the power of Ratio, where p and q are the smoothed shares of a piece
// in the rows of the label and in all others (Wang and Manning, Baselines and Bigrams, 2012).
func (r *recipe) ratios(xs [][]value, y []int, label, pieces int) []float32 {
	scale := make([]float32, pieces)
	if r.Ratio == 0 {
		for i := range scale {
			scale[i] = 1
		}
		return scale
	}
	own, other := make([]float64, pieces), make([]float64, pieces)
	sumOwn, sumOther := r.Smooth*float64(pieces), r.Smooth*float64(pieces)
	for i, x := range xs {
		for _, v := range x {
			if y[i] == label {
				own[v.piece] += float64(v.v)
				sumOwn += float64(v.v)
			} else {
				other[v.piece] += float64(v.v)
				sumOther += float64(v.v)
			}
		}
	}
	for i := range scale {
		ratio := math.Log((own[i] + r.Smooth) / sumOwn * sumOther / (other[i] + r.Smooth))
		scale[i] = float32(math.Pow(math.Abs(ratio), r.Ratio))
	}
	// Rows keep a length of about one, so that Cost means the same whatever the weights are.
	var square float64
	for _, x := range xs {
		for _, v := range x {
			s := float64(v.v * scale[v.piece])
			square += s * s
		}
	}
	if mean := math.Sqrt(square / float64(len(xs))); mean > 0 {
		for i := range scale {
			scale[i] /= float32(mean)
		}
	}
	return scale
}

const (
	rounds = 30   // at most, over all rows
	enough = 0.05 // largest violation at which to stop
)

// machine trains a linear support vector machine that tells the rows of a label from all others: dual coordinate
// descent with hinge loss, whose bound on each row's influence bears wrong labels (Hsieh and others, A Dual Coordinate
// Descent Method for Large-scale Linear SVM, 2008). The weights are for scaled rows.
func (r *recipe) machine(xs [][]value, y []int, label int, scale []float32) (w []float32, bias float32) {
	w = make([]float32, len(scale))
	b := 0.0
	influence, square, order := make([]float64, len(xs)), make([]float64, len(xs)), make([]int, len(xs))
	scaled := make([][]value, len(xs))
	for i, x := range xs {
		order[i], square[i], scaled[i] = i, 1, make([]value, len(x))
		for j, v := range x {
			v.v *= scale[v.piece]
			scaled[i][j] = v
			square[i] += float64(v.v) * float64(v.v)
		}
	}
	random := rand.New(rand.NewPCG(1, uint64(label)))
	for range rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst := 0.0
		for _, i := range order {
			side, bound := -1.0, r.Cost
			if y[i] == label {
				side, bound = 1, r.Cost*r.Own
			}
			s := b
			for _, v := range scaled[i] {
				s += float64(w[v.piece]) * float64(v.v)
			}
			slope := side*s - 1
			if influence[i] == 0 && slope > 0 || influence[i] == bound && slope < 0 {
				continue
			}
			worst = max(worst, math.Abs(slope))
			to := min(max(influence[i]-slope/square[i], 0), bound)
			step := (to - influence[i]) * side
			influence[i] = to
			b += step
			for _, v := range scaled[i] {
				w[v.piece] += float32(step) * v.v
			}
		}
		if worst < enough {
			break
		}
	}
	return w, float32(b)
}

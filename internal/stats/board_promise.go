package stats

import (
	"slices"
	"time"
)

// took is how long one incident took, and whether that was in time.
type took struct {
	ms     int64
	inTime bool
}

// The steps of the distributions, in ms: six up to the promise, and as many that grow beyond it.
var (
	dispatchSteps = []int64{10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 90_000, 120_000, 180_000, 300_000, 600_000, 1_800_000}
	arriveSteps   = []int64{50_000, 100_000, 150_000, 200_000, 250_000, 300_000, 450_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000}
)

// promise says how a promise was kept.
func promise(limit time.Duration, steps []int64, list []took) Promise {
	p := Promise{LimitMs: limit.Milliseconds(), Count: int64(len(list)), Dots: make([]Dot, len(steps)+1)}
	for n, upTo := range steps {
		p.Dots[n].UpToMs = upTo
	}
	sorted := make([]int64, len(list))
	for n, t := range list {
		sorted[n] = max(0, t.ms)
		if t.inTime {
			p.InTime++
		}
		step, _ := slices.BinarySearch(steps, t.ms)
		p.Dots[step].Count++
	}
	slices.Sort(sorted)
	p.P50, p.P90 = percentile(sorted, 50), percentile(sorted, 90)
	if p.Count > 0 {
		share := float64(p.InTime) / float64(p.Count)
		p.Share = &share
	}
	return p
}

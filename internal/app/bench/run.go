package bench

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Result is what one measurement gave.
type Result struct {
	Concurrency int
	Loops       int
	Took        time.Duration
	Processor   time.Duration     // used by this process, the client included and PostgreSQL not
	Calls       map[string]Spread // by call; empty for the bare program
}

// Rate returns loops per second.
func (r Result) Rate() float64 { return float64(r.Loops) / r.Took.Seconds() }

// Each returns the processor time of one loop.
func (r Result) Each() time.Duration { return r.Processor / time.Duration(max(r.Loops, 1)) }

// Spread is how long calls of one kind took.
type Spread struct {
	N             int
	P50, P95, P99 time.Duration
}

func spreadOf(list []time.Duration) Spread {
	slices.Sort(list)
	at := func(p float64) time.Duration {
		if len(list) == 0 {
			return 0
		}
		return list[min(len(list)-1, int(p*float64(len(list))))]
	}
	return Spread{len(list), at(0.50), at(0.95), at(0.99)}
}

// warmUp is how long a measurement runs before it counts.
const warmUp = 2 * time.Second

// HTTP runs loops over HTTP for some time and measures them.
func HTTP(o *Office, concurrency int, length time.Duration) (Result, error) {
	var counting, over atomic.Bool
	workers := make([]*worker, concurrency)
	for n := range workers {
		c, err := dial(o.Addr)
		if err != nil {
			return Result{}, err
		}
		defer c.close()
		workers[n] = &worker{Office: o, client: c, n: n + int(time.Now().UnixNano()/1e6%1e9)*100, rate: counting.Load}
	}
	var loops atomic.Int64
	errs := make([]error, concurrency)
	var wg sync.WaitGroup
	for n, w := range workers {
		wg.Go(func() {
			for !over.Load() {
				if errs[n] = w.loop(); errs[n] != nil {
					return
				}
				if counting.Load() {
					loops.Add(1)
				}
			}
		})
	}
	r := Result{Concurrency: concurrency, Calls: map[string]Spread{}}
	r.Took, r.Processor = timed(&counting, &over, length)
	r.Loops = int(loops.Load())
	wg.Wait()
	for call, name := range Calls {
		var all []time.Duration
		for _, w := range workers {
			all = append(all, w.took[call]...)
		}
		r.Calls[name] = spreadOf(all)
	}
	return r, errors.Join(errs...)
}

// timed lets workers warm up, then count for some time, then ends them, and returns how long they counted and what
// that used of the processors.
func timed(counting, over *atomic.Bool, length time.Duration) (took, processor time.Duration) {
	time.Sleep(warmUp)
	began, used := time.Now(), processorTime()
	counting.Store(true)
	time.Sleep(length)
	counting.Store(false)
	took, processor = time.Since(began), processorTime()-used
	over.Store(true)
	return took, processor
}

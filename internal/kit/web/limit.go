package web

import (
	"sync"
	"time"

	"gezhi/internal/kit/now"
)

// Limiter is a token bucket for each key, e.g. a client's address.
type Limiter struct {
	clock now.Clock
	per   time.Duration // time for one token
	burst float64
	mu    sync.Mutex
	state map[string]bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

// NewLimiter lets each key act burst times at once and then once in every per.
func NewLimiter(clock now.Clock, per time.Duration, burst int) *Limiter {
	return &Limiter{clock: clock, per: per, burst: float64(burst), state: map[string]bucket{}}
}

// Allow takes a token of the key; it returns false and the wait until the next one when there is none.
func (l *Limiter) Allow(key string) (bool, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.clock.Now()
	if len(l.state) > 100_000 {
		l.forget(at)
	}
	b, ok := l.state[key]
	if !ok {
		b = bucket{tokens: l.burst, at: at}
	}
	b.tokens = min(l.burst, b.tokens+float64(at.Sub(b.at))/float64(l.per))
	b.at = at
	if b.tokens < 1 {
		l.state[key] = b
		return false, time.Duration((1 - b.tokens) * float64(l.per))
	}
	b.tokens--
	l.state[key] = b
	return true, 0
}

func (l *Limiter) forget(at time.Time) {
	for k, b := range l.state {
		if b.tokens+float64(at.Sub(b.at))/float64(l.per) >= l.burst {
			delete(l.state, k)
		}
	}
}

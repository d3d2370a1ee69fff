// Package now is the one source of time, so that tests and the simulator can turn the clock.
package now

import (
	"sync"
	"time"
)

// Clock tells the present instant. Nothing above kit calls time.Now itself.
type Clock interface {
	Now() time.Time
}

// System is the machine's clock.
type System struct{}

// Now returns the machine's time.
func (System) Now() time.Time { return time.Now() }

// Manual is a clock that stands still until it is set or moved on. It is safe for concurrent use.
type Manual struct {
	mu sync.Mutex
	at time.Time
}

// NewManual returns a clock that stands at the given instant.
func NewManual(at time.Time) *Manual { return &Manual{at: at} }

// Now returns the instant at which the clock stands.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

// Advance moves the clock on and returns the new instant.
func (m *Manual) Advance(d time.Duration) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = m.at.Add(d)
	return m.at
}

// Set puts the clock to an instant.
func (m *Manual) Set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = at
}

// Ms returns the clock's time as unix milliseconds, the form in which every time is stored.
func Ms(c Clock) int64 { return c.Now().UnixMilli() }

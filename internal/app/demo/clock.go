package demo

import (
	"sync"
	"time"
)

// Clock is the clock of a demo: while the history is being made it stands where Set put it, and after Release it
// follows the machine's, ahead of it by what it was turned on. The zero Clock follows the machine's. It is safe for
// concurrent use.
type Clock struct {
	mu     sync.Mutex
	turned bool
	at     time.Time
	ahead  time.Duration
}

// Now returns the time of the demo in the office's own zone, which days and numbers follow.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.turned {
		return time.Now().Add(c.ahead)
	}
	return c.at.Local()
}

// Set puts the clock to an instant, where it stands until it is set again or released.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.turned = at, true
}

// Advance turns a clock that follows the machine's on by a length of time and returns the new instant; it goes on from
// there. Nothing turns it back.
func (c *Clock) Advance(by time.Duration) time.Time {
	c.mu.Lock()
	c.ahead += max(by, 0)
	c.mu.Unlock()
	return c.Now()
}

// Release lets the clock follow the machine's from now on.
func (c *Clock) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turned = false
}

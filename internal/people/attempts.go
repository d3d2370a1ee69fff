package people

import (
	"context"
	"hash/maphash"
	"sync"
	"time"
)

// attemptLocks lets only one sign-in to the same login be checked at a time, so that guesses sent side by side are
// counted one after the other. Logins share a fixed number of locks.
type attemptLocks struct {
	seed  maphash.Seed
	slots [256]chan struct{}
}

func (l *attemptLocks) init() {
	l.seed = maphash.MakeSeed()
	for i := range l.slots {
		l.slots[i] = make(chan struct{}, 1)
	}
}

// enter waits for its turn or the end of the context; the returned function gives the turn on.
func (l *attemptLocks) enter(ctx context.Context, login string) (leave func(), err error) {
	slot := l.slots[maphash.String(l.seed, login)%uint64(len(l.slots))]
	select {
	case slot <- struct{}{}:
		return func() { <-slot }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// maxGhosts bounds how many unknown logins are remembered.
const maxGhosts = 10_000

// ghosts counts failures for logins that do not exist, so that a lock-out does not tell which ones do.
type ghosts struct {
	mu   sync.Mutex
	seen map[string]ghost
}

type ghost struct {
	failures    int64
	lockedUntil time.Time
}

func (g *ghosts) lockedUntil(login string, at time.Time) (time.Time, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	until := g.seen[login].lockedUntil
	return until, at.Before(until)
}

// fail counts a failure and tells whether it locked the login.
func (g *ghosts) fail(login string, limit int64, until time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.seen == nil || len(g.seen) >= maxGhosts {
		g.seen = map[string]ghost{}
	}
	x := g.seen[login]
	x.failures++
	locked := x.failures >= limit
	if locked {
		x = ghost{lockedUntil: until}
	}
	g.seen[login] = x
	return locked
}

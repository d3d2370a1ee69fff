package duty

import (
	"sync"
	"time"
)

// looks remembers when it was last noted that somebody looks at the positions. A screen that stays open asks every few
// seconds, and the trail is to say who looked and not how often a screen asked.
type looks struct {
	mu sync.Mutex
	at map[string]time.Time
}

// due tells whether a look is to be noted now, and takes it as noted.
func (l *looks) due(person string, at time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if last, ok := l.at[person]; ok && at.Sub(last) < lookEvery && !at.Before(last) {
		return false
	}
	if l.at == nil {
		l.at = map[string]time.Time{}
	}
	l.at[person] = at
	return true
}

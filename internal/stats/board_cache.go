package stats

import (
	"context"
	"sync"
	"time"
)

// boardFor is how long a board may be shown again. Many walls and phones ask for the same one at once.
const boardFor = 500 * time.Millisecond

// boards remembers boards by what they show, and lets whoever asks for one that is being counted wait for it.
type boards struct {
	mu   sync.Mutex
	kept map[string]*kept
}

type kept struct {
	at    time.Time
	done  chan struct{}
	board *Board
	err   error
}

// get returns a board that is fresh enough, or counts it once for everybody who asks meanwhile.
func (b *boards) get(ctx context.Context, key string, at time.Time, count func(ctx context.Context) (*Board, error)) (*Board, error) {
	b.mu.Lock()
	k := b.kept[key]
	if k != nil && !k.over(at) {
		b.mu.Unlock()
		select {
		case <-k.done:
			return k.board, k.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	k = &kept{at: at, done: make(chan struct{})}
	for name, old := range b.kept {
		if old.over(at) && old.ended() {
			delete(b.kept, name)
		}
	}
	b.kept[key] = k
	b.mu.Unlock()
	// Whoever asked first may hang up, and the others still want it.
	k.board, k.err = count(context.WithoutCancel(ctx))
	if k.err != nil {
		b.mu.Lock()
		if b.kept[key] == k {
			delete(b.kept, key)
		}
		b.mu.Unlock()
	}
	close(k.done)
	return k.board, k.err
}

func (k *kept) over(at time.Time) bool { return at.Sub(k.at) >= boardFor || at.Before(k.at) }

func (k *kept) ended() bool {
	select {
	case <-k.done:
		return true
	default:
		return false
	}
}

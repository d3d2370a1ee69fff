package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"gezhi/internal/kit/db"
)

// Feed reads what the relay wrote and wakes those who wait for more.
type Feed struct {
	db   *db.DB
	mu   sync.Mutex
	news chan struct{}
}

// NewFeed returns a reader of the feed.
func NewFeed(d *db.DB) *Feed { return &Feed{db: d, news: make(chan struct{})} }

// Told wakes everybody who waits. It is what a relay of the same process calls.
func (f *Feed) Told(string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.news)
	f.news = make(chan struct{})
}

// News returns a channel that closes at the next word of new events. Take it before reading, so that nothing is missed.
func (f *Feed) News() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.news
}

// Head returns the position of the newest event, 0 when there is none.
func (f *Feed) Head(ctx context.Context, topic string) (int64, error) {
	return head(ctx, f.db.Read(), topic)
}

// Oldest returns the position of the oldest event that is kept, 0 when there is none.
func (f *Feed) Oldest(ctx context.Context, topic string) (int64, error) {
	return oldest(ctx, f.db.Read(), topic)
}

// After returns up to limit events behind a position, in order.
func (f *Feed) After(ctx context.Context, topic string, position int64, limit int) ([]Event, error) {
	return readFeed(ctx, f.db.Read(), topic, position, limit)
}

// Consumer follows a topic. Apply runs in the transaction that moves the consumer's mark, so what it writes to the
// store happens exactly once for each event.
type Consumer struct {
	Name  string
	Topic string
	Apply func(ctx context.Context, tx db.Tx, events []Event) error
}

// Follow feeds a consumer until the context ends.
func (f *Feed) Follow(ctx context.Context, c Consumer, poll time.Duration) {
	f.FollowEvery(ctx, c, poll, 0)
}

// FollowEvery feeds a consumer until the context ends, and rests after each batch, so that under load more events make
// a batch.
func (f *Feed) FollowEvery(ctx context.Context, c Consumer, poll, pause time.Duration) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		news := f.News()
		for {
			n, err := f.Step(ctx, c)
			if err != nil && ctx.Err() == nil {
				slog.Error("follow the feed", "consumer", c.Name, "error", err)
			}
			if err != nil || n == 0 {
				break
			}
			if n < relayBatch && pause > 0 && !rest(ctx, pause) {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-news:
		case <-tick.C:
		}
	}
}

// Step gives a consumer one batch and returns its size; 0 when it is up to date or another node was faster.
func (f *Feed) Step(ctx context.Context, c Consumer) (int, error) {
	from, err := readMark(ctx, f.db.Read(), c.Name, c.Topic)
	if err != nil {
		return 0, err
	}
	events, err := f.After(ctx, c.Topic, from, relayBatch)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	moved := false
	err = f.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		moved, err = moveMark(ctx, tx, c.Name, c.Topic, from, events[len(events)-1].Position)
		if err != nil || !moved {
			return err
		}
		return c.Apply(ctx, tx, events)
	})
	if err != nil || !moved {
		return 0, err
	}
	return len(events), nil
}

// Position returns how far a consumer has come.
func (f *Feed) Position(ctx context.Context, consumer, topic string) (int64, error) {
	return readMark(ctx, f.db.Read(), consumer, topic)
}

package live

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"gezhi/internal/kit/web"
)

// Hub is the one tail of a feed's topic in this process, and those who listen to it.
type Hub struct {
	Config
	mu       sync.RWMutex
	head     int64 // position of the newest event that was published
	window   window
	audience audience
	clients  map[*Client]struct{}
	accounts map[string][]*Client // by account, the oldest first
	closed   bool
	joins    *web.Limiter     // by account and address
	also     map[string]int64 // position of the newest event of each topic beside the stream's own
}

// NewHub returns a hub that begins at the present head of the feed.
func NewHub(ctx context.Context, c Config) (*Hub, error) {
	if c.PerAccount == 0 {
		c.PerAccount = 20
	}
	if c.Backlog == 0 {
		c.Backlog = 10_000
	}
	if c.Memory == 0 {
		c.Memory = 4096
	}
	head, err := c.Feed.Head(ctx, c.Topic)
	if err != nil {
		return nil, fmt.Errorf("begin at the head of the feed: %w", err)
	}
	also := map[string]int64{}
	for _, topic := range c.Also {
		if also[topic], err = c.Feed.Head(ctx, topic); err != nil {
			return nil, fmt.Errorf("begin at the head of the feed: %w", err)
		}
	}
	return &Hub{Config: c, head: head, also: also, window: window{keep: c.Memory, first: head + 1}, audience: newAudience(),
		clients: map[*Client]struct{}{}, accounts: map[string][]*Client{}, joins: web.NewLimiter(c.Clock, joinEvery, joinBurst)}, nil
}

// Run publishes what the feed brings until the context ends, and then ends all streams: at once when this process
// relayed something, and every poll for what other nodes did.
func (h *Hub) Run(ctx context.Context, poll time.Duration) {
	defer h.close()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		news := h.Feed.News()
		if err := h.Step(ctx); err != nil && ctx.Err() == nil {
			slog.Error("following the feed for live clients failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-news:
		case <-tick.C:
			h.Sweep()
		}
	}
}

// Step publishes what the feed has beyond the last event published. Only one Step may run at a time.
func (h *Hub) Step(ctx context.Context) error {
	for {
		h.mu.RLock()
		head := h.head
		h.mu.RUnlock()
		rows, err := h.Feed.After(ctx, h.Topic, head, batch)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return h.notice(ctx)
		}
		events := make([]*event, len(rows))
		for n, row := range rows {
			events[n] = decode(row)
		}
		h.publish(events)
	}
}

func (h *Hub) publish(events []*event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range events {
		h.window.push(e)
		h.head = e.position
		h.audience.each(e, func(c *Client) {
			if !c.behind && e.position >= c.next {
				c.next, c.behind = e.position, true
				c.nudge()
			}
		})
	}
}

// Sweep wakes the clients for whom a heartbeat or another look at their session is due.
func (h *Hub) Sweep() {
	at := h.Clock.Now().UnixMilli()
	h.mu.RLock()
	defer h.mu.RUnlock()
	for c := range h.clients {
		if c.beatDue(at) || c.recheckDue(at) {
			c.nudge()
		}
	}
}

// RecheckAccount looks again at every session of an account now; call it when the account, its posts or its sessions
// changed.
func (h *Hub) RecheckAccount(accountID string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, c := range h.accounts[accountID] {
		c.asked.Store(true)
		c.nudge()
	}
}

// RecheckAll looks again at every session now; call it when roles changed.
func (h *Hub) RecheckAll() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for c := range h.clients {
		c.asked.Store(true)
		c.nudge()
	}
}

// Clients returns the number of open streams.
func (h *Hub) Clients() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.clients)
}

// close ends all streams and lets no new ones in.
func (h *Hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for c := range h.clients {
		c.nudge()
	}
}

func (h *Hub) leave(c *Client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, c)
	h.audience.remove(c, c.scope)
	h.forget(c)
}

// forget takes a client off its account's list.
func (h *Hub) forget(c *Client) {
	account := c.actor.AccountID
	list := slices.DeleteFunc(h.accounts[account], func(other *Client) bool { return other == c })
	if len(list) == 0 {
		delete(h.accounts, account)
		return
	}
	h.accounts[account] = list
}

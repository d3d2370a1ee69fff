package live

import (
	"context"
	"math/rand/v2"
	"strconv"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// Join lets a client in. last is the position that it saw last, as it came; empty for one that begins now. A position
// that is no position, older than what is kept or beyond the head begins with a reset. Serve must follow. When the
// account has too many streams its oldest one is replaced: that is most likely one whose connection died unnoticed.
// The hub of a program that shuts down refuses with "live.closing".
func (h *Hub) Join(ctx context.Context, actor authz.Actor, last string) (*Client, error) {
	position, ok := int64(0), true
	if last != "" {
		var err error
		if position, ok = parsePosition(last); ok {
			if ok, err = h.resumable(ctx, position); err != nil {
				return nil, err
			}
		}
	}
	at := h.Clock.Now().UnixMilli()
	c := &Client{hub: h, actor: actor, scope: actor.Scope(h.Permission), wake: make(chan struct{}, 1), reset: !ok}
	c.spoken.Store(at)
	c.checked.Store(at - rand.Int64N(recheckEvery.Milliseconds())) // so that a thousand who came at once do not all ask at once
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, fault.New(fault.Unavailable, "live.closing")
	}
	c.next = h.head + 1
	if ok && last != "" {
		c.next = position + 1
	}
	c.behind = c.next <= h.head
	h.clients[c] = struct{}{}
	h.audience.add(c, c.scope)
	h.count(c)
	return c, nil
}

// count puts a client on its account's list and sends the oldest away when there are too many.
func (h *Hub) count(c *Client) {
	account := c.actor.AccountID
	if account == "" {
		return
	}
	h.accounts[account] = append(h.accounts[account], c)
	for len(h.accounts[account]) > h.PerAccount {
		oldest := h.accounts[account][0]
		h.forget(oldest)
		oldest.replaced.Store(true)
		oldest.nudge()
	}
}

func parsePosition(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// resumable tells whether everything behind a position can still be told.
func (h *Hub) resumable(ctx context.Context, position int64) (bool, error) {
	h.mu.RLock()
	head, first := h.head, h.window.first
	h.mu.RUnlock()
	switch {
	case position > head: // seen on a node that is ahead of this one?
		newest, err := h.Feed.Head(ctx, h.Topic)
		return position <= newest, err
	case position+1 >= first:
		return true, nil
	case head-position > h.Backlog:
		return false, nil
	}
	oldest, err := h.Feed.Oldest(ctx, h.Topic)
	return oldest > 0 && position+1 >= oldest, err
}

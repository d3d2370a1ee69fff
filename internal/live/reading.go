package live

import (
	"context"

	"gezhi/internal/kit/authz"
)

// collect returns the frames of the next batch that the client has not considered yet, and whether there is more. A
// batch may hold nothing for this client.
func (c *Client) collect(ctx context.Context) (frames [][]byte, more bool, err error) {
	h := c.hub
	h.mu.RLock()
	next, behind := c.next, c.behind
	events, inMemory := h.window.from(next)
	h.mu.RUnlock()
	if !behind {
		return nil, false, nil
	}
	if !inMemory {
		if events, err = c.reread(ctx, next); err != nil {
			return nil, false, err
		}
	}
	if len(events) == 0 || events[0].position != next {
		return [][]byte{resetFrame(h.skip(c), "position")}, false, nil // it was removed from the feed meanwhile
	}
	for _, e := range events {
		if f := e.frameFor(c.scope); f != nil {
			frames = append(frames, f)
		}
	}
	return frames, h.advance(c, events[len(events)-1].position+1), nil
}

func (c *Client) reread(ctx context.Context, next int64) ([]*event, error) {
	rows, err := c.hub.Feed.After(ctx, c.hub.Topic, next-1, batch)
	if err != nil {
		return nil, err
	}
	events := make([]*event, len(rows))
	for n, row := range rows {
		events[n] = decode(row)
	}
	return events, nil
}

// position returns up to where the client has got everything that concerns it.
func (c *Client) position() int64 {
	c.hub.mu.RLock()
	defer c.hub.mu.RUnlock()
	if c.behind {
		return c.next - 1
	}
	return max(c.hub.head, c.next-1)
}

// advance notes that a client has considered everything before next, and tells whether there is more.
func (h *Hub) advance(c *Client, next int64) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	c.next, c.behind = next, next <= h.head
	return c.behind
}

// skip lets a client go on behind the newest event and returns the position of that.
func (h *Hub) skip(c *Client) int64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	c.next, c.behind = max(c.next, h.head+1), false
	return c.next - 1
}

// move gives a client another scope from the newest event on and returns the position of that.
func (h *Hub) move(c *Client, scope authz.Scope) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.audience.remove(c, c.scope)
	c.scope = scope
	h.audience.add(c, scope)
	c.next, c.behind = max(c.next, h.head+1), false
	return c.next - 1
}

func (h *Hub) isClosed() bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.closed
}

package live

import (
	"context"
	"reflect"
	"sync/atomic"

	"gezhi/internal/kit/authz"
)

// Client is one open stream.
type Client struct {
	hub   *Hub
	actor authz.Actor
	scope authz.Scope // changed under the hub's lock only
	wake  chan struct{}
	reset bool // begin with a reset

	// Everything before next was considered; behind says that something from there on may be for this client. The tail
	// writes them under the hub's lock, the client's own goroutine under its read lock.
	next   int64
	behind bool

	notices [][]byte // frames of other topics that wait, under the hub's lock

	spoken   atomic.Int64 // when something was sent last, unix ms
	checked  atomic.Int64 // when the session was looked at last, unix ms
	asked    atomic.Bool  // look at the session now
	replaced atomic.Bool
}

func (c *Client) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *Client) beatDue(at int64) bool { return at-c.spoken.Load() >= beatEvery.Milliseconds() }

func (c *Client) recheckDue(at int64) bool {
	return c.hub.Recheck != nil && (c.asked.Load() || at-c.checked.Load() >= recheckEvery.Milliseconds())
}

// Serve sends the client what concerns it until the context ends, the session is over, the hub closes or the sink
// fails. It returns an error only when the feed cannot be read or the sink fails; the client comes back with the last
// position that it saw and loses nothing.
func (c *Client) Serve(ctx context.Context, sink Sink) error {
	defer c.hub.leave(c)
	if err := c.greet(sink); err != nil {
		return err
	}
	for ctx.Err() == nil {
		over, idle, err := c.turn(ctx, sink)
		if over || err != nil {
			return err
		}
		if !idle {
			continue
		}
		select {
		case <-ctx.Done():
		case <-c.wake:
		}
	}
	return nil
}

func (c *Client) greet(sink Sink) error {
	at := c.position()
	frames := [][]byte{hello(at)}
	if c.reset {
		frames = append(frames, resetFrame(at, "position"))
	}
	return c.send(sink, frames)
}

// turn does what is due: it ends the stream (over), looks at the session, sends a batch, or a sign of life. It is idle
// when nothing more is to do until the next nudge.
func (c *Client) turn(ctx context.Context, sink Sink) (over, idle bool, err error) {
	if c.hub.isClosed() {
		return true, true, nil
	}
	if c.replaced.Load() {
		return true, true, c.send(sink, [][]byte{frame(c.position(), Replaced, struct{}{})})
	}
	now := c.hub.Clock.Now().UnixMilli()
	held := false
	if c.recheckDue(now) {
		var known bool
		if known, held, err = c.look(ctx, sink, now); err != nil || !known {
			return true, true, err
		}
	}
	if !held {
		frames, more, err := c.collect(ctx)
		if err == nil && len(frames) > 0 {
			err = c.send(sink, frames)
		}
		if err == nil {
			if notices := c.hub.noticesOf(c); len(notices) > 0 {
				err = c.send(sink, notices)
			}
		}
		if err != nil || more {
			return err != nil, false, err
		}
	}
	if c.beatDue(now) {
		err = c.send(sink, [][]byte{beat(c.position())})
	}
	return false, true, err
}

// look asks whether the session still holds. It is held when that cannot be told now: then nothing may be sent.
func (c *Client) look(ctx context.Context, sink Sink, at int64) (known, held bool, err error) {
	c.asked.Store(false)
	actor, ok, err := c.hub.Recheck(ctx, c.actor)
	if err != nil {
		c.asked.Store(true)
		return true, true, nil
	}
	c.checked.Store(at)
	if !ok || !actor.Known() || actor.Barred != "" {
		return false, false, c.send(sink, [][]byte{frame(c.position(), SignedOut, struct{}{})})
	}
	if scope := actor.Scope(c.hub.Permission); !reflect.DeepEqual(scope, c.scope) {
		return true, false, c.send(sink, [][]byte{resetFrame(c.hub.move(c, scope), "scope")})
	}
	return true, false, nil
}

func (c *Client) send(sink Sink, frames [][]byte) error {
	at := c.hub.Clock.Now().UnixMilli() // before sending: what takes long must not count as having just spoken
	if err := sink.Send(frames); err != nil {
		return err
	}
	c.spoken.Store(at)
	return nil
}

func resetFrame(position int64, reason string) []byte {
	return frame(position, Reset, map[string]string{"reason": reason})
}

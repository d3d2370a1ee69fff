// Package live tells browsers and phones what changed, as server-sent events over the feed. Every client gets exactly
// what its scope covers, in order, and can resume from the last position it saw.
//
// One tail per process reads the feed. It keeps the newest events in memory and wakes only the clients whom an event
// concerns. A client has no queue of its own: it remembers a position, and reads on from there at its own pace, from
// memory or, when it fell far behind or comes back after a while, from the feed itself. So a slow client loses nothing
// and holds up nobody, and there is no gap between what was missed and what comes next.
package live

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
)

// The kinds of events beside those of the feed. A client gets them without having asked for anything.
const (
	Gone      = "gone"       // something left the client's scope; data: {incident}
	Reset     = "reset"      // load everything anew: what was missed cannot be told; data: {reason: "position" or "scope"}
	SignedOut = "signed_out" // the session is over; the stream ends
	Replaced  = "replaced"   // the account opened too many streams and this was its oldest; the stream ends
)

// How often things are done, by the clock of the hub.
const (
	beatEvery    = 15 * time.Second // a sign of life to a client that got nothing else
	recheckEvery = time.Minute      // a look whether the session still holds, and with which posts
)

// One account may begin so many streams from one address at once, and then one in so long: enough for all tabs and
// phones of a person after an outage, and little for a client that comes back without end.
const (
	joinBurst = 60
	joinEvery = 2 * time.Second
)

// batch is how many events are looked at in one go.
const batch = 256

// Feed is what a hub reads. outbox.Feed is one.
type Feed interface {
	Head(ctx context.Context, topic string) (int64, error)
	Oldest(ctx context.Context, topic string) (int64, error)
	After(ctx context.Context, topic string, position int64, limit int) ([]outbox.Event, error)
	News() <-chan struct{}
}

// Recheck looks again at the actor of a session: who it is now, with the posts of this moment, and false when the
// session is over. It must not count as a use of the session, else no open page would ever be signed out for idleness.
// After an error the client gets nothing until a later look succeeds.
type Recheck func(ctx context.Context, actor authz.Actor) (authz.Actor, bool, error)

// Sink takes what a client is sent. Send returns after all of it is on its way, in order.
type Sink interface {
	Send(frames [][]byte) error
}

// Config is what a Hub is made of.
type Config struct {
	Feed       Feed
	Topic      string
	Also       []string // topics of which clients are only told that something changed, without a place in the stream
	Clock      now.Clock
	Permission authz.Permission // its scope decides what a client gets
	Recheck    Recheck          // nil: never
	PerAccount int              // streams that one account may have open; default 20
	Backlog    int64            // events that a client may have missed; beyond it loads anew; default 10,000
	Memory     int              // newest events that are kept in memory at least; default 4,096
}

package people

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/id"
)

// sessionKind tells a browser's or app's session from a partner's token.
type sessionKind string

const (
	browserSession sessionKind = "browser"
	tokenSession   sessionKind = "token"
)

// session is what is kept of a session: never the token, only its hash.
type session struct {
	ID        string
	AccountID string
	Kind      sessionKind
	CreatedAt int64
	SeenAt    int64
	ExpiresAt int64
}

// tokenBytes is the size of a session token: 256 bits.
const tokenBytes = 32

// maxToken bounds what is hashed of whatever a stranger sends as a token.
const maxToken = 200

func newSession(accountID string, kind sessionKind, at time.Time, life time.Duration) (token string, s session) {
	token = id.Token(tokenBytes)
	ms := at.UnixMilli()
	return token, session{ID: tokenID(token), AccountID: accountID, Kind: kind, CreatedAt: ms, SeenAt: ms, ExpiresAt: at.Add(life).UnixMilli()}
}

func tokenID(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ends returns when the session ends (unix ms) if nothing is done in it from now on.
func (s session) ends(idle time.Duration) int64 {
	if s.Kind == tokenSession {
		return s.ExpiresAt
	}
	return min(s.ExpiresAt, s.SeenAt+idle.Milliseconds())
}

// maxActors bounds how many actors are remembered.
const maxActors = 50_000

// actorCache remembers for some seconds who stands behind a session, because every request asks.
type actorCache struct {
	mu      sync.RWMutex
	entries map[string]rememberedActor
	epoch   uint64 // moves on with every change, so that what was read before one is not remembered after it
}

type rememberedActor struct {
	actor authz.Actor
	until int64 // unix ms, exclusive
}

func newActorCache() *actorCache { return &actorCache{entries: map[string]rememberedActor{}} }

func (c *actorCache) get(sessionID string, at int64) (authz.Actor, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, ok := c.entries[sessionID]
	return e.actor, ok && at < e.until
}

// begin returns the epoch that put asks for.
func (c *actorCache) begin() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.epoch
}

func (c *actorCache) put(sessionID string, actor authz.Actor, until int64, epoch uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if epoch != c.epoch {
		return
	}
	if len(c.entries) >= maxActors {
		clear(c.entries)
	}
	c.entries[sessionID] = rememberedActor{actor, until}
}

// drop forgets one session.
func (c *actorCache) drop(sessionID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	delete(c.entries, sessionID)
}

func (c *actorCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	clear(c.entries)
}

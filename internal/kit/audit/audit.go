// Package audit keeps the trail of what people changed and what they looked at. An entry is written in the
// transaction of the change itself; a single writer later seals entries in batches into a chain of hashes, so that
// nobody with access to the store alone can change, remove or add an entry unnoticed.
package audit

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// Entry is one thing that somebody did.
type Entry struct {
	Actor    authz.Actor
	Action   string            // stable and dotted, e.g. "account.disable"
	Object   string            // kind of the thing, e.g. "account"
	ObjectID string            // its id
	Detail   map[string]string // ids, codes and names of fields; never personal values
}

// Row is an entry of the trail as it is kept.
type Row struct {
	ID        string
	At        int64 // unix ms
	ActorID   string
	ActorName string
	Action    string
	Object    string
	ObjectID  string
	Detail    map[string]string
	Seal      int64  // 0: not sealed yet
	Hash      string // '' until sealed
}

// Chain makes the hashes of the trail. seal.Keys satisfies it.
type Chain interface {
	Digest(parts ...[]byte) string
	MAC(purpose string, parts ...[]byte) []byte
}

// Record writes an entry in the transaction of what it tells of.
func Record(ctx context.Context, tx db.Tx, at time.Time, e Entry) error {
	return insertEntry(ctx, tx, Row{
		ID: id.New(at), At: at.UnixMilli(), ActorID: clean(e.Actor.AccountID), ActorName: clean(e.Actor.Name),
		Action: clean(e.Action), Object: clean(e.Object), ObjectID: clean(e.ObjectID), Detail: cleanDetail(e.Detail),
	})
}

// Log is the trail of one store.
type Log struct {
	db     *db.DB
	clock  now.Clock
	chain  Chain
	holder string
}

// New returns the trail of a store.
func New(d *db.DB, clock now.Clock, chain Chain) *Log {
	return &Log{db: d, clock: clock, chain: chain, holder: id.Token(10)}
}

// Write records an entry in a transaction of its own, for a look that changes nothing else.
func (l *Log) Write(ctx context.Context, e Entry) error {
	at := l.clock.Now()
	return l.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return Record(ctx, tx, at, e) })
}

// clean keeps what both engines can store, so that what is read back is what was written.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func cleanDetail(detail map[string]string) map[string]string {
	out := make(map[string]string, len(detail))
	for k, v := range detail {
		out[clean(k)] = clean(v)
	}
	return out
}

// canonical is the one text of a detail, whatever form the engine gives it back in.
func canonical(detail map[string]string) string {
	b, err := json.Marshal(detail) // sorts the keys
	if err != nil {
		return "" // maps of strings always marshal
	}
	return string(b)
}

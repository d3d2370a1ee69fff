// Package outbox carries changes to whoever follows them. A transaction writes its change and an outbox row together;
// one relay at a time copies committed rows into the numbered feed; consumers read the feed in order, at least once,
// and can resume from a position.
package outbox

import (
	"context"
	"encoding/json"

	"gezhi/internal/kit/db"
)

// Row is one change: ids and kinds, never names or texts.
type Row struct {
	Aggregate string          // id of the thing that changed
	Seq       int64           // contiguous within the aggregate, from 1
	At        int64           // unix ms; grows strictly within the aggregate
	Topic     string          // the feed it goes to
	Kind      string          // e.g. "incident.changed"
	Body      json.RawMessage // a JSON object
}

// Event is a row of the feed.
type Event struct {
	Row
	Position int64 // 1, 2, 3, ... within the topic
}

// Put writes a row in the transaction of the change that it tells of.
func Put(ctx context.Context, tx db.Tx, r Row) error { return insert(ctx, tx, r) }

// PutAll writes many rows in the transaction of their changes.
func PutAll(ctx context.Context, tx db.Tx, rows []Row) error { return insertAll(ctx, tx, rows) }

// FromNow lets a consumer that never followed a topic begin behind its newest event, in a transaction that looks itself
// at what there is already. One that follows stays where it is.
func FromNow(ctx context.Context, tx db.Tx, consumer, topic string) error {
	position, err := head(ctx, tx, topic)
	if err != nil {
		return err
	}
	_, err = moveMark(ctx, tx, consumer, topic, -1, position)
	return err
}

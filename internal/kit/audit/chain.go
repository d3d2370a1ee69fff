package audit

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"gezhi/internal/kit/db"
)

// The sealing of entries.
const (
	batchSize  = 200
	leaseName  = "audit"
	leaseHeld  = 30 * time.Second
	macPurpose = "audit seal"
)

// Seal is one link of the chain: a batch of entries.
type Seal struct {
	Seq   int64 // 1, 2, 3, ...
	At    int64 // unix ms
	Count int64
	Last  string // id of the last entry
	Hash  string
}

// Head names the newest seal. Kept outside the store, it makes a cut tail visible.
type Head struct {
	Seq  int64
	Hash string
}

// SealBatch seals up to 200 waiting entries in order of their ids and returns how many. It does nothing while another
// node holds the lease.
func (l *Log) SealBatch(ctx context.Context) (int, error) {
	at := l.clock.Now()
	sealed := 0
	err := l.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		sealed = 0
		ok, err := takeLease(ctx, tx, l.holder, at.UnixMilli(), at.Add(leaseHeld).UnixMilli())
		if err != nil || !ok {
			return err
		}
		rows, err := waiting(ctx, tx, batchSize)
		if err != nil || len(rows) == 0 {
			return err
		}
		head, err := readHead(ctx, tx)
		if err != nil {
			return err
		}
		seal := Seal{Seq: head.Seq + 1, At: at.UnixMilli(), Count: int64(len(rows)), Last: rows[len(rows)-1].ID}
		hash := head.Hash
		for _, r := range rows {
			hash = l.entryHash(hash, r)
			if err := markSealed(ctx, tx, r.ID, seal.Seq, hash); err != nil {
				return err
			}
		}
		seal.Hash = l.sealHash(head.Hash, hash, seal)
		sealed = len(rows)
		return insertSeal(ctx, tx, seal)
	})
	return sealed, err
}

// SealAll seals until nothing waits.
func (l *Log) SealAll(ctx context.Context) error {
	for {
		n, err := l.SealBatch(ctx)
		if err != nil || n < batchSize {
			return err
		}
	}
}

// Run seals what waits, every so often, until the context ends.
func (l *Log) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := l.SealAll(ctx); err != nil && !errors.Is(err, context.Canceled) {
				slog.Error("sealing the audit trail failed", "error", err)
			}
		}
	}
}

// Head returns the newest seal; the zero Head when nothing is sealed yet.
func (l *Log) Head(ctx context.Context) (Head, error) { return readHead(ctx, l.db.Read()) }

// entryHash binds an entry to everything before it.
func (l *Log) entryHash(previous string, r Row) string {
	return l.chain.Digest([]byte(previous), []byte(r.ID), number(r.At), []byte(r.ActorID), []byte(r.ActorName),
		[]byte(r.Action), []byte(r.Object), []byte(r.ObjectID), []byte(canonical(r.Detail)))
}

// sealHash needs the key file, so whoever can only write to the store cannot make a chain anew.
func (l *Log) sealHash(previous, entries string, s Seal) string {
	return hex.EncodeToString(l.chain.MAC(macPurpose, []byte(previous), []byte(entries), number(s.Seq), number(s.At),
		number(s.Count), []byte(s.Last)))
}

func number(n int64) []byte { return strconv.AppendInt(nil, n, 10) }

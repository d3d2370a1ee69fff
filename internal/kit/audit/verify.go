package audit

import (
	"context"
	"fmt"

	"gezhi/internal/kit/db"
)

// Broken tells where the trail does not hold.
type Broken struct {
	Seal  int64  // the first seal that does not hold
	Entry string // the first entry in it that does not hold; '' when the seal itself is the trouble
	What  string // for the person who verifies
}

// Error names the place.
func (b *Broken) Error() string {
	if b.Entry != "" {
		return fmt.Sprintf("audit trail: seal %d, entry %s: %s", b.Seal, b.Entry, b.What)
	}
	return fmt.Sprintf("audit trail: seal %d: %s", b.Seal, b.What)
}

// Verify recomputes the whole chain and returns a *Broken for the first entry or seal that does not hold, or nil. It
// may run beside a server. anchor is a head that was kept outside the store; the zero Head checks without one.
func (l *Log) Verify(ctx context.Context, anchor Head) error {
	return l.db.Snapshot(ctx, func(ctx context.Context, q db.Querier) error {
		var head Head
		for {
			seals, err := sealsAfter(ctx, q, head.Seq, batchSize)
			if err != nil {
				return err
			}
			for _, s := range seals {
				if err := l.verifySeal(ctx, q, head, s); err != nil {
					return err
				}
				head = Head{Seq: s.Seq, Hash: s.Hash}
				if s.Seq == anchor.Seq && s.Hash != anchor.Hash {
					return &Broken{Seal: s.Seq, What: "the seal is not the one that was anchored"}
				}
			}
			if len(seals) < batchSize {
				break
			}
		}
		if anchor.Seq > head.Seq {
			return &Broken{Seal: head.Seq + 1, What: fmt.Sprintf("the tail was cut: seal %d was anchored", anchor.Seq)}
		}
		stray, err := strayEntry(ctx, q, head.Seq)
		if err != nil || stray == "" {
			return err
		}
		return &Broken{Seal: head.Seq + 1, Entry: stray, What: "the entry claims a seal that does not exist"}
	})
}

func (l *Log) verifySeal(ctx context.Context, q db.Querier, head Head, s Seal) error {
	if s.Seq != head.Seq+1 {
		return &Broken{Seal: head.Seq + 1, What: "the seal is missing"}
	}
	rows, err := sealedEntries(ctx, q, s.Seq)
	if err != nil {
		return err
	}
	hash := head.Hash
	for _, r := range rows {
		hash = l.entryHash(hash, r)
		if hash != r.Hash {
			return &Broken{Seal: s.Seq, Entry: r.ID, What: "the entry was changed, or one beside it was removed or added"}
		}
	}
	if int64(len(rows)) != s.Count {
		return &Broken{Seal: s.Seq, Entry: s.Last, What: fmt.Sprintf("%d of %d entries are there", len(rows), s.Count)}
	}
	if s.Hash != l.sealHash(head.Hash, hash, s) {
		return &Broken{Seal: s.Seq, What: "the seal was changed or made without the key file"}
	}
	return nil
}

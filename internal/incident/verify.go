package incident

import (
	"context"
	"fmt"

	"gezhi/internal/kit/db"
)

// Verified says what a check of all timelines found.
type Verified struct {
	Incidents int64
	Entries   int64
	Anchor    Anchor
	Broken    []string // one sentence each, first break of each incident
}

// maxBroken bounds how many breaks are told.
const maxBroken = 50

const verifyBatch = 500

// Verify checks on one unchanging view of the store that every timeline is whole: no entry changed, missing, inserted
// or out of order, no tail cut off, no incident vanished, and that the anchor is genuine. It may run beside a server.
func (s *Service) Verify(ctx context.Context) (Verified, error) {
	var v Verified
	err := s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) error {
		if err := s.verifyChains(ctx, q, &v); err != nil {
			return err
		}
		return s.verifyAnchor(ctx, q, &v)
	})
	return v, err
}

func (v *Verified) say(format string, args ...any) {
	if len(v.Broken) < maxBroken {
		v.Broken = append(v.Broken, fmt.Sprintf(format, args...))
	}
}

func (s *Service) verifyChains(ctx context.Context, q db.Querier, v *Verified) error {
	for after := ""; ; {
		ends, err := chainsAfter(ctx, q, after, verifyBatch)
		if err != nil || len(ends) == 0 {
			return err
		}
		for _, end := range ends {
			after = end.Incident
			v.Incidents++
			if err := s.verifyChain(ctx, q, end, v); err != nil {
				return err
			}
		}
	}
}

// verifyChain walks one timeline and names its first broken entry.
func (s *Service) verifyChain(ctx context.Context, q db.Querier, end Head, v *Verified) error {
	prev, seq, at := "", int64(0), int64(0)
	for {
		entries, err := entriesOf(ctx, q, end.Incident, seq, verifyBatch)
		if err != nil {
			return err
		}
		for _, e := range entries {
			v.Entries++
			switch {
			case e.Seq != seq+1:
				v.say("incident %s: entry %d is missing", end.Incident, seq+1)
			case e.At <= at:
				v.say("incident %s: entry %d is not later than the one before", end.Incident, e.Seq)
			case e.personalDigest(s.Keys) != e.Digest:
				v.say("incident %s: entry %d: its words, name or files were changed", end.Incident, e.Seq)
			case e.chainHash(s.Keys, prev) != e.Hash:
				v.say("incident %s: entry %d was changed or does not follow the one before", end.Incident, e.Seq)
			default:
				prev, seq, at = e.Hash, e.Seq, e.At
				continue
			}
			return nil
		}
		if len(entries) < verifyBatch {
			break
		}
	}
	if seq != end.Seq || prev != end.Hash {
		v.say("incident %s: the timeline ends at entry %d, but the incident says %d", end.Incident, seq, end.Seq)
	}
	return nil
}

// verifyAnchor checks that every head which the anchor covers is still there, and that the heads are those it signed.
func (s *Service) verifyAnchor(ctx context.Context, q db.Querier, v *Verified) error {
	a, err := lastAnchor(ctx, q)
	if err != nil {
		return err
	}
	followed, err := followedTo(ctx, q, anchorConsumer)
	if err != nil {
		return err
	}
	v.Anchor = a
	if a.Seq != 0 && s.anchorMAC(a) != a.MAC {
		v.say("anchor %d: its signature is wrong", a.Seq)
	}
	if a.Position != followed {
		v.say("anchor %d: it reaches to event %d of the feed, but anchors were made up to event %d: one was removed", a.Seq, a.Position, followed)
	}
	var sum Sum
	var count int64
	for after := ""; ; {
		heads, err := headsAfter(ctx, q, after, verifyBatch)
		if err != nil {
			return err
		}
		for _, h := range heads {
			after = h.Incident
			count++
			sum = sum.plus(s.headMAC(h))
			hash, err := headAt(ctx, q, h.Incident, h.Seq)
			if err != nil {
				return err
			}
			if hash != h.Hash {
				v.say("incident %s: entry %d, which anchor %d covers, is gone or was changed", h.Incident, h.Seq, a.Seq)
			}
		}
		if len(heads) < verifyBatch {
			break
		}
	}
	if count != a.Count || sum != a.Sum {
		v.say("anchor %d: it covers %d incidents, but %d heads are there or their sum is another: a head was removed, added or changed", a.Seq, a.Count, count)
	}
	return nil
}

// Recount compares the kept figures with a count of the incidents on one view of the store. They may differ only by
// what the feed has not delivered yet.
func (s *Service) Recount(ctx context.Context) (differences []string, err error) {
	err = s.DB.Snapshot(ctx, func(ctx context.Context, q db.Querier) error {
		kept, err := counters(ctx, q)
		if err != nil {
			return err
		}
		fresh, err := recount(ctx, q)
		if err != nil {
			return err
		}
		for k, n := range fresh {
			if kept[k] != n {
				differences = append(differences, fmt.Sprintf("street %s, state %s: kept %d, counted %d", k[0], k[1], kept[k], n))
			}
			delete(kept, k)
		}
		for k, n := range kept {
			differences = append(differences, fmt.Sprintf("street %s, state %s: kept %d, counted 0", k[0], k[1], n))
		}
		return nil
	})
	return differences, err
}

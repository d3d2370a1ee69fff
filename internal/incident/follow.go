package incident

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/outbox"
)

// The names under which the text index and the anchors follow the feed.
const (
	searchConsumer = "incident.search"
	anchorConsumer = "incident.anchors"
)

// Consumers returns what follows the feed of incidents: the text index, the figures by street, and the heads of the
// timelines that anchors cover. Each applies every event exactly once.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		{Name: searchConsumer, Topic: Topic, Apply: s.index},
		{Name: "incident.counters", Topic: Topic, Apply: countEvents},
		{Name: anchorConsumer, Topic: Topic, Apply: s.anchor},
	}
}

func decode(e outbox.Event) (outboxBody, error) {
	var b outboxBody
	err := json.Unmarshal(e.Body, &b)
	return b, err
}

// index puts the words of new incidents into the text index, and of those whose details changed.
func (s *Service) index(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	var fresh []string
	for _, e := range events {
		b, err := decode(e)
		if err != nil {
			return err
		}
		if (e.Seq == 1 || b.Do == detailMove.Do) && !slices.Contains(fresh, e.Aggregate) {
			fresh = append(fresh, e.Aggregate)
		}
	}
	words, err := wordsOf(ctx, tx, fresh)
	if err != nil {
		return err
	}
	for _, incident := range fresh {
		if err := s.DB.IndexText(ctx, tx, incident, words[incident]); err != nil {
			return err
		}
	}
	return nil
}

// Reindex fills the empty text index of a store whose rows were put there past the feed, up to where its consumer
// stands. It needs no service, because it runs before there can be one.
func Reindex(ctx context.Context, d *db.DB, tx db.Tx) error {
	for after := ""; ; {
		ids, err := indexable(ctx, tx, searchConsumer, after, 500)
		if err != nil || len(ids) == 0 {
			return err
		}
		words, err := wordsOf(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, incident := range ids {
			if err := d.IndexText(ctx, tx, incident, words[incident]); err != nil {
				return err
			}
		}
		after = ids[len(ids)-1]
	}
}

// countEvents moves each incident from the figure of its last state to the one of its newest state, once for each
// batch. An event that is not newer than what was counted changes nothing.
func countEvents(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	newest := map[string]counted{}
	for _, e := range events {
		b, err := decode(e)
		if err != nil {
			return err
		}
		newest[e.Aggregate] = counted{e.Aggregate, b.Street, b.State, e.Seq}
	}
	before, err := readCounted(ctx, tx, slices.Sorted(maps.Keys(newest)))
	if err != nil {
		return err
	}
	moved := map[[2]string]int64{}
	var changed []counted
	for _, incident := range slices.Sorted(maps.Keys(newest)) {
		is, was := newest[incident], before[incident]
		if was.seq >= is.seq || was.seq > 0 && was.street == is.street && was.state == is.state {
			continue
		}
		changed = append(changed, is)
		moved[[2]string{is.street, is.state}]++
		if was.seq > 0 {
			moved[[2]string{was.street, was.state}]--
		}
	}
	if err := saveCounted(ctx, tx, changed); err != nil {
		return err
	}
	return moveCounters(ctx, tx, moved)
}

// anchor keeps the head of each timeline and a signed sum over all heads, so that a cut tail or a vanished incident
// shows. The sum is kept from batch to batch: the MAC of the old head is taken away, that of the new one added.
func (s *Service) anchor(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	heads := map[string]Head{}
	for _, e := range events {
		b, err := decode(e)
		if err != nil {
			return err
		}
		heads[e.Aggregate] = Head{Incident: e.Aggregate, Seq: e.Seq, Hash: b.Hash}
	}
	return s.anchorHeads(ctx, tx, heads, events[len(events)-1].Position)
}

// anchorHeads signs a set of heads anew after some of them changed; position is how far the anchors have come in the
// feed.
func (s *Service) anchorHeads(ctx context.Context, tx db.Tx, heads map[string]Head, position int64) error {
	last, err := lastAnchor(ctx, tx)
	if err != nil {
		return err
	}
	sum := last.Sum
	changed := slices.Sorted(maps.Keys(heads))
	before, err := readHeads(ctx, tx, changed)
	if err != nil {
		return err
	}
	count := last.Count
	fresh := make([]Head, len(changed))
	for n, incident := range changed {
		if old, ok := before[incident]; ok {
			sum = sum.minus(s.headMAC(old))
		} else {
			count++
		}
		fresh[n] = heads[incident]
		sum = sum.plus(s.headMAC(fresh[n]))
	}
	if err := saveHeads(ctx, tx, fresh, last.Seq+1); err != nil {
		return err
	}
	next := Anchor{Seq: last.Seq + 1, At: s.Clock.Now().UnixMilli(), Position: position, Count: count, Sum: sum}
	next.MAC = s.anchorMAC(next)
	return saveAnchor(ctx, tx, next)
}

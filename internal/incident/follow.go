package incident

import (
	"context"
	"encoding/json"
	"slices"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/outbox"
)

// anchorConsumer is the name under which anchors follow the feed.
const anchorConsumer = "incident.anchors"

// Consumers returns what follows the feed of incidents: the text index, the figures by street, and the heads of the
// timelines that anchors cover. Each applies every event exactly once.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{
		{Name: "incident.search", Topic: Topic, Apply: s.index},
		{Name: "incident.counters", Topic: Topic, Apply: countEvents},
		{Name: anchorConsumer, Topic: Topic, Apply: s.anchor},
	}
}

func decode(e outbox.Event) (outboxBody, error) {
	var b outboxBody
	err := json.Unmarshal(e.Body, &b)
	return b, err
}

// index puts the words of new incidents into the text index.
func (s *Service) index(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	for _, e := range events {
		if e.Seq != 1 {
			continue
		}
		title, text, address, err := wordsOf(ctx, tx, e.Aggregate)
		if err != nil {
			return err
		}
		if err := s.DB.IndexText(ctx, tx, e.Aggregate, title+" "+text+" "+address); err != nil {
			return err
		}
	}
	return nil
}

// countEvents moves each incident from the figure of its last state to the one of its new state. An event that is not
// newer than what was counted changes nothing.
func countEvents(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	for _, e := range events {
		b, err := decode(e)
		if err != nil {
			return err
		}
		if err := countOne(ctx, tx, b, e.Seq); err != nil {
			return err
		}
	}
	return nil
}

// anchor keeps the head of each timeline and a signed sum over all heads, so that a cut tail or a vanished incident
// shows. The sum is kept from batch to batch: the MAC of the old head is taken away, that of the new one added.
func (s *Service) anchor(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	last, err := lastAnchor(ctx, tx)
	if err != nil {
		return err
	}
	sum := last.Sum
	var changed []string
	heads := map[string]Head{}
	for _, e := range events {
		b, err := decode(e)
		if err != nil {
			return err
		}
		if !slices.Contains(changed, e.Aggregate) {
			changed = append(changed, e.Aggregate)
		}
		heads[e.Aggregate] = Head{Incident: e.Aggregate, Seq: e.Seq, Hash: b.Hash}
	}
	slices.Sort(changed)
	count := last.Count
	for _, incident := range changed {
		old, ok, err := readHead(ctx, tx, incident)
		if err != nil {
			return err
		}
		if ok {
			sum = sum.minus(s.headMAC(old))
		} else {
			count++
		}
		sum = sum.plus(s.headMAC(heads[incident]))
		if err := saveHead(ctx, tx, heads[incident], last.Seq+1); err != nil {
			return err
		}
	}
	next := Anchor{Seq: last.Seq + 1, At: s.Clock.Now().UnixMilli(), Position: events[len(events)-1].Position, Count: count, Sum: sum}
	next.MAC = s.anchorMAC(next)
	return saveAnchor(ctx, tx, next)
}

package notify

import (
	"context"
	"encoding/json"
	"strconv"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/outbox"
)

// Consumer follows a feed: each event of which somebody is to be told becomes a notice, exactly once. Events that are
// older than a day tell nobody anything, such as those that a first start finds.
func (s *Service) Consumer(topic string) outbox.Consumer {
	return outbox.Consumer{Name: "notify", Topic: topic, Apply: s.apply}
}

func (s *Service) apply(ctx context.Context, tx db.Tx, events []outbox.Event) error {
	wanted, err := s.wanted(ctx, tx)
	if err != nil || len(wanted) == 0 {
		return err
	}
	oldest := s.Clock.Now().Add(-keepFor).UnixMilli()
	var list []told
	for _, e := range events {
		var body struct{ Incident, Order, Do string }
		if e.At < oldest || json.Unmarshal(e.Body, &body) != nil {
			continue // an event that cannot be read is for whoever wrote it to notice; it must not stop the others
		}
		for _, notice := range steps[body.Do] {
			if wanted[notice] {
				list = append(list, told{ID: id.Derive("notice", e.Aggregate, strconv.FormatInt(e.Seq, 10), notice), Notice: notice,
					Incident: body.Incident, Order: body.Order, At: e.At})
			}
		}
	}
	return insertNotices(ctx, tx, list)
}

// wanted returns the notices that anybody hears of.
func (s *Service) wanted(ctx context.Context, q db.Querier) (map[string]bool, error) {
	senders, err := readSenders(ctx, q)
	if err != nil {
		return nil, err
	}
	settings, err := readSettings(ctx, q)
	wanted := map[string]bool{}
	for _, notice := range Notices {
		wanted[notice] = settings.Push && !toResident(notice)
		for _, c := range senders {
			wanted[notice] = wanted[notice] || c.carries(notice)
		}
		if !wanted[notice] {
			delete(wanted, notice)
		}
	}
	return wanted, err
}

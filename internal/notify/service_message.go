package notify

import (
	"context"
	"strconv"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/page"
)

// MessageQuery asks for messages of one state.
type MessageQuery struct {
	State  State
	Sender string // '' for all
	Cursor string
	Limit  int
}

// Messages returns a page of messages, the newest first, and the cursor of the next, ” at the end.
func (s *Service) Messages(ctx context.Context, actor authz.Actor, q MessageQuery) ([]Kept, string, error) {
	if err := need(actor); err != nil {
		return nil, "", err
	}
	parts, err := page.Parse(q.Cursor, "messages", 2)
	if err != nil {
		return nil, "", err
	}
	var before int64
	var beforeID string
	if parts != nil {
		if before, err = strconv.ParseInt(parts[0], 10, 64); err != nil {
			return nil, "", fault.New(fault.Invalid, "request.cursor")
		}
		beforeID = parts[1]
	}
	limit := page.Limit(q.Limit)
	list, err := listMessages(ctx, s.DB.Read(), q.State, q.Sender, before, beforeID, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	last := list[limit-1]
	return list[:limit], page.Cursor("messages", strconv.FormatInt(last.Created, 10), last.ID), nil
}

// Retry sends a dead message again, as if it were new; "message.not_dead" when it is not dead any more.
func (s *Service) Retry(ctx context.Context, actor authz.Actor, message string) error {
	return s.alter(ctx, actor, "message.retry", message, func(ctx context.Context, tx db.Tx, at int64) (bool, error) {
		return revive(ctx, tx, message, at, at+keepFor.Milliseconds())
	})
}

// Discard gives a dead message up for good.
func (s *Service) Discard(ctx context.Context, actor authz.Actor, message string) error {
	return s.alter(ctx, actor, "message.discard", message, func(ctx context.Context, tx db.Tx, at int64) (bool, error) {
		return discard(ctx, tx, message, at)
	})
}

// RetryAll sends all dead messages of a sender again and returns how many there were.
func (s *Service) RetryAll(ctx context.Context, actor authz.Actor, sender string) (n int64, err error) {
	if err := need(actor); err != nil {
		return 0, err
	}
	detail := map[string]string{}
	if sender != pushSender {
		c, err := readSender(ctx, s.DB.Read(), sender)
		if err != nil {
			return 0, err
		}
		detail["name"] = c.Name
	}
	at := s.Clock.Now().UnixMilli()
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if n, err = reviveAll(ctx, tx, sender, at, at+keepFor.Milliseconds()); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "sender.retry_all", "sender", sender, detail)
	})
	return n, err
}

func (s *Service) alter(ctx context.Context, actor authz.Actor, action, message string, change func(context.Context, db.Tx, int64) (bool, error)) error {
	if err := need(actor); err != nil {
		return err
	}
	if _, err := readMessage(ctx, s.DB.Read(), message); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ok, err := change(ctx, tx, s.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "message.not_dead")
		}
		return s.record(ctx, tx, actor, action, "message", message, nil)
	})
}

package notify

import (
	"context"
	"strings"
	"time"
)

// fillIn makes the message that goes out, with the address that holds at this moment. skip, if not empty, says why it
// need not go out any more, or cannot: a key under notify.failed.
func (s *Service) fillIn(ctx context.Context, lang string, settings Settings, m Kept) (out Message, skip string, err error) {
	out = Message{ID: m.ID, Notice: m.Notice, Number: m.Number, Link: linkOf(settings.Site, m), At: time.UnixMilli(m.At)}
	if s.Clock.Now().UnixMilli() > m.Deadline {
		return out, "expired", nil
	}
	more := map[string]any{}
	switch m.ToKind {
	case "account":
		if skip, err = s.movedOn(ctx, m); skip != "" || err != nil {
			return out, skip, err
		}
		if out.To, err = s.People.Phone(ctx, m.ToID); err != nil {
			return out, "", err
		}
	case "reporter":
		if out.To, err = s.Incidents.ReporterPhone(ctx, m.Incident); err != nil {
			return out, "", err
		}
		if m.Notice == LostCode {
			if more["code"], err = s.Incidents.Code(ctx, m.Incident); err != nil {
				return out, "", err
			}
		}
	}
	if m.ToKind != "group" && out.To == "" {
		return out, "no_address", nil
	}
	out.To = dial(out.To)
	out.Text = s.sentence(lang, out, more)
	return out, "", nil
}

// movedOn tells whether what somebody is to be told of is no longer theirs or no longer to do.
func (s *Service) movedOn(ctx context.Context, m Kept) (string, error) {
	matter, there, err := s.Incidents.Matter(ctx, m.Incident)
	if err != nil {
		return "", err
	}
	if !there || !matter.Open {
		return "moved_on", nil
	}
	for _, w := range matter.Orders {
		if w.ID == m.Order && (!w.Open || m.Notice == Order && !w.Waiting || w.Person != "" && w.Person != m.ToID) {
			return "moved_on", nil
		}
	}
	return "", nil
}

// dial is a telephone number as a gateway wants it: digits, and the plus that may stand in front.
func dial(phone string) string {
	if strings.HasPrefix(strings.TrimSpace(phone), "+") {
		return "+" + digits(phone)
	}
	return digits(phone)
}

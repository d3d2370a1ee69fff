package notify

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/id"
)

// pushSender is the id under which wake-ups of phones stand among the messages.
const pushSender = "push"

// batch is how many are worked on in one go.
const batch = 100

// Address decides for every notice who hears of it and through what, and puts one message for each in its place. It
// returns how many notices it worked off. A notice that cannot be addressed now, because the store does not answer, is
// tried again; it never holds up the next.
func (s *Service) Address(ctx context.Context) (int, error) {
	at := s.Clock.Now()
	list, err := dueNotices(ctx, s.DB.Read(), at.UnixMilli(), at.Add(2*longestPause).UnixMilli(), batch)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	senders, err := readSenders(ctx, s.DB.Read())
	if err != nil {
		return 0, err
	}
	settings, err := s.Settings(ctx)
	if err != nil {
		return 0, err
	}
	for _, n := range list {
		if err := s.address(ctx, n, senders, settings); err != nil {
			slog.Error("decide who is told", "notice", n.Notice, "incident", n.Incident, "error", err)
			err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				return putOffNotice(ctx, tx, n.ID, at.Add(s.pause(n.Tries+1)).UnixMilli())
			})
			if err != nil {
				return 0, err
			}
		}
	}
	return len(list), nil
}

func (s *Service) address(ctx context.Context, n told, senders []Config, settings Settings) error {
	matter, there, err := s.Incidents.Matter(ctx, n.Incident)
	if err != nil {
		return err
	}
	var messages []Kept
	if there && n.At > s.Clock.Now().Add(-keepFor).UnixMilli() {
		if messages, err = s.messages(ctx, n, matter, senders, settings); err != nil {
			return err
		}
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if first, err := deleteNotice(ctx, tx, n.ID); err != nil || !first {
			return err
		}
		return insertMessages(ctx, tx, messages)
	})
}

func (s *Service) messages(ctx context.Context, n told, matter Matter, senders []Config, settings Settings) ([]Kept, error) {
	var list []Kept
	add := func(sender, kind, to, order string) {
		list = append(list, s.message(n, matter, sender, kind, to, order))
	}
	if toResident(n.Notice) {
		// The steps of whoever helps are not steps of the matter.
		if n.Order != "" && n.Order != matter.Lead {
			return nil, nil
		}
		reports := append([]Report{{n.Incident, matter.Number, matter.Quiet}}, matter.Others...)
		for _, c := range senders {
			if !c.carries(n.Notice) || c.Audience != ToPhone {
				continue
			}
			for _, r := range reports {
				if r.Quiet {
					continue
				}
				own := n
				own.Incident = r.Incident
				list = append(list, s.message(own, Matter{Number: r.Number}, c.ID, "reporter", "", n.Order))
			}
		}
		return list, nil
	}
	people, err := s.recipients(ctx, n, matter)
	if err != nil {
		return nil, err
	}
	for _, c := range senders {
		switch {
		case !c.carries(n.Notice):
		case c.Audience == ToGroup:
			add(c.ID, "group", "", n.Order)
		default:
			for _, r := range people.byPhone {
				add(c.ID, "account", r.account, r.order)
			}
		}
	}
	if settings.Push {
		for _, r := range people.awake {
			add(pushSender, "account", r.account, r.order)
		}
	}
	return list, nil
}

func (s *Service) message(n told, matter Matter, sender, kind, to, order string) Kept {
	at := s.Clock.Now()
	return Kept{ID: id.Derive("message", n.ID, sender, kind, to, n.Incident), Notice: n.Notice, Sender: sender, Incident: n.Incident, Order: order, Number: matter.Number,
		ToKind: kind, ToID: to, At: n.At, Created: at.UnixMilli(), Deadline: at.Add(keepFor).UnixMilli()}
}

// recipient is somebody who hears of an order.
type recipient struct{ account, order string }

// recipients are those who hear of a notice: by phone who has the work in hand and wants it, by a wake-up also everybody
// of a unit where it waits for somebody to take it.
type recipients struct{ byPhone, awake []recipient }

func (s *Service) recipients(ctx context.Context, n told, matter Matter) (out recipients, err error) {
	var all []recipient
	held := map[string]bool{}
	if n.Notice == Climb {
		for _, k := range matter.Informed {
			switch {
			case k.At != n.At: // by an earlier step
			case k.Person != "":
				all, held[k.Person] = append(all, recipient{k.Person, ""}), true
			default:
				for _, account := range s.People.OfUnit(k.Unit) {
					all = append(all, recipient{account, ""})
				}
			}
		}
	}
	for _, w := range concerned(n, matter) {
		if w.Person != "" {
			all, held[w.Person] = append(all, recipient{w.Person, w.ID}), true
			continue
		}
		for _, account := range s.People.OfUnit(w.Unit) {
			all = append(all, recipient{account, w.ID})
		}
	}
	all = once(all)
	var accounts []string
	for _, r := range all {
		accounts = append(accounts, r.account)
		if !held[r.account] {
			continue
		}
		wants, err := wantsSMS(ctx, s.DB.Read(), r.account)
		if err != nil {
			return out, err
		}
		if wants {
			out.byPhone = append(out.byPhone, r)
		}
	}
	awake, err := subscribed(ctx, s.DB.Read(), accounts)
	for _, r := range all {
		if slices.Contains(awake, r.account) {
			out.awake = append(out.awake, r)
		}
	}
	return out, err
}

// concerned are the orders that a notice is about: the one that it names, else those that wait for new work, else those
// that are open.
func concerned(n told, matter Matter) []Work {
	var list []Work
	if n.Notice == Climb {
		return nil // whoever has the work was told that it is late
	}
	for _, w := range matter.Orders {
		if n.Order != "" && w.ID != n.Order || !w.Open || n.Notice == Order && !w.Waiting {
			continue
		}
		list = append(list, w)
	}
	return list
}

// once keeps the first of each person.
func once(list []recipient) []recipient {
	var out []recipient
	for _, r := range list {
		if !slices.ContainsFunc(out, func(o recipient) bool { return o.account == r.account }) {
			out = append(out, r)
		}
	}
	return out
}

// longestPause bounds how long anything waits for its next attempt.
const longestPause = time.Hour

// pause is how long to wait after so many attempts: doubling from ten seconds, at most an hour, and spread by half, so
// that what failed together does not come back together.
func (s *Service) pause(attempts int64) time.Duration {
	d := longestPause
	if attempts < 10 {
		d = min(longestPause, 10*time.Second<<max(0, attempts-1))
	}
	return time.Duration(float64(d) * (0.5 + s.spread()/2))
}

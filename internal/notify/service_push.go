package notify

import (
	"context"
	"net/url"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// maxSubscriptions is how many browsers one person may have woken.
const maxSubscriptions = 10

// Choice is how a person is told of work outside the page.
type Choice struct {
	Push     string // public key to subscribe with; '' while the office does not wake phones
	Devices  int    // browsers that are woken
	SMS      bool   // wanted
	SMSReady bool   // some sender carries it
	HasPhone bool
}

// Choice returns the person's own.
func (s *Service) Choice(ctx context.Context, actor authz.Actor) (out Choice, err error) {
	settings, err := s.Settings(ctx)
	if err != nil {
		return out, err
	}
	if settings.Push {
		v, ok, err := s.vapid(ctx, settings.Site)
		if err != nil {
			return out, err
		}
		if ok {
			if out.Push, err = publicKey(v.private); err != nil {
				return out, err
			}
		}
	}
	list, err := subscriptionsOf(ctx, s.DB.Read(), actor.AccountID)
	if err != nil {
		return out, err
	}
	out.Devices = len(list)
	if out.SMS, err = wantsSMS(ctx, s.DB.Read(), actor.AccountID); err != nil {
		return out, err
	}
	phone, err := s.People.Phone(ctx, actor.AccountID)
	if err != nil {
		return out, err
	}
	out.HasPhone = phone != ""
	senders, err := readSenders(ctx, s.DB.Read())
	for _, c := range senders {
		out.SMSReady = out.SMSReady || c.Audience == ToPhone && c.carries(Order)
	}
	return out, err
}

// ChooseSMS says whether the person wants to be told of work by phone.
func (s *Service) ChooseSMS(ctx context.Context, actor authz.Actor, sms bool) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return putChoice(ctx, tx, actor.AccountID, sms, s.Clock.Now().UnixMilli())
	})
}

// Subscribe lets a browser of the person be woken. The endpoint comes from the browser's own push service; only https
// is taken. With too many the oldest is given up.
func (s *Service) Subscribe(ctx context.Context, actor authz.Actor, endpoint string) error {
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	if !settings.Push {
		return fault.New(fault.Conflict, "notify.push_off")
	}
	var f fault.Fields
	endpoint = fault.CheckText(&f, "endpoint", endpoint, true, maxURL)
	if u, err := url.Parse(endpoint); endpoint != "" && (err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !s.trusts(u)) {
		f.Add("endpoint", "notify.endpoint")
	}
	if err := f.Err(); err != nil {
		return err
	}
	sub := subscription{ID: subscriptionID(endpoint), Account: actor.AccountID}
	if sub.Endpoint, err = s.Keys.Seal(endpoint, pushPlace(sub.ID)); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := putSubscription(ctx, tx, sub, s.Clock.Now().UnixMilli()); err != nil {
			return err
		}
		list, err := subscriptionsOf(ctx, tx, actor.AccountID)
		for n := 0; err == nil && n < len(list)-maxSubscriptions; n++ {
			err = deleteSubscription(ctx, tx, list[n].ID, actor.AccountID)
		}
		return err
	})
}

// Unsubscribe lets a browser sleep, also one that was never woken.
func (s *Service) Unsubscribe(ctx context.Context, actor authz.Actor, endpoint string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return deleteSubscription(ctx, tx, subscriptionID(endpoint), actor.AccountID)
	})
}

// WakePeople puts a wake-up in its place for each of some accounts that has a browser to be woken, in the transaction of
// what it is about. The same once more changes nothing.
func (s *Service) WakePeople(ctx context.Context, tx db.Tx, notice, about string, at int64, accounts []string) error {
	settings, err := readSettings(ctx, tx)
	if err != nil || !settings.Push {
		return err
	}
	n := told{ID: id.Derive("notice", about, notice), Notice: notice, Incident: about, At: at}
	return db.InParts(accounts, func(part []string) error {
		awake, err := subscribed(ctx, tx, part)
		if err != nil {
			return err
		}
		list := make([]Kept, len(awake))
		for i, account := range awake {
			list[i] = s.message(n, Matter{}, pushSender, "account", account, "")
		}
		return insertMessages(ctx, tx, list)
	})
}

// wakePhones sends the wake-ups that are due. Each browser is its own push service's, so one that does not answer says
// nothing about the others; what stays unanswered is tried again with all of them, which wakes nobody twice: a newer
// wake-up takes the older one's place.
func (s *Service) wakePhones(ctx context.Context, settings Settings) error {
	at := s.Clock.Now()
	due, err := dueMessages(ctx, s.DB.Read(), pushSender, at.UnixMilli(), at.Add(2*longestPause).UnixMilli(), batch)
	if err != nil || len(due) == 0 {
		return err
	}
	v, ok, err := s.vapid(ctx, settings.Site)
	if err != nil || !ok {
		return err
	}
	w := waker{v, s.Clock, s.web}
	for _, m := range due {
		if err := s.wakeFor(ctx, w, m); err != nil || ctx.Err() != nil {
			return err
		}
	}
	return nil
}

func (s *Service) wakeFor(ctx context.Context, w waker, m Kept) error {
	mine, err := s.take(ctx, &m)
	if err != nil || !mine {
		return err
	}
	skip, err := s.movedOn(ctx, m)
	if err != nil {
		return s.unready(ctx, m, err)
	}
	list, err := subscriptionsOf(ctx, s.DB.Read(), m.ToID)
	if err != nil {
		return s.unready(ctx, m, err)
	}
	if skip == "" && len(list) == 0 {
		skip = "no_address"
	}
	if skip != "" {
		return s.end(ctx, m, Dropped, skip)
	}
	woken, failure := 0, error(nil)
	for _, sub := range list {
		endpoint, err := s.Keys.Open(sub.Endpoint, pushPlace(sub.ID))
		if err == nil {
			err = w.wake(ctx, endpoint)
		}
		switch {
		case err == nil:
			woken++
		case failureOf(err).Code == "gone":
			err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteSubscription(ctx, tx, sub.ID, "") })
			if err != nil {
				return err
			}
		default:
			failure = err
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil
	case woken == 0 && failure == nil:
		return s.end(ctx, m, Dropped, "gone")
	case woken > 0:
		failure = nil // the person has been woken
	}
	s.judge(&m, failure, s.Clock.Now())
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return settle(ctx, tx, m) })
}

// trusts tells whether an endpoint without TLS lies where the operator allowed messages to go.
func (s *Service) trusts(u *url.URL) bool {
	return u.Scheme == "http" && inside(u.Hostname(), s.Allowed)
}

func subscriptionID(endpoint string) string { return id.Derive("push", endpoint) }

func pushPlace(id string) string { return "push_subscriptions." + id }

package notify

import (
	"context"
	"errors"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Senders returns all senders, the oldest first.
func (s *Service) Senders(ctx context.Context, actor authz.Actor) ([]Config, error) {
	if err := need(actor); err != nil {
		return nil, err
	}
	return readSenders(ctx, s.DB.Read())
}

// Sender returns one.
func (s *Service) Sender(ctx context.Context, actor authz.Actor, sender string) (Config, error) {
	if err := need(actor); err != nil {
		return Config{}, err
	}
	return readSender(ctx, s.DB.Read(), sender)
}

// CreateSender adds a sender; secret is sealed and never shown again. All field errors come at once.
func (s *Service) CreateSender(ctx context.Context, actor authz.Actor, c Config, secret string) (Config, error) {
	if err := need(actor); err != nil {
		return c, err
	}
	var f fault.Fields
	secret = fault.CheckText(&f, "secret", secret, false, maxSecret)
	c.check(&f, secret != "")
	if err := f.Err(); err != nil {
		return c, err
	}
	at := s.Clock.Now()
	c.ID, c.Version = id.New(at), 1
	var err error
	if c.Secret, err = s.Keys.Seal(secret, secretPlace(c.ID)); err != nil {
		return c, err
	}
	return c, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertSender(ctx, tx, c, at.UnixMilli()); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "sender.create", "sender", c.ID, map[string]string{"name": c.Name})
	})
}

// UpdateSender changes a sender over the version that was read; nil for the secret leaves it. Where messages go changes
// only together with the secret, so that nobody has a secret that they do not know sent to a server of theirs
// ("notify.secret_again").
func (s *Service) UpdateSender(ctx context.Context, actor authz.Actor, c Config, secret *string) (Config, error) {
	if err := need(actor); err != nil {
		return c, err
	}
	before, err := readSender(ctx, s.DB.Read(), c.ID)
	if err != nil {
		return c, err
	}
	var f fault.Fields
	c.Secret = before.Secret
	if secret != nil {
		text := fault.CheckText(&f, "secret", *secret, false, maxSecret)
		if c.Secret, err = s.Keys.Seal(text, secretPlace(c.ID)); err != nil {
			return c, err
		}
	}
	c.check(&f, c.Secret != "")
	if secret == nil && before.Secret != "" && hostOf(c.URL) != hostOf(before.URL) {
		f.Add("secret", "notify.secret_again")
	}
	if err := f.Err(); err != nil {
		return c, err
	}
	at := s.Clock.Now().UnixMilli()
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ok, err := updateSender(ctx, tx, c, at)
		if err != nil {
			return err
		}
		if !ok {
			return stale(ctx, tx, c.ID)
		}
		// Whoever changes a sender wants to see at once whether it works now.
		if err := openUntil(ctx, tx, c.ID, 0); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "sender.update", "sender", c.ID, map[string]string{"name": c.Name})
	})
	c.Version++
	return c, err
}

// DeleteSender removes a sender; what waits for it is dropped.
func (s *Service) DeleteSender(ctx context.Context, actor authz.Actor, sender string, version int64) error {
	if err := need(actor); err != nil {
		return err
	}
	c, err := readSender(ctx, s.DB.Read(), sender)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ok, err := deleteSender(ctx, tx, sender, version, s.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		if !ok {
			return stale(ctx, tx, sender)
		}
		return s.record(ctx, tx, actor, "sender.delete", "sender", sender, map[string]string{"name": c.Name})
	})
}

func stale(ctx context.Context, tx db.Tx, sender string) error {
	now, err := readSender(ctx, tx, sender)
	if err != nil {
		return err
	}
	f := fault.New(fault.Conflict, "stale")
	f.Current = viewOf(now, Health{}, 0, 0)
	return f
}

// Tried is what came of trying a sender.
type Tried struct {
	OK     bool   `json:"ok"`
	Code   string `json:"code,omitempty" doc:"why not, a key under notify.failed"`
	Status int    `json:"status,omitempty" doc:"of the answer"`
	Ms     int64  `json:"ms"`
}

// Try sends one test message at once, past the queue; to is the telephone number of a phone sender and is not kept.
func (s *Service) Try(ctx context.Context, actor authz.Actor, sender, to string) (Tried, error) {
	c, err := s.Sender(ctx, actor, sender)
	if err != nil {
		return Tried{}, err
	}
	var f fault.Fields
	if c.Audience == ToPhone {
		if to = fault.CheckText(&f, "to", to, true, 30); to != "" && !phoneForm.MatchString(to) {
			f.Add("to", "field.phone")
		}
	}
	if err := f.Err(); err != nil {
		return Tried{}, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return s.record(ctx, tx, actor, "sender.test", "sender", c.ID, map[string]string{"name": c.Name})
	})
	if err != nil {
		return Tried{}, err
	}
	settings, err := s.Settings(ctx)
	if err != nil {
		return Tried{}, err
	}
	at := s.Clock.Now()
	m := Message{ID: id.New(at), Notice: TestRun, Number: "000000-0000-0000", To: to, At: at, Link: settings.Site}
	m.Text = s.sentence(c.Lang, m, nil)
	took, err := timed(s.Clock, func() error { return s.through(c).Send(ctx, m) })
	out := Tried{OK: err == nil, Ms: took.Milliseconds()}
	if err != nil {
		failure := failureOf(err)
		out.Code, out.Status = failure.Code, failure.Status
	}
	return out, nil
}

// through returns the sender of a configuration; one whose secret cannot be opened says so at every message.
func (s *Service) through(c Config) Sender {
	secret, err := s.Keys.Open(c.Secret, secretPlace(c.ID))
	if err != nil {
		return broken{}
	}
	return &template{config: c, secret: secret, clock: s.Clock, client: s.web}
}

type broken struct{}

// Send fails.
func (broken) Send(context.Context, Message) error { return &Failure{Code: "secret"} }

// isFinal tells whether an error stays however often one tries.
func isFinal(err error) bool {
	var f *Failure
	return errors.As(err, &f) && f.Final
}

// keepFor is how long a message is worth sending.
const keepFor = 24 * time.Hour

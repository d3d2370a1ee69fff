package notify

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

const (
	maxAttempts = 10
	// holdFor is how long a message is left to the node that took it. It is longer than any attempt lasts.
	holdFor = time.Minute
	// A sender that failed so often in a row rests, and is then tried with one message only.
	breakAfter   = 5
	shortestRest = 30 * time.Second
	longestRest  = 15 * time.Minute
)

// Run addresses and sends until the context ends. Every sender is worked off for itself: one that hangs holds up nobody.
func (s *Service) Run(ctx context.Context, poll time.Duration) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	var working sync.WaitGroup
	defer working.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.start(ctx, &working); err != nil && ctx.Err() == nil {
			slog.Error("send messages", "error", err)
		}
	}
}

// Round addresses what waits, gives every sender one go and waits for all of them.
func (s *Service) Round(ctx context.Context) error {
	var working sync.WaitGroup
	defer working.Wait()
	return s.start(ctx, &working)
}

func (s *Service) start(ctx context.Context, working *sync.WaitGroup) error {
	_, lost := s.answerCodeRequests(ctx)
	_, addressed := s.Address(ctx)
	senders, err := readSenders(ctx, s.DB.Read())
	if err := errors.Join(lost, addressed, err); err != nil {
		return err
	}
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	for _, c := range senders {
		if c.Active {
			s.begin(ctx, working, c.ID, func() error { return s.workOff(ctx, c, settings) })
		}
	}
	if settings.Push {
		s.begin(ctx, working, pushSender, func() error { return s.wakePhones(ctx, settings) })
	}
	return nil
}

// begin works for a sender, unless that is being done already.
func (s *Service) begin(ctx context.Context, working *sync.WaitGroup, sender string, work func() error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[sender] {
		return
	}
	s.busy[sender] = true
	working.Go(func() {
		defer func() {
			s.mu.Lock()
			delete(s.busy, sender)
			s.mu.Unlock()
		}()
		if err := work(); err != nil && ctx.Err() == nil {
			slog.Error("send messages", "sender", sender, "error", err)
		}
	})
}

// workOff sends what is due through one sender. It ends at the sender's failure to answer, when a rest begins.
func (s *Service) workOff(ctx context.Context, c Config, settings Settings) error {
	health, err := readHealth(ctx, s.DB.Read())
	if err != nil {
		return err
	}
	at := s.Clock.Now()
	limit := batch
	if h := health[c.ID]; h.Failures >= breakAfter {
		// A rest that ends later than any rest lasts was begun under a clock that has gone back since.
		if rest := time.UnixMilli(h.OpenUntil).Sub(at); rest > 0 && rest <= longestRest {
			return nil
		}
		limit = 1
	}
	due, err := dueMessages(ctx, s.DB.Read(), c.ID, at.UnixMilli(), at.Add(2*longestPause).UnixMilli(), limit)
	if err != nil {
		return err
	}
	through := s.through(c)
	for _, m := range due {
		resting, err := s.attempt(ctx, c, through, settings, m)
		if err != nil || resting || ctx.Err() != nil {
			return err
		}
	}
	return nil
}

// attempt sends one message and notes what came of it. It is resting when the sender gets a rest now.
func (s *Service) attempt(ctx context.Context, c Config, through Sender, settings Settings, m Kept) (resting bool, err error) {
	mine, err := s.take(ctx, &m)
	if err != nil || !mine {
		return false, err
	}
	out, skip, err := s.fillIn(ctx, c.Lang, settings, m)
	if err != nil {
		return false, s.unready(ctx, m, err)
	}
	if skip != "" {
		return false, s.end(ctx, m, Dropped, skip)
	}
	sent := through.Send(ctx, out)
	if ctx.Err() != nil {
		return true, nil // the server ends; the hold ends by itself
	}
	return s.note(ctx, c, m, sent)
}

// take claims a message for this node.
func (s *Service) take(ctx context.Context, m *Kept) (mine bool, err error) {
	until := s.Clock.Now().Add(holdFor).UnixMilli()
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		mine, err = claim(ctx, tx, *m, until)
		return err
	})
	m.Attempts, m.NextAt = m.Attempts+1, until
	return mine, err
}

// note writes what became of an attempt, for the message and for the sender.
func (s *Service) note(ctx context.Context, c Config, m Kept, sent error) (resting bool, err error) {
	at := s.Clock.Now()
	s.judge(&m, sent, at)
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		resting = false
		if err := settle(ctx, tx, m); err != nil {
			return err
		}
		if m.State == Gone && m.Notice == LostCode {
			if err := s.recordCode(ctx, tx, m, at); err != nil {
				return err
			}
		}
		// A receiver that took the request apart and did not want this message is well.
		if sent == nil || isFinal(sent) {
			return noteOK(ctx, tx, c.ID, at.UnixMilli())
		}
		failures, err := noteFailure(ctx, tx, c.ID, m.Error, at.UnixMilli())
		if err != nil || failures < breakAfter {
			return err
		}
		resting = true
		return openUntil(ctx, tx, c.ID, at.Add(s.rest(failures)).UnixMilli())
	})
	return resting, err
}

// judge decides how a message goes on after an attempt.
func (s *Service) judge(m *Kept, sent error, at time.Time) {
	m.Error, m.Status = "", 0
	if sent == nil {
		m.State, m.EndedAt = Gone, at.UnixMilli()
		return
	}
	f := failureOf(sent)
	m.Error, m.Status = f.Code, int64(f.Status)
	m.State, m.NextAt = Waiting, at.Add(s.pause(m.Attempts)).UnixMilli()
	if f.Final || m.Attempts >= maxAttempts || m.NextAt >= m.Deadline {
		m.State, m.EndedAt = Dead, at.UnixMilli()
	}
}

// unready notes that a message could not be made, which says nothing about the sender and must not hold up the next one.
func (s *Service) unready(ctx context.Context, m Kept, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	slog.Error("make a message", "notice", m.Notice, "incident", m.Incident, "error", err)
	s.judge(&m, &Failure{Code: "store"}, s.Clock.Now())
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return settle(ctx, tx, m) })
}

// end closes a message that nobody sends.
func (s *Service) end(ctx context.Context, m Kept, state State, why string) error {
	m.State, m.Error, m.EndedAt = state, why, s.Clock.Now().UnixMilli()
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return settle(ctx, tx, m) })
}

// rest is how long a sender that failed so often in a row is left alone: doubling, and spread by half.
func (s *Service) rest(failures int64) time.Duration {
	d := longestRest
	if n := failures - breakAfter; n < 6 {
		d = min(longestRest, shortestRest<<n)
	}
	return time.Duration(float64(d) * (0.5 + s.spread()/2))
}

// recordCode notes in the audit trail that a code was told to the phone with which its matter was reported.
func (s *Service) recordCode(ctx context.Context, tx db.Tx, m Kept, at time.Time) error {
	return audit.Record(ctx, tx, at, audit.Entry{Actor: authz.System("notify"), Action: "reporter.code_sent", Object: "incident", ObjectID: m.Incident})
}

// Purge forgets sent messages after a month, dead ones after three, and questions for codes after a day.
func (s *Service) Purge(ctx context.Context) error {
	at := s.Clock.Now()
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return purgeMessages(ctx, tx, at.AddDate(0, -1, 0).UnixMilli(), at.AddDate(0, -3, 0).UnixMilli(), at.Add(-2*keepFor).UnixMilli())
	})
}

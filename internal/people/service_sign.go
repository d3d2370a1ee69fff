package people

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// maxSignIn bounds login and password of an attempt, in bytes; nothing longer can be right.
const maxSignIn = 4 * maxPassword

// SignIn checks a login and password and begins a session. client is the address it comes from. The answers are
// "session.refused" for whatever does not fit, "session.locked" (with until, unix ms) during a lock-out and
// "session.too_many" (with wait, seconds) when the address tries too often; none tells whether the login exists.
func (s *Service) SignIn(ctx context.Context, client, login, password string) (token string, me Me, err error) {
	if s.opts.SignInClosed != "" {
		return "", Me{}, fault.New(fault.Forbidden, s.opts.SignInClosed)
	}
	if ok, wait := s.limiter.Allow(client); !ok {
		return "", Me{}, fault.New(fault.TooMany, "session.too_many", "wait", int(wait/time.Second)+1)
	}
	if len(login) > maxSignIn || len(password) > maxSignIn {
		return "", Me{}, refused()
	}
	login = NormalLogin(login)
	leave, err := s.attempts.enter(ctx, login)
	if err != nil {
		return "", Me{}, err
	}
	defer leave()
	c, ok, err := readCredentials(ctx, s.DB.Read(), login)
	if err != nil {
		return "", Me{}, err
	}
	if !ok || c.Disabled || c.Hash == "" || c.Kind != PersonAccount {
		return "", Me{}, s.refuseGhost(ctx, login, password)
	}
	token, err = s.signInAs(ctx, c, password)
	if err != nil {
		return "", Me{}, err
	}
	me, err = s.Me(ctx, c.ID)
	return token, me, err
}

func (s *Service) signInAs(ctx context.Context, c credentials, password string) (token string, err error) {
	at := s.Clock.Now()
	if at.UnixMilli() < c.LockedUntil {
		return "", locked(c.LockedUntil)
	}
	ok, err := s.passwords.Verify(ctx, c.Hash, password)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", s.countFailure(ctx, c.ID, at)
	}
	fresh := ""
	if s.passwords.Outdated(c.Hash) {
		if fresh, err = s.passwords.Hash(ctx, password); err != nil {
			return "", err
		}
	}
	token, begun := newSession(c.ID, browserSession, at, s.opts.Lifetime)
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := resetFailures(ctx, tx, c.ID); err != nil {
			return err
		}
		if fresh != "" {
			if err := rehash(ctx, tx, c.ID, c.Hash, fresh); err != nil {
				return err
			}
		}
		return insertSession(ctx, tx, begun)
	})
	return token, err
}

// countFailure counts a wrong password and records the lock-out that it may bring.
func (s *Service) countFailure(ctx context.Context, accountID string, at time.Time) error {
	until := at.Add(s.opts.LockFor).UnixMilli()
	barred := false
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if barred, err = countFailure(ctx, tx, accountID, s.opts.MaxFailures, until); err != nil || !barred {
			return err
		}
		return record(ctx, tx, at, authz.System("sign-in"), "account.lock", "account", accountID)
	})
	switch {
	case err != nil:
		return err
	case barred:
		return locked(until)
	}
	return refused()
}

// refuseGhost does for a login that cannot sign in what is done for one that can, in the same time.
func (s *Service) refuseGhost(ctx context.Context, login, password string) error {
	at := s.Clock.Now()
	if until, ok := s.ghosts.lockedUntil(login, at); ok {
		return locked(until.UnixMilli())
	}
	if _, err := s.passwords.Verify(ctx, s.passwords.decoy, password); err != nil {
		return err
	}
	// A real failure costs a durable write, which could be timed too.
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return writeSetting(ctx, tx, refusedKey, "", at.UnixMilli())
	})
	if err != nil {
		return err
	}
	if until := at.Add(s.opts.LockFor); s.ghosts.fail(login, s.opts.MaxFailures, until) {
		return locked(until.UnixMilli())
	}
	return refused()
}

func refused() error { return fault.New(fault.Unauthenticated, "session.refused") }

func locked(until int64) error {
	return fault.New(fault.Forbidden, "session.locked", "until", until)
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, sessionID string) error {
	if sessionID == "" {
		return nil
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteSession(ctx, tx, sessionID) })
	s.actors.drop(sessionID)
	s.told()
	return err
}

// ChangePassword replaces the actor's own password; the actor's other sessions end. A wrong old one counts towards
// the lock-out like a failed sign-in.
func (s *Service) ChangePassword(ctx context.Context, actor authz.Actor, old, fresh string) error {
	login, hash, err := readPasswordHash(ctx, s.DB.Read(), actor.AccountID)
	if err != nil {
		return err
	}
	leave, err := s.attempts.enter(ctx, login)
	if err != nil {
		return err
	}
	defer leave()
	c, ok, err := readCredentials(ctx, s.DB.Read(), login)
	if err != nil {
		return err
	}
	at := s.Clock.Now()
	var f fault.Fields
	switch {
	case !ok || c.Kind != PersonAccount:
		return fault.New(fault.Conflict, "account.not_a_person")
	case at.UnixMilli() < c.LockedUntil:
		return locked(c.LockedUntil)
	case len(old) > maxSignIn:
		f.Add("old", "password.wrong")
		return f.Err()
	}
	right, err := s.passwords.Verify(ctx, hash, old)
	if err != nil {
		return err
	}
	if !right {
		if err := s.countFailure(ctx, c.ID, at); !fault.Is(err, "session.refused") {
			return err
		}
		f.Add("old", "password.wrong")
	}
	if checkPassword(&f, "new", fresh, login); right && fresh == old {
		f.Add("new", "password.same")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if hash, err = s.passwords.Hash(ctx, fresh); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := setPassword(ctx, tx, c.ID, hash, false, at.UnixMilli()); err != nil {
			return err
		}
		if err := deleteSessions(ctx, tx, c.ID, actor.SessionID); err != nil {
			return err
		}
		return record(ctx, tx, at, actor, "account.change_password", "account", c.ID)
	})
}

// PurgeSessions removes sessions that are over.
func (s *Service) PurgeSessions(ctx context.Context) error {
	at := s.Clock.Now()
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return purgeSessions(ctx, tx, at.UnixMilli(), at.Add(-s.opts.Idle).UnixMilli())
	})
}

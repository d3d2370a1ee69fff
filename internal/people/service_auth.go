package people

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// MustChange is the code with which an actor is barred who must change a first password.
const MustChange = "session.must_change_password"

// touchEvery is how often at most the last use of a session is written down.
const touchEvery = time.Minute

// Authenticate finds the actor of a session token, with the posts held at this moment; ok is false when the token is
// no good (any more). What it finds is remembered for some seconds and forgotten at once when this process changes
// people, and within seconds when another one does.
func (s *Service) Authenticate(ctx context.Context, token string) (authz.Actor, bool, error) {
	if s.opts.SignInClosed != "" || token == "" || len(token) > maxToken {
		return authz.Actor{}, false, nil
	}
	sessionID := tokenID(token)
	at := s.Clock.Now()
	if actor, ok := s.actors.get(sessionID, at.UnixMilli()); ok {
		return actor, true, nil
	}
	epoch := s.actors.begin()
	actor, until, ok, err := s.loadActor(ctx, sessionID, at, true)
	if err != nil || !ok {
		return authz.Actor{}, false, err
	}
	s.actors.put(sessionID, actor, until, epoch)
	return actor, true, nil
}

// Recheck looks again at the actor of a session that keeps a connection open, with the posts held at this moment; ok
// is false when the session is over. Unlike Authenticate it does not count as a use of the session.
func (s *Service) Recheck(ctx context.Context, actor authz.Actor) (authz.Actor, bool, error) {
	fresh, _, ok, err := s.loadActor(ctx, actor.SessionID, s.Clock.Now(), false)
	return fresh, ok, err
}

// loadActor reads an actor and tells until when (unix ms) it may be remembered: no longer than until one of the posts
// begins or ends or the session is over. used notes that the session was used.
func (s *Service) loadActor(ctx context.Context, sessionID string, at time.Time, used bool) (actor authz.Actor, until int64, ok bool, err error) {
	ms := at.UnixMilli()
	q := s.DB.Read()
	open, account, ok, err := readSession(ctx, q, sessionID)
	if err != nil || !ok || account.Disabled || ms >= open.ends(s.opts.Idle) {
		return authz.Actor{}, 0, false, err
	}
	held, periods, err := actorPosts(ctx, q, account.ID, ms)
	if err != nil {
		return authz.Actor{}, 0, false, err
	}
	actor = authz.Actor{AccountID: account.ID, Login: account.Login, Name: account.Name, SessionID: sessionID}
	if used && ms-open.SeenAt >= touchEvery.Milliseconds() {
		open.SeenAt = ms
		err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return touchSession(ctx, tx, sessionID, account.ID, ms) })
		if err != nil {
			slog.Warn("noting the use of a session failed", "error", err)
		}
	}
	until = min(at.Add(s.opts.ActorTTL).UnixMilli(), open.ends(s.opts.Idle))
	if account.MustChange {
		actor.Barred = MustChange
		return actor, until, true, nil
	}
	actor.StandsFor = s.directory.StandsFor(account.ID)
	for i, p := range periods {
		switch {
		case p.Holds(ms):
			actor.Posts = append(actor.Posts, held[i])
			if p.To != 0 {
				until = min(until, p.To)
			}
		case p.From > ms:
			until = min(until, p.From)
		}
	}
	return actor, until, true, nil
}

// ActorOf returns somebody as they may act at this moment, for work that they began and the program goes on with; ok is
// false when the account is gone, barred or has a first password to change.
func (s *Service) ActorOf(ctx context.Context, accountID string) (actor authz.Actor, ok bool, err error) {
	q, ms := s.DB.Read(), s.Clock.Now().UnixMilli()
	a, ok, err := readAccount(ctx, q, accountID)
	if err != nil || !ok || a.Disabled || a.MustChange {
		return authz.Actor{}, false, err
	}
	held, periods, err := actorPosts(ctx, q, a.ID, ms)
	if err != nil {
		return authz.Actor{}, false, err
	}
	actor = authz.Actor{AccountID: a.ID, Login: a.Login, Name: a.Name}
	for i, p := range periods {
		if p.Holds(ms) {
			actor.Posts = append(actor.Posts, held[i])
		}
	}
	return actor, true, nil
}

// Me is what an account may know of itself.
type Me struct {
	Account     Account // with the posts held now
	Permissions []authz.Permission
	Roles       map[string]Role
}

// Me returns an account with its current posts and what they allow. Until a first password is changed they allow
// nothing.
func (s *Service) Me(ctx context.Context, accountID string) (Me, error) {
	q := s.DB.Read()
	a, ok, err := readAccount(ctx, q, accountID)
	if err != nil {
		return Me{}, err
	}
	if !ok {
		return Me{}, fault.Missing("account")
	}
	roles, err := rolesByCode(ctx, q)
	if err != nil {
		return Me{}, err
	}
	at := s.Clock.Now().UnixMilli()
	a.Posts = slices.DeleteFunc(a.Posts, func(p Post) bool { return !p.Holds(at) })
	me := Me{Account: a, Permissions: []authz.Permission{}, Roles: roles}
	if a.MustChange {
		return me, nil
	}
	for _, p := range perm.All {
		if slices.ContainsFunc(a.Posts, func(post Post) bool { return slices.Contains(roles[post.Role].Permissions, p) }) {
			me.Permissions = append(me.Permissions, p)
		}
	}
	return me, nil
}

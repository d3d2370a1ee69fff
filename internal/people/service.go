package people

import (
	"context"
	"log/slog"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

// Areas is what people needs to know of areas. Names are for showing.
type Areas interface {
	Exists(id string) bool
	Name(id string) string // '' when unknown
}

// Sealer encrypts personal data for the place it belongs to. seal.Keys satisfies it.
type Sealer interface {
	Seal(plain, place string) (string, error)
	Open(sealed, place string) (string, error)
}

// Deps is what the service works with.
type Deps struct {
	DB    *db.DB
	Clock now.Clock
	Seal  Sealer
	Areas Areas
	Audit *audit.Log
}

// Options are what an installation or a test may set. The zero value of a field is its default.
type Options struct {
	Cost         Cost          // of a password check
	Lifetime     time.Duration // of a browser's session at most; default 30 days
	Idle         time.Duration // after which an unused session ends; default 12 h
	ActorTTL     time.Duration // how long an actor may be remembered; default 10 s
	MaxFailures  int64         // wrong passwords until an account is locked; default 5
	LockFor      time.Duration // default 15 min
	SignInEvery  time.Duration // rate of sign-ins from one address after the first burst; default 1 s
	SignInBurst  int           // default 60: a whole office may share one address
	SecureCookie bool          // also on plain HTTP, for a proxy that ends TLS
	// SignInClosed, if not empty, is the code with which every sign-in is refused and no session counts.
	SignInClosed string
	// Page gives what the sign-in page shows beside the office's name.
	Page func() PageInfo
	// Changed, if not nil, is called after something changed that may touch who an actor is: posts, roles, sessions.
	Changed func()
	// Suite names the cipher suite in use, for the settings page; it cannot be changed there.
	Suite string
	// ChooseSuite is told which cipher suite the set-up page chose; nil: the suite cannot be chosen any more.
	ChooseSuite func(ctx context.Context, suite string) error
}

// PageInfo is what the app tells about itself on the sign-in page.
type PageInfo struct {
	Version  string
	Demo     bool
	Accounts []DemoAccount
}

// DemoAccount is an account that the sign-in page of a demo offers.
type DemoAccount struct {
	Login   string
	Role    string
	Name    string
	Face    string // for whom: desk, unit, phone, window, supervisor, leader or admin
	AboutZh string
	AboutEn string
}

func (o Options) withDefaults() Options {
	if o.Cost == (Cost{}) {
		o.Cost = DefaultCost
	}
	setDefault(&o.Lifetime, 30*24*time.Hour)
	setDefault(&o.Idle, 12*time.Hour)
	setDefault(&o.ActorTTL, 10*time.Second)
	setDefault(&o.MaxFailures, 5)
	setDefault(&o.LockFor, 15*time.Minute)
	setDefault(&o.SignInEvery, time.Second)
	setDefault(&o.SignInBurst, 60)
	return o
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Service is everything that can be done with people.
type Service struct {
	Deps
	opts      Options
	passwords *hasher
	limiter   *web.Limiter
	attempts  attemptLocks
	ghosts    ghosts
	actors    *actorCache
	directory *Directory
	work      Work // nil: nobody has orders
}

// New returns the service. EnsureRoles must have run once on the store.
func New(deps Deps, opts Options) *Service {
	opts = opts.withDefaults()
	s := &Service{
		Deps: deps, opts: opts, passwords: newHasher(opts.Cost),
		limiter: web.NewLimiter(deps.Clock, opts.SignInEvery, opts.SignInBurst), actors: newActorCache(),
	}
	s.attempts.init()
	s.directory = &Directory{clock: deps.Clock, load: s.loadSnapshot}
	return s
}

// told tells whoever keeps actors for long, such as open live streams, to look again.
func (s *Service) told() {
	if s.opts.Changed != nil {
		s.opts.Changed()
	}
}

// Directory returns the snapshot of units and people in memory.
func (s *Service) Directory() *Directory { return s.directory }

// Run follows what other nodes change and removes ended sessions, until the context ends.
func (s *Service) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var purged time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.Follow(ctx); err != nil && ctx.Err() == nil {
			slog.Error("following changes of people failed", "error", err)
		}
		if at := s.Clock.Now(); at.Sub(purged) > time.Hour {
			purged = at
			if err := s.PurgeSessions(ctx); err != nil && ctx.Err() == nil {
				slog.Error("removing ended sessions failed", "error", err)
			}
		}
	}
}

// Follow drops what is remembered when another node changed people since.
func (s *Service) Follow(ctx context.Context) error {
	version, err := readVersion(ctx, s.DB.Read())
	if err != nil {
		return err
	}
	if s.directory.outdated(version) {
		s.forget()
	}
	return nil
}

// change runs an administrative change in one transaction. Its first statement moves the version of people on, so
// that such changes happen one after the other and checks across several rows hold. Afterwards nothing old is
// remembered.
func (s *Service) change(ctx context.Context, fn func(ctx context.Context, tx db.Tx, at time.Time) error) error {
	at := s.Clock.Now()
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := bumpVersion(ctx, tx, at.UnixMilli()); err != nil {
			return err
		}
		return fn(ctx, tx, at)
	})
	if err == nil {
		s.forget()
	}
	return err
}

func (s *Service) forget() {
	s.actors.clear()
	s.told()
	s.directory.markDirty()
}

// need refuses an actor without the permission.
func need(actor authz.Actor, p authz.Permission) error {
	if !actor.Can(p) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}

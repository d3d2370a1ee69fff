package people_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
	"gezhi/internal/perm"
)

func signIn(f *peopletest.Fixture, login, password string) error {
	_, _, err := f.SignIn(bg, "test", login, password)
	return err
}

// valid tells whether a token is good.
func valid(t *testing.T, f *peopletest.Fixture, token string) bool {
	t.Helper()
	_, ok, err := f.Authenticate(bg, token)
	require.NoError(t, err)
	return ok
}

func TestLockOutEndsWithTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("duty", "duty", people.AddOptions{})
		for _, login := range []string{"duty", "nobody"} { // both answer alike, so neither tells whether it exists
			for range 4 {
				requireCode(t, "session.refused", signIn(f, login, "wrong"))
			}
			requireCode(t, "session.locked", signIn(f, login, "wrong"))
			requireCode(t, "session.locked", signIn(f, login, peopletest.Password))
		}
		f.Clock.Advance(15*time.Minute - time.Second)
		requireCode(t, "session.locked", signIn(f, "duty", peopletest.Password))
		f.Clock.Advance(time.Second)
		requireCode(t, "session.refused", signIn(f, "nobody", "wrong"))
		require.NoError(t, signIn(f, "duty", peopletest.Password))
	})
}

func TestSuccessForgetsFailures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("duty", "duty", people.AddOptions{})
		for range 3 {
			for range 4 {
				requireCode(t, "session.refused", signIn(f, "duty", "wrong"))
			}
			require.NoError(t, signIn(f, " DUTY ", peopletest.Password), "case and surrounding space do not matter")
		}
	})
}

func TestGuessesSideBySideAreAllCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("duty", "duty", people.AddOptions{})
		var wg sync.WaitGroup
		var mu sync.Mutex
		codes := map[string]int{}
		for range 20 {
			wg.Go(func() {
				err := signIn(f, "duty", "wrong")
				mu.Lock()
				defer mu.Unlock()
				if x, ok := fault.As(err); ok {
					codes[x.Code]++
				}
			})
		}
		wg.Wait()
		assert.Equal(t, map[string]int{"session.refused": 4, "session.locked": 16}, codes)
	})
}

func TestAnAddressMayNotTryForEver(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t), func(o *people.Options) { o.SignInBurst = 3; o.SignInEvery = time.Minute })
	for range 3 {
		requireCode(t, "session.refused", signIn(f, "x", "wrong"))
	}
	requireCode(t, "session.too_many", signIn(f, "y", "wrong"))
	_, _, err := f.SignIn(bg, "elsewhere", "y", "wrong")
	requireCode(t, "session.refused", err)
	f.Clock.Advance(time.Minute)
	requireCode(t, "session.refused", signIn(f, "y", "wrong"))
}

func TestFirstPasswordBarsUntilChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		a, first, err := f.CreateAccount(bg, sec, people.NewAccount{Login: "newbie", Name: "新人", Kind: people.PersonAccount,
			Final: true, Posts: []people.Post{{Role: "duty"}}}) // only the program itself may say that it is final
		require.NoError(t, err)
		assert.True(t, a.MustChange)
		token, me, err := f.SignIn(bg, "test", "newbie", first)
		require.NoError(t, err)
		assert.True(t, me.Account.MustChange)
		assert.Empty(t, me.Permissions)
		actor, ok, err := f.Authenticate(bg, token)
		require.NoError(t, err)
		require.True(t, ok)
		assert.Equal(t, people.MustChange, actor.Barred)
		assert.Empty(t, actor.Posts)

		other, _, err := f.SignIn(bg, "test", "newbie", first)
		require.NoError(t, err)
		require.NoError(t, f.ChangePassword(bg, actor, first, "my own secret"))
		actor, ok, err = f.Authenticate(bg, token)
		require.NoError(t, err)
		require.True(t, ok, "the session in which it was changed goes on")
		assert.Empty(t, actor.Barred)
		assert.True(t, actor.Can(perm.IncidentTriage))
		assert.False(t, valid(t, f, other), "other sessions end")
		requireCode(t, "session.refused", signIn(f, "newbie", first))
		require.NoError(t, signIn(f, "newbie", "my own secret"))
	})
}

func TestBadNewPasswords(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t))
	f.Account("dutyofficer", "duty", people.AddOptions{})
	actor := f.Actor("dutyofficer")
	cases := map[string]string{
		"": "field.required", "short": "password.too_short", "dutyofficer": "password.is_login", "DutyOfficer1": "password.is_login",
		"88888888": "password.too_plain", "Password1": "password.too_plain", peopletest.Password: "password.same",
		string(make([]byte, 200)): "password.too_long", "bad\xffutf8 text": "field.utf8",
	}
	for fresh, code := range cases {
		assert.Equal(t, code, fieldCodes(t, f.ChangePassword(bg, actor, peopletest.Password, fresh))["new"], fresh)
	}
	assert.Equal(t, map[string]string{"old": "password.wrong", "new": "password.too_short"},
		fieldCodes(t, f.ChangePassword(bg, actor, "not it", "short")), "everything at once")
	for range 3 {
		require.Error(t, f.ChangePassword(bg, actor, "not it", "good enough 1"))
	}
	requireCode(t, "session.locked", f.ChangePassword(bg, actor, "not it", "good enough 1"))
}

func TestSessionsEndByIdlenessAndAge(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("duty", "duty", people.AddOptions{})
		idle := f.Token("duty")
		f.Clock.Advance(12*time.Hour - time.Second)
		assert.True(t, valid(t, f, idle), "used just in time")
		f.Clock.Advance(12*time.Hour - time.Second)
		assert.True(t, valid(t, f, idle))
		f.Clock.Advance(12 * time.Hour)
		assert.False(t, valid(t, f, idle))
		require.NoError(t, f.PurgeSessions(bg))

		busy := f.Token("duty")
		for range 71 { // just under 30 days
			f.Clock.Advance(10 * time.Hour)
			require.True(t, valid(t, f, busy))
		}
		f.Clock.Advance(10 * time.Hour)
		assert.False(t, valid(t, f, busy))
	})
}

func TestUseIsNotedAtMostOnceAMinute(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("duty", "duty", people.AddOptions{})
		token := f.Token("duty")
		seen := func() (at int64) {
			require.NoError(t, d.Read().QueryRowContext(bg, `SELECT seen_at FROM sessions`).Scan(&at))
			return at
		}
		begin := seen()
		f.Clock.Advance(59 * time.Second)
		require.True(t, valid(t, f, token))
		assert.Equal(t, begin, seen())
		f.Clock.Advance(11 * time.Second)
		require.True(t, valid(t, f, token))
		assert.Equal(t, begin+70_000, seen())
	})
}

func TestRevocationIsImmediate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		a := f.Account("duty", "duty", people.AddOptions{})
		sec := f.Actor("sec")

		token := f.Token("duty")
		actor, _, err := f.Authenticate(bg, token)
		require.NoError(t, err)
		require.NoError(t, f.SignOut(bg, actor.SessionID))
		assert.False(t, valid(t, f, token))

		token = f.Token("duty")
		require.True(t, valid(t, f, token))
		_, err = f.EndPost(bg, sec, a.ID, a.Posts[0].ID)
		require.NoError(t, err)
		actor, ok, err := f.Authenticate(bg, token)
		require.NoError(t, err)
		require.True(t, ok)
		assert.False(t, actor.Can(perm.IncidentRead), "a post that ended counts no more, though the clock stands still")

		_, err = f.DisableAccount(bg, sec, a.ID)
		require.NoError(t, err)
		assert.False(t, valid(t, f, token))
		requireCode(t, "session.refused", signIn(f, "duty", peopletest.Password))
		_, err = f.EnableAccount(bg, sec, a.ID)
		require.NoError(t, err)
		assert.False(t, valid(t, f, token), "enabling does not bring sessions back")

		token = f.Token("duty")
		password, err := f.ResetPassword(bg, sec, a.ID, "")
		require.NoError(t, err)
		assert.False(t, valid(t, f, token))
		require.NoError(t, signIn(f, "duty", password))
	})
}

func TestAnotherNodeNoticesWithinTheMinute(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		here, there := peopletest.New(t, d), peopletest.New(t, d)
		here.Account("sec", "security_admin", people.AddOptions{})
		a := here.Account("duty", "duty", people.AddOptions{})
		token := here.Token("duty")
		require.True(t, valid(t, there, token), "sessions live in the store")
		assert.Equal(t, "duty", there.Directory().PersonName(a.ID))

		_, err := here.DisableAccount(bg, here.Actor("sec"), a.ID)
		require.NoError(t, err)
		require.True(t, valid(t, there, token), "still remembered")
		require.NoError(t, there.Follow(bg))
		assert.False(t, valid(t, there, token))

		token = here.Token("sec")
		require.True(t, valid(t, there, token))
		actor, _, err := here.Authenticate(bg, token)
		require.NoError(t, err)
		require.NoError(t, here.SignOut(bg, actor.SessionID))
		there.Clock.Advance(10 * time.Second)
		assert.False(t, valid(t, there, token))
	})
}

func TestPostsCountExactlyInTheirPeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d, func(o *people.Options) { o.ActorTTL = time.Hour })
		f.Account("sec", "security_admin", people.AddOptions{})
		a := f.Account("leader", "leader", people.AddOptions{})
		at := f.Clock.Now()
		_, err := f.AddPost(bg, f.Actor("sec"), people.Post{AccountID: a.ID, Role: "duty", AreaID: "A1",
			From: at.Add(time.Minute).UnixMilli(), To: at.Add(2 * time.Minute).UnixMilli()})
		require.NoError(t, err)
		token := f.Token("leader")
		for _, want := range []bool{false, true, false} {
			actor, _, err := f.Authenticate(bg, token)
			require.NoError(t, err)
			assert.Equal(t, want, actor.Can(perm.IncidentTriage))
			f.Clock.Advance(time.Minute)
		}
	})
}

func TestPartnersActWithATokenOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		a, password, err := f.CreateAccount(bg, sec, people.NewAccount{Login: "sensors", Name: "物联平台", Kind: people.PartnerAccount,
			Rate: 600, Posts: []people.Post{{Role: people.PartnerRole, AreaID: "A1"}}})
		require.NoError(t, err)
		assert.Empty(t, password)
		requireCode(t, "session.refused", signIn(f, "sensors", ""))
		first, err := f.IssueToken(bg, sec, a.ID)
		require.NoError(t, err)
		f.Clock.Advance(100 * 24 * time.Hour)
		actor, ok, err := f.Authenticate(bg, first)
		require.NoError(t, err)
		require.True(t, ok, "a token does not go idle")
		assert.Equal(t, []string{"A1"}, actor.Scope(perm.IncidentReport).Areas)
		assert.False(t, actor.Can(perm.IncidentRead))
		p, _ := f.Directory().Person(a.ID)
		assert.EqualValues(t, 600, p.Rate)

		f.Account("sec2", "security_admin", people.AddOptions{})
		sec = f.Actor("sec2")
		second, err := f.IssueToken(bg, sec, a.ID)
		require.NoError(t, err)
		assert.False(t, valid(t, f, first), "a new token ends the one before")
		require.NoError(t, f.RevokeToken(bg, sec, a.ID))
		assert.False(t, valid(t, f, second))
		_, err = f.ResetPassword(bg, sec, a.ID, "")
		requireCode(t, "account.not_a_person", err)
		_, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "system_admin"})
		requireCode(t, "post.partner_administers", err)
	})
}

func TestClosedInstallationSignsNobodyIn(t *testing.T) {
	d := dbtest.Lite(t)
	open := peopletest.New(t, d)
	open.Account("duty", "duty", people.AddOptions{})
	token := open.Token("duty")
	closed := peopletest.New(t, d, func(o *people.Options) { o.SignInClosed = "session.demo_only" })
	requireCode(t, "session.demo_only", signIn(closed, "duty", peopletest.Password))
	assert.False(t, valid(t, closed, token))
}

func TestAHashOfAnotherCostIsReplaced(t *testing.T) {
	d := dbtest.Lite(t)
	peopletest.New(t, d).Account("duty", "duty", people.AddOptions{})
	hash := func() (h string) {
		require.NoError(t, d.Read().QueryRowContext(bg, `SELECT password_hash FROM accounts`).Scan(&h))
		return h
	}
	before := hash()
	f := peopletest.New(t, d, func(o *people.Options) { o.Cost.Passes = 2 })
	require.NoError(t, signIn(f, "duty", peopletest.Password))
	assert.NotEqual(t, before, hash())
	assert.Contains(t, hash(), "$argon2id$v=19$m=64,t=2,p=1$")
	require.NoError(t, signIn(f, "duty", peopletest.Password))
}

func TestTheStoreHoldsNoToken(t *testing.T) {
	d := dbtest.Lite(t)
	f := peopletest.New(t, d)
	f.Account("duty", "duty", people.AddOptions{})
	token := f.Token("duty")
	var n int
	require.NoError(t, d.Read().QueryRowContext(bg, `SELECT COUNT(*) FROM sessions WHERE id = $1`, token).Scan(&n))
	assert.Zero(t, n)
	assert.GreaterOrEqual(t, len(token), 51, "256 bits in base 32")
}

func TestASignInThatHangsUpWaitsNoLonger(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t))
	ctx, cancel := context.WithCancel(bg)
	cancel()
	_, _, err := f.SignIn(ctx, "test", "x", "y")
	assert.ErrorIs(t, err, context.Canceled)
}

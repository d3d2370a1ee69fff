package people_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
	"gezhi/internal/perm"
)

func firstAdmins(system, security, audit string) map[people.Administration]people.FirstAdmin {
	admin := func(login string) people.FirstAdmin {
		return people.FirstAdmin{Login: login, Name: "管理员", Password: peopletest.Password}
	}
	return map[people.Administration]people.FirstAdmin{people.SystemAdmin: admin(system), people.SecurityAdmin: admin(security), people.AuditAdmin: admin(audit)}
}

func TestSetUpMakesThreeAdministratorsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		needed, err := f.SetupNeeded(bg)
		require.NoError(t, err)
		assert.True(t, needed)
		require.NoError(t, f.SetUp(bg, people.Setup{Office: people.Office{Name: "望江街道"}, Admins: firstAdmins("sys", "sec", "aud")}))
		needed, err = f.SetupNeeded(bg)
		require.NoError(t, err)
		assert.False(t, needed)
		o, err := f.Office(bg)
		require.NoError(t, err)
		assert.Equal(t, people.Office{Name: "望江街道"}, o)
		for login, p := range map[string]authz.Permission{"sys": perm.SettingsManage, "sec": perm.AccountManage, "aud": perm.AuditRead} {
			me, err := f.Me(bg, f.Actor(login).AccountID)
			require.NoError(t, err)
			assert.Contains(t, me.Permissions, p, login)
			assert.False(t, me.Account.MustChange)
		}
		requireCode(t, "setup.done", f.SetUp(bg, people.Setup{Office: people.Office{Name: "再来"}, Admins: firstAdmins("a1", "b1", "c1")}))
	})
}

func TestOfTwoSetUpsAtOnceOneWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				n := string(rune('a' + i))
				errs[i] = f.SetUp(bg, people.Setup{Office: people.Office{Name: "办公室 " + n}, Admins: firstAdmins(n+"sys", n+"sec", n+"aud")})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			requireCode(t, "setup.done", err)
		}
		assert.Equal(t, 1, won)
		var n int
		require.NoError(t, d.Read().QueryRowContext(bg, `SELECT COUNT(*) FROM accounts`).Scan(&n))
		assert.Equal(t, 3, n)
	})
}

func TestAnAccountFromTheTerminalClosesSetUp(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t))
	f.Account("root1", "security_admin", people.AddOptions{})
	requireCode(t, "setup.done", f.SetUp(bg, people.Setup{Office: people.Office{Name: "x"}, Admins: firstAdmins("a1", "b1", "c1")}))
}

func TestSetUpSaysEverythingThatIsWrong(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t))
	admins := firstAdmins("sys", "sys", "审计")
	admins[people.AuditAdmin] = people.FirstAdmin{Login: "审计", Password: ""}
	err := f.SetUp(bg, people.Setup{Admins: admins})
	assert.Equal(t, map[string]string{"name": "field.required", "admins.security.login": "account.login_taken", "admins.audit.login": "account.login_form",
		"admins.audit.name": "field.required", "admins.audit.password": "field.required"}, fieldCodes(t, err))
	needed, err := f.SetupNeeded(bg)
	require.NoError(t, err)
	assert.True(t, needed, "nothing of what was refused is kept")
}

func TestASmallOfficeMayHaveOneAdministratorButAuditStandsAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		office := people.Office{Name: "小办公室", OneAdmin: true}
		err := f.SetUp(bg, people.Setup{Office: office, Admins: firstAdmins("one", "one", "one")})
		assert.Equal(t, map[string]string{"admins.audit.login": "account.login_taken"}, fieldCodes(t, err))
		other := firstAdmins("one", "one", "aud")
		other[people.SecurityAdmin] = people.FirstAdmin{Login: "one", Name: "管理员", Password: "another-secret"}
		err = f.SetUp(bg, people.Setup{Office: office, Admins: other})
		assert.Equal(t, map[string]string{"admins.security.password": "setup.one_person"}, fieldCodes(t, err))
		require.NoError(t, f.SetUp(bg, people.Setup{Office: office, Admins: firstAdmins("one", "one", "aud")}))
		one := f.Actor("one")
		assert.True(t, one.Can(perm.SettingsManage) && one.Can(perm.RoleManage))
		assert.False(t, one.Can(perm.AuditRead))
	})
}

func TestSetUpTellsTheChosenSuite(t *testing.T) {
	var chosen string
	f := peopletest.New(t, dbtest.Lite(t), func(o *people.Options) {
		o.ChooseSuite = func(_ context.Context, suite string) error {
			chosen = suite
			return errors.New("no room on the disk")
		}
	})
	in := people.Setup{Office: people.Office{Name: "x"}, Suite: "aes", Admins: firstAdmins("sys", "sec", "aud")}
	assert.ErrorContains(t, f.SetUp(bg, in), "no room")
	assert.Equal(t, "aes", chosen)
	needed, err := f.SetupNeeded(bg)
	require.NoError(t, err)
	assert.True(t, needed)
	requireCode(t, "setup.suite_fixed", peopletest.New(t, dbtest.Lite(t)).SetUp(bg, in))
}

package people_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
	"gezhi/internal/perm"
)

func TestEverythingWrongWithAnAccountComesAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		u := f.Unit("已撤单位", people.Department, "")
		_, err := f.CloseUnit(bg, authz.System("test"), u.ID, u.Version)
		require.NoError(t, err)
		_, _, err = f.CreateAccount(bg, f.Actor("sec"), people.NewAccount{
			Login: "sec", Name: " ", Phone: "not a phone", Kind: people.PersonAccount, Password: "short",
			Posts: []people.Post{{Role: "nothing"}, {Role: "station"}, {Role: "duty", AreaID: "A9", From: 5, To: 5},
				{Role: "police", UnitID: u.ID}, {Role: "mediator", UnitID: "nowhere"}, {Role: "audit_admin", AreaID: "A1"}, {Role: "grid_worker"}},
		})
		codes := fieldCodes(t, err)
		assert.Equal(t, map[string]string{
			"login": "account.login_taken", "name": "field.required", "phone": "field.phone", "password": "password.too_short",
			"posts.0.role": "field.not_found", "posts.1.unit": "field.required", "posts.2.area": "field.not_found", "posts.3.unit": "unit.closed",
			"posts.4.unit": "field.not_found", "posts.5.area": "post.no_place", "posts.6.area": "post.place_required",
		}, without(codes, "posts.2.to"))
	})
}

func without(m map[string]string, key string) map[string]string {
	delete(m, key)
	return m
}

func TestLoginsAreASCII(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t))
	for _, login := range []string{"值班员", "dutу", "ａdmin", "\u212Aelvin", "du ty", "-duty", "d", strings.Repeat("x", 41), "a\x00b", "duty\n\n1", ""} {
		_, err := f.AddAccount(bg, login, "duty", peopletest.Password, people.AddOptions{Name: "某"})
		assert.Contains(t, []string{"account.login_form", "field.required"}, fieldCodes(t, err)["login"], "%q", login)
	}
	a, err := f.AddAccount(bg, "Wang.Wei_1@gov", "duty", peopletest.Password, people.AddOptions{})
	require.NoError(t, err)
	assert.Equal(t, "wang.wei_1@gov", a.Login)
	_, err = f.AddAccount(bg, "WANG.wei_1@gov", "duty", peopletest.Password, people.AddOptions{})
	assert.Equal(t, "account.login_taken", fieldCodes(t, err)["login"])
}

func TestAnAccountFromTheTerminalCoversEverything(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		for _, r := range people.SeedRoles() {
			f.Account("x"+r.Code, r.Code, people.AddOptions{})
			actor := f.Actor("x" + r.Code)
			assert.Empty(t, actor.Barred, "that password is final")
			for _, p := range r.Permissions {
				assert.True(t, actor.Scope(p).All, "%s %s", r.Code, p)
			}
		}
		_, err := f.AddAccount(bg, "y", "no_such_role", "", people.AddOptions{Name: "某"})
		assert.Equal(t, map[string]string{"login": "account.login_form", "password": "field.required", "posts.0.role": "field.not_found"}, fieldCodes(t, err))
	})
}

func TestPhonesAreSealedAndLooksRecorded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		a, _, err := f.CreateAccount(bg, sec, people.NewAccount{Login: "worker", Name: "赵工", Phone: "13800001234", Kind: people.PersonAccount})
		require.NoError(t, err)
		var kept string
		require.NoError(t, d.Read().QueryRowContext(bg, `SELECT phone FROM accounts WHERE id = $1`, a.ID).Scan(&kept))
		assert.NotContains(t, kept, "1234")
		phone, err := f.Phone(bg, sec, a.ID, "联系到岗")
		require.NoError(t, err)
		assert.Equal(t, "13800001234", phone)
		_, err = f.Phone(bg, sec, a.ID, " ")
		assert.Equal(t, "field.required", fieldCodes(t, err)["purpose"])
		f.Account("worker2", "grid_worker", people.AddOptions{})
		_, err = f.Phone(bg, f.Actor("worker2"), a.ID, "好奇")
		requireCode(t, "forbidden", err)
		var looks int
		require.NoError(t, d.Read().QueryRowContext(bg, `SELECT COUNT(*) FROM audit_entries WHERE action = 'account.view_phone' AND object_id = $1`, a.ID).Scan(&looks))
		assert.Equal(t, 1, looks)
	})
}

func TestEveryChangeOfAnAccountIsRecorded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		a, _, err := f.CreateAccount(bg, sec, people.NewAccount{Login: "worker", Name: "赵工", Kind: people.PersonAccount})
		require.NoError(t, err)
		empty := ""
		a, err = f.UpdateAccount(bg, sec, people.AccountChange{ID: a.ID, Version: a.Version, Name: "赵一工", Phone: &empty})
		require.NoError(t, err)
		_, err = f.UpdateAccount(bg, sec, people.AccountChange{ID: a.ID, Version: a.Version - 1, Name: "迟到"})
		requireCode(t, "stale", err)
		x, _ := fault.As(err)
		assert.Equal(t, "赵一工", x.Current.(people.Account).Name)
		a, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "grid_worker", AreaID: "A1"})
		require.NoError(t, err)
		_, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "grid_worker", AreaID: "A1"})
		requireCode(t, "post.duplicate", err)
		_, err = f.EndPost(bg, sec, a.ID, a.Posts[0].ID)
		require.NoError(t, err)
		_, err = f.EndPost(bg, sec, a.ID, a.Posts[0].ID)
		requireCode(t, "post.ended", err)
		_, err = f.UnlockAccount(bg, sec, a.ID)
		require.NoError(t, err)
		_, err = f.DisableAccount(bg, sec, a.ID)
		require.NoError(t, err)
		rows, err := d.Read().QueryContext(bg, `SELECT action, actor_id FROM audit_entries WHERE object_id = $1 ORDER BY id`, a.ID)
		require.NoError(t, err)
		defer rows.Close()
		var actions []string
		for rows.Next() {
			var action, by string
			require.NoError(t, rows.Scan(&action, &by))
			assert.Equal(t, sec.AccountID, by)
			actions = append(actions, action)
		}
		assert.Equal(t, []string{"account.create", "account.update", "post.add", "post.end", "account.unlock", "account.disable"}, actions)
	})
}

func TestAccountListIsStableUnderInserts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		for i := range 7 {
			f.Account(fmt.Sprintf("w%02d", i*10), "grid_worker", people.AddOptions{AreaID: "A1", Name: "同名"})
		}
		for _, sort := range []string{"login", "-login", "name", "-created"} {
			seen := map[string]int{}
			query := people.AccountQuery{Role: "grid_worker", AreaID: "A1", Sort: sort, Limit: 2}
			for page := 0; ; page++ {
				list, next, err := f.Accounts(bg, sec, query)
				require.NoError(t, err)
				for _, a := range list {
					seen[a.Login]++
					assert.Len(t, a.Posts, 1)
				}
				if page == 0 {
					f.Account(fmt.Sprintf("a%s", strings.Trim(sort, "-")+fmt.Sprint(len(sort))), "grid_worker", people.AddOptions{AreaID: "A1", Name: "先来"})
				}
				if next == "" {
					break
				}
				query.Cursor = next
			}
			for i := range 7 {
				assert.Equal(t, 1, seen[fmt.Sprintf("w%02d", i*10)], "%s %d", sort, i)
			}
		}
		yes := true
		for _, c := range []struct {
			query people.AccountQuery
			want  int
		}{{people.AccountQuery{Text: "W0"}, 1}, {people.AccountQuery{Text: "同名"}, 7}, {people.AccountQuery{Text: "%"}, 0},
			{people.AccountQuery{Disabled: &yes}, 0}, {people.AccountQuery{Kind: people.PartnerAccount}, 0}} {
			list, _, err := f.Accounts(bg, sec, c.query)
			require.NoError(t, err)
			assert.Len(t, list, c.want, "%+v", c.query)
		}
		_, _, err := f.Accounts(bg, sec, people.AccountQuery{Sort: "phone"})
		assert.Equal(t, "field.choice", fieldCodes(t, err)["sort"])
		_, _, err = f.Accounts(bg, sec, people.AccountQuery{Cursor: "AAAA"})
		requireCode(t, "request.cursor", err)
	})
}

func TestEachAdministrationKeepsToItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		for login, role := range map[string]string{"sys": "system_admin", "sec": "security_admin", "aud": "audit_admin", "duty": "duty"} {
			f.Account(login, role, people.AddOptions{})
		}
		does := map[string]func(authz.Actor) error{
			"sys": func(a authz.Actor) error {
				_, err := f.CreateUnit(bg, a, people.Unit{Name: "单位", Kind: people.Team})
				return err
			},
			"sec": func(a authz.Actor) error {
				_, _, err := f.Accounts(bg, a, people.AccountQuery{})
				return err
			},
		}
		for login, do := range does {
			for _, other := range []string{"sys", "sec", "aud", "duty"} {
				err := do(f.Actor(other))
				if other == login {
					require.NoError(t, err)
				} else {
					requireCode(t, "forbidden", err)
				}
			}
		}
		for _, login := range []string{"sys", "sec", "duty"} {
			assert.False(t, f.Actor(login).Can(perm.AuditRead), login)
		}
	})
}

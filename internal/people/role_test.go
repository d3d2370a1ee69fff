package people_test

import (
	"context"
	"slices"
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

var bg = context.Background()

// fieldCodes returns the codes of a fault's field errors by field.
func fieldCodes(t *testing.T, err error) map[string]string {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	out := map[string]string{}
	for _, x := range f.Fields {
		out[x.Field] = x.Code
	}
	return out
}

func requireCode(t *testing.T, code string, err error) {
	t.Helper()
	require.True(t, fault.Is(err, code), "want %s, got %v", code, err)
}

func TestSeedRolesKeepAdministrationsApart(t *testing.T) {
	codes := map[string]bool{}
	for _, r := range people.SeedRoles() {
		var f fault.Fields
		r.Validate(&f, false)
		assert.NoError(t, f.Err(), r.Code)
		codes[r.Code] = true
	}
	for _, c := range []string{"duty", "station", "grid_head", "grid_instructor", "grid_worker", "functional_worker", "microgrid_worker",
		"grid_supervisor", "department", "police", "mediator", "window", "leader", "system_admin", "security_admin", "audit_admin", "partner"} {
		assert.True(t, codes[c], c)
	}
}

func TestOnlyTheCentreSeesConfidentialReporters(t *testing.T) {
	for _, r := range people.SeedRoles() {
		assert.Equal(t, r.Code == "duty", slices.Contains(r.Permissions, perm.ReporterCall), r.Code)
	}
}

func TestWhoSeesFiguresAndWhoKeepsReportsAndNotices(t *testing.T) {
	holders := map[authz.Permission][]string{}
	for _, r := range people.SeedRoles() {
		for _, p := range r.Permissions {
			holders[p] = append(holders[p], r.Code)
		}
	}
	require.Equal(t, []string{"duty", "station", "grid_head", "grid_supervisor", "department", "police", "mediator", "unit_head", "window", "leader"}, holders[perm.FiguresRead])
	require.Equal(t, []string{"duty", "leader"}, holders[perm.ReportManage])
	require.Equal(t, []string{"duty", "leader"}, holders[perm.NoticePublish])
}

// TestRolesThatNobodyChangedGrowWithARelease brings a role as an earlier release delivered it up to this one.
func TestRolesThatNobodyChangedGrowWithARelease(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		require.NoError(t, d.Write(bg, func(ctx context.Context, tx db.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE roles SET permissions = '["area.read"]' WHERE code IN ('duty', 'leader')`)
			if err == nil {
				_, err = tx.ExecContext(ctx, `UPDATE roles SET version = 2 WHERE code = 'leader'`)
			}
			return err
		}))
		require.NoError(t, f.EnsureRoles(bg))
		f.Account("sec", "security_admin", people.AddOptions{})
		roles, err := f.Roles(bg, f.Actor("sec"))
		require.NoError(t, err)
		for _, r := range roles {
			switch r.Code {
			case "duty":
				assert.Contains(t, r.Permissions, perm.IncidentTriage)
			case "leader":
				assert.Equal(t, []authz.Permission{perm.AreaRead}, r.Permissions, "an administrator changed it")
			}
		}
	})
}

func TestEnsureRolesKeepsWhatAdministratorsChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		roles, err := f.Roles(bg, sec)
		require.NoError(t, err)
		duty := roles[slices.IndexFunc(roles, func(r people.Role) bool { return r.Code == "duty" })]
		duty.Permissions = []authz.Permission{perm.IncidentNote, perm.IncidentRead, perm.IncidentRead}
		duty, err = f.UpdateRole(bg, sec, duty)
		require.NoError(t, err)
		require.NoError(t, f.EnsureRoles(bg))
		again, err := f.Roles(bg, sec)
		require.NoError(t, err)
		assert.Len(t, again, len(people.SeedRoles()))
		i := slices.IndexFunc(again, func(r people.Role) bool { return r.Code == "duty" })
		assert.Equal(t, []authz.Permission{perm.IncidentRead, perm.IncidentNote}, again[i].Permissions)

		duty.Version--
		_, err = f.UpdateRole(bg, sec, duty)
		requireCode(t, "stale", err)
	})
}

func TestRolesThatMixAreRefused(t *testing.T) {
	cases := map[string]struct {
		reach       authz.Reach
		permissions []authz.Permission
		field, code string
		oneAdmin    string // the code with the small office's exception; '' when it is then allowed
	}{
		"system and security": {authz.ReachNone, []authz.Permission{perm.AreaManage, perm.RoleManage}, "permissions", "role.mixed", ""},
		"system and audit":    {authz.ReachNone, []authz.Permission{perm.AreaManage, perm.AuditRead}, "permissions", "role.mixed", "role.mixed"},
		"security and audit":  {authz.ReachNone, []authz.Permission{perm.AccountManage, perm.AuditRead}, "permissions", "role.mixed", "role.mixed"},
		"business beside":     {authz.ReachArea, []authz.Permission{perm.AuditRead, perm.IncidentRead}, "permissions", "role.business_and_administration", "role.business_and_administration"},
		"bound to an area":    {authz.ReachArea, []authz.Permission{perm.UnitManage}, "reach", "role.administration_reach", "role.administration_reach"},
		"business everywhere": {authz.ReachNone, []authz.Permission{perm.IncidentRead}, "reach", "role.business_reach", "role.business_reach"},
		"unknown permission":  {authz.ReachArea, []authz.Permission{"incident.fly"}, "permissions", "role.unknown_permission", "role.unknown_permission"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for _, one := range []bool{false, true} {
				r := people.Role{Code: "x_role", NameZh: "某", NameEn: "Some", Reach: c.reach, Permissions: c.permissions}
				var f fault.Fields
				r.Validate(&f, one)
				want := c.code
				if one {
					want = c.oneAdmin
				}
				if want == "" {
					assert.NoError(t, f.Err())
					continue
				}
				assert.Equal(t, want, fieldCodes(t, f.Err())[c.field])
			}
		})
	}
}

func TestPostsKeepAdministrationsApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		a := f.Account("sys", "system_admin", people.AddOptions{})
		sys := f.Actor("sys")

		_, err := f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "security_admin"})
		requireCode(t, "post.mixed_administration", err)
		_, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "duty", AreaID: "A1"})
		require.NoError(t, err, "work beside administration is no mixture of administrations")
		_, err = f.AddPost(bg, sec, people.Post{AccountID: sec.AccountID, Role: "duty"})
		requireCode(t, "post.self", err)

		_, err = f.UpdateOffice(bg, sec, people.Office{Name: "x", OneAdmin: true})
		requireCode(t, "forbidden", err)
		o, err := f.UpdateOffice(bg, sys, people.Office{Name: "望江街道治理中心", OneAdmin: true})
		require.NoError(t, err)
		assert.Equal(t, []string{people.WarnOneAdmin}, o.Warnings())
		a, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "security_admin"})
		require.NoError(t, err)
		_, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "audit_admin"})
		requireCode(t, "post.mixed_administration", err)

		_, err = f.UpdateOffice(bg, sys, people.Office{Name: "望江街道治理中心"})
		requireCode(t, "office.one_admin_in_use", err)
		_, err = f.EndPost(bg, sec, a.ID, a.Posts[len(a.Posts)-1].ID)
		require.NoError(t, err)
		_, err = f.UpdateOffice(bg, sys, people.Office{Name: "望江街道治理中心"})
		require.NoError(t, err)
	})
}

func TestOneAfterTheOtherIsNoMixture(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		change := f.Clock.Now().AddDate(0, 1, 0).UnixMilli()
		_, _, err := f.CreateAccount(bg, sec, people.NewAccount{Login: "turn", Name: "轮岗", Kind: people.PersonAccount, Posts: []people.Post{
			{Role: "system_admin", To: change}, {Role: "audit_admin", From: change}}})
		require.NoError(t, err)
	})
}

func TestARoleChangeCannotMixItsHolders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		r, err := f.CreateRole(bg, sec, people.Role{Code: "looker", NameZh: "查看", NameEn: "Looker", Reach: authz.ReachNone,
			Permissions: []authz.Permission{perm.UnitRead}})
		require.NoError(t, err)
		a := f.Account("sys", "system_admin", people.AddOptions{})
		_, err = f.AddPost(bg, sec, people.Post{AccountID: a.ID, Role: "looker"})
		require.NoError(t, err)
		r.Permissions = []authz.Permission{perm.AuditRead}
		_, err = f.UpdateRole(bg, sec, r)
		requireCode(t, "role.accounts_mixed", err)
	})
}

func TestSomebodyCanAlwaysManageAccounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		a := f.Account("sec", "security_admin", people.AddOptions{})
		sec := f.Actor("sec")
		_, err := f.EndPost(bg, sec, a.ID, a.Posts[0].ID)
		requireCode(t, "account.last_admin", err)
		_, err = f.DisableAccount(bg, sec, a.ID)
		requireCode(t, "account.self", err)
		f.Account("sec2", "security_admin", people.AddOptions{})
		_, err = f.EndPost(bg, sec, a.ID, a.Posts[0].ID)
		require.NoError(t, err)
	})
}

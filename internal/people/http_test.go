package people_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/web"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
)

// site is the API in front of a fixture.
type site struct {
	*peopletest.Fixture
	api     *web.API
	handler http.Handler
}

func newSite(t *testing.T, d *db.DB, set ...func(*people.Options)) site {
	t.Helper()
	f := peopletest.New(t, d, set...)
	api := web.New("test", f.Clock, f.Authenticate, web.Answers{DB: d})
	people.Routes(api, f.Service)
	return site{f, api, api.Handler(false, nil)}
}

type reply struct {
	status  int
	cookies []*http.Cookie
	raw     string
	body    map[string]any
}

// code is the code of a problem.
func (r reply) code() any { return r.body["code"] }

// call sends a JSON request from this machine; change may alter it.
func (s site) call(t *testing.T, method, path, token, body string, change ...func(*http.Request)) reply {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:50000"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for _, fn := range change {
		fn(r)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	raw, err := io.ReadAll(w.Body)
	require.NoError(t, err)
	out := reply{status: w.Code, cookies: w.Result().Cookies(), raw: string(raw)}
	if len(raw) > 0 {
		require.NoError(t, json.Unmarshal(raw, &out.body), "%s", raw)
	}
	require.NotEqual(t, 500, w.Code, "%s %s: %s", method, path, raw)
	return out
}

func TestSessionOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		u := s.Unit("治理中心", people.Centre, "")
		s.Account("duty", "duty", people.AddOptions{Name: "王值班", UnitID: u.ID, AreaID: "A1"})
		r := s.call(t, "GET", "/api/v1/session", "", "")
		assert.Equal(t, 200, r.status)
		assert.JSONEq(t, `{"account":null}`, r.raw)

		r = s.call(t, "POST", "/api/v1/session", "", `{"login":"duty","password":"wrong"}`)
		assert.Equal(t, 401, r.status)
		assert.Equal(t, "session.refused", r.code())

		r = s.call(t, "POST", "/api/v1/session", "", `{"login":"duty","password":"`+peopletest.Password+`"}`)
		require.Equal(t, 200, r.status, r.raw)
		token := r.body["token"].(string)
		require.Len(t, r.cookies, 1)
		c := r.cookies[0]
		assert.Equal(t, token, c.Value)
		assert.True(t, c.HttpOnly)
		assert.False(t, c.Secure)
		assert.Equal(t, http.SameSiteLaxMode, c.SameSite)

		r = s.call(t, "GET", "/api/v1/session", token, "")
		me := r.body["account"].(map[string]any)
		post := me["posts"].([]any)[0].(map[string]any)
		assert.Equal(t, "王值班", me["name"])
		assert.Equal(t, map[string]any{"zh": "值班员", "en": "Duty officer"}, post["role_name"])
		assert.Equal(t, "治理中心", post["unit"].(map[string]any)["name"])
		assert.Equal(t, "望江社区", post["area"].(map[string]any)["name"])
		assert.Contains(t, me["permissions"], "incident.dispatch")

		withCookie := func(r *http.Request) { r.AddCookie(c) }
		r = s.call(t, "DELETE", "/api/v1/session", "", "", withCookie, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") })
		assert.Equal(t, "session.origin", r.code())
		r = s.call(t, "DELETE", "/api/v1/session", "", "", withCookie)
		assert.Equal(t, 204, r.status)
		assert.Negative(t, r.cookies[0].MaxAge)
		r = s.call(t, "GET", "/api/v1/session", token, "")
		assert.JSONEq(t, `{"account":null}`, r.raw)
	})
}

func TestTheCookieIsSecureOverTLS(t *testing.T) {
	s := newSite(t, dbtest.Lite(t))
	s.Account("duty", "duty", people.AddOptions{})
	r := s.call(t, "POST", "/api/v1/session", "", `{"login":"duty","password":"`+peopletest.Password+`"}`,
		func(r *http.Request) { r.Header.Set("X-Forwarded-Proto", "https") })
	assert.True(t, r.cookies[0].Secure)
}

func TestHugeSignInsAreTurnedAway(t *testing.T) {
	s := newSite(t, dbtest.Lite(t))
	r := s.call(t, "POST", "/api/v1/session", "", `{"login":"`+strings.Repeat("x", 10<<20)+`","password":"y"}`)
	assert.Equal(t, "request.too_large", r.code())
	r = s.call(t, "POST", "/api/v1/session", "", `{"login":"duty","password":"`+strings.Repeat("密", 3000)+`"}`)
	assert.Equal(t, "invalid", r.code())
	assert.JSONEq(t, `{"account":null}`, s.call(t, "GET", "/api/v1/session", strings.Repeat("Z", 5000), "").raw)
	requireCode(t, "session.refused", signIn(s.Fixture, "duty", strings.Repeat("x", 10<<20)))
}

func TestAFirstPasswordOpensNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("sec", "security_admin", people.AddOptions{})
		sec := s.Token("sec")
		r := s.call(t, "POST", "/api/v1/accounts", sec, `{"login":"boss","name":"李安","posts":[{"role":"security_admin"}]}`)
		require.Equal(t, 201, r.status, r.raw)
		first := r.body["password"].(string)
		r = s.call(t, "POST", "/api/v1/session", "", `{"login":"boss","password":"`+first+`"}`)
		require.Equal(t, 200, r.status)
		assert.Equal(t, true, r.body["account"].(map[string]any)["must_change"])
		token := r.body["token"].(string)

		for _, route := range s.api.Routes() {
			r := s.call(t, route.Method, strings.NewReplacer("{id}", "x", "{code}", "x", "{post}", "x", "{name}", "x").Replace(route.Path), token, "{}")
			switch {
			case strings.HasPrefix(route.Path, "/api/v1/session"), strings.HasPrefix(route.Path, "/api/v1/setup"), strings.HasPrefix(route.Path, "/api/v1/public/"):
				assert.NotEqual(t, people.MustChange, r.code(), route.Path)
				if route.ID == "signOut" { // it worked: in again
					r = s.call(t, "POST", "/api/v1/session", "", `{"login":"boss","password":"`+first+`"}`)
					token = r.body["token"].(string)
				}
			default:
				assert.Equal(t, 403, r.status, route.Path)
				assert.Equal(t, people.MustChange, r.code(), route.Path)
			}
		}
		r = s.call(t, "POST", "/api/v1/session/password", token, `{"old":"`+first+`","new":"my own secret"}`)
		assert.Equal(t, 204, r.status, r.raw)
		assert.Equal(t, 200, s.call(t, "GET", "/api/v1/accounts", token, "").status)
	})
}

func TestWithoutPermissionNothingOpens(t *testing.T) {
	s := newSite(t, dbtest.Lite(t))
	a := s.Account("nobody", "duty", people.AddOptions{})
	_, err := s.EndPost(bg, machine, a.ID, a.Posts[0].ID)
	require.NoError(t, err)
	token := s.Token("nobody")
	for _, route := range s.api.Routes() {
		if strings.HasPrefix(route.Path, "/api/v1/session") || strings.HasPrefix(route.Path, "/api/v1/setup") || strings.HasPrefix(route.Path, "/api/v1/public/") {
			continue
		}
		path := strings.NewReplacer("{id}", "x", "{code}", "x", "{post}", "x", "{name}", "x").Replace(route.Path)
		assert.Equal(t, "session.required", s.call(t, route.Method, path, "", "not json").code(), "a stranger at %s", route.Path)
		if route.ID == "getOffice" || route.ID == "getLines" || route.Tag == "me" { // for everybody who is signed in
			continue
		}
		assert.Equal(t, "forbidden", s.call(t, route.Method, path, token, "not json").code(), "%s %s", route.Method, route.Path)
	}
}

func TestUnitsOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("sys", "system_admin", people.AddOptions{})
		token := s.Token("sys")
		r := s.call(t, "POST", "/api/v1/units", token, `{"name":"城管所","kind":"department","speciality":"urban_management","area":"A1"}`)
		require.Equal(t, 201, r.status, r.raw)
		id := r.body["id"].(string)
		r = s.call(t, "PUT", "/api/v1/units/"+id, token, `{"code":"CG","name":"综合执法队","kind":"team","version":1}`)
		require.Equal(t, 200, r.status, r.raw)
		r = s.call(t, "PUT", "/api/v1/units/"+id, token, `{"code":"CG","name":"迟到","kind":"team","version":1}`)
		assert.Equal(t, 409, r.status)
		assert.Equal(t, "综合执法队", r.body["current"].(map[string]any)["name"])
		r = s.call(t, "GET", "/api/v1/units?q=执法&kind=team&open=true", token, "")
		assert.Len(t, r.body["items"], 1)
		assert.Equal(t, "", r.body["next"])
		assert.Empty(t, s.call(t, "GET", "/api/v1/units?q=路灯", token, "").body["items"])
		r = s.call(t, "POST", "/api/v1/units/"+id+"/close", token, `{"version":2}`)
		assert.Equal(t, false, r.body["open"])
		assert.Equal(t, 404, s.call(t, "GET", "/api/v1/units/nowhere", token, "").status)

		for body, want := range map[string]string{
			`{"name":"x","kind":"team","colour":"red"}`: "invalid",
			`{"name":7,"kind":"team"}`:                  "invalid",
			`{"kind":"team"}`:                           "invalid",
			`{"name":"` + "\xff" + `","kind":"team"}`:   "request.utf8",
			`{`: "request.malformed",
			`{"name":"` + strings.Repeat("x", 2<<20) + `","kind":"team"}`:   "request.too_large",
			`{"name":"<script>alert(1)</script>","kind":"team","code":"'"}`: "invalid",
		} {
			assert.Equal(t, want, s.call(t, "POST", "/api/v1/units", token, body).code(), "%.60s", body)
		}
		r = s.call(t, "GET", "/api/v1/units?cursor=%F0%9F%98%80&limit=9999", token, "")
		assert.Equal(t, 422, r.status)
		again := func(r *http.Request) { r.Header.Set("Idempotency-Key", "k1") }
		one := s.call(t, "POST", "/api/v1/units", token, `{"name":"一次","kind":"team"}`, again)
		two := s.call(t, "POST", "/api/v1/units", token, `{"name":"一次","kind":"team"}`, again)
		assert.Equal(t, one.body["id"], two.body["id"])
	})
}

func TestAccountsOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("sec", "security_admin", people.AddOptions{})
		token := s.Token("sec")
		r := s.call(t, "POST", "/api/v1/accounts", token, `{"login":"worker","name":"赵工","phone":"13800001234","posts":[{"role":"grid_worker","area":"A1"}]}`)
		require.Equal(t, 201, r.status, r.raw)
		account := r.body["account"].(map[string]any)
		path := "/api/v1/accounts/" + account["id"].(string)
		assert.Equal(t, "138****1234", account["phone"])
		assert.NotContains(t, s.call(t, "GET", "/api/v1/accounts?role=grid_worker", token, "").raw, "13800001234")
		r = s.call(t, "POST", path+"/phone", token, `{"purpose":"联系"}`)
		assert.Equal(t, "13800001234", r.body["phone"])
		r = s.call(t, "PUT", path, token, `{"name":"赵一工","version":1}`)
		assert.Equal(t, "赵一工", r.body["name"])
		assert.Equal(t, "138****1234", r.body["phone"], "what is not named stays")
		r = s.call(t, "PUT", path, token, `{"name":"迟到","version":1}`)
		assert.Equal(t, "赵一工", r.body["current"].(map[string]any)["name"])
		r = s.call(t, "POST", path+"/posts", token, `{"role":"audit_admin"}`)
		require.Equal(t, 200, r.status, r.raw)
		post := r.body["posts"].([]any)[1].(map[string]any)
		r = s.call(t, "POST", path+"/posts", token, `{"role":"system_admin"}`)
		assert.Equal(t, "post.mixed_administration", r.code())
		r = s.call(t, "DELETE", path+"/posts/"+post["id"].(string), token, "")
		assert.Equal(t, 200, r.status, r.raw)
		r = s.call(t, "POST", path+"/reset-password", token, `{}`)
		assert.Len(t, r.body["password"], 14)
		assert.Equal(t, "account.not_a_partner", s.call(t, "POST", path+"/token", token, "").code())
		assert.Equal(t, true, s.call(t, "POST", path+"/disable", token, "").body["disabled"])
		assert.Equal(t, false, s.call(t, "POST", path+"/enable", token, "").body["disabled"])
		assert.Equal(t, 404, s.call(t, "POST", "/api/v1/accounts/nobody/disable", token, "").status)

		r = s.call(t, "POST", "/api/v1/accounts", token, `{"login":"sensors","name":"平台","kind":"partner","rate":60}`)
		r = s.call(t, "POST", "/api/v1/accounts/"+r.body["account"].(map[string]any)["id"].(string)+"/token", token, "")
		partner := r.body["token"].(string)
		assert.Equal(t, "平台", s.call(t, "GET", "/api/v1/session", partner, "").body["account"].(map[string]any)["name"])

		r = s.call(t, "GET", "/api/v1/roles", token, "")
		assert.Len(t, r.body["items"], len(people.SeedRoles()))
		var kept int
		require.NoError(t, d.Read().QueryRowContext(bg, `SELECT COUNT(*) FROM kept_answers`).Scan(&kept))
		assert.Zero(t, kept, "no answer with a secret is kept")
	})
}

func TestSetUpOverHTTPOnlyFromTheMachineItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		body := `{"name":"望江街道","admins":{"system":{"login":"sys","name":"甲","password":"` + peopletest.Password + `"},
			"security":{"login":"sec","name":"乙","password":"` + peopletest.Password + `"},"audit":{"login":"aud","name":"丙","password":"` + peopletest.Password + `"}}}`
		assert.Equal(t, true, s.call(t, "GET", "/api/v1/public/page", "", "").body["setup_needed"])
		for name, change := range map[string]func(*http.Request){
			"address":     func(r *http.Request) { r.RemoteAddr = "10.0.0.9:4000" },
			"host name":   func(r *http.Request) { r.Host = "rebound.example:8080" },
			"behind":      func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.9") },
			"other site":  func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") },
			"other port":  func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:9999") },
			"odd address": func(r *http.Request) { r.RemoteAddr = "" },
		} {
			assert.Equal(t, "setup.loopback_only", s.call(t, "POST", "/api/v1/setup", "", body, change).code(), name)
		}
		assert.Equal(t, true, s.call(t, "GET", "/api/v1/setup", "", "").body["needed"])
		r := s.call(t, "POST", "/api/v1/setup", "", body, func(r *http.Request) {
			r.Host, r.RemoteAddr = "localhost:8080", "[::1]:4000"
			r.Header.Set("Origin", "http://localhost:8080")
		})
		require.Equal(t, 200, r.status, r.raw)
		assert.Equal(t, false, s.call(t, "GET", "/api/v1/setup", "", "").body["needed"])
		assert.Equal(t, "setup.done", s.call(t, "POST", "/api/v1/setup", "", body).code())
		r = s.call(t, "GET", "/api/v1/public/page", "", "")
		assert.Equal(t, "望江街道", r.body["name"])
		assert.Nil(t, r.body["accounts"])

		sys := s.Token("sys")
		r = s.call(t, "PUT", "/api/v1/office", sys, `{"name":"望江街道","one_admin":true}`)
		assert.Equal(t, []any{people.WarnOneAdmin}, r.body["warnings"])
	})
}

func TestTheLinesThatResidentsAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("sys", "system_admin", people.AddOptions{})
		s.Account("duty", "duty", people.AddOptions{})
		put := func(login, body string) reply { return s.call(t, "PUT", "/api/v1/office/lines", s.Token(login), body) }
		lines := `{"phone":"028-8000 1234","neighbours":[{"name":"望江街道","phone":"12345"}]}`
		assert.Equal(t, "forbidden", put("duty", lines).code())
		r := put("sys", `{"phone":"打这里","neighbours":[{"name":"","phone":""}]}`)
		assert.Equal(t, 422, r.status)
		for _, wrong := range []string{`"phone"`, `"neighbours[0].name"`, `"neighbours[0].phone"`} {
			assert.Contains(t, r.raw, wrong)
		}
		require.Equal(t, 200, put("sys", lines).status)
		page := s.call(t, "GET", "/api/v1/public/page", "", "").body
		assert.Equal(t, "028-8000 1234", page["phone"])
		assert.Equal(t, []any{map[string]any{"name": "望江街道", "phone": "12345"}}, page["neighbours"])
	})
}

func TestThePagesThatTheScreenMayShow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("sys", "system_admin", people.AddOptions{})
		s.Account("boss", "leader", people.AddOptions{})
		s.Account("worker", "grid_worker", people.AddOptions{})
		put := func(login, body string) reply { return s.call(t, "PUT", "/api/v1/screen/pages", s.Token(login), body) }
		pages := `{"items":[{"name":"天网","url":"https://video.example:8443/wall?x=1","network":"police"},
			{"name":"天网二","url":"https://video.example:8443/two","network":"police"},{"name":"气象","url":"https://weather.example/","network":"internet"}]}`
		assert.Equal(t, "forbidden", put("boss", pages).code())
		for _, wrong := range []string{"http://video.example/", "javascript:alert(1)", "https://", "https://a@b.example/", "https://*.example/", "https://a.example;script-src/", "//a.example/", "https://[2001:db8::1]/"} {
			r := put("sys", `{"items":[{"name":"x","url":"`+wrong+`","network":"internet"}]}`)
			assert.Equal(t, 422, r.status, wrong)
			assert.Contains(t, r.raw, `"items[0].url"`, wrong)
		}
		assert.Contains(t, put("sys", `{"items":[{"name":"","url":"https://a.example/","network":"internet"},{"name":"b","url":"https://a.example/","network":"internet"}]}`).raw, "field.duplicate")
		require.Equal(t, 200, put("sys", pages).status)
		seen := s.call(t, "GET", "/api/v1/screen/pages", s.Token("boss"), "").body["items"].([]any)
		assert.Len(t, seen, 3)
		assert.Equal(t, "forbidden", s.call(t, "GET", "/api/v1/screen/pages", s.Token("worker"), "").code())
		origins, err := s.ScreenOrigins(context.Background())
		require.NoError(t, err)
		assert.Equal(t, []string{"https://video.example:8443", "https://weather.example"}, origins)

		many := func(n int) string {
			items := make([]string, n)
			for i := range items {
				items[i] = fmt.Sprintf(`{"name":"平台%d","url":"https://p%d.example/","network":"government"}`, i, i)
			}
			return `{"items":[` + strings.Join(items, ",") + `]}`
		}
		require.Equal(t, 200, put("sys", many(13)).status, "a street has thirteen systems")
		r := put("sys", many(25))
		assert.Equal(t, 422, r.status)
		assert.Contains(t, r.raw, "field.too_many")
		kept, err := s.ScreenPages(context.Background())
		require.NoError(t, err)
		assert.Len(t, kept.Items, 13, "what was refused changes nothing")
	})
}

func TestAuditOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("aud", "audit_admin", people.AddOptions{})
		s.Account("sys", "system_admin", people.AddOptions{})
		r := s.call(t, "POST", "/api/v1/units", s.Token("sys"), `{"name":"所","kind":"team"}`)
		unit := r.body["id"].(string)
		require.NoError(t, s.Audit.SealAll(bg))
		aud := s.Token("aud")
		r = s.call(t, "GET", "/api/v1/audit?object=unit&object_id="+unit, aud, "")
		items := r.body["items"].([]any)
		require.Len(t, items, 1)
		entry := items[0].(map[string]any)
		assert.Equal(t, "unit.create", entry["action"])
		assert.Equal(t, "sys", entry["actor_name"])
		assert.Equal(t, true, entry["sealed"])
		r = s.call(t, "GET", "/api/v1/audit?limit=1", aud, "")
		assert.NotEmpty(t, r.body["next"])
		assert.Equal(t, "forbidden", s.call(t, "GET", "/api/v1/audit", s.Token("sys"), "").code())
	})
}

func TestDemoTellsItsAccounts(t *testing.T) {
	s := newSite(t, dbtest.Lite(t), func(o *people.Options) {
		o.Page = func() people.PageInfo {
			return people.PageInfo{Version: "v1", Demo: true, Accounts: []people.DemoAccount{{Login: "duty", Role: "duty", Face: "desk", Name: "王值班", AboutZh: "受理", AboutEn: "Takes reports"}}}
		}
	})
	r := s.call(t, "GET", "/api/v1/public/page", "", "")
	assert.JSONEq(t, `{"name":"","demo":true,"setup_needed":true,"version":"v1","phone":"","neighbours":[],"accounts":[{"login":"duty","role":"duty","name":"王值班","face":"desk","about":{"zh":"受理","en":"Takes reports"}}]}`, r.raw)
}

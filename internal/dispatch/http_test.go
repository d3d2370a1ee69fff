package dispatch_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

// site is the API with one account for each kind of visitor; the token is its name.
type site struct {
	t *testing.T
	http.Handler
}

func serve(t *testing.T, s *dispatch.Service) site {
	who := map[string]authz.Actor{"manager": manager, "duty": duty, "nobody": holding()}
	api := web.New("test", now.System{}, func(_ context.Context, token string) (authz.Actor, bool, error) {
		actor, ok := who[token]
		return actor, ok, nil
	}, nil)
	dispatch.Routes(api, s)
	return site{t, api.Handler(false, nil)}
}

// call sends a request and returns the status and the decoded body.
func (s site) call(who, method, path, body string) (int, map[string]any) {
	s.t.Helper()
	if !strings.HasPrefix(path, "/api/") {
		path = "/api/v1/rules" + path
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+who)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	out := map[string]any{}
	if w.Body.Len() > 0 {
		require.NoError(s.t, json.Unmarshal(w.Body.Bytes(), &out), w.Body.String())
	}
	return w.Code, out
}

func TestRulesOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		web := serve(t, s)
		status, made := web.call("manager", "POST", "", `{"name":"路灯","category":"environment","target":"speciality","value":"urban_management","pool":true}`)
		require.Equal(t, 201, status)
		id := made["id"].(string)
		status, list := web.call("duty", "GET", "", "")
		require.Equal(t, 200, status)
		require.Len(t, list["items"], 1)

		status, changed := web.call("manager", "PUT", "/"+id, `{"name":"灯","target":"station","version":1}`)
		require.Equal(t, 200, status)
		require.EqualValues(t, 2, changed["version"])
		status, refused := web.call("manager", "PUT", "/"+id, `{"name":"灯灯","target":"station","version":1}`)
		require.Equal(t, 409, status)
		require.Equal(t, "rule.stale", refused["code"])
		require.Equal(t, "灯", refused["current"].(map[string]any)["name"])

		status, off := web.call("manager", "POST", "/"+id+"/active", `{"active":false,"version":2}`)
		require.Equal(t, 200, status)
		require.Equal(t, false, off["active"])
		status, ordered := web.call("manager", "POST", "/order", `{"rules":[{"id":"`+id+`","version":3}]}`)
		require.Equal(t, 200, status)
		require.Len(t, ordered["items"], 1)
		status, one := web.call("duty", "GET", "/"+id, "")
		require.Equal(t, 200, status)
		require.Equal(t, "灯", one["name"])
		status, _ = web.call("manager", "DELETE", "/"+id+"?version=3", "")
		require.Equal(t, 204, status)
		status, gone := web.call("manager", "GET", "/"+id, "")
		require.Equal(t, 404, status)
		require.Equal(t, "not_found", gone["code"])
	})
}

func TestStrangersAndOthersAreTurnedAway(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	web := serve(t, s)
	for _, c := range []struct{ method, path string }{
		{"GET", ""}, {"POST", ""}, {"GET", "/x"}, {"PUT", "/x"}, {"DELETE", "/x"}, {"POST", "/x/active"}, {"POST", "/order"}, {"POST", "/preview"},
	} {
		status, _ := web.call("", c.method, c.path, "not even JSON")
		require.Equal(t, 401, status, c)
		status, _ = web.call("nobody", c.method, c.path, "not even JSON")
		require.Equal(t, 403, status, c)
	}
	status, _ := web.call("duty", "POST", "", `{"name":"a","target":"station"}`)
	require.Equal(t, 403, status, "the desk reads the rules only")
}

func TestBadRulesAreRefused(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	web := serve(t, s)
	for _, body := range []string{``, `{`, `[]`, `{"name":1,"target":"station"}`, `{"name":"a","target":"moon"}`, `{"target":"station"}`,
		`{"name":"a","target":"station","id":"x"}`, `{"name":"` + strings.Repeat("长", 61) + `","target":"station"}`, `{"name":"` + "\xff" + `","target":"station"}`} {
		status, _ := web.call("manager", "POST", "", body)
		require.Contains(t, []int{400, 422}, status, body)
	}
	status, out := web.call("manager", "POST", "", `{"name":"","target":"unit","value":"ghost","kind":"x"}`)
	require.Equal(t, 422, status)
	require.Len(t, out["errors"], 3, "all field errors at once")
	require.Empty(t, s.Rules().All())
}

func TestPreviewTellsWhatAMatterWouldGetAndWhy(t *testing.T) {
	s, o, _ := open(t, dbtest.Lite(t))
	require.NoError(t, s.EnsureRules(t.Context()))
	o.shut("urban")
	web := serve(t, s)
	status, out := web.call("duty", "POST", "/preview", `{"category":"environment.light","kind":"complaint","severity":"general","channel":"app","lon":104.5,"lat":30.6,"datum":"gcj02"}`)
	require.Equal(t, 200, status)
	require.Equal(t, map[string]any{"id": "station", "name": "名station"}, out["unit"])
	require.Equal(t, "rule.station", out["reason"].(map[string]any)["code"])
	require.Equal(t, true, out["placed"])
	require.Len(t, out["path"], 6)
	var passed, chosen int
	for _, x := range out["tried"].([]any) {
		switch trial := x.(map[string]any); trial["outcome"] {
		case "passed":
			passed++
			require.Equal(t, "城乡环境交城管", trial["rule"])
			require.Equal(t, "passed.closed", trial["why"])
		case "chosen":
			chosen++
			require.Equal(t, out["rule_id"], trial["rule_id"])
		}
	}
	require.Equal(t, 1, passed)
	require.Equal(t, 1, chosen)

	status, out = web.call("manager", "POST", "/preview", `{"area":"community","category":"dispute.neighbour"}`)
	require.Equal(t, 200, status)
	require.Equal(t, "committee", out["unit"].(map[string]any)["id"])
	status, out = web.call("duty", "POST", "/preview", `{"lon":10,"lat":50}`)
	require.Equal(t, 200, status)
	require.Equal(t, false, out["placed"])
	require.Equal(t, "fallback.centre", out["reason"].(map[string]any)["code"])
	clear(o.centres)
	_, out = web.call("duty", "POST", "/preview", `{}`)
	require.Nil(t, out["unit"])

	status, out = web.call("duty", "POST", "/preview", `{"category":"moon","kind":"x","lon":30.6,"lat":104.5,"area":"ghost"}`)
	require.Equal(t, 422, status)
	require.Len(t, out["errors"], 4)
	for _, body := range []string{`{"lon":104}`, `{"lat":30}`, `{"lon":104,"lat":30,"datum":"mars"}`, `{"area":"ghost"}`} {
		status, _ = web.call("duty", "POST", "/preview", body)
		require.Equal(t, 422, status, body)
	}
}

func TestLaddersOverHTTP(t *testing.T) {
	const ladders = "/api/v1/ladders"
	s, _, _ := open(t, dbtest.Lite(t))
	web := serve(t, s)
	status, made := web.call("manager", "POST", ladders, `{"name":"火情","category":"safety.fire","steps":[{"rung":"station","after":5},{"rung":"command","after":30}],"active":true}`)
	require.Equal(t, 201, status)
	id := made["id"].(string)
	status, list := web.call("duty", "GET", ladders, "")
	require.Equal(t, 200, status)
	require.Len(t, list["items"], 1)
	status, changed := web.call("manager", "PUT", ladders+"/"+id, `{"name":"火情","steps":[{"rung":"centre","after":0}],"active":false,"version":1}`)
	require.Equal(t, 200, status)
	require.EqualValues(t, 2, changed["version"])
	status, refused := web.call("manager", "PUT", ladders+"/"+id, `{"name":"火","steps":[{"rung":"centre","after":0}],"active":true,"version":1}`)
	require.Equal(t, 409, status)
	require.Equal(t, "ladder.stale", refused["code"])
	for _, body := range []string{`{"name":"火","steps":[],"active":true}`, `{"name":"火","steps":[{"rung":"moon","after":0}],"active":true}`, `{"name":"火","steps":[{"rung":"centre","after":-1}],"active":true}`} {
		status, _ = web.call("manager", "POST", ladders, body)
		require.Equal(t, 422, status, body)
	}
	for path, method := range map[string]string{ladders: "POST", ladders + "/" + id: "PUT"} {
		status, _ = web.call("duty", method, path, `{"name":"火","steps":[{"rung":"centre","after":0}],"active":true,"version":2}`)
		require.Equal(t, 403, status)
	}
	status, _ = web.call("nobody", "GET", ladders, "")
	require.Equal(t, 403, status)
	status, _ = web.call("manager", "DELETE", ladders+"/"+id+"?version=2", "")
	require.Equal(t, 204, status)
	status, _ = web.call("manager", "GET", ladders+"/"+id, "")
	require.Equal(t, 404, status)
}

func TestARehearsalOverHTTP(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	s.Past = memory{past("environment.light", "urban", 20), past("care", "police", 10)}
	web := serve(t, s)
	status, told := web.call("manager", "POST", "/test", `{"rule":{"name":"都归工作站","target":"station"}}`)
	require.Equal(t, 200, status)
	require.EqualValues(t, 2, told["different"])
	first := told["differences"].([]any)[0].(map[string]any)
	require.Equal(t, "n20", first["number"])
	require.Equal(t, "名station", first["would"].(map[string]any)["name"])
	require.Equal(t, "东门微网格", first["area"])
	status, nothing := web.call("manager", "POST", "/test", `{"rules":[]}`)
	require.Equal(t, 200, status)
	require.EqualValues(t, 2, nothing["unrouted"])
	status, _ = web.call("manager", "POST", "/test", `{"rule":{"name":"","target":"station"}}`)
	require.Equal(t, 422, status)
	status, _ = web.call("duty", "POST", "/test", `{}`)
	require.Equal(t, 403, status)
}

package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// office drives the program over HTTP as the people of a small office would.
type office struct {
	t      *testing.T
	app    *App
	h      http.Handler
	tokens map[string]string
	ids    map[string]string
}

func newOffice(t *testing.T, a *App) *office {
	return &office{t: t, app: a, h: serverOf(t, a), tokens: map[string]string{}, ids: map[string]string{}}
}

// send calls as somebody and returns the answer's body; the status must be as wanted.
func (o *office) send(who, method, path string, want int, body any) map[string]any {
	o.t.Helper()
	raw := []byte{}
	if body != nil {
		raw, _ = json.Marshal(body)
	}
	w := call(o.h, method, path, string(raw), o.tokens[who])
	require.Equal(o.t, want, w.Code, "%s %s as %s: %s", method, path, who, w.Body)
	var out map[string]any
	if w.Body.Len() > 0 {
		require.NoError(o.t, json.Unmarshal(w.Body.Bytes(), &out), w.Body.String())
	}
	return out
}

type m = map[string]any

func (o *office) signIn(login, password string) {
	o.t.Helper()
	o.tokens[login] = o.send("", "POST", "/api/v1/session", 200, m{"login": login, "password": password})["token"].(string)
}

// account makes an account and signs it in with a password of its own, as its first sign-in demands.
func (o *office) account(login, role, unit, area string) {
	o.t.Helper()
	post := m{"role": role}
	if unit != "" {
		post["unit"] = unit
	}
	if area != "" {
		post["area"] = area
	}
	made := o.send("sec", "POST", "/api/v1/accounts", 201, m{"login": login, "name": login, "posts": []m{post}})
	first := made["password"].(string)
	o.ids[login] = made["account"].(m)["id"].(string)
	o.signIn(login, first)
	o.send(login, "GET", "/api/v1/incidents", 403, nil)
	o.send(login, "POST", "/api/v1/session/password", 204, m{"old": first, "new": "my-own-" + login + "-word"})
	o.signIn(login, "my-own-"+login+"-word")
}

func (o *office) setUp() {
	o.t.Helper()
	require.Equal(o.t, true, o.send("", "GET", "/api/v1/setup", 200, nil)["needed"])
	admin := func(login string) m { return m{"login": login, "name": login, "password": "first-" + login + "-word"} }
	o.send("", "POST", "/api/v1/setup", 200, m{"name": "小镇治理中心", "admins": m{"system": admin("sys"), "security": admin("sec"), "audit": admin("aud")}})
	for _, login := range []string{"sys", "sec", "aud"} {
		o.signIn(login, "first-"+login+"-word")
	}
	area := o.send("sys", "POST", "/api/v1/areas", 201, m{"code": "510199001", "level": "street", "name": "小镇"})
	street := area["id"].(string)
	unit := func(code, name, kind string) string {
		return o.send("sys", "POST", "/api/v1/units", 201, m{"code": code, "name": name, "kind": kind, "area": street})["id"].(string)
	}
	centre, station := unit("C1", "治理中心", "centre"), unit("S1", "工作站", "station")
	o.ids["street"], o.ids["station"] = street, station
	o.send("sec", "POST", "/api/v1/areas", 403, m{"code": "1", "level": "street", "name": "x"})
	o.send("sys", "POST", "/api/v1/accounts", 403, m{"login": "x", "name": "x"})
	o.account("duty1", "duty", centre, street)
	o.account("worker1", "station", station, "")
	o.account("checker1", "grid_supervisor", centre, street)
}

func (o *office) loop() {
	o.t.Helper()
	made := o.send("", "POST", "/api/v1/public/reports", 201, m{"text": "门口的路灯坏了", "address": "小镇东街3号", "reporter": m{"name": "王某", "phone": "13800001111"}})
	list := o.send("duty1", "GET", "/api/v1/incidents?queue=todo", 200, nil)["items"].([]any)
	require.Len(o.t, list, 1, "without a position it waits at the one street there is")
	id := list[0].(m)["id"].(string)
	act := func(who, do string, want int, body m) m {
		if body == nil {
			body = m{}
		}
		return o.send(who, "POST", fmt.Sprintf("/api/v1/incidents/%s/actions/%s", id, do), want, body)
	}
	act("duty1", "place", 200, m{"area": o.ids["street"]})
	o.send("worker1", "GET", "/api/v1/incidents/"+id, 404, nil)
	act("duty1", "dispatch", 200, m{"unit": o.ids["station"]})
	act("worker1", "accept_order", 200, nil)
	act("worker1", "arrive", 200, m{"reason": "室内没有定位"})
	act("worker1", "handle", 200, m{"result": "已更换灯泡"})
	act("worker1", "check_pass", 403, nil)
	act("checker1", "check_pass", 200, nil)
	closed := act("duty1", "close", 200, m{"answer": "路灯已经修好，感谢您的反映"})
	require.Equal(o.t, "closed", closed["state"])
	code := made["code"].(string)
	letter := o.send("", "GET", "/api/v1/public/reports/"+code, 200, nil)
	require.Equal(o.t, "路灯已经修好，感谢您的反映", letter["answer"])
	o.send("", "POST", "/api/v1/public/reports/"+code+"/rating", 200, m{"solved": true, "satisfaction": 5})
	v, err := o.app.Incident.Verify(o.t.Context())
	require.NoError(o.t, err)
	require.Empty(o.t, v.Broken)
}

func (o *office) setUpAgainIsRefused() {
	o.t.Helper()
	admin := m{"login": "evil", "name": "evil", "password": "first-evil-word"}
	o.send("", "POST", "/api/v1/setup", 409, m{"name": "x", "admins": m{"system": admin, "security": admin, "audit": admin}})
}

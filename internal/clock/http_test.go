package clock_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
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

func serve(t *testing.T, s *clock.Service) site {
	who := map[string]authz.Actor{"manager": manager, "worker": stranger}
	api := web.New("test", now.System{}, func(_ context.Context, token string) (authz.Actor, bool, error) {
		actor, ok := who[token]
		return actor, ok, nil
	}, nil)
	clock.Routes(api, s)
	return site{t, api.Handler(false, nil)}
}

// call sends a request and returns the status and the decoded body.
func (s site) call(who, method, path, body string) (int, map[string]any) {
	s.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	out := map[string]any{}
	if w.Body.Len() > 0 {
		require.NoError(s.t, json.Unmarshal(w.Body.Bytes(), &out), w.Body.String())
	}
	return w.Code, out
}

func TestOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		require.NoError(t, s.EnsureLimits(t.Context()))
		web := serve(t, s)
		must := func(want int, who, method, path, body string) map[string]any {
			t.Helper()
			status, out := web.call(who, method, path, body)
			require.Equal(t, want, status, "%s %s %v", method, path, out)
			return out
		}
		made := must(201, "manager", "POST", "/limits", `{"stage":"handle","category":"environment","severity":"major","unit":"working_hours","amount":240,"active":true}`)
		id := made["id"].(string)
		must(200, "worker", "GET", "/limits/"+id, "")
		require.Equal(t, "invalid", must(422, "manager", "PUT", "/limits/"+id, `{"stage":"handle","unit":"hours","amount":0,"active":true,"version":1}`)["code"])
		must(200, "manager", "PUT", "/limits/"+id, `{"stage":"handle","category":"environment","severity":"major","unit":"hours","amount":60,"active":true,"version":1}`)
		require.Equal(t, "limit.stale", must(409, "manager", "DELETE", "/limits/"+id+"?version=1", "")["code"])
		must(204, "manager", "DELETE", "/limits/"+id+"?version=2", "")
		must(404, "manager", "GET", "/limits/"+id, "")

		seen := must(200, "worker", "GET", "/limits/preview?category=security.noise&severity=general&area=grid", "")
		require.NotEmpty(t, seen["items"])
		must(422, "worker", "GET", "/limits/preview?category=nothing", "")

		must(200, "worker", "GET", "/calendars", "")
		must(200, "manager", "PUT", "/calendars/common/days/2026-12-24", `{"kind":"holiday","name":"迁址"}`)
		must(200, "manager", "DELETE", "/calendars/common/days/2026-12-24", "")
		must(200, "manager", "POST", "/calendars/common/years/2026/confirm", "")
		file := base64.StdEncoding.EncodeToString([]byte("2027-01-01,休,元旦\n2027-01-32,休,x"))
		look := must(200, "manager", "POST", "/calendars/common/import", `{"file":"`+file+`"}`)
		require.Len(t, look["errors"], 1)
		require.Equal(t, false, look["written"])
		require.Equal(t, "calendar.file_rows_wrong", must(422, "manager", "POST", "/calendars/common/import", `{"file":"`+file+`","write":true}`)["code"])

		week := `"week":[[],[{"from":480,"to":720}],[],[],[],[],[]]`
		must(200, "manager", "PUT", "/units/station/hours", `{`+week+`,"version":0}`)
		must(200, "worker", "GET", "/units/station/hours", "")
		must(200, "manager", "DELETE", "/units/station/hours?version=1", "")
		must(404, "worker", "GET", "/units/nobody/hours", "")

		for _, r := range [][3]string{{"POST", "/limits", `{"stage":"handle","unit":"hours","amount":1,"active":true}`}, {"PUT", "/limits/" + id, `{"stage":"handle","unit":"hours","amount":1,"active":true,"version":1}`},
			{"DELETE", "/limits/" + id + "?version=1", ""}, {"PUT", "/calendars/common", `{"name":"x",` + week + `,"version":1}`}, {"PUT", "/calendars/common/days/2026-12-24", `{"kind":"holiday"}`},
			{"DELETE", "/calendars/common/days/2026-10-01", ""}, {"POST", "/calendars/common/years/2026/confirm", ""}, {"POST", "/calendars/common/import", `{"file":""}`},
			{"PUT", "/units/station/hours", `{` + week + `,"version":0}`}, {"DELETE", "/units/station/hours?version=1", ""}} {
			must(403, "worker", r[0], r[1], r[2])
			must(401, "", r[0], r[1], r[2])
		}
		must(401, "", "GET", "/limits", "")
	})
}

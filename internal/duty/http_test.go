package duty_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/duty"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// TestAShiftOverHTTP plans, goes on duty, shares a position, hands over and takes over; who may not is refused, and
// nobody gets a 500 for what they send.
func TestAShiftOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := authz.Actor{AccountID: "admin", Posts: []authz.Post{{Reach: authz.ReachNone, Permissions: map[authz.Permission]bool{perm.SettingsManage: true}}}}
		people := map[string]authz.Actor{"east": east, "west": west, "ann": member("ann"), "cho": member("cho"), "dan": member("dan"), "admin": admin}
		api := web.New("test", w.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
			a, ok := people[token]
			return a, ok, nil
		}, web.Answers{DB: w.db})
		duty.Routes(api, w.Service)
		handler := api.Handler(false, nil)
		call := func(by, method, path, body string) (int, map[string]any) {
			r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			if by != "" {
				r.Header.Set("Authorization", "Bearer "+by)
			}
			rec := httptest.NewRecorder()
			handler.ServeHTTP(rec, r)
			var out map[string]any
			if rec.Body.Len() > 0 {
				require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &out), "%s", rec.Body)
			}
			return rec.Code, out
		}
		fields := fmt.Sprintf(`"name":"白班","from":%d,"to":%d,"members":["ann"],"leader":"ann"`, at(0), at(8))
		status, made := call("east", "POST", "/duty/shifts", `{"unit":"a",`+fields+`}`)
		require.Equal(t, http.StatusCreated, status, "%v", made)
		shift := made["id"].(string)
		status, made = call("east", "PUT", "/duty/shifts/"+shift, `{"version":1,`+strings.Replace(fields, `["ann"]`, `["ann","bob"]`, 1)+`}`)
		require.Equal(t, http.StatusOK, status, "%v", made)
		require.Len(t, made["members"], 2)
		_, units := call("ann", "GET", "/duty/units", "")
		require.Equal(t, false, units["items"].([]any)[0].(map[string]any)["manages"])

		_, own := call("ann", "POST", "/me/duty", `{}`)
		require.Equal(t, true, own["on"])
		status, kept := call("ann", "PUT", "/me/position", `{"lon":104.06,"lat":30.66,"accuracy":9}`)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, float64(begin.Add(15*time.Minute).UnixMilli()), kept["until"])
		_, points := call("east", "GET", "/duty/positions", "")
		require.Equal(t, "名ann", points["items"].([]any)[0].(map[string]any)["name"])
		_, now := call("east", "GET", "/duty/now?area=east", "")
		require.Len(t, now["items"], 1)

		status, signed := call("ann", "POST", "/duty/handovers", `{"shift":"`+shift+`","notes":"钥匙在抽屉"}`)
		require.Equal(t, http.StatusCreated, status, "%v", signed)
		require.Equal(t, false, signed["may_take"])
		handover := "/duty/handovers/" + signed["id"].(string)
		_, seen := call("cho", "GET", handover, "")
		require.Equal(t, true, seen["may_take"])
		_, taken := call("cho", "POST", handover+"/take", `{"remark":"好"}`)
		require.Equal(t, "taken", taken["state"])
		_, own = call("ann", "DELETE", "/me/duty", "")
		require.Equal(t, false, own["on"])

		for _, wrong := range []struct {
			by, method, path, body string
			status                 int
		}{
			{"", "GET", "/me/duty", "", 401}, {"admin", "POST", "/me/duty", `{}`, 403}, {"ann", "POST", "/duty/shifts", `{}`, 403},
			{"ann", "PUT", "/me/position", `{"lon":104,"lat":30}`, 409}, {"ann", "PUT", "/me/position", `{"lon":30,"lat":104}`, 422}, {"ann", "PUT", "/me/position", `{"lon":0,"lat":0}`, 422},
			{"ann", "GET", "/duty/positions", "", 403}, {"dan", "GET", handover, "", 404}, {"west", "GET", "/duty/now?unit=a", "", 404},
			{"west", "DELETE", "/duty/shifts/" + shift + "?version=2", "", 404}, {"east", "DELETE", "/duty/shifts/" + shift + "?version=2", "", 409},
			{"east", "DELETE", "/duty/shifts/%00?version=2", "", 404}, {"east", "GET", "/duty/shifts?unit=%00&from=1&to=2", "", 404}, {"east", "GET", "/duty/shifts?unit=a&from=2&to=1", "", 422},
			{"east", "POST", "/duty/shifts", `{"unit":"a","name":"x","from":1,"to":9223372036854775807,"members":["\u0000"]}`, 422},
			{"east", "POST", "/duty/shifts/copy", `{"unit":"\u0000","from":"","days":-1,"until":"9999-99-99"}`, 422}, {"ann", "POST", "/duty/handovers", `{"shift":"\u0000"}`, 404},
			{"east", "PUT", "/duty/settings", `{"minutes":30}`, 403}, {"admin", "PUT", "/duty/settings", `{"minutes":1}`, 422}, {"ann", "POST", "/me/duty", `{"until":-5}`, 422},
		} {
			status, answer := call(wrong.by, wrong.method, wrong.path, wrong.body)
			require.Equal(t, wrong.status, status, "%v %v", wrong, answer)
		}
		status, _ = call("admin", "PUT", "/duty/settings", `{"minutes":30}`)
		require.Equal(t, http.StatusOK, status)
	})
}

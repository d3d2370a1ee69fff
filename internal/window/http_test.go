package window_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/window"
)

// TestTheDayOverHTTP draws at the kiosk, calls, and reads what the waiting room shows; a clerk makes no windows, and
// nobody gets a 500 for what they send.
func TestTheDayOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		people := map[string]authz.Actor{"clerk": clerk, "manager": manager, "stranger": stranger}
		api := web.New("test", h.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
			a, ok := people[token]
			return a, ok, nil
		}, web.Answers{DB: h.db})
		window.Routes(api, h.Service)
		handler := api.Handler(false, nil)
		call := func(by, method, path, body string) (int, map[string]any) {
			r := httptest.NewRequest(method, "/api/v1/window"+path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			if by != "" {
				r.Header.Set("Authorization", "Bearer "+by)
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			var out map[string]any
			if w.Body.Len() > 0 {
				require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out), "%s", w.Body)
			}
			return w.Code, out
		}
		fields := `{"office":"centre","name":"综合窗口","kind":"general","counter":1,"open":true}`
		status, _ := call("clerk", "POST", "/windows", fields)
		require.Equal(t, http.StatusForbidden, status)
		status, made := call("manager", "POST", "/windows", fields)
		require.Equal(t, http.StatusCreated, status)
		id := made["id"].(string)

		status, drawn := call("clerk", "POST", "/numbers", `{"kind":"general"}`)
		require.Equal(t, http.StatusCreated, status)
		require.Equal(t, "A001", drawn["label"])
		require.Equal(t, 0.0, drawn["before"])
		_, called := call("clerk", "POST", "/windows/"+id+"/next", "")
		require.Equal(t, []any{"serve", "call_again", "skip"}, called["actions"])
		_, day := call("clerk", "GET", "/day", "")
		require.Equal(t, 1.0, day["numbers"].([]any)[0].(map[string]any)["counter"])
		require.Equal(t, "中心", day["office"].(map[string]any)["name"])

		number := drawn["id"].(string)
		for _, wrong := range []struct {
			by, method, path, body string
			status                 int
		}{
			{"", "GET", "/day", "", 401}, {"stranger", "GET", "/day", "", 404}, {"stranger", "GET", "/day?office=centre", "", 404},
			{"clerk", "POST", "/numbers", `{"kind":"bank"}`, 422}, {"clerk", "POST", "/numbers/" + number + "/actions/fly", `{}`, 404},
			{"clerk", "POST", "/numbers/" + number + "/actions/call", `{}`, 404}, {"clerk", "POST", "/numbers/%00/actions/serve", `{}`, 404},
			{"clerk", "POST", "/windows/%00/next", ``, 404}, {"clerk", "POST", "/numbers/" + number + "/incident", `{"incident":"incident"}`, 409},
			{"manager", "PUT", "/windows/%00", strings.Replace(fields, `"open"`, `"version":1,"open"`, 1), 404}, {"manager", "DELETE", "/windows/%ff?version=1", "", 404},
			{"manager", "POST", "/windows", strings.Replace(fields, "centre", `\u0000`, 1), 422},
		} {
			status, answer := call(wrong.by, wrong.method, wrong.path, wrong.body)
			require.Equal(t, wrong.status, status, "%v %v", wrong, answer)
		}
	})
}

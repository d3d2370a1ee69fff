package directive_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/directive"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
)

// TestADirectiveOverHTTP sends, reads, acknowledges, reminds and withdraws, and refuses what is not one's to do.
func TestADirectiveOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		people := map[string]authz.Actor{"mayor": mayor, "duty": duty, "worker": worker, "small": small, "far": far, "head": head}
		api := web.New("test", o.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
			a, ok := people[token]
			return a, ok, nil
		}, web.Answers{DB: o.db})
		directive.Routes(api, o.Service)
		handler := api.Handler(false, nil)
		call := func(by, method, path, body string) (int, map[string]any) {
			r := httptest.NewRequest(method, "/api/v1/directives"+path, strings.NewReader(body))
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
		status, reach := call("mayor", "POST", "/preview", `{"areas":["micro"]}`)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, 2.0, reach["total"])
		status, sent := call("mayor", "POST", "", fmt.Sprintf(`{"title":"防汛","text":"请巡查","deadline":%d,"areas":["micro"]}`, in(2)))
		require.Equal(t, http.StatusCreated, status)
		require.Equal(t, []any{"remind", "withdraw"}, sent["actions"])
		id := "/" + sent["id"].(string)

		_, got := call("worker", "GET", id, "")
		require.Equal(t, []any{"ack"}, got["actions"])
		_, got = call("worker", "POST", id+"/read", "")
		require.Equal(t, "read", got["mine"].(map[string]any)["status"])
		_, got = call("worker", "POST", id+"/ack", `{"note":"收到"}`)
		require.Equal(t, "acked", got["mine"].(map[string]any)["status"])
		_, copied := call("duty", "GET", id, "")
		require.Equal(t, []any{}, copied["actions"], "a copy asks for nothing")
		_, list := call("duty", "GET", "?box=area", "")
		require.Len(t, list["items"], 1)
		_, who := call("mayor", "GET", id+"/receivers?status=acked", "")
		require.Equal(t, "收到", who["items"].([]any)[0].(map[string]any)["note"])
		_, got = call("mayor", "POST", id+"/remind", "")
		require.Equal(t, []any{"withdraw"}, got["actions"])

		for _, wrong := range []struct {
			by, method, path, body string
			status                 int
		}{
			{"", "GET", "", "", 401}, {"far", "GET", id, "", 404}, {"far", "POST", id + "/ack", `{}`, 404}, {"worker", "GET", id + "/receivers", "", 403},
			{"worker", "POST", "", `{"title":"a","text":"b","deadline":1}`, 403}, {"duty", "POST", id + "/withdraw", `{"reason":"x"}`, 404},
			{"mayor", "POST", id + "/withdraw", `{"reason":""}`, 422}, {"mayor", "POST", id + "/remind", "", 409}, {"mayor", "GET", "/%00", "", 404},
			{"mayor", "GET", "?box=moon", "", 422}, {"mayor", "GET", "?cursor=%ff", "", 422}, {"mayor", "POST", "/preview", `{"areas":["\u0000"]}`, 422},
			{"mayor", "POST", "", fmt.Sprintf(`{"title":"\u0000","text":"b","deadline":%d,"areas":["micro"]}`, in(1)), 422},
		} {
			status, answer := call(wrong.by, wrong.method, wrong.path, wrong.body)
			require.Equal(t, wrong.status, status, "%v %v", wrong, answer)
		}
		_, got = call("mayor", "POST", id+"/withdraw", `{"reason":"雨停了"}`)
		require.Equal(t, "雨停了", got["withdrawn"])
		status, _ = call("small", "POST", id+"/ack", `{}`)
		require.Equal(t, http.StatusConflict, status)
	})
}

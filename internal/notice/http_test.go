package notice_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/notice"
)

// TestNoticesOverHTTP publishes, shows, reads, counts and withdraws, tells strangers what is public and no more, and
// refuses what is not one's to do.
func TestNoticesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		api := web.New("test", o.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
			return who(token), true, nil
		}, web.Answers{DB: o.db})
		notice.Routes(api, o.Service)
		notice.PublicRoutes(api, o.Service, web.NewGate(o.clock, []byte("key"), nil))
		handler := api.Handler(false, nil)
		call := func(by, method, path, body string) (int, map[string]any) {
			r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
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
		body := func(kind, more string) string {
			return fmt.Sprintf(`{"kind":%q,"title":"停水","text":"今晚停水","area":"street","audiences":["phones","desks","screens"%s],"until":%d}`, kind, more, in(3))
		}
		status, reach := call("duty", "POST", "/notices/preview", `{"area":"street","audiences":["desks","phones"]}`)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, []any{5.0, 4.0}, []any{reach["people"], reach["on_duty"]})
		status, made := call("duty", "POST", "/notices", body("notice", `,"residents"`))
		require.Equal(t, http.StatusCreated, status)
		require.Equal(t, []any{"end", "withdraw", "progress", "copy"}, made["actions"])
		id := "/notices/" + made["id"].(string)
		status, _ = call("duty", "POST", "/notices", body("notice", ""))
		require.Equal(t, http.StatusCreated, status)

		_, now := call("worker", "GET", "/notices/current?on=phones", "")
		require.Len(t, now["items"], 2)
		_, got := call("worker", "POST", id+"/read", "")
		require.Equal(t, []any{}, got["actions"])
		require.Equal(t, 1.0, got["readers"])
		status, public := call("", "GET", "/public/notices", "")
		require.Equal(t, http.StatusOK, status)
		require.Len(t, public["items"], 1)
		first := public["items"].([]any)[0].(map[string]any)
		require.Equal(t, "区street", first["area"])
		for _, staff := range []string{"publisher", "readers", "read_at", "audiences"} {
			require.NotContains(t, first, staff)
		}
		status, _ = call("", "POST", "/public/notices/seen", fmt.Sprintf(`{"ids":[%q]}`, first["id"]))
		require.Equal(t, http.StatusNoContent, status)
		status, _ = call("mayor", "POST", "/notices/walls", fmt.Sprintf(`{"showing":[%q]}`, made["id"]))
		require.Equal(t, http.StatusNoContent, status)
		_, progress := call("duty", "GET", id+"/progress", "")
		require.Equal(t, []any{5.0, 1.0, 1.0, 1.0}, []any{progress["reached"], progress["read"], progress["screens"], progress["devices"]})
		_, left := call("duty", "GET", id+"/unread", "")
		require.Len(t, left["items"], 4)

		for _, wrong := range []struct {
			by, method, path, body string
			status                 int
		}{
			{"", "GET", "/notices", "", 401}, {"", "GET", "/notices/current?on=phones", "", 401}, {"worker", "GET", "/notices/current?on=residents", "", 422},
			{"worker", "GET", "/notices/current", "", 422}, {"far", "GET", id, "", 404}, {"far", "POST", id + "/read", "", 404}, {"worker", "GET", id + "/unread", "", 403},
			{"worker", "GET", id + "/progress", "", 403}, {"worker", "POST", "/notices", body("notice", ""), 403}, {"worker", "POST", "/notices/walls", `{"showing":[]}`, 403},
			{"next", "POST", "/notices", body("notice", ""), 422}, {"duty", "POST", "/notices", body("emergency", ""), 422}, {"duty", "POST", id + "/restore", "", 409},
			{"duty", "POST", id + "/withdraw", `{"reason":""}`, 422}, {"next", "POST", id + "/withdraw", `{"reason":"x"}`, 404}, {"duty", "GET", "/notices/%00", "", 404},
			{"duty", "GET", "/notices?state=moon", "", 422}, {"duty", "GET", "/notices?q=%00", "", 422}, {"duty", "GET", id + "/unread?cursor=%ff", "", 422},
			{"", "POST", "/public/notices/seen", `{"ids":["` + strings.Repeat(`a","`, 30) + `"]}`, 422},
			{"duty", "POST", "/notices/preview", `{"area":"\u0000","audiences":["desks"]}`, 422},
		} {
			status, answer := call(wrong.by, wrong.method, wrong.path, wrong.body)
			require.Equal(t, wrong.status, status, "%v %v", wrong, answer)
		}
		_, got = call("duty", "POST", id+"/withdraw", `{"reason":"时间有误"}`)
		require.Equal(t, []any{"restore", "progress", "copy"}, got["actions"])
		_, got = call("duty", "POST", id+"/restore", "")
		require.Equal(t, "current", got["state"])
		_, got = call("duty", "POST", id+"/end", `{"until":0}`)
		require.Equal(t, "ended", got["state"])
		_, public = call("", "GET", "/public/notices", "")
		require.Empty(t, public["items"])
	})
}

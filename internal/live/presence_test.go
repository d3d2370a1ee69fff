package live_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
	"gezhi/internal/live"
)

func newPresence(d *db.DB) (*live.Presence, *now.Manual) {
	clock := now.NewManual(time.Unix(1_800_000_000, 0))
	return &live.Presence{DB: d, Clock: clock, Name: func(account string) string { return "姓名" + account },
		Sees: func(_ context.Context, actor authz.Actor, item string) error {
			if item == "secret" && actor.AccountID != "a" {
				return fault.Missing("incident")
			}
			return nil
		}, Among: func(_ context.Context, actor authz.Actor, items []string) ([]string, error) {
			return slices.DeleteFunc(items, func(item string) bool { return item == "secret" && actor.AccountID != "a" || item[0] == 'f' }), nil
		}}, clock
}

func TestColleaguesSeeWhoHasItOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, clock := newPresence(d)
		stay := func(who, item string, typing bool) []live.Present {
			others, err := p.Stay(t.Context(), authz.Actor{AccountID: who}, item, typing)
			require.NoError(t, err)
			return others
		}
		begin := clock.Now().UnixMilli()
		require.Empty(t, stay("a", "i1", false))
		clock.Advance(20 * time.Second)
		require.Equal(t, []live.Present{{Account: "a", Name: "姓名a", Since: begin}}, stay("b", "i1", true))
		require.Empty(t, stay("b", "i2", false), "another incident")
		require.Equal(t, []live.Present{{Account: "b", Name: "姓名b", Since: begin + 20_000, Typing: true}}, stay("a", "i1", false))

		clock.Advance(59 * time.Second)
		require.Len(t, stay("c", "i1", false), 2)
		clock.Advance(time.Second)
		require.Len(t, stay("c", "i1", false), 0, "whoever is silent for a minute is gone")
		require.Empty(t, stay("a", "i2", false))
		require.Equal(t, begin+80_000, stay("c", "i2", false)[0].Since, "who comes back begins anew")

		require.NoError(t, p.Leave(t.Context(), authz.Actor{AccountID: "c"}, "i1"))
		require.NoError(t, p.Leave(t.Context(), authz.Actor{AccountID: "c"}, "i1"))
		require.Empty(t, stay("d", "i1", false))
	})
}

func TestPresenceIsForThoseWhoMayRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, clock := newPresence(d)
		signIn := func(_ context.Context, token string) (authz.Actor, bool, error) {
			post := authz.Post{Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{see: token != "nobody"}}
			return authz.Actor{AccountID: token, Posts: []authz.Post{post}}, true, nil
		}
		api := web.New("test", clock, signIn, web.Answers{DB: d})
		live.PresenceRoutes(api, p, see)
		h := api.Handler(false, nil)
		call := func(method, who, item string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(method, "/api/v1/incidents/"+item+"/presence", strings.NewReader(`{"typing":true}`))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Authorization", "Bearer "+who)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			return w
		}
		w := call(http.MethodPost, "a", "secret")
		require.Equal(t, 200, w.Code)
		require.JSONEq(t, `{"others":[]}`, w.Body.String())
		require.Equal(t, 404, call(http.MethodPost, "b", "secret").Code)
		require.Equal(t, 403, call(http.MethodPost, "nobody", "i1").Code)
		require.Equal(t, 204, call(http.MethodDelete, "a", "secret").Code)
		require.Equal(t, 204, call(http.MethodDelete, "a", "secret").Code)
	})
}

func TestAListSeesWhoHasWhatOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, clock := newPresence(d)
		for _, at := range [][2]string{{"a", "i1"}, {"a", "secret"}, {"b", "i2"}} {
			_, err := p.Stay(t.Context(), authz.Actor{AccountID: at[0]}, at[1], at[0] == "b")
			require.NoError(t, err)
		}
		around := func(who string) (out []string) {
			present, err := p.Around(t.Context(), authz.Actor{AccountID: who})
			require.NoError(t, err)
			for _, one := range present {
				out = append(out, one.Item+" "+one.Name)
			}
			return out
		}
		require.Equal(t, []string{"i1 姓名a", "i2 姓名b"}, around("c"), "not what they may not read")
		require.Equal(t, []string{"i2 姓名b"}, around("a"), "not oneself")
		require.Equal(t, []string{"i1 姓名a"}, around("b"), "looking around announces nobody")
		for n := range 250 {
			_, err := p.Stay(t.Context(), authz.Actor{AccountID: "far"}, fmt.Sprintf("far%03d", n), false)
			require.NoError(t, err)
		}
		require.Len(t, around("c"), 2, "what others have open elsewhere hides nobody")
		clock.Advance(live.PresentFor)
		require.Empty(t, around("c"))
	})
}

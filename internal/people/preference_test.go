package people_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/people"
)

func TestPreferencesBelongToTheirAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("duty", "duty", people.AddOptions{})
		s.Account("other", "duty", people.AddOptions{})
		mine, other := s.Token("duty"), s.Token("other")
		const path = "/api/v1/me/preferences"
		put := func(token, name, body string) reply { return s.call(t, "PUT", path+"/"+name, token, body) }

		require.Equal(t, 204, put(mine, "desk.views", `{"value": [{"name":"夜班","q":"噪音\u0000"}, 1.50]}`).status)
		require.Equal(t, 204, put(mine, "desk.columns", `{"value": "a"}`).status)
		require.Equal(t, 204, put(mine, "desk.columns", `{"value": ["b"]}`).status)
		require.JSONEq(t, `{"values":{"desk.views":[{"name":"夜班","q":"噪音\u0000"},1.5],"desk.columns":["b"]}}`, s.call(t, "GET", path, mine, "").raw)
		require.JSONEq(t, `{"values":{}}`, s.call(t, "GET", path, other, "").raw)
		require.Equal(t, 204, put(mine, "desk.columns", `{"value": null}`).status)
		require.NotContains(t, s.call(t, "GET", path, mine, "").raw, "desk.columns")
		require.Equal(t, 401, s.call(t, "GET", path, "", "").status)
	})
}

func TestPreferencesHaveLimits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		s.Account("duty", "duty", people.AddOptions{})
		token, actor := s.Token("duty"), s.Actor("duty")
		put := func(name, body string) reply { return s.call(t, "PUT", "/api/v1/me/preferences/"+name, token, body) }
		for name, r := range map[string]reply{
			"capitals": put("Desk", `{"value":1}`), "a path": put("..%2Fx", `{"value":1}`), "no value": put("x", `{}`),
			"too long":      put("x", `{"value":"`+strings.Repeat("a", 16<<10)+`"}`),
			"not UTF-8":     put("x", "{\"value\":\"\xff\"}"),
			"not an object": put("x", `[]`),
		} {
			require.Contains(t, []int{400, 422}, r.status, name)
		}
		for n := range 50 {
			require.NoError(t, s.SetPreference(bg, actor, fmt.Sprintf("n%d", n), json.RawMessage(`1`)))
		}
		requireCode(t, "preference.too_many", s.SetPreference(bg, actor, "more", json.RawMessage(`1`)))
		require.NoError(t, s.SetPreference(bg, actor, "n7", json.RawMessage(`2`)), "a value that is there can change")
	})
}

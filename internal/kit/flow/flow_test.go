package flow_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
)

type state string

type thing struct {
	state state
	owner string
}

const may authz.Permission = "thing.move"

func table() *flow.Table[state, *thing] {
	return &flow.Table[state, *thing]{
		Name:   "thing",
		Start:  flow.Move[state, *thing]{Do: "begin", To: "new", Need: may},
		States: []flow.State[state]{{"new", flow.Open}, {"done", flow.Done}},
		State:  func(t *thing) state { return t.state },
		Over:   func(t *thing) authz.Target { return authz.Target{Areas: []string{"here"}, Persons: []string{t.owner}} },
		Moves: []flow.Move[state, *thing]{
			{Do: "finish", From: flow.In[state]("new"), To: "done", Need: may, If: func(a authz.Actor, t *thing) bool { return a.AccountID != t.owner }, Why: "thing.own",
				Asks: []flow.Ask{{Name: "how", Type: flow.Choice, Required: true, Options: flow.Choices("well", "badly")}}},
			{Do: "slip", From: flow.In[state]("new"), To: "done", Auto: true},
			{Do: "note", From: flow.In[state]("new", "done"), Need: may, Asks: []flow.Ask{{Name: "text", Type: flow.Text, Required: true, Max: 5}}},
		},
	}
}

func actor(id, area string) authz.Actor {
	return authz.Actor{AccountID: id, Posts: []authz.Post{{Reach: authz.ReachArea, AreaID: area, Permissions: map[authz.Permission]bool{may: true}}}}
}

func TestOfferedIsExactlyWhatApplies(t *testing.T) {
	tab := table()
	require.Empty(t, tab.Lint())
	cases := []struct {
		name  string
		actor authz.Actor
		item  *thing
		want  map[string]string // action -> '' or the code of the refusal
	}{
		{"in scope", actor("a", "here"), &thing{"new", "b"}, map[string]string{"finish": "", "note": "", "slip": "not_found", "fly": "not_found"}},
		{"own work", actor("b", "here"), &thing{"new", "b"}, map[string]string{"finish": "thing.own", "note": ""}},
		{"state over", actor("a", "here"), &thing{"done", "b"}, map[string]string{"finish": "action.state", "note": "", "slip": "not_found"}},
		{"elsewhere", actor("a", "there"), &thing{"new", "b"}, map[string]string{"finish": "forbidden", "note": "forbidden"}},
		{"elsewhere and over", actor("a", "there"), &thing{"done", "b"}, map[string]string{"finish": "forbidden"}},
		{"in own hands", actor("b", "there"), &thing{"new", "b"}, map[string]string{"note": ""}},
		{"stranger", authz.Actor{}, &thing{"new", "b"}, map[string]string{"finish": "forbidden", "note": "forbidden"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			offered := map[string]bool{}
			for _, o := range tab.Available(c.actor, c.item) {
				offered[o.Do] = true
			}
			for do, code := range c.want {
				_, err := tab.Find(c.actor, c.item, do)
				require.Equal(t, code == "", offered[do], do)
				if code == "" {
					require.NoError(t, err)
				} else {
					require.True(t, fault.Is(err, code), "%s: %v", do, err)
				}
			}
		})
	}
}

func TestLintFindsEveryMistake(t *testing.T) {
	tab := table()
	tab.States = append(tab.States, flow.State[state]{Name: "lost"})
	tab.Moves = append(tab.Moves,
		flow.Move[state, *thing]{Do: "note", From: flow.In[state]("new"), Need: may},
		flow.Move[state, *thing]{Do: "jump", From: flow.In[state]("nowhere"), To: "moon", Need: may},
		flow.Move[state, *thing]{Do: "free", From: flow.In[state]("new"), Why: "because"},
	)
	bad := tab.Lint()
	for _, part := range []string{`"lost" cannot be reached`, `"lost" cannot be left`, "note stands twice", `unknown state "moon"`, `unknown state "nowhere"`, "free asks for no permission", "guard without a reason"} {
		found := false
		for _, b := range bad {
			found = found || strings.Contains(b, part)
		}
		require.True(t, found, "%s in %v", part, bad)
	}
}

func TestParseReportsAllThatIsWrong(t *testing.T) {
	asks := []flow.Ask{
		{Name: "how", Type: flow.Choice, Required: true, Options: flow.Choices("well", "badly")},
		{Name: "text", Type: flow.Text, Required: true, Max: 3},
		{Name: "n", Type: flow.Int, Min: 1, Max: 5},
		{Name: "yes", Type: flow.Bool},
	}
	parse := func(s string) (flow.Given, error) {
		var raw map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(s), &raw))
		return flow.Parse(asks, raw)
	}
	given, err := parse(`{"how":"well","text":" 好的吗 ","n":3,"yes":true,"files":["f1"]}`)
	require.NoError(t, err)
	require.Equal(t, flow.Given{"how": "well", "text": "好的吗", "n": int64(3), "yes": true, "files": []string{"f1"}}, given)

	_, err = parse(`{"how":"so so","text":"too long","n":9,"yes":"no","extra":1,"files":"f1"}`)
	f, ok := fault.As(err)
	require.True(t, ok)
	codes := map[string]string{}
	for _, x := range f.Fields {
		codes[x.Field] = x.Code
	}
	require.Equal(t, map[string]string{"how": "field.choice", "text": "field.too_long", "n": "field.too_large", "yes": "field.type", "extra": "field.unknown", "files": "field.type"}, codes)

	_, err = parse(`{"how":"  ","text":null,"n":1.5}`)
	f, _ = fault.As(err)
	require.Len(t, f.Fields, 3)
}

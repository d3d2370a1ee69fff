package incident_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

func TestPhrasesOfTheOffice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := incidenttest.New(t, d).Serve()
		add := func(use, text string, sort int64) incident.PhraseView {
			var p incident.PhraseView
			a := s.Post("duty", "/api/v1/phrases", incident.PhraseBody{Use: use, Text: text, Sort: sort})
			require.Equal(t, 201, a.Status, "%s", a.Body)
			a.JSON(&p)
			return p
		}
		list := func(use string) (texts []string) {
			var page struct{ Items []incident.PhraseView }
			s.Get("worker", "/api/v1/phrases?use="+use).JSON(&page)
			for _, p := range page.Items {
				texts = append(texts, p.Text)
			}
			return texts
		}
		first := add("call", "请问您现在方便说话吗？", 0)
		add("call", "您的编号是……", 0)
		add("answer", "已派员到现场处理。", 0)
		add("call", "这里是治理中心。", 5)
		require.Equal(t, []string{"这里是治理中心。", "请问您现在方便说话吗？", "您的编号是……"}, list("call"))

		change := incident.PhraseChange{PhraseBody: incident.PhraseBody{Use: "call", Text: "方便说话吗？", Sort: 90}, Version: first.Version}
		put := incidenttest.Call{By: "duty", Method: "PUT", Path: "/api/v1/phrases/" + first.ID, Body: change}
		require.Equal(t, 200, s.Do(put).Status)
		code, _ := s.Do(put).Problem()
		require.Equal(t, "stale", code)
		require.Equal(t, []string{"这里是治理中心。", "您的编号是……", "方便说话吗？"}, list("call"))

		gone := incidenttest.Call{By: "system", Method: "DELETE", Path: "/api/v1/phrases/" + first.ID}
		require.Equal(t, 204, s.Do(gone).Status)
		require.Equal(t, 204, s.Do(gone).Status, "what is gone stays gone")
		require.Equal(t, 404, s.Do(put).Status)
		require.Len(t, list(""), 3)
	})
}

func TestPhrasesAreHeldToTheirForm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		s := o.Serve()
		for name, p := range map[string]incident.PhraseBody{
			"empty": {Use: "note", Text: " \n "}, "long": {Use: "note", Text: strings.Repeat("长", 501)}, "no such use": {Use: "joke", Text: "哈"},
			"NUL": {Use: "note", Text: "a\x00b"}, "backwards": {Use: "note", Text: "好", Sort: -1},
		} {
			require.Equal(t, 422, s.Post("duty", "/api/v1/phrases", p).Status, name)
		}
		require.Equal(t, 422, s.Get("duty", "/api/v1/phrases?use=joke").Status)
		for _, by := range []string{"worker", "station1", "partner"} {
			require.Equal(t, 403, s.Post(by, "/api/v1/phrases", incident.PhraseBody{Use: "note", Text: "好"}).Status, by)
		}
		require.Equal(t, 403, s.Get("audit", "/api/v1/phrases").Status)
		for n := range 100 {
			_, err := o.AddPhrase(context.Background(), o.Actor("duty"), incident.Phrase{Use: "note", Text: fmt.Sprint("第", n)})
			require.NoError(t, err)
		}
		code, _ := s.Post("duty", "/api/v1/phrases", incident.PhraseBody{Use: "note", Text: "多了"}).Problem()
		require.Equal(t, "phrase.too_many", code)
	})
}

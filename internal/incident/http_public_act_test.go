package incident_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// resident is somebody without an account, with the code of their report.
type resident struct {
	*incidenttest.Server
	t    *testing.T
	code string
	id   string
}

// reported sends a report from the resident's page.
func reported(t *testing.T, o *incidenttest.Office, s *incidenttest.Server, body fields) resident {
	t.Helper()
	from := fmt.Sprintf("10.9.%d.%d", o.Count(`SELECT count(*) FROM incidents`)/250, o.Count(`SELECT count(*) FROM incidents`)%250+1)
	answer := s.Do(incidenttest.Call{From: from, Method: http.MethodPost, Path: publicPath, Body: body})
	require.Equal(t, http.StatusCreated, answer.Status, "%s", answer.Body)
	var got receipt
	answer.JSON(&got)
	list, _, err := o.List(context.Background(), incidenttest.Machine, incident.Filter{Q: got.Number})
	require.NoError(t, err)
	require.Len(t, list, 1)
	return resident{s, t, got.Code, list[0].ID}
}

func (r resident) do(what string, body any) *incidenttest.Answer {
	r.t.Helper()
	return r.Post("", publicPath+"/"+r.code+"/"+what, body)
}

func (r resident) letter() (l incident.Letter) {
	r.t.Helper()
	r.Get("", publicPath+"/"+r.code).JSON(&l)
	return l
}

func (r resident) refused(answer *incidenttest.Answer, code string) {
	r.t.Helper()
	got, _ := answer.Problem()
	require.Equal(r.t, code, got)
}

func road(more fields) fields {
	body := fields{"text": "北门路面塌了一块", "lon": 104.065, "lat": 30.655, "category": "environment.road"}
	for k, v := range more {
		body[k] = v
	}
	return body
}

// TestAResidentAddsToAReport adds words and a picture: the desk has news, the letter shows both, a repetition adds nothing.
func TestAResidentAddsToAReport(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		r := reported(t, o, s, road(nil))
		require.True(t, r.letter().CanAdd)
		r.refused(r.do("additions", fields{}), "invalid")
		var f incident.File
		s.Upload("", "/api/v1/public/files", "坑.jpg", photo(t, 30), 0).JSON(&f)
		add := func() *incidenttest.Answer {
			return s.Do(incidenttest.Call{Method: http.MethodPost, Path: publicPath + "/" + r.code + "/additions", Key: "once",
				Body: fields{"text": "坑变大了，电话 13800001234", "files": []string{f.ID}}})
		}
		require.Equal(t, http.StatusOK, add().Status)
		require.Equal(t, http.StatusOK, add().Status)
		l := r.letter()
		require.Len(t, l.Steps, 2)
		require.Equal(t, "resident_add", l.Steps[1].Do)
		require.NotContains(t, l.Steps[1].Text, "13800001234")
		require.Equal(t, []string{f.ID}, l.Steps[1].Files)
		require.Equal(t, http.StatusOK, s.Get("", publicPath+"/"+r.code+"/files/"+f.ID).Status)
		require.Equal(t, 2, o.Count(`SELECT count(*) FROM outbox WHERE aggregate_id = $1`, r.id), "news for the desk")
		require.Equal(t, incident.Parties, o.Timeline(r.id)[1].Visibility)

		for range 19 {
			require.Equal(t, http.StatusOK, r.post("10.3.0.1", "additions", fields{"text": "还没有人来"}).Status)
		}
		r.refused(r.post("10.3.0.2", "additions", fields{"text": "还没有人来"}), "report.too_many")
		o.Act("duty", r.id, "void", fields{"reason": "误报"})
		r.refused(r.post("10.3.0.2", "additions", fields{"text": "x"}), "report.over")
		require.Empty(t, o.Broken(r.id))
	})
}

// post acts from an address of its own for every tenth request, as the gate would ask for a proof otherwise.
func (r resident) post(from, what string, body any) *incidenttest.Answer {
	r.t.Helper()
	answer := r.Do(incidenttest.Call{From: from, Method: http.MethodPost, Path: publicPath + "/" + r.code + "/" + what, Body: body})
	if answer.Status == http.StatusPreconditionRequired {
		return r.Do(incidenttest.Call{From: from, Method: http.MethodPost, Path: publicPath + "/" + r.code + "/" + what, Body: body,
			Header: map[string]string{"X-Gezhi-Challenge": solve(r.t, r.Server)}})
	}
	return answer
}

// TestAResidentWithdrawsUntilItIsHandled holds that orders in hand end with the report, and that done work stays done.
func TestAResidentWithdrawsUntilItIsHandled(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		r := reported(t, o, s, road(nil))
		o.Act("duty", r.id, "dispatch", fields{"unit": incidenttest.Station})
		o.Act("station1", r.id, "accept_order", nil)
		require.True(t, r.letter().CanEnd)
		require.Equal(t, http.StatusOK, r.do("withdraw", fields{"reason": "已经填平了"}).Status)
		inc := o.Load(r.id)
		require.Equal(t, incident.Voided, inc.State)
		require.Equal(t, incident.Withdrawn, inc.Orders[0].State)
		l := r.letter()
		require.Equal(t, "resident_withdraw", l.Steps[len(l.Steps)-1].Do)
		require.False(t, l.CanEnd || l.CanAdd || l.CanRate)
		r.refused(r.do("withdraw", fields{}), "report.handled")
		require.Empty(t, o.Broken(r.id))

		done := reported(t, o, s, road(nil))
		o.Walk(done.id, handled...)
		require.False(t, done.letter().CanEnd)
		done.refused(done.do("withdraw", fields{}), "report.handled")
		for _, who := range o.People.Logins() {
			_, err := o.Try(who, done.id, "resident_withdraw", nil)
			require.Equal(t, "not_found", codeOf(err), "staff take no step of a resident: %s", who)
		}
	})
}

// TestUnsolvedIsReopenedOnceWithinFifteenDays closes a matter and lets its reporter disagree.
func TestUnsolvedIsReopenedOnceWithinFifteenDays(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		r := reported(t, o, s, road(nil))
		o.Walk(r.id, finished...)
		words := strings.Repeat("坑", 1000)
		_, wrong := r.do("rating", fields{"solved": true, "satisfaction": 4, "reopen": true}).Problem()
		require.Equal(t, []string{"reopen report.solved"}, wrong)
		_, wrong = r.do("rating", fields{"solved": false, "satisfaction": 1, "text": words + "。"}).Problem()
		require.Equal(t, []string{"text field.too_long"}, wrong)
		o.Clock.Advance(15 * 24 * time.Hour)
		require.True(t, r.letter().CanReopen)
		var l incident.Letter
		r.do("rating", fields{"solved": false, "satisfaction": 1, "text": words, "reopen": true}).JSON(&l)
		require.Equal(t, incident.Accepted, l.State)
		require.Equal(t, []string{"rate", "resident_reopen"}, []string{l.Steps[len(l.Steps)-2].Do, l.Steps[len(l.Steps)-1].Do})
		require.Equal(t, []string{"reopened"}, o.Load(r.id).Flags())
		r.refused(r.do("rating", fields{"solved": false, "satisfaction": 1, "reopen": true}), "report.not_ratable")
		require.Empty(t, o.Broken(r.id))
		require.Empty(t, o.Unproved())

		o.Walk(r.id, finished...)
		o.Clock.Advance(15*24*time.Hour + time.Second)
		require.False(t, r.letter().CanReopen)
		r.refused(r.do("rating", fields{"solved": false, "satisfaction": 2, "reopen": true}), "report.too_late")
		require.Equal(t, http.StatusOK, r.do("rating", fields{"solved": false, "satisfaction": 2}).Status, "to rate is never too late")
	})
}

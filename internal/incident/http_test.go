package incident_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/id"
)

const incidentsPath = "/api/v1/incidents"

// TestLoopOverHTTP walks the loop as a browser does, using only what the answers offer.
func TestLoopOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		var view incident.View
		answer := s.Post("duty", incidentsPath, fields{"text": "楼下太吵", "channel": "hotline", "category": "security.noise", "lon": 104.065, "lat": 30.655,
			"reporter": fields{"name": "张三", "phone": "13800001234"}})
		require.Equal(t, http.StatusCreated, answer.Status, "%s", answer.Body)
		answer.JSON(&view)
		require.Equal(t, incident.Reported, view.State)
		require.Equal(t, "138****1234", view.Reporter.Phone)
		require.Equal(t, "security.noise", view.Category.Code)
		require.Len(t, view.Area.Path, 6)
		for _, st := range finished {
			f := fields{"version": view.Version}
			for k, v := range st.Fields {
				f[k] = v
			}
			answer := s.Post(st.By, incidentsPath+"/"+view.ID+"/actions/"+st.Do, f)
			require.Equal(t, http.StatusOK, answer.Status, "%s: %s", st.Do, answer.Body)
			answer.JSON(&view)
		}
		require.Equal(t, incident.Closed, view.State)
		var page struct {
			Items []incident.EntryView
			Next  int64
		}
		s.Get("duty", incidentsPath+"/"+view.ID+"/timeline?limit=5").JSON(&page)
		require.Len(t, page.Items, 5)
		require.Equal(t, int64(5), page.Next)
		s.Get("duty", incidentsPath+"/"+view.ID+"/timeline?after=5").JSON(&page)
		require.Len(t, page.Items, 2)
	})
}

// TestStaleVersionOverHTTP decides on an incident that somebody else has changed meanwhile.
func TestStaleVersionOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		inc := o.Report("duty", incidenttest.Noise())
		o.Act("duty2", inc.ID, "accept", nil)
		answer := s.Post("duty", incidentsPath+"/"+inc.ID+"/actions/void", fields{"reason": "误报", "version": inc.Version})
		require.Equal(t, http.StatusConflict, answer.Status)
		var problem struct {
			Code    string
			Current incident.View
		}
		answer.JSON(&problem)
		require.Equal(t, "incident.stale", problem.Code)
		require.Equal(t, incident.Accepted, problem.Current.State)
		require.NotEmpty(t, problem.Current.Actions)
	})
}

// TestKeysOverHTTP repeats a report and an action under their keys.
func TestKeysOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		report := func(by, text string) *incidenttest.Answer {
			return s.Do(incidenttest.Call{By: by, Method: http.MethodPost, Path: incidentsPath, Key: "k1", Body: fields{"text": text, "channel": "window"}})
		}
		var first, again, other incident.View
		report("duty", "一").JSON(&first)
		report("duty", "一").JSON(&again)
		require.Equal(t, first.ID, again.ID)
		code, _ := report("duty", "二").Problem()
		require.Equal(t, "request.key_reused", code)
		report("window", "一").JSON(&other)
		require.NotEqual(t, first.ID, other.ID, "a key belongs to whoever used it")

		act := func(body fields) *incidenttest.Answer {
			return s.Do(incidenttest.Call{By: "duty", Method: http.MethodPost, Path: incidentsPath + "/" + first.ID + "/actions/accept", Key: "k1", Body: body})
		}
		require.Equal(t, http.StatusOK, act(fields{}).Status)
		require.Equal(t, http.StatusOK, act(fields{}).Status)
		require.Equal(t, http.StatusConflict, act(fields{"note": "x"}).Status)
		require.Equal(t, int64(2), o.Load(first.ID).EntrySeq)
		for _, bad := range []string{strings.Repeat("k", 201), "k\u00a0"} {
			answer := s.Do(incidenttest.Call{By: "duty", Method: http.MethodPost, Path: incidentsPath, Key: bad, Body: fields{"text": "三", "channel": "window"}})
			require.Equal(t, http.StatusUnprocessableEntity, answer.Status)
		}
	})
}

// TestEveryRouteIsGuarded walks all routes as a stranger, as somebody who holds nothing, and as everybody else, with
// ids that exist, do not exist and make no sense: a stranger is told to sign in before anything of the input is looked
// at, nobody gets past a permission, and no answer is ever 500.
func TestEveryRouteIsGuarded(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		inc := o.Report("duty", incidenttest.Noise())
		bodies := []any{nil, "", "{", "[]", "null", "{}", `{"text":5,"x":1}`, "\xff\xfe"}
		ids := []string{inc.ID, id.Derive("nothing"), "..", "%00", "%ff", "%2e%2e%2f", strings.Repeat("A", 300), "'--", "0000-0000-0000-0000"}
		routes := s.API.Routes()
		require.Greater(t, len(routes), 15)
		for _, r := range routes {
			open := strings.HasPrefix(r.Path, "/api/v1/public/")
			for n, one := range ids {
				path := strings.NewReplacer("{id}", one, "{code}", one, "{do}", "accept").Replace(r.Path)
				if slices.Contains([]string{"..", "%2e%2e%2f"}, one) && strings.HasSuffix(path, "..") {
					continue // the mux itself turns it into another path
				}
				for _, body := range bodies {
					if body != nil && r.Method == http.MethodGet {
						continue
					}
					name := fmt.Sprintf("%s %s %v", r.Method, path, body)
					from := fmt.Sprintf("10.0.%d.%d", n, len(name))
					stranger := s.Do(incidenttest.Call{Method: r.Method, Path: path, Body: body, From: from})
					none := s.Do(incidenttest.Call{By: "nobody", Method: r.Method, Path: path, Body: body})
					require.Less(t, stranger.Status, 500, "%s: %s", name, stranger.Body)
					require.Less(t, none.Status, 500, "%s: %s", name, none.Body)
					if moved := stranger.Status == http.StatusTemporaryRedirect; !open && !moved {
						require.Equal(t, http.StatusUnauthorized, stranger.Status, name)
						if r.Access.NeedsPermission() {
							require.Equal(t, http.StatusForbidden, none.Status, name)
						}
					}
					for _, who := range []string{"duty", "system"} {
						require.Less(t, s.Do(incidenttest.Call{By: who, Method: r.Method, Path: path, Body: body}).Status, 500, "%s as %s", name, who)
					}
				}
			}
		}
	})
}

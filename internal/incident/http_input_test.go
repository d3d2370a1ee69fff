package incident_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// TestBadReports sends what no report can be. All that is wrong is told at once, and nothing is stored.
func TestBadReports(t *testing.T) {
	long := strings.Repeat("长", 20_001)
	cases := []struct {
		name   string
		body   any
		status int
		code   string
		fields []string
	}{
		{"nothing", "", 400, "request.body_required", nil},
		{"no JSON", "{", 400, "request.malformed", nil},
		{"a list", "[]", 422, "invalid", []string{" field.type"}},
		{"empty", fields{}, 422, "invalid", []string{"text field.required", "channel field.required"}},
		{"blank", fields{"text": " \n ", "channel": "hotline"}, 422, "invalid", []string{"text field.required"}},
		{"unknown fields", fields{"text": "x", "channel": "hotline", "state": "closed", "reporter": fields{"id": 1}}, 422, "invalid", []string{"state field.unknown", "reporter.id field.unknown"}},
		{"wrong types", fields{"text": 5, "channel": []string{}, "lon": "104", "files": "f", "reporter": "me"}, 422, "invalid",
			[]string{"text field.type", "channel field.type", "lon field.type", "files field.type", "reporter field.type"}},
		{"choices", fields{"text": "x", "channel": "pigeon", "kind": "joke", "severity": "huge", "category": "no.such"}, 422, "invalid",
			[]string{"category category.unknown", "kind field.choice", "severity field.choice", "channel field.choice"}},
		{"too long", fields{"text": long, "channel": "hotline"}, 422, "invalid", []string{"text field.too_long"}},
		{"NUL", fields{"text": "a\x00b", "channel": "hotline", "reporter": fields{"name": "\x00"}}, 422, "invalid", []string{"text field.control", "reporter.name field.control"}},
		{"no UTF-8", "{\"text\":\"\xff\xfe\",\"channel\":\"hotline\"}", 400, "request.utf8", nil},
		{"a phone that is none", fields{"text": "x", "channel": "hotline", "reporter": fields{"phone": "call me"}}, 422, "invalid", []string{"reporter.phone field.phone"}},
		{"NaN", `{"text":"x","channel":"hotline","lon":NaN,"lat":1}`, 400, "request.malformed", nil},
		{"too large a number", `{"text":"x","channel":"hotline","lon":1e400,"lat":1}`, 400, "request.malformed", nil},
		{"swapped", fields{"text": "x", "channel": "hotline", "lon": 30.6, "lat": 104.0}, 422, "invalid", []string{"lat position.swapped"}},
		{"the future", fields{"text": "x", "channel": "hotline", "occurred_at": 99999999999999}, 422, "invalid", []string{"occurred_at field.future"}},
		{"a foreign file", fields{"text": "x", "channel": "hotline", "files": []string{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}, 422, "invalid", []string{"files file.unknown"}},
		{"a file that is a path", fields{"text": "x", "channel": "hotline", "files": []string{"../../etc/passwd\x00"}}, 422, "invalid", []string{"files file.unknown"}},
		{"too many files", fields{"text": "x", "channel": "hotline", "files": make([]string, 21)}, 422, "invalid", []string{"files field.too_many"}},
		{"10 MB of text", fields{"text": strings.Repeat("长", 10<<20/3), "channel": "hotline"}, 413, "request.too_large", nil},
	}
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		for _, c := range cases {
			answer := s.Post("duty", incidentsPath, c.body)
			require.Equal(t, c.status, answer.Status, "%s: %.300s", c.name, answer.Body)
			code, wrong := answer.Problem()
			require.Equal(t, c.code, code, c.name)
			if c.fields != nil {
				require.ElementsMatch(t, c.fields, wrong, c.name)
			}
		}
		require.Zero(t, o.Count(`SELECT count(*) FROM incidents`))
		require.Zero(t, o.Count(`SELECT count(*) FROM outbox`))
	})
}

// TestScriptComesBackAsText puts markup into every text field: it is kept to the letter and never sent as markup.
func TestScriptComesBackAsText(t *testing.T) {
	const script = `<script>alert(1)</script><img src=x onerror=alert(2)>'"&`
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		answer := s.Post("duty", incidentsPath, fields{"text": script, "title": script, "address": script, "channel": "hotline", "category": "security.noise",
			"lon": 104.065, "lat": 30.655, "reporter": fields{"name": script[:40]}})
		require.Equal(t, http.StatusCreated, answer.Status, "%s", answer.Body)
		var view incident.View
		answer.JSON(&view)
		require.Equal(t, script, view.Text)
		require.Equal(t, script, view.Title)
		path := incidentsPath + "/" + view.ID
		for _, answer := range []*incidenttest.Answer{answer, s.Post("duty", path+"/actions/note", fields{"text": script}),
			s.Post("duty", path+"/actions/dispatch", fields{"note": script}), s.Post("duty", path+"/actions/answer", fields{"answer": script}),
			s.Get("duty", path), s.Get("duty", path+"/timeline"), s.Get("duty", incidentsPath),
			s.Post("duty", path+"/actions/"+"%3Cscript%3E", fields{}), s.Post("duty", path+"/actions/note", fields{script: 1})} {
			require.NotContains(t, string(answer.Body), "<script", "markup is escaped inside JSON")
			require.Contains(t, answer.Header.Get("Content-Type"), "json")
			require.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"))
		}
	})
}

// TestBadActions sends actions that make no sense.
func TestBadActions(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		inc := o.Report("duty", incidenttest.Noise())
		before := o.Stored(inc.ID)
		cases := []struct {
			do     string
			body   any
			status int
			code   string
			fields []string
		}{
			{"fly", fields{}, 404, "not_found", nil},
			{"lead_handled", fields{}, 404, "not_found", nil},
			{"note", "", 400, "request.body_required", nil},
			{"note", "[1]", 422, "invalid", nil},
			{"note", "{\"text\":\"\xff\"}", 400, "request.utf8", nil},
			{"note", fields{"text": "a\x00"}, 422, "invalid", []string{"text field.control"}},
			{"note", fields{"text": []int{1}}, 422, "invalid", []string{"text field.type"}},
			{"note", fields{"text": "x", "version": "1", "order": 5}, 422, "invalid", []string{"order field.type", "version field.type"}},
			{"note", fields{"text": strings.Repeat("x", 2001)}, 422, "invalid", []string{"text field.too_long"}},
			{"note", fields{"text": strings.Repeat("x", 300<<10)}, 413, "request.too_large", nil},
			{"claim", fields{"order": "no such"}, 404, "not_found", nil},
			{"check_pass", fields{}, 409, "action.state", nil},
			{"close", fields{"answer": "x"}, 409, "close.needs_handling", nil},
		}
		for _, c := range cases {
			answer := s.Post("duty", incidentsPath+"/"+inc.ID+"/actions/"+c.do, c.body)
			require.Equal(t, c.status, answer.Status, "%s %.100q: %.300s", c.do, c.body, answer.Body)
			code, wrong := answer.Problem()
			require.Equal(t, c.code, code, "%s %.100v", c.do, c.body)
			if c.fields != nil {
				require.ElementsMatch(t, c.fields, wrong)
			}
		}
		require.Equal(t, before, o.Stored(inc.ID))
		for _, path := range []string{"?limit=201", "?limit=0", "?limit=x", "?cursor=%00", "?bbox=1,2,3", "?bbox=5,5,1,1", "?bbox=NaN,0,1,1", "?q=%ff", "?kind=%00", "?from=x", "?state=open"} {
			answer := s.Get("duty", incidentsPath+path)
			require.Equal(t, http.StatusUnprocessableEntity, answer.Status, "%s: %s", path, answer.Body)
		}
	})
}

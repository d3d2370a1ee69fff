package stats_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/stats"
)

func (d *desk) serve() *incidenttest.Server {
	s := d.Serve()
	stats.Routes(s.API, d.Stats)
	return s
}

var paths = []string{"", "/definitions", "/board", "/late", "/incidents"}

func TestEveryRouteAsksForThePermission(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		s := d.serve()
		for _, path := range paths {
			for login, want := range map[string]int{"": http.StatusUnauthorized, "worker": http.StatusForbidden, "audit": http.StatusForbidden, "system": http.StatusForbidden,
				"nobody": http.StatusForbidden, "duty": http.StatusOK, "leader": http.StatusOK, "department": http.StatusOK, "window": http.StatusOK} {
				require.Equal(t, want, s.Get(login, "/api/v1/figures"+path).Status, "%s %s", login, path)
			}
		}
	})
}

func TestAnswersAreWholeAndHoldNobody(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		s := d.serve()
		d.done(incidenttest.By("张三丰", "13812345678"))
		d.follow()
		var table stats.Result
		s.Get("duty", "/api/v1/figures?by=unit&from=2026-03-01&to=2026-03-31&compare=year&kpis=closing,time_close").JSON(&table)
		require.Equal(t, []string{"closing", "time_close"}, table.KPIs)
		require.Equal(t, "合江工作站", table.Rows[0].Name)
		require.InDelta(t, 1, *table.Rows[0].KPIs["closing"].Value, 0)
		require.Nil(t, table.Rows[0].Before.KPIs["closing"].Value)
		require.Positive(t, table.Position)

		raw := s.Get("duty", "/api/v1/figures?from=2020-01-01&to=2020-01-31").Body
		require.Contains(t, string(raw), `"closing":{"value":null,"count":0,"base":0}`, "none, and not zero")
		for _, path := range paths {
			body := string(s.Get("duty", "/api/v1/figures"+path+"?from=2026-03-01&to=2026-03-31").Body)
			for _, personal := range []string{"张三丰", "13812345678", "worker", "station1\""} {
				require.NotContains(t, body, personal, path)
			}
			require.NotContains(t, strings.ReplaceAll(body, `"value":null`, ""), `:null`, path)
		}
		var facts struct {
			Items []map[string]any
			Next  string
		}
		s.Get("duty", "/api/v1/figures/incidents?from=2026-03-01&to=2026-03-31").JSON(&facts)
		require.Len(t, facts.Items, 1)
		require.NotContains(t, facts.Items[0], "title")

		var definitions struct {
			Measures []stats.Measure
			KPIs     []stats.KPI
		}
		s.Get("duty", "/api/v1/figures/definitions").JSON(&definitions)
		require.Len(t, definitions.Measures, len(stats.Measures))
		require.Len(t, definitions.KPIs, len(stats.KPIs))
	})
}

func TestWhatAPersonCanAskWronglyIsNoFaultOfOurs(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		s := d.serve()
		for query, want := range map[string]int{"?by=nonsense": 422, "?from=x": 422, "?to=2026-02-30": 422, "?area=nowhere": 404, "?area=%27%3B+DROP": 404, "?unit=%25": 200,
			"?person=x": 200, "?category=%27": 422, "?sort=;": 422, "?top=-1": 422, "?compare=baseline": 422, "?from=0000-00-00": 422, "?from=9999-12-31": 422,
			"/board?day=x": 422, "/late?cursor=x": 422, "/incidents?cursor=%25": 422, "/incidents?limit=-4": 200, "/late?from=1999-01-01&to=2030-01-01": 422} {
			answer := s.Get("duty", "/api/v1/figures"+query)
			require.Equal(t, want, answer.Status, "%s: %s", query, answer.Body)
			require.True(t, json.Valid(answer.Body))
		}
	})
}

// TestFactsComeInPages reads more than fit into one answer.
func TestFactsComeInPages(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for range 7 {
			d.Report("duty", incidenttest.Noise())
		}
		d.follow()
		seen, cursor := map[string]bool{}, ""
		for pages := 0; ; pages++ {
			list, next, err := d.Stats.Facts(bg, d.Actor("duty"), march, cursor, 3)
			require.NoError(t, err)
			for _, f := range list {
				require.False(t, seen[f.ID])
				seen[f.ID] = true
			}
			if cursor = next; next == "" {
				require.Equal(t, 2, pages)
				break
			}
		}
		require.Len(t, seen, 7)
	})
}

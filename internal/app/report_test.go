package app

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/demo"
	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/seal"
	"gezhi/internal/report"
)

// TestReportsAndTablesCountWhatTheOfficeDid goes the way of a report and of a table through the whole program.
func TestReportsAndTablesCountWhatTheOfficeDid(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o, s := mapOffice(t, a)
		for done := false; !done; {
			var err error
			done, err = a.Stats.Fill(t.Context())
			require.NoError(t, err)
		}
		day := a.Report.Today()
		made := o.send("mapper", "POST", "/api/v1/reports", 201, m{"kind": "daily", "area": s.Street, "day": day})
		brief := made["brief"].(m)
		require.EqualValues(t, 3, brief["headline"].([]any)[0].(m)["value"])
		raw, err := json.Marshal(made)
		require.NoError(t, err)
		for _, word := range []string{"王某某", "13800001234", "三号楼", "路面塌了"} {
			require.NotContains(t, string(raw), word, "a report has no word of anybody")
		}
		id := made["id"].(string)
		require.Len(t, o.send("mapper", "GET", "/api/v1/reports", 200, nil)["items"], 1)
		o.send("mapper", "GET", "/api/v1/reports/"+id, 200, nil)
		require.Equal(t, 200, call(o.h, "GET", "/api/v1/reports/"+id+"/report.xlsx", "", o.tokens["mapper"]).Code)
		o.send("sec", "GET", "/api/v1/reports/"+id, 403, nil)

		definition := m{"subject": "incidents", "rows": "category", "values": []string{"received"}, "period": "last7"}
		counted := o.send("mapper", "POST", "/api/v1/tables/count", 200, definition)
		require.EqualValues(t, 3, counted["total"].(m)["cells"].([]any)[0])
		definition["columns"] = "state"
		require.EqualValues(t, 3, o.send("mapper", "POST", "/api/v1/tables/count", 200, definition)["total"].(m)["cells"].([]any)[1])
		orders := m{"subject": "orders", "rows": "unit", "values": []string{"orders"}, "period": "last7"}
		o.send("mapper", "POST", "/api/v1/tables/count", 200, orders)
		body, err := json.Marshal(orders)
		require.NoError(t, err)
		require.Equal(t, 200, call(o.h, "GET", "/api/v1/tables/export.csv?definition="+url.QueryEscape(string(body)), "", o.tokens["mapper"]).Code)
	})
}

func TestOpenDataAsFilesHasNobodysWords(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o, s := mapOffice(t, a)
		w := call(o.h, "GET", "/api/v1/public/open-data/incidents.csv", "", "")
		require.Equal(t, 200, w.Code)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\uFEFF"))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 3, "a theft is nobody's business")
		for _, word := range []string{"王某某", "13800001234", "三号楼", "路面塌了", "theft"} {
			require.NotContains(t, w.Body.String(), word)
		}
		w = call(o.h, "GET", "/api/v1/public/open-data/incidents.geojson", "", "")
		var answer struct {
			Features []struct {
				Geometry struct{ Coordinates [2]float64 }
			}
		}
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer), w.Body.String())
		require.Len(t, answer.Features, 2)
		for _, one := range answer.Features {
			at := geo.Point{Lon: one.Geometry.Coordinates[0], Lat: one.Geometry.Coordinates[1]}
			require.Greater(t, geo.Distance(at, s.At(0)), 1.0, "not the place itself")
		}
		require.Equal(t, 422, call(o.h, "GET", "/api/v1/public/open-data/incidents.csv?from=2020-01-01&to=2026-01-01", "", "").Code)
	})
}

// TestTheDemoHasReportsAndTables loads a small office and lets it have had its reports all the time.
func TestTheDemoHasReportsAndTables(t *testing.T) {
	dir, clock := t.TempDir(), &demo.Clock{}
	clock.Set(time.Date(2024, 5, 16, 15, 20, 0, 0, time.UTC))
	a, err := Open(t.Context(), Config{Folder: dir, KeyFile: filepath.Join(dir, "key"), Suite: seal.AES, Demo: true}, clock)
	require.NoError(t, err)
	t.Cleanup(func() { a.Close() })
	require.Empty(t, reportPlaces{a.Grid}.Offices(), "no area, no office")
	require.NoError(t, demo.LoadOffice(t.Context(), a.demoServices(clock), demo.Small))
	clock.Set(time.Date(2024, 5, 16, 15, 20, 0, 0, time.UTC))
	offices := reportPlaces{a.Grid}.Offices()
	require.Len(t, offices, 1)
	require.Equal(t, string(grid.Street), offices[0].Level, "its one community is not the whole office")

	require.NoError(t, a.loadDemoReports(t.Context()))
	leader, err := a.demoActor(t.Context(), "leader")
	require.NoError(t, err)
	made, _, err := a.Report.List(t.Context(), leader, report.Filter{}, "")
	require.NoError(t, err)
	require.Len(t, made, 7+7+2, "the last week by day, weeks, March and April")
	for _, r := range made {
		require.Equal(t, offices[0].ID, r.AreaID)
	}
	tables, err := a.Report.Tables(t.Context(), leader)
	require.NoError(t, err)
	require.Len(t, tables, 3)
}

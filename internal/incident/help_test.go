package incident_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

func TestHelpIsCalledExactlyOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		s := o.Serve()
		call := func(by, key string, body any) incident.View {
			a := s.Do(incidenttest.Call{By: by, Method: "POST", Path: "/api/v1/help", Key: key, Body: body})
			require.Equal(t, 201, a.Status, "%s", a.Body)
			var v incident.View
			a.JSON(&v)
			return v
		}
		where := map[string]any{"lon": incidenttest.InMicro1.Lon, "lat": incidenttest.InMicro1.Lat, "note": "有人持棍"}
		first := call("worker", "k1", where)
		require.Equal(t, first.ID, call("worker", "k1", where).ID)
		require.Equal(t, 1, o.Count(`SELECT count(*) FROM incidents`))
		require.Equal(t, "worker_help", first.Category.Code)
		require.Equal(t, "emergency", first.Severity)
		require.Contains(t, first.Flags, "urgent")
		require.Equal(t, "专职甲需要支援。有人持棍", first.Text)
		require.Len(t, first.Orders, 1, "a rule sent it at once")
		require.Equal(t, incidenttest.Station, first.Orders[0].Unit.ID)
		require.Empty(t, o.Broken(first.ID))

		require.Equal(t, incidenttest.Grid1, call("worker", "k2", map[string]any{}).Area.ID, "without a position, the area of the post")
		swapped := call("worker", "k3", map[string]any{"lon": 30.65, "lat": 104.06})
		require.Nil(t, swapped.Lon, "a position that cannot be read stops nobody")
		require.Equal(t, incidenttest.Station, swapped.Orders[0].Unit.ID)

		far := call("station1", "k4", map[string]any{"lon": incidenttest.Outside.Lon, "lat": incidenttest.Outside.Lat})
		require.Equal(t, incident.Reported, far.State, "where no rule fits it waits at the desk")
		require.Contains(t, far.Flags, "urgent")
	})
}

func TestHelpIsForStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		s := o.Serve()
		for _, by := range []string{"partner", "instructor", "audit"} {
			require.Equal(t, 403, s.Post(by, "/api/v1/help", map[string]any{}).Status, by)
		}
		require.Equal(t, 401, s.Post("", "/api/v1/help", map[string]any{}).Status)
		o.Exec(`UPDATE categories SET active = $1 WHERE code = 'worker_help'`, false)
		require.NoError(t, o.ReloadCategories(t.Context()))
		require.Equal(t, 201, s.Post("worker", "/api/v1/help", map[string]any{}).Status, "a closed category stops nobody")
	})
}

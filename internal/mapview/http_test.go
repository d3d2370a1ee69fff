package mapview_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/mapview"
)

func TestTheMapOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		here := w.Report("duty", incidenttest.Noise())
		there := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		w.Drain()
		server := w.Serve()
		mapview.Routes(server.API, w.maps)
		var all, some, changed mapview.PointsView
		server.Get("duty", "/api/v1/map/points").JSON(&all)
		require.ElementsMatch(t, []string{here.ID, there.ID}, all.IDs)
		require.Len(t, all.Lon, 2)
		require.Equal(t, "reported", all.States[all.State[0]])
		require.Equal(t, []string{}, all.Gone)
		server.Get("duty", "/api/v1/map/points?area="+incidenttest.StreetB).JSON(&some)
		require.Equal(t, []string{there.ID}, some.IDs)
		require.InDelta(t, incidenttest.InMicro9.Lon, some.Lon[0], 1e-6)
		yesterday := w.Clock.Now().AddDate(0, 0, -1).Format("2006-01-02")
		var before mapview.CourseView
		server.Get("duty", "/api/v1/map/replay?day="+yesterday).JSON(&before)
		require.Empty(t, before.IDs)
		w.Act("duty", here.ID, "accept", nil)
		w.Drain()
		server.Get("duty", "/api/v1/map/points?after="+strconv.FormatInt(all.Position, 10)).JSON(&changed)
		require.False(t, changed.Reset)
		require.Equal(t, []string{here.ID}, changed.IDs)
		require.Equal(t, "accepted", changed.States[changed.State[0]])

		for path, code := range map[string]string{"points?day=today": "field.date", "clusters?zoom=3&bbox=1,2,3": "field.bbox", "clusters?zoom=3&bbox=9,2,3,4": "field.bbox"} {
			answer := server.Get("duty", "/api/v1/map/"+path)
			_, fields := answer.Problem()
			require.Equal(t, http.StatusUnprocessableEntity, answer.Status, path)
			require.Contains(t, fields[0], code)
		}
		require.Equal(t, http.StatusUnauthorized, server.Get("", "/api/v1/map/points").Status)
		require.Equal(t, http.StatusForbidden, server.Get("nobody", "/api/v1/map/points").Status)
		require.Equal(t, http.StatusForbidden, server.Get("nobody", "/api/v1/map/layers/people").Status)
		require.Equal(t, http.StatusNotFound, server.Get("duty", "/api/v1/map/borders?area=gone").Status)
	})
}

package incident_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/geo"
)

// beside is a point some metres north of the middle of the first micro-grid.
func beside(metres float64) func(*incident.Report) {
	return incidenttest.At(geo.Point{Lon: incidenttest.InMicro1.Lon, Lat: incidenttest.InMicro1.Lat + metres/111_320})
}

type clusterList struct {
	Items []incident.ClusterView
	Full  bool
}

// TestWhatManyReportIsOneCluster puts 23 reports of a noise beside others, handles them as one and answers everybody.
func TestWhatManyReportIsOneCluster(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		oldest := o.Report("duty", incidenttest.Noise(incidenttest.By("张三", "13800001234")))
		codes := map[string]string{}
		for n := range 22 {
			o.Clock.Advance(time.Minute)
			i, code := o.ReportCode("duty", incidenttest.Noise(beside(float64(n*6))))
			codes[i.ID] = code
		}
		for _, other := range []incident.Report{
			incidenttest.Noise(beside(400)),
			incidenttest.Noise(incidenttest.Of("environment.light", "")),
			incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat = nil, nil }),
		} {
			o.Report("duty", other)
		}
		o.Walk(o.Report("duty", incidenttest.Noise()).ID, finished...)
		var got clusterList
		answer := s.Get("duty", "/api/v1/clusters")
		require.NotContains(t, string(answer.Body), "张三")
		answer.JSON(&got)
		require.Len(t, got.Items, 1)
		c := got.Items[0]
		require.EqualValues(t, 23, c.People)
		require.Equal(t, oldest.ID, c.Members[0].ID)
		require.Equal(t, "合江社区 合江一号微网格", c.Place)
		s.Get("duty", "/api/v1/clusters?people=24").JSON(&got)
		require.Empty(t, got.Items)
		s.Get("dutyB", "/api/v1/clusters").JSON(&got)
		require.Empty(t, got.Items, "another street's")

		for _, m := range c.Members[1:] {
			require.Equal(t, http.StatusOK, s.Post("duty", "/api/v1/incidents/"+m.ID+"/actions/merge", fields{"into": oldest.ID}).Status)
		}
		o.Link()
		s.Get("duty", "/api/v1/clusters").JSON(&got)
		require.Len(t, got.Items, 1)
		require.Len(t, got.Items[0].Members, 1)
		require.EqualValues(t, 23, got.Items[0].People, "they are still 23 people, and one matter")
		o.Walk(oldest.ID, finished...)
		for _, code := range codes {
			letter := resident{s, t, code, ""}.letter()
			require.Equal(t, incident.Closed, letter.State)
			require.NotEmpty(t, letter.Answer)
		}
		s.Get("duty", "/api/v1/clusters").JSON(&got)
		require.Empty(t, got.Items)
		require.Empty(t, o.Unproved())
	})
}

// TestClustersDoNotCreep holds that a row of reports along a street is not one place, and that what lies days apart is
// not one matter.
func TestClustersDoNotCreep(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		for n := range 6 {
			o.Clock.Advance(time.Second)
			o.Report("duty", incidenttest.Noise(beside(float64(n*70))))
		}
		o.Clock.Advance(4 * 24 * time.Hour)
		o.Report("duty", incidenttest.Noise())
		list, full, err := o.Clusters(context.Background(), o.Actor("duty"), incident.Filter{}, 2)
		require.NoError(t, err)
		require.False(t, full)
		var sizes []int64
		for _, c := range list {
			sizes = append(sizes, c.People)
		}
		require.Equal(t, []int64{3, 3}, sizes)
	})
}

// TestHotSpots counts what repeats at a place in days, weeks and months, and compares it with before.
func TestHotSpots(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		report := func(daysAgo int, change ...func(*incident.Report)) *incident.Incident {
			o.Clock.Set(incidenttest.Begin.AddDate(0, 0, -daysAgo))
			return o.Report("duty", incidenttest.Noise(append(change, incidenttest.By("张三", "13800001234"))...))
		}
		for _, daysAgo := range []int{58, 45, 40, 20, 10, 9, 3, 1, 0, 0} {
			report(daysAgo)
		}
		report(0, incidenttest.At(incidenttest.InMicro2))
		o.Act("duty", report(0).ID, "void", fields{"reason": "误报"})
		o.Clock.Set(incidenttest.Begin)
		var got struct{ Items []incident.HotSpot }
		answer := s.Get("duty", "/api/v1/hotspots")
		for _, word := range []string{"张三", "12号", "13800001234"} {
			require.NotContains(t, string(answer.Body), word)
		}
		answer.JSON(&got)
		require.Len(t, got.Items, 1, "once is no repetition")
		p := got.Items[0]
		require.Equal(t, "security.noise", p.Category.Code)
		require.Equal(t, "合江社区 合江一号微网格", p.Place)
		require.Equal(t, "合江路", p.Road)
		require.Equal(t, incident.SpotCount{N: 2, Before: 1}, p.Day)
		require.Equal(t, incident.SpotCount{N: 4, Before: 2}, p.Week)
		require.Equal(t, incident.SpotCount{N: 7, Before: 3}, p.Month)
		s.Get("duty", "/api/v1/hotspots?day="+incidenttest.Begin.AddDate(0, 0, -1).Format(time.DateOnly)).JSON(&got)
		require.Equal(t, incident.SpotCount{N: 1, Before: 0}, got.Items[0].Day)
		inside := s.Get("duty", fmt.Sprintf("/api/v1/incidents?bbox=%s&category=%s&from=%d&to=%d", p.BBox, p.Category.Code, p.From, p.To))
		var list struct{ Items []struct{ ID string } }
		inside.JSON(&list)
		require.Len(t, list.Items, 8, "the link shows what was counted, and what was voided")
		s.Get("dutyB", "/api/v1/hotspots").JSON(&got)
		require.Empty(t, got.Items)
		_, wrong := s.Get("duty", "/api/v1/hotspots?day=yesterday").Problem()
		require.Equal(t, []string{"day field.date"}, wrong)
	})
}

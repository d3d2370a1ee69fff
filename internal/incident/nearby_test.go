package incident_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

const nearbyPath = "/api/v1/public/nearby?lon=%v&lat=%v"

func around(t *testing.T, s *incidenttest.Server, lon, lat float64) (got incident.Surroundings) {
	t.Helper()
	s.Get("", fmt.Sprintf(nearbyPath, lon, lat)).JSON(&got)
	return got
}

// TestNearbyShowsWhatIsPublicAndNoMore puts matters of every sort on one spot: only open ones of public categories are
// shown, without a word of anybody, at a rounded place.
func TestNearbyShowsWhatIsPublicAndNoMore(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		r := reported(t, o, s, fields{"text": "北门路面塌了，我是王五", "lon": 104.06512, "lat": 30.65487, "category": "environment.road",
			"reporter": fields{"name": "王五", "phone": "13800001234"}})
		for _, hidden := range []fields{
			{"category": "dispute.neighbour"}, {"kind": "tipoff"}, {"kind": "help"}, {"kind": "enquiry"}, {"category": "security.theft"},
			{"lat": 30.6585}, {"lon": nil, "lat": nil},
		} {
			reported(t, o, s, road(hidden))
		}
		closed := reported(t, o, s, road(nil))
		o.Walk(closed.id, finished...)
		police := reported(t, o, s, road(nil))
		o.Act("duty", police.id, "dispatch", fields{"unit": incidenttest.Police})

		answer := s.Get("", fmt.Sprintf(nearbyPath, 104.065, 30.655))
		for _, word := range []string{"王五", "塌了", "13800001234", "104.06512", "30.65487"} {
			require.NotContains(t, string(answer.Body), word)
		}
		got := around(t, s, 104.065, 30.655)
		require.True(t, got.Inside)
		require.Equal(t, "合江社区", got.Area)
		require.Len(t, got.Items, 1)
		m := got.Items[0]
		require.Equal(t, r.id, m.ID)
		require.Equal(t, incident.NearbyMatter{ID: r.id, Category: incident.NamedCode{Code: "environment.road", Name: "道路破损", NameEN: "Road damage"},
			Place: "合江一号微网格", Lon: 104.065, Lat: 30.655, Distance: 0, Since: m.Since, State: incident.Reported}, m)
		require.Zero(t, m.Since%int64(time.Hour/time.Millisecond))

		require.False(t, around(t, s, incidenttest.Outside.Lon, incidenttest.Outside.Lat).Inside)
		_, wrong := s.Get("", fmt.Sprintf(nearbyPath, 30.6, 104.0)).Problem()
		require.Equal(t, []string{"lat position.swapped"}, wrong)
		o.Clock.Advance(61 * 24 * time.Hour)
		require.Empty(t, around(t, s, 104.065, 30.655).Items, "what is two months old is no news")
	})
}

// TestNearbyTellsNoMoreToWhoAsksFromManyPoints walks around a matter and holds that the answers depend on its rounded
// place alone.
func TestNearbyTellsNoMoreToWhoAsksFromManyPoints(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		first := reported(t, o, s, road(fields{"lon": 104.0646, "lat": 30.6546}))
		second := reported(t, o, s, road(fields{"lon": 104.0654, "lat": 30.6554}))
		for n := range 40 {
			got := around(t, s, 104.061+float64(n)*0.0002, 30.6551)
			seen := map[string]int64{}
			for _, m := range got.Items {
				seen[m.ID] = m.Distance
			}
			one, here := seen[first.id]
			other, there := seen[second.id]
			require.Equal(t, here, there)
			require.Equal(t, one, other)
		}
	})
}

// TestMeTooPointsAtAnOpenMatter links a second report to the first without typing it again.
func TestMeTooPointsAtAnOpenMatter(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		r := reported(t, o, s, road(nil))
		send := func(key, same string) *incidenttest.Answer {
			return s.Do(incidenttest.Call{Method: http.MethodPost, Path: publicPath, Body: road(fields{"text": "我也遇到了", "same_as": same}), Key: key})
		}
		var first, again receipt
		send("tap", r.id).JSON(&first)
		send("tap", r.id).JSON(&again)
		require.Equal(t, first, again, "two taps are one report")
		require.NotEqual(t, r.code, first.Code)
		mine := resident{s, t, first.Code, ""}.letter()
		require.Equal(t, r.letter().Number, mine.SameAs)
		require.True(t, mine.Merged)
		o.Link()
		entries := o.Timeline(r.id)
		require.Len(t, entries, 2)
		require.Equal(t, "joined", entries[1].Do)
		require.Contains(t, string(entries[1].Body), first.Number)
		require.EqualValues(t, 1, o.Load(r.id).Joined, "two taps are one more")
		require.Len(t, r.letter().Steps, 1, "another's report is no step of mine")

		for _, gone := range []string{"x", "01J00000000000000000000000", closedOne(o, t, s)} {
			_, wrong := send("", gone).Problem()
			require.Equal(t, []string{"same_as report.same_gone"}, wrong)
		}
		require.Empty(t, o.Broken(r.id))
		require.Empty(t, o.Unproved())
	})
}

func closedOne(o *incidenttest.Office, t *testing.T, s *incidenttest.Server) string {
	r := reported(t, o, s, road(nil))
	o.Walk(r.id, finished...)
	return r.id
}

package incident_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
)

// TestListsAgreeWithScopes makes up people with any posts and compares, for incidents in every state and place, the
// SQL of lists with the rule in memory: whoever may open an incident finds it in the list, and nobody else.
func TestListsAgreeWithScopes(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		var all []*incident.Incident
		places := []geo.Point{incidenttest.InMicro1, incidenttest.InMicro2, incidenttest.InMicro3, incidenttest.InMicro9, incidenttest.Outside}
		for n, s := range situations {
			for m, reporter := range []string{"duty", "station1", ""} {
				r := incidenttest.Noise(incidenttest.At(places[(n+m)%3]))
				if reporter == "" {
					r.Channel = "app"
				}
				inc := o.Report(reporter, r)
				if (n+m)%3 != 2 {
					o.Act("duty", inc.ID, "place", fields{"area": incidenttest.Micro1})
					o.People.Approving[incidenttest.Station] = s.approves
					inc = o.Walk(inc.ID, aimed(o, s.steps)...)
				}
				all = append(all, inc)
			}
		}
		for _, p := range places {
			all = append(all, o.Report("dutyB", incidenttest.Noise(incidenttest.At(p))))
		}
		known := o.Count(`SELECT count(*) FROM incidents`)
		areas := []string{"", incidenttest.City, incidenttest.District, incidenttest.StreetA, incidenttest.StreetB, incidenttest.Community1,
			incidenttest.Community2, incidenttest.Grid1, incidenttest.Micro1, incidenttest.Micro9, "moon"}
		units := []string{"", incidenttest.Centre, incidenttest.Station, incidenttest.Station2, incidenttest.Urban, incidenttest.Committee, "moon"}
		roles := []string{"duty", "station", "grid_head", "grid_worker", "microgrid_worker", "window", "leader", "police", "system_admin", "partner"}
		names := append(o.People.Logins(), "stranger", "")
		rapid.Check(t, func(rt *rapid.T) {
			actor := authz.Actor{AccountID: rapid.SampledFrom(names).Draw(rt, "account")}
			for range rapid.IntRange(0, 3).Draw(rt, "posts") {
				actor.Posts = append(actor.Posts, o.People.Post(rapid.SampledFrom(roles).Draw(rt, "role"),
					rapid.SampledFrom(units).Draw(rt, "unit"), rapid.SampledFrom(areas).Draw(rt, "area")))
			}
			list, _, err := o.List(context.Background(), actor, incident.Filter{Limit: 200})
			require.NoError(rt, err)
			listed := idsOf(list)
			for _, inc := range all {
				_, err := o.Get(context.Background(), actor, inc.ID)
				if err != nil {
					require.Equal(rt, "not_found", codeOf(err))
				}
				require.Equal(rt, err == nil, slices.Contains(listed, inc.ID), "%s %s for %+v", inc.State, inc.AreaID, actor)
			}
			require.LessOrEqual(rt, len(listed), known)
			n, err := o.Service.Count(context.Background(), actor, incident.Filter{}, known)
			require.NoError(rt, err)
			require.Equal(rt, len(listed), n, "what is counted is what is listed")
		})
	})
}

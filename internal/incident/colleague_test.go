package incident_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

func TestColleaguesSayWhomToSendTo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		s := o.Serve()
		until := incidenttest.Begin.AddDate(0, 0, 3).UnixMilli()
		o.People.Away["station1b"] = incident.Absence{Until: until, Delegate: incident.PersonRef{ID: "station1", Name: "工作甲"}}
		for range 2 {
			inc := o.Report("duty", incidenttest.Noise())
			o.Walk(inc.ID, taken...)
		}
		done := o.Report("duty", incidenttest.Noise())
		o.Walk(done.ID, handled...)

		var page struct{ Items []incident.ColleagueView }
		s.Get("duty", "/api/v1/units/"+incidenttest.Station+"/people").JSON(&page)
		post := []incident.PostRef{{Role: "station", Name: "工作站人员", NameEN: "Station staff"}}
		require.Equal(t, []incident.ColleagueView{
			{ID: "station1", Name: "工作甲", Posts: post, OpenOrders: 2},
			{ID: "station1b", Name: "工作乙", Posts: post, Absent: true, Until: until, Delegate: &incident.PersonRef{ID: "station1", Name: "工作甲"}},
			{ID: "chief", Name: "站长甲", Posts: []incident.PostRef{{Role: "unit_head", Name: "单位负责人", NameEN: "Head of a unit"}}},
		}, page.Items)

		require.Equal(t, 200, s.Get("station1", "/api/v1/units/"+incidenttest.Station+"/people").Status)
		require.Equal(t, 404, s.Get("station1", "/api/v1/units/"+incidenttest.Police+"/people").Status, "a handler sees colleagues only")
		require.Equal(t, 404, s.Get("duty", "/api/v1/units/nowhere/people").Status)
		require.Equal(t, 403, s.Get("supervisor", "/api/v1/units/"+incidenttest.Station+"/people").Status)
	})
}

func TestPeopleAreOfferedWithTheirAbsence(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		o.People.Away["station1b"] = incident.Absence{Until: 1_900_000_000_000}
		inc := o.Report("duty", incidenttest.Noise())
		people := func(who, do string) (values []string, away []bool) {
			for _, offer := range o.Offers(o.Actor(who), inc, false) {
				if offer.Do != do {
					continue
				}
				for _, a := range offer.Asks {
					if a.Name == "person" {
						for _, p := range a.Options {
							values, away = append(values, p.Value), append(away, p.Absent != nil)
						}
					}
				}
			}
			return values, away
		}
		values, away := people("duty", "dispatch")
		require.Equal(t, []string{"station1", "station1b", "chief"}, values, "those of the proposed unit")
		require.Equal(t, []bool{false, true, false}, away)
		inc = o.Walk(inc.ID, taken...)
		for _, offer := range o.Offers(o.Actor("duty"), inc, false) {
			if offer.Do == "whistle" {
				require.NotEmpty(t, offer.Asks[0].Options, "units to call together are offered as one unit is")
			}
		}
		values, away = people("station1", "transfer")
		require.Equal(t, []string{"station1b", "chief"}, values)
		require.Equal(t, []bool{true, false}, away)
	})
}

package incident_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// elsewhere is a report that no rule of the office knows: its place is in the other street.
func elsewhere() incident.Report {
	return incidenttest.Noise(incidenttest.At(incidenttest.InMicro9))
}

func rest(o *incidenttest.Office, units ...string) {
	o.Service.Dispatch = incidenttest.Rules{Resting: units}
}

func TestWhereNoRuleKnowsTheUnitTheModelProposes(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		duty := o.Actor("dutyB")
		inc := o.Report("dutyB", elsewhere())
		require.Nil(t, o.View(duty, inc).Proposal, "no rule fits")

		o.Service.Reader = reader{confidence: 0.8397, unit: incidenttest.Urban}
		view := o.View(duty, inc)
		require.Equal(t, incidenttest.Urban, view.Proposal.Unit.ID)
		reason := incident.Reason{Code: "learned", Params: map[string]string{"unit": "城市管理局", "percent": "83"}}
		require.Equal(t, reason, view.Proposal.Reason)
		require.Nil(t, view.Suggested.Unit, "it is the proposal already")

		for why, reader := range map[string]reader{
			"closed": {confidence: 0.9, unit: incidenttest.Closed}, "vanished": {confidence: 0.9, unit: "gone"}, "unlikely": {confidence: 0.49, unit: incidenttest.Urban},
		} {
			o.Service.Reader = reader
			require.Nil(t, o.View(duty, inc).Proposal, why)
		}
		o.Service.Reader = reader{confidence: 0.83, unit: incidenttest.Urban}
		rest(o, incidenttest.Urban)
		require.Nil(t, o.View(duty, inc).Proposal, "nobody there is on duty")
		rest(o)

		inc = o.Act("dutyB", inc.ID, "dispatch", nil)
		require.Equal(t, incidenttest.Urban, inc.Lead().UnitID)
		require.Equal(t, reason, inc.Lead().Reason)
		require.False(t, inc.Lead().Changed)
		o.Act("department", inc.ID, "return_order", fields{"order": inc.LeadOrder, "reason": "不归我们管"})
		require.Nil(t, o.View(duty, o.Load(inc.ID)).Proposal, "never to whoever returned it")
	})
}

func TestBesideARuleTheModelIsASecondOption(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		duty := o.Actor("duty")
		o.Service.Reader = reader{confidence: 0.7, unit: incidenttest.Urban}
		inc := o.Report("duty", incidenttest.Noise())
		view := o.View(duty, inc)
		require.Equal(t, incidenttest.Station, view.Proposal.Unit.ID, "the rule stays first")
		require.Equal(t, &incident.SuggestedUnit{UnitRef: view.Suggested.Unit.UnitRef, Confidence: 0.7, Made: 2000}, view.Suggested.Unit)
		require.Equal(t, incidenttest.Urban, view.Suggested.Unit.ID)
		require.Nil(t, o.Row(duty, inc).Suggested)
		require.Nil(t, o.View(o.Actor("supervisor"), inc).Suggested, "it helps who sends")

		o.Service.Reader = reader{confidence: 0.7, unit: incidenttest.Station}
		require.Nil(t, o.View(duty, inc).Suggested.Unit, "the rule says the same")
		o.Service.Reader = reader{confidence: 0.7, unit: incidenttest.Urban}
		inc = o.Act("duty", inc.ID, "dispatch", fields{"unit": incidenttest.Urban})
		require.True(t, inc.Lead().Changed, "taking it goes against the rule, and says so")
		require.Nil(t, o.View(duty, inc).Suggested, "it is sent")
	})
}

func TestTheModelSendsAloneOnlyWhereNoRuleKnowsAndItIsSure(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		sent := func(r incident.Report) *incident.Order { return o.Report("dutyB", r).Lead() }
		o.Service.Reader = reader{confidence: 0.9, unit: incidenttest.Urban}
		require.Nil(t, sent(elsewhere()), "off until somebody switches it on")

		admin := o.Actor("system")
		set := func(above float64) error {
			return o.SetAlone(t.Context(), admin, incident.LearnedUnit, incident.Alone{Above: above})
		}
		require.Equal(t, []string{"above category.alone_range"}, fieldsOf(set(0.49)))
		require.Equal(t, "forbidden", codeOf(o.SetAlone(t.Context(), o.Actor("duty"), incident.LearnedUnit, incident.Alone{Above: 0.9})))
		require.NoError(t, set(0.9))
		category, err := o.Alone(t.Context(), incident.LearnedCategory)
		require.NoError(t, err)
		require.Zero(t, category.Above, "each model has its own mark")

		inc := o.Report("dutyB", elsewhere())
		require.Equal(t, incident.InProgress, inc.State)
		require.Equal(t, incidenttest.Urban, inc.Lead().UnitID)
		require.Equal(t, "learned", inc.Lead().Reason.Code)
		require.False(t, inc.Lead().ByPerson)
		entry := o.Timeline(inc.ID)[1]
		require.Equal(t, "dispatch", entry.Do)
		require.Equal(t, "model", o.EntryView(entry).Actor.Name)

		require.Nil(t, o.Report("duty", incidenttest.Noise()).Lead(), "never against a rule")
		require.Nil(t, o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat, r.Address = nil, nil, "" })).Lead(), "not while its place is unknown")
		rest(o, incidenttest.Urban)
		require.Nil(t, sent(elsewhere()), "not while nobody there is on duty")
		rest(o)
		o.Service.Reader = reader{confidence: 0.899, unit: incidenttest.Urban}
		require.Nil(t, sent(elsewhere()), "not below the mark")
		o.Service.Reader = reader{confidence: 0.99, unit: incidenttest.Closed}
		require.Nil(t, sent(elsewhere()), "not to a closed unit")

		o.Service.Reader = reader{confidence: 0.95, unit: incidenttest.Urban}
		unplaced := o.Report("dutyB", incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat, r.Address = nil, nil, "" }))
		require.Nil(t, unplaced.Lead())
		placed := o.Act("dutyB", unplaced.ID, "place", fields{"lon": incidenttest.InMicro9.Lon, "lat": incidenttest.InMicro9.Lat})
		require.Equal(t, incidenttest.Urban, placed.Lead().UnitID, "as soon as somebody says where it is")
		require.NoError(t, set(0))
		require.Nil(t, sent(elsewhere()))
	})
}

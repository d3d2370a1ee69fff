package incident_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// What an incident teaches is the category that it had when it was closed, and the unit that handled it, not those that
// somebody guessed first.
func TestClosedIncidentsTeachWhatBecameOfThem(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		closed := o.Report("duty", incidenttest.Noise(incidenttest.Of("environment.light", ""), func(r *incident.Report) { r.Title = "夜里太吵" }))
		o.Act("duty", closed.ID, "accept", fields{"category": "security.noise"})
		o.Walk(closed.ID, finished...)
		unnamed := o.Report("duty", incidenttest.Noise(incidenttest.Of("", ""), func(r *incident.Report) { r.Text = "请来看看。" }))
		require.Empty(t, unnamed.Category)
		o.Walk(unnamed.ID, finished...)
		o.Report("duty", incidenttest.Noise())

		var all []incident.Lesson
		require.NoError(t, o.Lessons(t.Context(), func(l incident.Lesson) error {
			all = append(all, l)
			return nil
		}))
		const where = "合江社区，合江第一网格，合江一号微网格"
		require.ElementsMatch(t, []incident.Lesson{
			{ID: closed.ID, Title: "夜里太吵", Text: closed.Text, Where: where, Category: "security.noise", Unit: incidenttest.Station},
			{ID: unnamed.ID, Title: "请来看看", Text: "请来看看。", Where: where, Unit: incidenttest.Station},
		}, all, "open ones teach nothing")

		stop := errors.New("enough")
		require.ErrorIs(t, o.Lessons(t.Context(), func(incident.Lesson) error { return stop }), stop)
	})
}

// Whoever gives it back, or hands it on, is no example of who is responsible.
func TestTheUnitThatHandledItIsTheOneThatTeaches(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		o.Act("duty", inc.ID, "accept", nil)
		inc = o.Act("duty", inc.ID, "dispatch", fields{"unit": incidenttest.Police})
		o.Act("police1", inc.ID, "return_order", fields{"order": inc.LeadOrder, "reason": "不归我们管", "unit": incidenttest.Urban})
		inc = o.Act("duty", inc.ID, "dispatch", nil)
		require.Equal(t, incidenttest.Urban, inc.Lead().UnitID)
		o.Act("department", inc.ID, "accept_order", nil)
		o.Act("department", inc.ID, "handle", fields{"result": "已劝导"})
		o.Walk(inc.ID, finished[len(handled):]...)
		var units []string
		require.NoError(t, o.Lessons(t.Context(), func(l incident.Lesson) error {
			units = append(units, l.Unit)
			return nil
		}))
		require.Equal(t, []string{incidenttest.Urban}, units)
	})
}

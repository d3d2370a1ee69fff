package incident_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// What an incident teaches is the category that it had when it was closed, not the one that somebody guessed first.
func TestClosedIncidentsTeachTheirCorrectedCategory(t *testing.T) {
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
		require.Equal(t, []incident.Lesson{{ID: closed.ID, Title: "夜里太吵", Text: closed.Text, Category: "security.noise"}}, all,
			"open ones and those without a category teach nothing")

		stop := errors.New("enough")
		require.ErrorIs(t, o.Lessons(t.Context(), func(incident.Lesson) error { return stop }), stop)
	})
}

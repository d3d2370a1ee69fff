package incident_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/fault"
)

// A volunteer on the move (CD-29) reports what they come across and sees what becomes of it, and nothing else.
func TestAVolunteerReportsAndSeesTheOwn(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		others := o.Report("duty", incidenttest.Noise())
		own := o.Report("volunteer", incidenttest.Noise(func(r *incident.Report) { r.Channel = "patrol" }))
		require.Equal(t, []string{own.ID}, found(t, o, "volunteer", incident.Filter{}))
		_, err := o.Get(context.Background(), o.Actor("volunteer"), others.ID)
		require.True(t, fault.Is(err, "not_found"), err)
		require.Empty(t, o.View(o.Actor("volunteer"), own).Actions, "the rest is for others")
		require.NotEmpty(t, found(t, o, "duty", incident.Filter{Queue: "todo"}))
	})
}

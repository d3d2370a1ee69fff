package incident_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// TestTheCodeIsPrintedForTheVisitorOnly gives the code to the clerk who took the matter in, for an hour, and to nobody else.
func TestTheCodeIsPrintedForTheVisitorOnly(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := context.Background()
		inc, code := o.ReportCode("window", incidenttest.Noise(func(r *incident.Report) { r.Channel = "window" }))
		got, err := o.SlipCode(ctx, o.Actor("window"), inc.ID)
		require.NoError(t, err)
		require.Equal(t, code, got)
		require.Equal(t, 1, o.Count(`SELECT count(*) FROM audit_entries WHERE action = 'reporter.code' AND object_id = $1`, inc.ID))
		_, err = o.SlipCode(ctx, o.Actor("duty"), inc.ID)
		require.Equal(t, "forbidden", codeOf(err))
		_, err = o.SlipCode(ctx, o.Actor("station1"), inc.ID)
		require.Equal(t, "not_found", codeOf(err))
		called, _ := o.ReportCode("duty", incidenttest.Noise())
		_, err = o.SlipCode(ctx, o.Actor("duty"), called.ID)
		require.Equal(t, "forbidden", codeOf(err), "by phone it is read out, not printed")
		o.Clock.Advance(time.Hour + time.Second)
		_, err = o.SlipCode(ctx, o.Actor("window"), inc.ID)
		require.Equal(t, "forbidden", codeOf(err))
	})
}

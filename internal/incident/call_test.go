package incident_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

func TestCallsBackAreTriedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise(incidenttest.By("王女士", "13800001234")))
		o.Walk(inc.ID, finished...)
		in := func(d time.Duration) int64 { return o.Clock.Now().Add(d).UnixMilli() }
		for name, f := range map[string]fields{
			"reached, and yet again": {"reached": "reached", "again_at": in(time.Hour)},
			"never, and yet again":   {"reached": "no_answer", "again_at": in(time.Hour), "do_not_call": true},
			"yesterday":              {"reached": "no_answer", "again_at": in(-time.Hour)},
			"next year":              {"reached": "no_answer", "again_at": in(400 * 24 * time.Hour)},
			"no time at all":         {"reached": "no_answer", "again_at": "soon"},
			"before all time":        {"reached": "no_answer", "again_at": -1},
			"half a millisecond":     {"reached": "no_answer", "again_at": 1.5},
		} {
			_, err := o.Try("duty", inc.ID, "follow_up", f)
			require.Equal(t, "invalid", codeOf(err), name)
		}
		due := func() (ids []string) {
			list, _, err := o.List(context.Background(), o.Actor("duty"), incident.Filter{Call: "due"})
			require.NoError(t, err)
			return idsOf(list)
		}
		again := in(2 * time.Hour)
		view := o.View(o.Actor("duty"), o.Act("duty", inc.ID, "follow_up", fields{"reached": "no_answer", "again_at": again}))
		require.Equal(t, &incident.CallView{Attempts: 1, AgainAt: again}, view.Call)
		require.Empty(t, due())
		o.Clock.Advance(2 * time.Hour)
		require.Equal(t, []string{inc.ID}, due())
		counts, err := o.Counts(context.Background(), o.Actor("duty"), []string{"due"}, 10)
		require.NoError(t, err)
		require.Equal(t, 1, counts["due"])
		after := o.Act("duty", inc.ID, "follow_up", fields{"reached": "declined", "do_not_call": true})
		require.Equal(t, incident.Call{Attempts: 2, DoNotCall: true}, after.Call)
		require.Empty(t, due())
		_, _, err = o.List(context.Background(), o.Actor("duty"), incident.Filter{Call: "never"})
		require.Equal(t, "invalid", codeOf(err))
	})
}

func TestReopeningPlansNoCall(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		o.Walk(inc.ID, finished...)
		o.Act("duty", inc.ID, "follow_up", fields{"reached": "no_answer", "again_at": o.Clock.Now().Add(time.Hour).UnixMilli()})
		inc = o.Act("duty", inc.ID, "reopen", fields{"reason": "来电说没有解决"})
		require.Equal(t, incident.Call{Attempts: 1}, inc.Call)
	})
}

func TestSupervisorRatesAndReports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("supervisor", incidenttest.Noise(func(r *incident.Report) { r.Channel = "patrol" }))
		o.Walk(inc.ID, handled...)
		for _, rating := range []any{0, 6, 2.5, "good", nil} {
			_, err := o.Try("supervisor", inc.ID, "review", fields{"rating": rating})
			require.Equal(t, "invalid", codeOf(err), "%v", rating)
		}
		o.Act("supervisor", inc.ID, "review", fields{"rating": 2, "text": "照片看不清，13800001234"})
		view := o.View(o.Actor("duty"), o.Act("supervisor", inc.ID, "review", fields{"rating": 4}))
		require.Equal(t, int64(4), view.Review.Rating)
		require.Equal(t, incident.PersonRef{ID: "supervisor", Name: "监督甲"}, view.Review.By)
		require.Equal(t, incident.Checking, view.State, "a rating moves nothing")
		require.Empty(t, o.Broken(inc.ID))
	})
}

func TestLostCodeIsToldByTheDesk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc, code := o.ReportCode("duty", incidenttest.Noise(incidenttest.By("王女士", "13800001234")))
		o.Walk(inc.ID, taken...)
		ctx := context.Background()
		full, err := o.Reveal(ctx, o.Actor("duty"), inc.ID, "回电")
		require.NoError(t, err)
		require.Empty(t, full.Code, "another purpose tells no code")
		full, err = o.Reveal(ctx, o.Actor("duty"), inc.ID, incident.LostCode)
		require.NoError(t, err)
		require.Equal(t, code, full.Code)
		require.Equal(t, 1, o.Count(`SELECT count(*) FROM audit_entries WHERE action = 'reporter.code' AND object_id = $1`, inc.ID))
		_, err = o.Reveal(ctx, o.Actor("station1"), inc.ID, incident.LostCode)
		require.Equal(t, "reporter.code_desk", codeOf(err))
	})
}

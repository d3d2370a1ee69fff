package clock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

func TestDefaultsAreGivenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _, _ := open(t, d)
		ctx := t.Context()
		require.NoError(t, s.EnsureLimits(ctx))
		list, err := s.List(ctx)
		require.NoError(t, err)
		require.NotEmpty(t, list)
		for n, l := range list {
			due, err := s.Table().Calendar("").Due(monday, l.Unit, l.Amount)
			require.NoError(t, err)
			require.True(t, due.After(monday))
			for _, o := range list[n+1:] {
				require.False(t, l.Stage == o.Stage && l.Category == o.Category && l.Severity == o.Severity, "%v and %v fit the same cases", l, o)
			}
		}
		require.NoError(t, s.Delete(ctx, manager, list[0].ID, 1))
		other, _, _ := another(t, d)
		require.NoError(t, other.EnsureLimits(ctx))
		again, err := s.List(ctx)
		require.NoError(t, err)
		require.Len(t, again, len(list)-1, "what an administrator removed stays away")
	})
}

// The defaults make sense together: whoever keeps each stage keeps the whole, whenever a matter comes in.
func TestDefaultsFitTogether(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	require.NoError(t, s.EnsureLimits(t.Context()))
	for _, category := range []string{"security.noise", "safety.gas", "safety.water", "environment.rubbish", "environment.green", "enforcement.building", "petition.wage",
		"livelihood.property", "dispute.family", "care.child"} {
		for _, severity := range (words{}).Severities() {
			for hour := range 14 * 24 {
				start := monday.Add(time.Duration(hour) * time.Hour)
				due := map[clock.Stage]time.Time{}
				for _, c := range s.For(clock.Case{Category: category, Severity: severity}, start) {
					at, err := c.Due(start)
					require.NoError(t, err)
					due[c.Limit.Stage] = at
				}
				for _, pair := range [][2]clock.Stage{{clock.Dispatch, clock.Accept}, {clock.Accept, clock.Arrive}, {clock.Arrive, clock.Handle}, {clock.Handle, clock.Total}} {
					require.False(t, due[pair[0]].After(due[pair[1]]), "%s %s from %s: %s is due after %s", category, severity, local(t, start), pair[0], pair[1])
				}
				require.Equal(t, severity == "major" || severity == "emergency", !due[clock.Progress].IsZero())
			}
		}
	}
}

// The street's promise holds for whatever is sent to somebody at once, day and night.
func TestDefaultsKeepThePromise(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	require.NoError(t, s.EnsureLimits(t.Context()))
	night := monday.Add(15 * time.Hour) // two in the morning
	for _, c := range []clock.Case{{Category: "security.noise", Severity: "general"}, {Category: "environment.manhole", Severity: "emergency"}, {Category: "worker_help", Severity: "emergency"}} {
		for stage, minutes := range map[clock.Stage]time.Duration{clock.Dispatch: 1, clock.Arrive: 5} {
			limit, ok := s.Limit(stage, c, night)
			require.True(t, ok)
			due, err := limit.Due(night)
			require.NoError(t, err)
			require.Equal(t, minutes*time.Minute, due.Sub(night), "%v %s", c, stage)
		}
	}
}

func TestPreview(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	require.NoError(t, s.EnsureLimits(t.Context()))
	at, list, missing, err := s.Preview(clock.Question{Category: "environment.rubbish", Severity: "general", Area: "grid", Unit: "station"})
	require.NoError(t, err)
	require.Equal(t, monday, at)
	require.Empty(t, missing)
	due := map[clock.Stage]string{}
	for _, f := range list {
		due[f.Limit.Stage] = local(t, time.UnixMilli(f.DueAt))
		require.LessOrEqual(t, f.WarnAt, f.DueAt)
	}
	require.Equal(t, "2026-09-21 17:00", due[clock.Handle], "four working hours from eleven, with lunch in between")
	require.Equal(t, "2026-09-21 11:01", due[clock.Dispatch])
	_, _, missing, err = s.Preview(clock.Question{At: monday.AddDate(0, 3, 0).UnixMilli()})
	require.NoError(t, err)
	require.Equal(t, []int{2027}, missing)
	_, _, _, err = s.Preview(clock.Question{Category: "nothing", Severity: "terrible", Area: "moon", Unit: "nobody", At: -1})
	for _, field := range []string{"category", "severity", "area", "unit", "at"} {
		require.ErrorContains(t, err, field)
	}
}

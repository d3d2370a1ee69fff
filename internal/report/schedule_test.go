package report_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
	"gezhi/internal/report"
)

// TestEachPeriodIsReportedOnce lets two nodes look at the same moments.
func TestEachPeriodIsReportedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		one, other := newDesk(t, d), newDesk(t, d)
		both := func(day, hour int) []report.Report {
			var wg sync.WaitGroup
			for _, s := range []*desk{one, other} {
				s.clock.Set(time.Date(2026, 11, day, hour, 0, 0, 0, zone))
				wg.Go(func() {
					for range 3 {
						require.NoError(t, s.RunDue(t.Context()))
					}
				})
			}
			wg.Wait()
			list, _, err := one.List(t.Context(), leader, report.Filter{}, "")
			require.NoError(t, err)
			return list
		}
		require.Empty(t, both(22, 9), "no period that began before the schedule")
		require.Empty(t, both(23, 7), "half past seven is not there yet")
		list := both(23, 8)
		require.Len(t, list, 2, "the Sunday, and its week")
		for _, r := range list {
			require.True(t, r.Scheduled)
			require.Equal(t, "2026-11-22", r.To)
			require.Equal(t, int64(1), r.Version)
		}
		require.True(t, fault.Is(one.Delete(t.Context(), leader, list[0].ID), "briefs.scheduled"))
		require.Len(t, both(26, 8), 5, "the days on which the program stood still are made afterwards")
		_, err := one.Make(t.Context(), leader, report.Daily, "S", "2026-11-26")
		require.NoError(t, err)
		require.Len(t, both(27, 8), 7, "what somebody asked for is no reason to leave it out")
	})
}

func TestReportsWaitUntilTheFiguresAreWhole(t *testing.T) {
	s := newDesk(t, dbtest.Lite(t))
	require.NoError(t, s.RunDue(t.Context()))
	s.clock.Advance(24 * time.Hour)
	s.figures.filling = true
	require.NoError(t, s.RunDue(t.Context()))
	list, _, err := s.List(t.Context(), leader, report.Filter{}, "")
	require.NoError(t, err)
	require.Empty(t, list)
	s.figures.filling = false
	require.NoError(t, s.RunDue(t.Context()))
	list, _, err = s.List(t.Context(), leader, report.Filter{}, "")
	require.NoError(t, err)
	require.Len(t, list, 2)
}

func TestASchedulesIsKeptByWhoManagesItsArea(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newDesk(t, d)
		require.NoError(t, s.RunDue(t.Context()))
		kept, err := s.Schedules(t.Context(), leader)
		require.NoError(t, err)
		require.Len(t, kept, 3, "an office has them without asking")

		in := report.Schedule{Kind: report.Daily, AreaID: "C1", Minute: 480, Enabled: true}
		_, err = s.PutSchedule(t.Context(), person("head", "C2", "", perm.FiguresRead, perm.ReportManage), in)
		require.Contains(t, err.Error(), "briefs.area_unknown")
		made, err := s.PutSchedule(t.Context(), leader, in)
		require.NoError(t, err)
		_, err = s.PutSchedule(t.Context(), leader, in)
		require.True(t, fault.Is(err, "briefs.schedule_stale"), "somebody else made it meanwhile")
		made.Enabled = false
		made, err = s.PutSchedule(t.Context(), leader, made)
		require.NoError(t, err)
		require.Equal(t, int64(2), made.Version)
		s.clock.Advance(24 * time.Hour)
		require.NoError(t, s.RunDue(t.Context()))
		list, _, err := s.List(t.Context(), leader, report.Filter{AreaID: "C1"}, "")
		require.NoError(t, err)
		require.Empty(t, list, "it is switched off")
	})
}

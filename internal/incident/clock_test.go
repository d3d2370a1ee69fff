package incident_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// clockOf returns the last clock of a stage, nil for none.
func clockOf(i *incident.Incident, stage clock.Stage) *incident.Clock {
	for n := len(i.Clocks) - 1; n >= 0; n-- {
		if i.Clocks[n].Stage == stage {
			return i.Clocks[n]
		}
	}
	return nil
}

// sweep lets time do what is due, until nothing is.
func sweep(t *testing.T, o *incidenttest.Office) (changed int) {
	t.Helper()
	for {
		n, err := o.Sweep(context.Background())
		require.NoError(t, err)
		if n == 0 {
			return changed
		}
		changed += n
	}
}

// told counts the entries of an action on the timeline; those about one stage, where it is given.
func told(o *incidenttest.Office, id, do string, stage clock.Stage) (n int) {
	for _, e := range o.Timeline(id) {
		var body struct{ Stage clock.Stage }
		_ = json.Unmarshal(e.Body, &body)
		if e.Do == do && (stage == "" || body.Stage == stage) {
			n++
		}
	}
	return n
}

func running(i *incident.Incident) (stages []clock.Stage) {
	for _, k := range i.Clocks {
		if k.Running() {
			stages = append(stages, k.Stage)
		}
	}
	return stages
}

// TestClocksRunWithTheWork follows one matter: every stage begins and ends with the step that the workflow names.
func TestClocksRunWithTheWork(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		require.ElementsMatch(t, []clock.Stage{clock.Dispatch, clock.Total}, running(inc))
		require.Equal(t, inc.ReceivedAt+time.Minute.Milliseconds(), inc.DueAt)
		o.Clock.Advance(30 * time.Second)
		inc = o.Act("duty", inc.ID, "dispatch", nil)
		require.ElementsMatch(t, []clock.Stage{clock.Accept, clock.Arrive, clock.Handle, clock.Total}, running(inc))
		require.Equal(t, inc.Lead().ID, clockOf(inc, clock.Arrive).OrderID)
		o.Clock.Advance(time.Minute)
		inc = o.Act("station1", inc.ID, "accept_order", nil)
		o.Clock.Advance(3 * time.Minute)
		inc = o.Act("station1", inc.ID, "arrive", fields{"reason": "室内"})
		require.ElementsMatch(t, []clock.Stage{clock.Handle, clock.Total}, running(inc))
		inc = o.Act("station1", inc.ID, "handle", fields{"result": "已劝说"})
		require.ElementsMatch(t, []clock.Stage{clock.Check, clock.Total}, running(inc))
		inc = o.Walk(inc.ID, step("duty2", "check_pass", nil), step("duty2", "close", fields{"answer": "已处理"}))
		require.Empty(t, running(inc))
		require.Zero(t, inc.DueAt)
		require.Zero(t, inc.LateStages)
		require.Zero(t, sweep(t, o))
	})
}

// TestTheSweepWarnsMarksAndClimbsOnce turns the clock past a limit, with two nodes that sweep at once.
func TestTheSweepWarnsMarksAndClimbsOnce(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		other := o.Node()
		both := func() {
			var wg sync.WaitGroup
			for _, node := range []*incidenttest.Office{o, other, o, other} {
				wg.Go(func() {
					_, err := node.Sweep(context.Background())
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		inc := o.Report("duty", incidenttest.Noise())
		o.Clock.Advance(47 * time.Second)
		require.Zero(t, sweep(t, o))
		o.Clock.Advance(time.Second)
		both()
		require.Equal(t, 1, told(o, inc.ID, "warn", clock.Dispatch))
		o.Clock.Advance(12 * time.Second)
		both()
		require.Equal(t, 1, told(o, inc.ID, "overdue", clock.Dispatch))
		require.Equal(t, 1, told(o, inc.ID, "climb", clock.Dispatch))
		require.Equal(t, "station", o.Load(inc.ID).Rung)
		for range 5 {
			o.Clock.Advance(10 * time.Minute)
			both()
		}
		require.Equal(t, 3, told(o, inc.ID, "climb", clock.Dispatch), "station, centre, command, and no further")
		after := o.Load(inc.ID)
		require.Equal(t, "command", after.Rung)
		require.Contains(t, after.Flags(), "escalated")
		require.Len(t, after.Copies, 3)
		require.Equal(t, int64(1), after.LateStages)
		_, err := o.Get(context.Background(), o.Actor("police1"), inc.ID)
		require.NoError(t, err, "who is told may read it")
	})
}

// TestASweepAfterADayAsleep does everything that was missed, once.
func TestASweepAfterADayAsleep(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		o.Clock.Advance(24 * time.Hour)
		require.Equal(t, 1, sweep(t, o))
		require.Zero(t, told(o, inc.ID, "warn", clock.Dispatch), "a warning that comes after the fact is none")
		require.Equal(t, 1, told(o, inc.ID, "overdue", clock.Dispatch))
		require.Equal(t, 3, told(o, inc.ID, "climb", clock.Dispatch))
		require.Zero(t, sweep(t, o))
		o.Clock.Set(o.Clock.Now().Add(-2 * time.Hour)) // a clock that was set back
		require.Zero(t, sweep(t, o))
	})
}

// TestAnEmptyRungIsSkippedAloud climbs past whoever is not on duty and says so.
func TestAnEmptyRungIsSkippedAloud(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		o.Ladder = incidenttest.Ladder{Empty: []string{"station", "centre"}}
		inc := o.Report("duty", incidenttest.Noise())
		o.Clock.Advance(time.Minute)
		sweep(t, o)
		require.Equal(t, "command", o.Load(inc.ID).Rung)
		last := o.Timeline(inc.ID)
		require.JSONEq(t, `[{"rung":"station","why":"nobody_on_duty"},{"rung":"centre","why":"nobody_on_duty"}]`, part(t, last[len(last)-1].Body, "skipped"))
	})
}

func part(t *testing.T, body json.RawMessage, name string) string {
	t.Helper()
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(body, &all))
	return string(all[name])
}

// TestAPauseMovesWhatWasLeft suspends over a weekend: working days count on from where they stood.
func TestAPauseMovesWhatWasLeft(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, step("duty", "dispatch", nil), step("station1", "accept_order", nil), step("station1", "arrive", fields{"reason": "室内"}))
		due := clockOf(inc, clock.Handle).DueAt // Thursday 18:00, from Monday
		require.Equal(t, "2026-03-05 18:00", incidenttest.Begin.Add(time.Duration(due-incidenttest.Begin.UnixMilli())*time.Millisecond).Format("2006-01-02 15:04"))
		o.Clock.Set(incidenttest.Begin.Add(26 * time.Hour)) // Tuesday 10:00
		inc = o.Walk(inc.ID, step("station1", "suspend", fields{"reason": "等鉴定"}), step("duty", "approve_suspension", nil))
		require.Empty(t, running(inc))
		require.Zero(t, inc.DueAt)
		require.Contains(t, inc.Flags(), "suspended")
		o.Clock.Set(incidenttest.Begin.Add(7*24*time.Hour + 2*time.Hour)) // Monday 10:00
		require.Zero(t, sweep(t, o), "nothing is due while the clock stands still")
		inc = o.Act("station1", inc.ID, "resume", nil)
		moved := time.UnixMilli(clockOf(inc, clock.Handle).DueAt).In(incidenttest.Begin.Location())
		// the pause began some ms after ten, because entries never share a moment: so much is still left after six
		require.WithinDuration(t, time.Date(2026, 3, 11, 18, 0, 0, 0, incidenttest.Begin.Location()), moved, time.Second, "the four office days of the pause are added")
		require.Equal(t, 1, told(o, inc.ID, "approve_suspension", ""))
		require.Equal(t, 1, told(o, inc.ID, "resume", ""))
	})
}

// TestAPauseEndsByItself resumes when the time has come that was given for it.
func TestAPauseEndsByItself(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		until := o.Clock.Now().Add(2 * time.Hour).UnixMilli()
		inc = o.Act("leader", inc.ID, "defer", fields{"reason": "等材料", "until": until})
		require.Contains(t, inc.Flags(), "deferred")
		_, err := o.Try("worker", inc.ID, "resume", nil)
		require.Equal(t, "resume.not_yours", codeOf(err))
		o.Clock.Advance(2 * time.Hour)
		sweep(t, o)
		inc = o.Load(inc.ID)
		require.NotContains(t, inc.Flags(), "deferred")
		require.InDelta(t, until+time.Minute.Milliseconds(), clockOf(inc, clock.Dispatch).DueAt, 10)
		require.Equal(t, 1, told(o, inc.ID, "resume_due", ""))
	})
}

// TestExtensions are approved once by the shift, then by a leader, and lift the mark only when they were asked for in time.
func TestExtensions(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, step("duty", "dispatch", nil), step("station1", "accept_order", nil))
		due := clockOf(inc, clock.Handle).DueAt
		day := int64(24 * time.Hour / time.Millisecond)
		_, err := o.Try("station1", inc.ID, "extend", fields{"until": due - 1, "reason": "早一点"})
		require.Equal(t, []string{"until extension.not_later"}, fieldsOf(err))
		o.Clock.Set(time.UnixMilli(due - 60_000))
		inc = o.Act("station1", inc.ID, "extend", fields{"until": due + day, "reason": "等配件"})
		require.Equal(t, "extend", inc.Asked.Kind)
		o.Clock.Set(time.UnixMilli(due + 60_000))
		sweep(t, o)
		require.True(t, clockOf(o.Load(inc.ID), clock.Handle).Late())
		inc = o.Act("duty", inc.ID, "approve_extension", nil)
		require.Equal(t, due+day, clockOf(inc, clock.Handle).DueAt)
		require.False(t, clockOf(inc, clock.Handle).Late(), "it was asked for in time")
		require.Equal(t, int64(1), inc.Extensions)
		o.Clock.Set(time.UnixMilli(due + day + 60_000))
		sweep(t, o)
		inc = o.Act("station1", inc.ID, "extend", fields{"until": due + 3*day, "reason": "还在等"})
		for _, do := range []string{"approve_extension", "refuse_extension"} {
			_, err = o.Try("duty", inc.ID, do, fields{"reason": "不同意"})
			if do == "approve_extension" {
				_, err = o.Try("duty", inc.ID, do, nil)
			}
			require.Equal(t, "extension.second", codeOf(err), do)
		}
		inc = o.Act("leader", inc.ID, "approve_extension", nil)
		require.Equal(t, due+3*day, clockOf(inc, clock.Handle).DueAt)
		require.True(t, clockOf(inc, clock.Handle).Late(), "it was asked for too late")
		require.Equal(t, int64(2), inc.Extensions)
		_, err = o.Try("leader", inc.ID, "approve_extension", nil)
		require.Equal(t, "extension.none", codeOf(err))
	})
}

// TestAReturnBeginsANewDispatch (MISSION H4) keeps the time of the whole matter and begins that of the new dispatch.
func TestAReturnBeginsANewDispatch(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, step("duty", "dispatch", nil), step("station1", "accept_order", nil))
		total := *clockOf(inc, clock.Total)
		o.Clock.Advance(20 * time.Second)
		inc = o.Act("station1", inc.ID, "return_order", fields{"reason": "不归我站", "unit": incidenttest.Urban})
		require.ElementsMatch(t, []clock.Stage{clock.Dispatch, clock.Total}, running(inc))
		again := clockOf(inc, clock.Dispatch)
		require.Equal(t, "dispatch.2", again.ID)
		require.Equal(t, inc.EntryAt+time.Minute.Milliseconds(), again.DueAt)
		require.Equal(t, total.DueAt, clockOf(inc, clock.Total).DueAt)
		require.Zero(t, inc.LateStages)
	})
}

// TestAClaimNobodyActsOnGoesBack into the pool, with a note, for others to claim.
func TestAClaimNobodyActsOnGoesBack(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, step("duty", "dispatch", fields{"pool": true}), step("station1", "claim", nil))
		o.Clock.Advance(5*time.Minute + time.Second)
		sweep(t, o)
		inc = o.Load(inc.ID)
		require.Equal(t, incident.Pooled, inc.Lead().State)
		require.Empty(t, inc.Lead().PersonID)
		require.Equal(t, 1, told(o, inc.ID, "back_to_pool", ""))
		require.ElementsMatch(t, []clock.Stage{clock.Accept, clock.Arrive, clock.Handle, clock.Total}, running(inc))
		require.Empty(t, o.Broken(inc.ID))
		inc = o.Act("station1b", inc.ID, "claim", nil)
		require.Equal(t, "station1b", inc.Lead().PersonID)
	})
}

// TestProgressIsAskedFor until a word comes, and is overdue when none does.
func TestProgressIsAskedFor(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Severity = "emergency" }))
		inc = o.Walk(inc.ID, step("duty", "dispatch", nil), step("station1", "accept_order", nil), step("station1", "arrive", fields{"reason": "室内"}))
		o.Clock.Advance(30*time.Minute + time.Second)
		sweep(t, o)
		require.Equal(t, 1, told(o, inc.ID, "ask_progress", clock.Progress))
		o.Act("duty", inc.ID, "note", fields{"text": "现场情况如何？"})
		require.NotZero(t, clockOf(o.Load(inc.ID), clock.Progress).WarnedAt, "only whoever works on it can answer")
		o.Act("station1", inc.ID, "note", fields{"text": "正在疏散"})
		require.Zero(t, clockOf(o.Load(inc.ID), clock.Progress).WarnedAt)
		o.Clock.Advance(61 * time.Minute)
		sweep(t, o)
		require.Equal(t, 1, told(o, inc.ID, "overdue", clock.Progress))
		require.True(t, clockOf(o.Load(inc.ID), clock.Progress).Late())
	})
}

// TestNothingStartsAClockAnew edits a matter in every way: its running clocks stay as they are.
func TestNothingStartsAClockAnew(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		before := asJSON(t, inc.Clocks)
		o.Clock.Advance(40 * time.Second)
		inc = o.Walk(inc.ID, step("duty", "mark", fields{"urgent": true}),
			step("duty", "place", fields{"lon": incidenttest.InMicro2.Lon, "lat": incidenttest.InMicro2.Lat}),
			step("duty", "note", fields{"text": "补充"}), step("duty", "accept", fields{"severity": "emergency", "category": "environment.smoke"}))
		require.JSONEq(t, before, asJSON(t, o.Load(inc.ID).Clocks))
	})
}

// TestTheClocksMakeNoDecisionStale: what only time did is no reason to refuse what somebody decided meanwhile.
func TestTheClocksMakeNoDecisionStale(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		o.Clock.Advance(time.Minute)
		sweep(t, o)
		o.Act("duty2", inc.ID, "note", fields{"text": "我来看"})
		_, err := o.Try("duty", inc.ID, "dispatch", fields{"version": inc.Version})
		require.Equal(t, "incident.stale", codeOf(err))
		seen := o.Load(inc.ID)
		o.Clock.Advance(20 * time.Minute)
		require.NotZero(t, sweep(t, o))
		after := o.Act("duty", inc.ID, "dispatch", fields{"version": seen.Version})
		require.Equal(t, incident.InProgress, after.State)
	})
}

// TestAWhistleCallsUnitsWhoReportIn gives each an order and a limit of its own; who leads stays as it was.
func TestAWhistleCallsUnitsWhoReportIn(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, step("duty", "dispatch", nil), step("station1", "accept_order", nil))
		lead := inc.LeadOrder
		inc = o.Act("duty", inc.ID, "whistle", fields{"units": []string{incidenttest.Police, incidenttest.Urban}, "text": "请到现场联合处置"})
		require.Len(t, inc.Orders, 3)
		require.Equal(t, lead, inc.LeadOrder)
		_, err := o.Try("duty", inc.ID, "whistle", fields{"units": []string{incidenttest.Police}, "text": "再来"})
		require.Equal(t, []string{"units unit.has_order"}, fieldsOf(err))
		inc = o.Act("police1", inc.ID, "report_in", fields{"text": "已到"})
		o.Clock.Advance(31 * time.Minute)
		sweep(t, o)
		inc = o.Load(inc.ID)
		require.Equal(t, 1, told(o, inc.ID, "overdue", clock.ReportIn), "urban management has not come")
		for _, order := range inc.Orders {
			if order.UnitID == incidenttest.Police {
				require.Equal(t, incident.Arrived, order.State)
			}
		}
	})
}

// TestABurstOfDueClocksLetsReportsThrough works off many at once while reports come in.
func TestABurstOfDueClocksLetsReportsThrough(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		var ids []string
		for range 300 {
			ids = append(ids, o.Report("duty", incidenttest.Noise()).ID)
		}
		o.Clock.Advance(time.Hour)
		done := make(chan int)
		go func() { done <- sweep(t, o) }()
		for range 20 {
			o.Report("duty", incidenttest.Noise())
		}
		require.GreaterOrEqual(t, <-done, 300)
		for _, id := range ids {
			require.Equal(t, 1, told(o, id, "overdue", clock.Dispatch))
		}
	})
}

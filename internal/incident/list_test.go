package incident_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

func idsOf(list []*incident.Incident) []string {
	ids := []string{}
	for _, i := range list {
		ids = append(ids, i.ID)
	}
	return ids
}

// found returns the ids of a list.
func found(t *testing.T, o *incidenttest.Office, who string, f incident.Filter) []string {
	t.Helper()
	list, _, err := o.List(context.Background(), o.Actor(who), f)
	require.NoError(t, err)
	return idsOf(list)
}

// TestPagesAreStableAndComplete turns pages while new incidents come in and old ones change: everything that was there
// at the beginning is shown exactly once, newest first, also where many came in the same millisecond.
func TestPagesAreStableAndComplete(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		var all []string
		for n := range 60 {
			if n%7 == 0 {
				o.Clock.Advance(time.Millisecond)
			}
			all = append(all, o.Report("duty", incidenttest.Noise()).ID)
		}
		for _, size := range []int{1, 7, 59, 60, 200} {
			var seen []string
			var last *incident.Incident
			cursor := ""
			for {
				list, next, err := o.List(context.Background(), o.Actor("duty"), incident.Filter{Limit: size, Cursor: cursor})
				require.NoError(t, err)
				for _, i := range list {
					if last != nil {
						require.True(t, i.ReceivedAt < last.ReceivedAt || i.ReceivedAt == last.ReceivedAt && i.ID < last.ID)
					}
					last = i
					if slices.Contains(all, i.ID) {
						seen = append(seen, i.ID)
					}
				}
				if next == "" {
					break
				}
				o.Clock.Advance(time.Millisecond)
				o.Report("duty", incidenttest.Noise())
				o.Act("duty", all[len(all)/2], "mark", fields{"urgent": true})
				cursor = next
			}
			require.ElementsMatch(t, all, seen, "pages of %d", size)
		}
	})
}

func TestEveryFilter(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		noise := o.Report("duty", incidenttest.Noise())
		o.Clock.Advance(time.Hour)
		bins := o.Report("worker", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2), incidenttest.Of("environment.rubbish", "suggestion"), func(r *incident.Report) {
			r.Channel, r.Severity, r.Text = "patrol", "minor", "小区垃圾桶满了没有人清运"
		}))
		o.Clock.Advance(time.Hour)
		lost := o.Report("duty", incidenttest.Noise(incidenttest.By("李四", "+86 139 0000 5678"), func(r *incident.Report) { r.Lon, r.Lat = nil, nil }))
		o.Act("duty", noise.ID, "mark", fields{"urgent": true})
		o.Walk(noise.ID, sent...)
		o.Act("duty", bins.ID, "dispatch", fields{"person": "department"})
		o.Drain()

		at := func(h int) int64 { return incidenttest.Begin.Add(time.Duration(h) * time.Hour).UnixMilli() }
		cases := []struct {
			filter incident.Filter
			want   []*incident.Incident
		}{
			{incident.Filter{}, []*incident.Incident{lost, bins, noise}},
			{incident.Filter{States: []string{"in_progress"}}, []*incident.Incident{bins, noise}},
			{incident.Filter{States: []string{"reported", "in_progress"}}, []*incident.Incident{lost, bins, noise}},
			{incident.Filter{Category: "environment.rubbish"}, []*incident.Incident{bins}},
			{incident.Filter{Category: "security"}, []*incident.Incident{lost, noise}},
			{incident.Filter{Category: "no.such"}, nil},
			{incident.Filter{Kind: "suggestion"}, []*incident.Incident{bins}},
			{incident.Filter{Channel: "patrol"}, []*incident.Incident{bins}},
			{incident.Filter{Group: "report"}, []*incident.Incident{lost, noise}},
			{incident.Filter{Severity: "minor"}, []*incident.Incident{bins}},
			{incident.Filter{Area: incidenttest.Micro2}, []*incident.Incident{bins}},
			{incident.Filter{Area: incidenttest.Community1}, []*incident.Incident{bins, noise}},
			{incident.Filter{Area: incidenttest.StreetB}, nil},
			{incident.Filter{Area: "moon"}, nil},
			{incident.Filter{Unit: incidenttest.Station}, []*incident.Incident{noise}},
			{incident.Filter{Unit: incidenttest.Urban}, []*incident.Incident{bins}},
			{incident.Filter{Person: "department"}, []*incident.Incident{bins}},
			{incident.Filter{Flag: "urgent"}, []*incident.Incident{noise}},
			{incident.Filter{Flag: "unplaced"}, []*incident.Incident{lost}},
			{incident.Filter{Queue: "unplaced"}, []*incident.Incident{lost}},
			{incident.Filter{Queue: "todo"}, []*incident.Incident{lost}},
			{incident.Filter{Queue: "today"}, []*incident.Incident{lost, bins, noise}},
			{incident.Filter{From: at(1)}, []*incident.Incident{lost, bins}},
			{incident.Filter{To: at(1)}, []*incident.Incident{noise}},
			{incident.Filter{From: at(1), To: at(2)}, []*incident.Incident{bins}},
			{incident.Filter{Box: &incident.Box{West: 104.07, South: 30.6, East: 104.08, North: 30.7}}, []*incident.Incident{bins}},
			{incident.Filter{Box: &incident.Box{West: 0, South: 0, East: 1, North: 1}}, nil},
			{incident.Filter{Q: bins.Number}, []*incident.Incident{bins}},
			{incident.Filter{Q: "139-0000-5678"}, []*incident.Incident{lost}},
			{incident.Filter{Q: "１３９００００５６７８"}, []*incident.Incident{lost}},
			{incident.Filter{Q: "13900005679"}, nil},
			{incident.Filter{Q: "垃圾"}, []*incident.Incident{bins}},
			{incident.Filter{Q: "烧烤店"}, []*incident.Incident{lost, noise}},
			{incident.Filter{Q: "满"}, []*incident.Incident{bins}},
			{incident.Filter{Q: "飞机"}, nil},
			{incident.Filter{Q: "%"}, nil},
			{incident.Filter{Q: `' OR 1=1 --`}, nil},
			{incident.Filter{Q: `"*^:()`}, nil},
			{incident.Filter{Q: "烧烤", Flag: "urgent", Kind: "complaint"}, []*incident.Incident{noise}},
		}
		for _, c := range cases {
			require.Equal(t, idsOf(c.want), found(t, o, "duty", c.filter), "%+v", c.filter)
		}
		counts, err := o.Counts(context.Background(), o.Actor("duty"), []string{"todo", "today", "unplaced", ""}, 2)
		require.NoError(t, err)
		require.Equal(t, map[string]int{"todo": 1, "today": 2, "unplaced": 1, "": 2}, counts, "counted up to the limit")
	})
}

func TestListRefusesNonsense(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		o.Report("duty", incidenttest.Noise())
		cursor := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
		cases := map[string]incident.Filter{
			"limit field.too_large":  {Limit: 201},
			"limit field.too_large ": {Limit: -1},
			"queue field.choice":     {Queue: "theirs"},
			"state field.choice":     {States: []string{"open"}},
			"flag field.choice":      {Flag: "red"},
			"q field.control":        {Q: "a\x00"},
			"q field.utf8":           {Q: "\xff"},
			"kind field.control":     {Kind: "\x00"},
			"unit field.utf8":        {Unit: "\xff"},
			"area field.control":     {Area: "\x00"},
		}
		for n, garbage := range []string{"!", "x", cursor(" "), cursor("1"), cursor("zz "), cursor("1 \xff"), cursor("1 \x00"), cursor("1 '; DROP TABLE incidents"), cursor("99999999999999999999 01ARZ3NDEKTSV4RRFFQ69G5FAV")} {
			cases["cursor field.cursor"+fmt.Sprintf("%*s", n, "")] = incident.Filter{Cursor: garbage}
		}
		for want, f := range cases {
			_, _, err := o.List(context.Background(), o.Actor("duty"), f)
			fields := fieldsOf(err)
			require.Len(t, fields, 1, "%+v: %v", f, err)
			require.Contains(t, want, fields[0])
		}
	})
}

// TestWhoSeesWhat holds the lists of several people against what each of them may know of.
func TestWhoSeesWhat(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		here := o.Report("duty", incidenttest.Noise())
		there := o.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		away := o.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		require.Equal(t, []string{here.ID}, found(t, o, "micro", incident.Filter{}))
		require.Equal(t, []string{there.ID}, found(t, o, "micro3", incident.Filter{}))
		require.Equal(t, []string{away.ID}, found(t, o, "dutyB", incident.Filter{}))
		require.ElementsMatch(t, []string{here.ID, there.ID}, found(t, o, "leader", incident.Filter{}))
		require.Empty(t, found(t, o, "station1", incident.Filter{}))
		for _, who := range []string{"nobody", "system", "security", "audit", "partner", ""} {
			require.Empty(t, found(t, o, who, incident.Filter{}), who)
		}

		among := func(who string) []string {
			ids, err := o.Readable(context.Background(), o.Actor(who), []string{here.ID, there.ID, away.ID, "none"})
			require.NoError(t, err)
			return ids
		}
		require.Equal(t, []string{here.ID}, among("micro"))
		require.ElementsMatch(t, []string{here.ID, there.ID}, among("leader"))
		require.Empty(t, among("nobody"))

		o.Walk(here.ID, sent...)
		require.Equal(t, []string{here.ID}, found(t, o, "station1", incident.Filter{}))
		require.Equal(t, []string{here.ID}, found(t, o, "station1", incident.Filter{Queue: "todo"}))
		require.Empty(t, found(t, o, "station2", incident.Filter{}))
		o.Act("station1", here.ID, "accept_order", nil)
		require.Empty(t, found(t, o, "station1b", incident.Filter{Queue: "todo"}), "a colleague has it")
		o.Act("station1", here.ID, "return_order", fields{"reason": "不归我站"})
		require.Empty(t, found(t, o, "station1", incident.Filter{}), "what was given back is gone")

		o.Act("dutyB", away.ID, "dispatch", fields{"unit": incidenttest.Station2})
		require.Equal(t, []string{away.ID}, found(t, o, "station2", incident.Filter{}), "work from another street")
		o.Act("dutyB", away.ID, "withdraw_order", nil)
		require.Empty(t, found(t, o, "station2", incident.Filter{}))

		brought := o.Report("station2", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9), func(r *incident.Report) { r.Channel = "visit" }))
		require.Equal(t, []string{brought.ID}, found(t, o, "station2", incident.Filter{}), "who brought it sees it")
	})
}

// TestMyOwnWorkDoesNotWaitForMe leaves out of the queue what the onlooker handled: somebody else has to check it.
func TestMyOwnWorkDoesNotWaitForMe(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("worker", incidenttest.Noise())
		o.Act("worker", inc.ID, "self_handle", incidenttest.Fields{"result": "当场劝离"})
		todo := incident.Filter{Queue: "todo"}
		require.Empty(t, found(t, o, "worker", todo))
		require.Equal(t, []string{inc.ID}, found(t, o, "duty", todo))
		require.Equal(t, []string{inc.ID}, found(t, o, "head", todo))
	})
}

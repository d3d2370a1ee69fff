package incident_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/fault"
)

// ways are the moves between states as they are meant to be, written down independently of the workflow's own table.
var ways = map[incident.State][]incident.State{
	incident.Reported:   {incident.Merged, incident.Verifying, incident.Accepted, incident.InProgress, incident.Checking, incident.Closed, incident.Rejected, incident.Voided},
	incident.Verifying:  {incident.Merged, incident.Accepted, incident.InProgress, incident.Rejected, incident.Voided},
	incident.Accepted:   {incident.Merged, incident.InProgress, incident.Checking, incident.Closed, incident.Rejected, incident.Voided},
	incident.InProgress: {incident.Merged, incident.Accepted, incident.Checking},
	incident.Checking:   {incident.Checked, incident.InProgress},
	incident.Checked:    {incident.Closed},
	incident.Closed:     {incident.Accepted},
	incident.Merged:     {incident.Accepted},
}

var orderWays = map[incident.OrderState][]incident.OrderState{
	"":                     {incident.Sent, incident.Pooled, incident.Handled},
	incident.Pooled:        {incident.OrderAccepted, incident.Returned, incident.Withdrawn},
	incident.Sent:          {incident.OrderAccepted, incident.Returned, incident.Withdrawn, incident.Sent, incident.Arrived},
	incident.OrderAccepted: {incident.Arrived, incident.Handled, incident.Returned, incident.Withdrawn, incident.Sent},
	incident.Arrived:       {incident.Handled, incident.Returned, incident.Withdrawn, incident.Sent},
	incident.Handled:       {incident.OrderAccepted},
}

// TestAnythingAnybodyDoes lets random people do random things with one incident, sometimes on an old version, and
// holds the invariants after each.
func TestAnythingAnybodyDoes(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		logins := o.People.Logins()
		busy := []string{"duty", "leader", "station1", "station1b", "chief", "worker", "police1", "department", "supervisor"}
		rapid.Check(t, func(rt *rapid.T) {
			kind := rapid.SampledFrom([]string{"complaint", "enquiry"}).Draw(rt, "kind")
			o.People.Approving[incidenttest.Station] = rapid.Bool().Draw(rt, "approving")
			inc := o.Report("duty", incidenttest.Noise(incidenttest.Of("", kind)))
			versions := []int64{inc.Version}
			for range rapid.IntRange(5, 40).Draw(rt, "length") {
				who := rapid.SampledFrom(busy).Draw(rt, "who")
				if rapid.IntRange(0, 9).Draw(rt, "anybody") == 0 {
					who = rapid.SampledFrom(logins).Draw(rt, "who else")
				}
				do := drawAction(rt, o, who, inc)
				f := given(o, do, drawFields(rt, do, inc))
				if rapid.IntRange(0, 9).Draw(rt, "stale") == 0 {
					f["version"] = rapid.SampledFrom(versions).Draw(rt, "version")
				}
				if rapid.Bool().Draw(rt, "time passes") {
					o.Clock.Advance(time.Duration(rapid.IntRange(-5, 5000).Draw(rt, "ms")) * time.Millisecond)
				}
				after, err := o.Try(who, inc.ID, do, f)
				if err != nil {
					_, ok := fault.As(err)
					require.True(rt, ok, "%s %s: %v", who, do, err)
					require.Equal(rt, inc.Version, o.Load(inc.ID).Version, "%s was refused and changed something", do)
					continue
				}
				requireLegal(rt, inc, after, do)
				require.Empty(rt, o.Broken(inc.ID), "after %s", do)
				inc, versions = after, append(versions, after.Version)
			}
			o.Drain()
		})
	})
}

// drawAction mostly picks something that is offered, and sometimes anything.
func drawAction(rt *rapid.T, o *incidenttest.Office, who string, inc *incident.Incident) string {
	if list := offered(o, who, o.Load(inc.ID)); len(list) > 0 && rapid.IntRange(0, 9).Draw(rt, "offered") > 0 {
		slices.Sort(list)
		return rapid.SampledFrom(list).Draw(rt, "do")
	}
	return rapid.SampledFrom(rules).Draw(rt, "any").do
}

func drawFields(rt *rapid.T, do string, inc *incident.Incident) fields {
	f := fields{}
	for k, v := range ruleOf(do).fields {
		f[k] = v
	}
	switch do {
	case "dispatch", "add_unit", "ask_unit":
		f["unit"] = rapid.SampledFrom([]string{incidenttest.Station, incidenttest.Police, incidenttest.Urban, incidenttest.Committee, incidenttest.Closed}).Draw(rt, "unit")
		if do == "dispatch" {
			f["pool"] = rapid.Bool().Draw(rt, "pool")
		}
	case "transfer":
		f["person"] = rapid.SampledFrom([]string{"station1", "station1b", "police1", "police2", "chief"}).Draw(rt, "person")
	}
	if len(inc.Orders) > 0 && rapid.Bool().Draw(rt, "names the order") && do != "dispatch" {
		switch do {
		case "claim", "accept_order", "arrive", "handle", "return_order", "transfer", "withdraw_order", "submit_reply", "ask_unit", "approve_reply", "refuse_reply":
			f["order"] = rapid.SampledFrom(inc.Orders).Draw(rt, "order").ID
		}
	}
	return f
}

func requireLegal(rt *rapid.T, before, after *incident.Incident, do string) {
	if before.State != after.State {
		require.Contains(rt, ways[before.State], after.State, "%s from %s", do, before.State)
	}
	for _, order := range after.Orders {
		var was incident.OrderState
		if old := before.Order(order.ID); old != nil {
			if was = old.State; was == order.State {
				continue
			}
		}
		require.Contains(rt, orderWays[was], order.State, "%s of an order from %q", do, was)
		if was == incident.Sent && order.State == incident.Arrived {
			require.Equal(rt, "report_in", do, "only whom a whistle calls may be there without accepting first")
		}
	}
	require.Len(rt, after.Orders, max(len(after.Orders), len(before.Orders)), "an order vanished")
	require.Greater(rt, after.EntryAt, before.EntryAt)
	require.Equal(rt, before.FiledArea, after.FiledArea)
}

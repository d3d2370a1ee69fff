package incident_test

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/jsontext"
)

func get(t *testing.T, o *incidenttest.Office, id string) *incident.Incident {
	t.Helper()
	inc, err := o.Service.Get(t.Context(), o.Actor("duty"), id)
	require.NoError(t, err)
	return inc
}

// leadView returns the lead order of an incident as the duty officer sees it in full.
func leadView(t *testing.T, o *incidenttest.Office, id string) incident.OrderView {
	t.Helper()
	v, err := o.ViewWhole(t.Context(), o.Actor("duty"), get(t, o, id))
	require.NoError(t, err)
	require.NotEmpty(t, v.Orders)
	return v.Orders[0]
}

func acknowledge(t *testing.T, o *incidenttest.Office, by string, inc *incident.Incident, read bool) {
	t.Helper()
	require.NoError(t, o.Acknowledge(t.Context(), o.Actor(by), []incident.OrderRef{{Incident: inc.ID, Order: inc.LeadOrder}}, read))
}

func TestAnOrderIsQueuedThenDeliveredThenRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Act("duty", inc.ID, "dispatch", fields{"person": "station1"})
		require.Equal(t, incident.Queued, leadView(t, o, inc.ID).Delivery)
		acknowledge(t, o, "duty", inc, true)
		acknowledge(t, o, "police1", inc, true)
		require.Equal(t, incident.Queued, leadView(t, o, inc.ID).Delivery, "another's screen says nothing")
		o.Clock.Advance(time.Minute)
		acknowledge(t, o, "station1", inc, false)
		first := leadView(t, o, inc.ID)
		require.Equal(t, incident.Delivered, first.Delivery)
		o.Clock.Advance(time.Minute)
		acknowledge(t, o, "station1", inc, false)
		require.Equal(t, first.DeliveredAt, leadView(t, o, inc.ID).DeliveredAt, "the first time counts")
		acknowledge(t, o, "station1", inc, true)
		read := leadView(t, o, inc.ID)
		require.Equal(t, incident.Read, read.Delivery)
		require.Equal(t, first.DeliveredAt+60_000, read.ReadAt)
		whole, err := o.ViewWhole(t.Context(), o.Actor("duty"), get(t, o, inc.ID))
		require.NoError(t, err)
		want, err := json.Marshal(whole)
		require.NoError(t, err)
		var w jsontext.Writer
		whole.AppendJSON(&w)
		require.Equal(t, string(want), string(w.Bytes))
		after := get(t, o, inc.ID)
		require.Equal(t, inc.Version, after.Version, "it is no step of the work")
		require.Equal(t, inc.EntrySeq, after.EntrySeq)
		require.Empty(t, o.Broken(inc.ID))
		after = o.Act("station1", inc.ID, "accept_order", nil)
		require.Equal(t, incident.Read, leadView(t, o, after.ID).Delivery, "and no step undoes it")
	})
}

// What an earlier holder received says nothing of the one who has it now.
func TestWhoeverGetsAnOrderNextHasNotReceivedIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Act("duty", inc.ID, "dispatch", fields{"person": "station1"})
		acknowledge(t, o, "station1", inc, true)
		inc = o.Act("station1", inc.ID, "transfer", fields{"person": "station1b"})
		require.Equal(t, incident.Queued, leadView(t, o, inc.ID).Delivery)
		acknowledge(t, o, "station1", inc, true)
		require.Equal(t, incident.Queued, leadView(t, o, inc.ID).Delivery)
		acknowledge(t, o, "station1b", inc, false)
		require.Equal(t, incident.Delivered, leadView(t, o, inc.ID).Delivery)
	})
}

func TestAnOrderForAUnitIsDeliveredWithTheFirstOfThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Act("duty", inc.ID, "dispatch", fields{"unit": incidenttest.Station, "pool": true})
		acknowledge(t, o, "police1", inc, false)
		require.Equal(t, incident.Queued, leadView(t, o, inc.ID).Delivery)
		acknowledge(t, o, "station1", inc, false)
		require.Equal(t, incident.Delivered, leadView(t, o, inc.ID).Delivery)
	})
}

// Screens and work at the same moment: neither waits for the other nor undoes it.
func TestScreensAndWorkDoNotDisturbEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Act("duty", inc.ID, "dispatch", fields{"person": "station1"})
		var all sync.WaitGroup
		for n := range 8 {
			all.Go(func() {
				err := o.Acknowledge(t.Context(), o.Actor("station1"), []incident.OrderRef{{Incident: inc.ID, Order: inc.LeadOrder}}, n%2 == 1)
				require.NoError(t, err)
			})
		}
		all.Go(func() { o.Act("station1", inc.ID, "accept_order", nil) })
		all.Wait()
		after := leadView(t, o, inc.ID)
		require.Equal(t, incident.Read, after.Delivery)
		require.Equal(t, incident.OrderAccepted, after.State)
		require.Empty(t, o.Broken(inc.ID))
	})
}

func TestAcknowledgementsOfNothing(t *testing.T) {
	o := incidenttest.New(t, dbtest.Lite(t))
	require.NoError(t, o.Acknowledge(t.Context(), o.Actor("station1"), nil, true))
	require.NoError(t, o.Acknowledge(t.Context(), o.Actor("station1"), []incident.OrderRef{{Incident: "x\x00", Order: "y"}, {Incident: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Order: "z"}}, true))
	require.Error(t, o.Acknowledge(t.Context(), o.Actor("station1"), make([]incident.OrderRef, 201), true))
}

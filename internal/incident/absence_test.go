package incident_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

// away sends somebody away; delegate "" stands for nobody.
func away(o *incidenttest.Office, who, delegate string) {
	o.People.Away[who] = incident.Absence{Until: incidenttest.Begin.AddDate(0, 0, 7).UnixMilli(),
		Delegate: incident.PersonRef{ID: delegate, Name: o.People.PersonName(delegate)}}
}

// lastBody returns what the newest entry of a timeline says.
func lastBody(t *testing.T, o *incidenttest.Office, id string) (do string, body map[string]any) {
	t.Helper()
	entries := o.Timeline(id)
	last := entries[len(entries)-1]
	require.NoError(t, json.Unmarshal(last.Body, &body))
	return last.Do, body
}

func TestOrdersForTheAbsentGoToTheDelegate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		away(o, "station1", "station1b")
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Act("duty", inc.ID, "dispatch", fields{"person": "station1"})
		require.Equal(t, "station1b", inc.Lead().PersonID)
		do, body := lastBody(t, o, inc.ID)
		require.Equal(t, "dispatch", do)
		require.Equal(t, "station1", body["meant_for"])
		require.Equal(t, "工作甲", body["meant_for_name"])
		require.Equal(t, "工作乙", body["person_name"])
		o.Act("station1b", inc.ID, "accept_order", nil)
		require.Empty(t, o.Broken(inc.ID))

		away(o, "station1b", "chief") // and who stands in is away too
		second := o.Report("duty", incidenttest.Noise())
		require.Equal(t, "chief", o.Act("duty", second.ID, "dispatch", fields{"person": "station1"}).Lead().PersonID)
		away(o, "chief", "station1") // a ring: nobody is there, so the person keeps it
		third := o.Report("duty", incidenttest.Noise())
		require.Equal(t, "station1", o.Act("duty", third.ID, "dispatch", fields{"person": "station1"}).Lead().PersonID)
		away(o, "station1", "police1") // who cannot take orders of the unit gets none
		fourth := o.Report("duty", incidenttest.Noise())
		require.Equal(t, "station1", o.Act("duty", fourth.ID, "dispatch", fields{"person": "station1"}).Lead().PersonID)
	})
}

func TestDelegateTakesWhatTheAbsentPersonWasSent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Category = "environment.light" }))
		inc = o.Act("duty", inc.ID, "dispatch", nil) // straight to "department"
		require.Equal(t, "department", inc.Lead().PersonID)
		_, err := o.Try("functional", inc.ID, "accept_order", nil)
		require.Equal(t, "order.of_another", codeOf(err))

		away(o, "department", "micro3") // who works elsewhere and sees nothing of it by unit or area
		requireTodo(t, o, "micro3", inc.ID)
		inc = o.Act("micro3", inc.ID, "accept_order", nil)
		require.Equal(t, "micro3", inc.Lead().PersonID)
		inc = o.Act("micro3", inc.ID, "handle", fields{"result": "已修好"})
		require.Equal(t, []string{"micro3"}, inc.Lead().Handlers)
		require.Empty(t, o.Broken(inc.ID))
	})
}

func TestHandOnGivesOpenOrdersAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		var sent []*incident.Incident
		for _, walk := range []steps{taken, arrived, {step("duty", "dispatch", fields{"person": "station1"})}, handled} {
			inc := o.Report("duty", incidenttest.Noise())
			sent = append(sent, o.Walk(inc.ID, walk...))
		}
		ctx := context.Background()
		_, err := o.HandOn(ctx, o.Actor("station1b"), "station1", "station1b")
		require.Equal(t, "forbidden", codeOf(err), "nobody helps themselves to another's work")
		done, err := o.HandOn(ctx, o.Actor("station1"), "station1", "station1b")
		require.NoError(t, err)
		require.Equal(t, incident.HandedOn{To: 3}, done)
		for _, before := range sent[:3] {
			inc := o.Load(before.ID)
			require.Equal(t, incident.Sent, inc.Lead().State)
			require.Equal(t, "station1b", inc.Lead().PersonID)
			do, body := lastBody(t, o, inc.ID)
			require.Equal(t, "hand_on", do)
			require.Equal(t, "工作甲", body["from_name"])
			require.Empty(t, o.Broken(inc.ID))
			o.Act("station1b", inc.ID, "accept_order", nil)
		}
		require.Equal(t, incident.Handled, o.Load(sent[3].ID).Lead().State, "what is done stays whose it was")

		done, err = o.HandOn(ctx, o.Actor("security"), "station1b", "police1") // a leaver; the police work elsewhere
		require.NoError(t, err)
		require.Equal(t, incident.HandedOn{Return: 3}, done)
		require.Empty(t, o.Load(sent[0].ID).Lead().PersonID)
		o.Act("station1", sent[0].ID, "accept_order", nil)
		done, err = o.HandOn(ctx, o.Actor("security"), "station1b", "")
		require.NoError(t, err)
		require.Zero(t, done)
		require.Empty(t, o.Unproved())
	})
}

package incident_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/now"
)

// live carries one report through on a ledger, from the hotline to the reporter's rating.
func live(t *testing.T, o *incidenttest.Office, l *incident.Ledger, clock *now.Manual, name string) *incident.Life {
	t.Helper()
	life, err := l.Report(o.Actor("duty"), incidenttest.Noise(func(r *incident.Report) { r.ExternalID = name }))
	require.NoError(t, err)
	for _, s := range []incidenttest.Step{
		{By: "duty", Do: "dispatch", Fields: incidenttest.Fields{}},
		{By: "station1", Do: "accept_order", Fields: incidenttest.Fields{}},
		{By: "station1", Do: "arrive", Fields: incidenttest.Fields{"reason": "楼内没有信号"}},
		{By: "station1", Do: "handle", Fields: incidenttest.Fields{"result": "音响已关。"}},
		{By: "duty", Do: "check_pass", Fields: incidenttest.Fields{}},
		{By: "duty", Do: "close", Fields: incidenttest.Fields{"answer": "已劝导，感谢反映。"}},
	} {
		clock.Advance(time.Minute)
		require.NoError(t, l.Act(o.Actor(s.By), life, incidenttest.Action(t, s.Do, s.Fields)), s.Do)
	}
	require.NoError(t, l.Rate(life, incident.Rating{Solved: true, Satisfaction: 5}, "很快"))
	return life
}

// TestLedger writes whole incidents, told to the feed and past it: nothing about them differs from those that the
// service itself carried, and they go on as any.
func TestLedger(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		ctx := context.Background()
		clock := now.NewManual(o.Clock.Now().Add(-48 * time.Hour))
		l := o.Service.Ledger(clock)
		var lives []*incident.Life
		for i := range 70 {
			lives = append(lives, live(t, o, l, clock, fmt.Sprint("past-", i)))
		}
		nothing := func(context.Context, db.Tx) error { return nil }
		require.NoError(t, l.WritePast(ctx, lives[:66], nothing))
		require.NoError(t, l.Write(ctx, lives[66:], nothing))
		o.Drain()
		wholeLedger(t, o, 70)

		loaded := o.Load(lives[0].ID)
		require.Equal(t, incident.Closed, loaded.State)
		require.Equal(t, lives[0].EntryHash, loaded.EntryHash)
		require.Empty(t, o.Broken(lives[69].ID))
		found, _, err := o.Service.List(ctx, incidenttest.Machine, incident.Filter{Q: "烧烤店", Limit: 200})
		require.NoError(t, err)
		require.Len(t, found, 70)
		letter, err := o.Service.Track(ctx, lives[1].Code)
		require.NoError(t, err)
		require.EqualValues(t, 5, letter.Rating.Satisfaction)

		o.Act("duty", lives[0].ID, "reopen", incidenttest.Fields{"reason": "又响了"})
		o.Act("duty", lives[69].ID, "reopen", incidenttest.Fields{"reason": "又响了"})
		o.Drain()
		wholeLedger(t, o, 70)
	})
}

// wholeLedger verifies chains, anchor and figures. The feed holds only what was told to it.
func wholeLedger(t *testing.T, o *incidenttest.Office, incidents int) {
	t.Helper()
	v, err := o.Verify(context.Background())
	require.NoError(t, err)
	require.Empty(t, v.Broken)
	require.EqualValues(t, incidents, v.Incidents)
	require.EqualValues(t, incidents, v.Anchor.Count)
	differences, err := o.Recount(context.Background())
	require.NoError(t, err)
	require.Empty(t, differences)
}

// TestLedgerRefuses holds that a ledger is no way around the table, and that a refused step leaves nothing behind.
func TestLedgerRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		clock := now.NewManual(o.Clock.Now().Add(-time.Hour))
		l := o.Service.Ledger(clock)
		life, err := l.Report(o.Actor("duty"), incidenttest.Noise(func(r *incident.Report) { r.ExternalID = "one" }))
		require.NoError(t, err)
		before := life.Incident
		entries := len(life.Entries())
		require.Error(t, l.Act(o.Actor("duty"), life, incident.Action{Do: "check_pass", Fields: map[string]json.RawMessage{}}))
		require.Error(t, l.Act(o.Actor("station1"), life, incidenttest.Action(t, "dispatch", nil)))
		require.Error(t, l.Rate(life, incident.Rating{Solved: true, Satisfaction: 5}, ""))
		photo := l.Photograph(o.Actor("duty"), &incident.File{})
		require.Error(t, l.Act(o.Actor("duty"), life, incident.Action{Do: "check_pass", Fields: map[string]json.RawMessage{}}, photo))
		require.Same(t, before, life.Incident)
		require.Len(t, life.Entries(), entries)
		require.NoError(t, l.Act(o.Actor("duty"), life, incidenttest.Action(t, "note", incidenttest.Fields{"text": "看过"}), photo))
		require.NoError(t, l.Write(t.Context(), []*incident.Life{life}, func(context.Context, db.Tx) error { return nil }), "a picture that was refused once is not written twice")
		_, err = l.Report(o.Actor("duty"), incidenttest.Noise())
		require.Error(t, err, "without an id it could not be written twice without harm")
	})
}

package incident_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

var key = incident.Repeat{ID: "key-1", Digest: "body-1"}

func TestReportRepeated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		ctx := context.Background()
		actor := o.Actor("duty")
		first, code, err := o.Service.Report(ctx, actor, incidenttest.Noise(), key)
		require.NoError(t, err)
		o.Act("duty", first.ID, "accept", nil)

		again, sameCode, err := o.Service.Report(ctx, actor, incidenttest.Noise(), key)
		require.NoError(t, err)
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, code, sameCode)
		require.Equal(t, incident.Accepted, again.State, "the incident as it is now")

		_, _, err = o.Service.Report(ctx, actor, incidenttest.Noise(), incident.Repeat{ID: key.ID, Digest: "body-2"})
		require.Equal(t, "request.key_reused", codeOf(err))
		require.Equal(t, 1, o.Count(`SELECT count(*) FROM incidents`))

		// What was allowed then need not be allowed now: the answer is still the first one.
		category, _ := o.Categories().Get("security.noise")
		category.Active = false
		_, err = o.SaveCategory(ctx, o.Actor("system"), category)
		require.NoError(t, err)
		again, _, err = o.Service.Report(ctx, actor, incidenttest.Noise(), key)
		require.NoError(t, err)
		require.Equal(t, first.ID, again.ID)
	})
}

func TestReportRepeatedAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		const times = 20
		var wait sync.WaitGroup
		ids, codes, errs := make([]string, times), make([]string, times), make([]error, times)
		for n := range times {
			wait.Go(func() {
				inc, code, err := o.Service.Report(context.Background(), o.Actor("duty"), incidenttest.Noise(), key)
				if errs[n] = err; err == nil {
					ids[n], codes[n] = inc.ID, code
				}
			})
		}
		wait.Wait()
		for n := range times {
			require.NoError(t, errs[n])
			require.Equal(t, ids[0], ids[n])
			require.Equal(t, codes[0], codes[n])
		}
		for _, table := range []string{"incidents", "entries", "outbox"} {
			require.Equal(t, 1, o.Count(`SELECT count(*) FROM `+table), table)
		}
	})
}

// TestPartnerResends holds that a partner's own number gives back the first incident, whatever else is in the report,
// and that the numbers of two partners have nothing to do with each other.
func TestPartnerResends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		from := func(number, text string) incident.Report {
			return incidenttest.Noise(func(r *incident.Report) { r.Channel, r.ExternalID, r.Text = "partner", number, text })
		}
		first := o.Report("partner", from("X-1", "第一次"))
		require.Equal(t, first.ID, o.Report("partner", from("X-1", "第二次，内容变了")).ID)
		require.Equal(t, first.ID, o.Report("partner", from(" X-1 ", "第三次")).ID)
		require.NotEqual(t, first.ID, o.Report("partner", from("X-2", "第一次")).ID)
		require.NotEqual(t, first.ID, o.Report("duty", from("X-1", "第一次")).ID)
		require.Equal(t, "第一次", o.Load(first.ID).Text)
		require.Equal(t, 3, o.Count(`SELECT count(*) FROM incidents`))
	})
}

// TestActionRepeated repeats every action of the loop under its key, at once and later, when the state has long moved
// on: it stays one entry.
func TestActionRepeated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		loop := append(finished[:6:6], step("duty", "note", fields{"text": "已回访"}), step("duty", "follow_up", fields{"reached": "reached"}))
		act := func(n int, digest string) (*incident.Incident, error) {
			a := incidenttest.Action(t, loop[n].Do, loop[n].Fields)
			a.Repeat = incident.Repeat{ID: fmt.Sprint("key ", n), Digest: digest}
			a.Version = nil
			return o.Service.Act(context.Background(), o.Actor(loop[n].By), inc.ID, a)
		}
		for n := range loop {
			var wait sync.WaitGroup
			errs := make([]error, 20)
			for m := range errs {
				wait.Go(func() { _, errs[m] = act(n, "body") })
			}
			wait.Wait()
			for _, err := range errs {
				require.NoError(t, err, loop[n].Do)
			}
			require.Equal(t, int64(n+2), o.Load(inc.ID).EntrySeq, loop[n].Do)
		}
		before := o.Stored(inc.ID)
		for n := range loop {
			after, err := act(n, "body")
			require.NoError(t, err, "%s later", loop[n].Do)
			require.Equal(t, incident.Closed, after.State)
			_, err = act(n, "another body")
			require.Equal(t, "request.key_reused", codeOf(err), loop[n].Do)
		}
		require.Equal(t, before, o.Stored(inc.ID))
		require.Empty(t, o.Broken(inc.ID))
	})
}

// TestRepeatedReturnIsAnsweredWithoutNews repeats a return, after which the incident is out of the station's sight: the
// phone gets its answer, and nothing of what happened since.
func TestRepeatedReturnIsAnsweredWithoutNews(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise(incidenttest.By("张三", "13800001234")))
		o.Walk(inc.ID, taken...)
		a := incidenttest.Action(t, "return_order", fields{"reason": "不归我站"})
		a.Repeat = key
		give := func() (*incident.Incident, error) {
			return o.Service.Act(context.Background(), o.Actor("station1"), inc.ID, a)
		}
		first, err := give()
		require.NoError(t, err)
		o.Act("duty", inc.ID, "dispatch", fields{"unit": incidenttest.Police})
		o.Act("duty", inc.ID, "answer", fields{"answer": "已转派出所"})

		again, err := give()
		require.NoError(t, err)
		require.Equal(t, first.State, again.State)
		require.Equal(t, first.EntrySeq, again.EntrySeq)
		require.Empty(t, again.Orders)
		require.Empty(t, again.Answer)
		view := o.View(o.Actor("station1"), again)
		require.Empty(t, view.Actions)
		require.Empty(t, view.Reporter.Phone)

		_, err = o.Get(context.Background(), o.Actor("station1"), inc.ID)
		require.Equal(t, "not_found", codeOf(err))
	})
}

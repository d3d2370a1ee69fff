package incident_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

func TestReplyIsApprovedBeforeItGoesOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		o.People.Approving[incidenttest.Station] = true
		inc, code := o.ReportCode("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, taken...)
		require.True(t, inc.Lead().Approval)
		o.People.Approving[incidenttest.Station] = false // what was sent keeps how it was sent

		inc = o.Act("station1", inc.ID, "submit_reply", fields{"result": "初稿", "outcome": "failed"})
		inc = o.Act("station1", inc.ID, "submit_reply", fields{"result": "已调低音量", "outcome": "success", "parties": "张某、李某", "agreement": "oral"})
		require.Equal(t, incident.InProgress, inc.State)
		order := o.View(o.Actor("chief"), inc).Orders[0]
		require.True(t, order.Pending)
		require.Equal(t, incident.PersonRef{ID: "station1", Name: "工作甲"}, order.Reply.By)
		require.Equal(t, "已调低音量", order.Reply.Result)
		requireTodo(t, o, "chief", inc.ID)

		inc = o.Act("chief", inc.ID, "refuse_reply", fields{"reason": "请写明期限"})
		require.Nil(t, inc.Lead().Reply)
		_, err := o.Try("chief", inc.ID, "approve_reply", nil)
		require.Equal(t, "reply.none", codeOf(err))
		o.Act("station1", inc.ID, "submit_reply", fields{"result": "已调低音量，三日内整改", "parties": "张某"})
		inc = o.Act("chief", inc.ID, "approve_reply", fields{"note": "同意"})
		require.Equal(t, incident.Checking, inc.State)
		lead := inc.Lead()
		require.Equal(t, incident.Handled, lead.State)
		require.Equal(t, "已调低音量，三日内整改", lead.Result)
		require.Equal(t, "station1", lead.HandlerID)
		require.Equal(t, []string{"station1", "chief"}, lead.Handlers)
		require.Empty(t, o.Broken(inc.ID))

		letter, err := o.Track(context.Background(), code)
		require.NoError(t, err)
		var did []string
		for _, s := range letter.Steps {
			did = append(did, s.Do)
		}
		require.Equal(t, []string{"report", "dispatch", "accept_order", "handle"}, did, "how a unit comes to its reply is its own matter")
	})
}

func TestHeadOfUnitRepliesAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		o.People.Approving[incidenttest.Station] = true
		inc := o.Report("duty", incidenttest.Noise())
		o.Walk(inc.ID, step("duty", "dispatch", fields{"person": "chief"}), step("chief", "accept_order", nil))
		_, err := o.Try("chief", inc.ID, "submit_reply", fields{"result": "已办"})
		require.Equal(t, "reply.needs_none", codeOf(err))
		inc = o.Act("chief", inc.ID, "handle", fields{"result": "已办"})
		require.Equal(t, incident.Checking, inc.State)
	})
}

func TestUnitIsAskedToHelp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, taken...)
		inc = o.Act("station1", inc.ID, "ask_unit", fields{"unit": incidenttest.Police, "note": "请到场维持秩序"})
		helper := inc.Orders[1]
		require.Equal(t, incident.Assist, helper.Role)
		require.Equal(t, incidenttest.Police, helper.UnitID)
		require.Equal(t, "请到场维持秩序", helper.Note)
		_, err := o.Try("station1", inc.ID, "ask_unit", fields{"unit": incidenttest.Police})
		require.Equal(t, "invalid", codeOf(err), "it has an order already")

		o.Act("police1", inc.ID, "accept_order", fields{"order": helper.ID})
		o.Act("police1", inc.ID, "ask_unit", fields{"unit": incidenttest.Urban})
		inc = o.Act("station1", inc.ID, "handle", fields{"result": "已处理"})
		require.Equal(t, incident.Checking, inc.State)
		_, err = o.Try("police1", inc.ID, "ask_unit", fields{"unit": incidenttest.Committee, "order": helper.ID})
		require.Equal(t, "order.lead_done", codeOf(err))
	})
}

// TestFirstHandlerNeverChecks holds that whoever once handled an order may not check it, not even after others
// handled it again.
func TestFirstHandlerNeverChecks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		unit := fields{"unit": incidenttest.Committee}
		inc = o.Walk(inc.ID, step("duty", "dispatch", unit), step("worker", "accept_order", nil), step("worker", "handle", fields{"result": "一"}),
			step("duty", "rework", fields{"reason": "没有照片"}), step("worker", "transfer", fields{"person": "head"}),
			step("head", "accept_order", nil), step("head", "handle", fields{"result": "二"}))
		require.Equal(t, "head", inc.Lead().HandlerID)
		for _, who := range []string{"worker", "head"} {
			_, err := o.Try(who, inc.ID, "check_pass", nil)
			require.Equal(t, "check.own_work", codeOf(err), who)
			list, _, err := o.List(context.Background(), o.Actor(who), incident.Filter{Queue: "todo"})
			require.NoError(t, err)
			require.Empty(t, list, "%s is not asked to check it", who)
		}
		o.Act("supervisor", inc.ID, "check_pass", nil)
	})
}

func requireTodo(t *testing.T, o *incidenttest.Office, who, id string) {
	t.Helper()
	list, _, err := o.List(context.Background(), o.Actor(who), incident.Filter{Queue: "todo"})
	require.NoError(t, err)
	for _, i := range list {
		if i.ID == id {
			return
		}
	}
	t.Fatalf("%s does not find %s among what waits for them", who, id)
}

package incident_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

// each runs a test in an office of its own on both engines and proves afterwards that everything is whole.
func each(t *testing.T, fn func(t *testing.T, o *incidenttest.Office)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		fn(t, o)
		require.Empty(t, o.Unproved())
	})
}

// orderOf returns the newest order of a unit.
func orderOf(inc *incident.Incident, unit string) *incident.Order {
	var found *incident.Order
	for _, o := range inc.Orders {
		if o.UnitID == unit {
			found = o
		}
	}
	return found
}

// TestNoiseIsMediated is scenario H1: a call about noise at night, the station goes there, the police mediate, another
// person checks, the caller is answered and asked.
func TestNoiseIsMediated(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc, code := o.ReportCode("duty", incidenttest.Noise(incidenttest.By("王女士", "13800001234"), func(r *incident.Report) {
			r.CallAt = o.Clock.Now().Add(-time.Minute).UnixMilli()
		}))
		require.Equal(t, incidenttest.Micro1, inc.AreaID)
		view := o.View(o.Actor("duty"), inc)
		require.Equal(t, incidenttest.Station, view.Proposal.Unit.ID, "the proposal stands beside the report")

		o.Clock.Advance(time.Minute)
		inc = o.Act("duty", inc.ID, "dispatch", nil)
		lead := inc.Lead()
		require.Equal(t, incidenttest.Station, lead.UnitID)
		require.Equal(t, "place", lead.RuleID)
		require.True(t, lead.ByPerson)
		require.False(t, lead.Changed)

		o.Act("station1", inc.ID, "accept_order", nil)
		o.Clock.Advance(10 * time.Minute)
		inc = o.Act("station1", inc.ID, "arrive", fields{"lon": 104.0651, "lat": 30.6551})
		require.NotZero(t, inc.ArrivedAt)

		inc = o.Act("duty", inc.ID, "add_unit", fields{"unit": incidenttest.Police, "note": "请到场调解"})
		assist := orderOf(inc, incidenttest.Police)
		require.Equal(t, incident.Assist, assist.Role)
		_, err := o.Try("duty", inc.ID, "add_unit", fields{"unit": incidenttest.Police})
		require.Equal(t, []string{"unit unit.has_order"}, fieldsOf(err))

		o.Act("police1", inc.ID, "accept_order", nil)
		inc = o.Act("police1", inc.ID, "handle", fields{"result": "双方达成一致", "outcome": "success", "parties": "商户、住户", "agreement": "written"})
		require.Equal(t, incident.InProgress, inc.State, "an assisting order does not drive the incident")
		require.Equal(t, "success", orderOf(inc, incidenttest.Police).Outcome)

		inc = o.Act("station1", inc.ID, "handle", fields{"result": "商户同意二十二时后停止放音乐"})
		require.Equal(t, incident.Checking, inc.State)
		_, err = o.Try("police1", inc.ID, "check_pass", nil)
		require.Equal(t, "forbidden", codeOf(err))
		o.Act("supervisor", inc.ID, "check_pass", nil)

		offers := o.Offers(o.Actor("duty"), o.Load(inc.ID), false)
		var proposed any
		for _, offer := range offers {
			for _, ask := range offer.Asks {
				if offer.Do == "close" && ask.Name == "answer" {
					proposed = ask.Proposed
				}
			}
		}
		require.Equal(t, "商户同意二十二时后停止放音乐", proposed)
		o.Act("duty", inc.ID, "close", fields{"answer": "商户已同意夜间停止播放音乐。"})
		o.Act("duty", inc.ID, "follow_up", fields{"reached": "no_answer"})
		inc = o.Act("duty", inc.ID, "follow_up", fields{"reached": "reached", "solved": true, "satisfaction": 5})
		require.True(t, *inc.Solved)
		require.Equal(t, int64(5), inc.Satisfaction)
		require.Empty(t, o.Broken(inc.ID))

		letter, err := o.Track(context.Background(), code)
		require.NoError(t, err)
		require.Equal(t, "商户已同意夜间停止播放音乐。", letter.Answer)
		require.False(t, letter.CanRate, "the centre asked already")
	})
}

// TestReturnNamesTheRightUnit is scenario H4: the unit that got it sends it back and says whose it is; that unit is
// then proposed, with the reason, and one key sends it there.
func TestReturnNamesTheRightUnit(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("window", incidenttest.Noise(func(r *incident.Report) { r.Channel = "window" }))
		o.Walk(inc.ID, sent...)
		for unit, code := range map[string]string{"moon": "unit.unknown", incidenttest.Closed: "unit.closed", incidenttest.Station: "unit.same"} {
			_, err := o.Try("station1", inc.ID, "return_order", fields{"reason": "不归我站", "unit": unit})
			require.Equal(t, []string{"unit " + code}, fieldsOf(err))
		}
		inc = o.Act("station1", inc.ID, "return_order", fields{"reason": "属于城管职责", "unit": incidenttest.Urban})
		require.Equal(t, incident.Accepted, inc.State)
		require.Equal(t, int64(1), inc.Returned)
		require.Contains(t, inc.Flags(), "returned")
		view := o.View(o.Actor("duty"), inc)
		require.Equal(t, incidenttest.Urban, view.Proposal.Unit.ID)
		require.Equal(t, "named_on_return", view.Proposal.Reason.Code)
		require.Equal(t, "合江工作站", view.Proposal.Reason.Params["unit"])

		inc = o.Act("duty", inc.ID, "dispatch", nil)
		require.Equal(t, incidenttest.Urban, inc.Lead().UnitID)
		require.False(t, inc.Lead().Changed)

		// Urban management returns it too and names nobody: the rule would send it to the station again, so nothing is
		// proposed, and a person has to choose.
		inc = o.Act("department", inc.ID, "return_order", fields{"reason": "也不归我局"})
		require.Nil(t, o.View(o.Actor("duty"), inc).Proposal)
		_, err := o.Try("duty", inc.ID, "dispatch", nil)
		require.Equal(t, []string{"unit dispatch.no_proposal"}, fieldsOf(err))
		inc = o.Act("duty", inc.ID, "dispatch", fields{"unit": incidenttest.Police})
		require.Equal(t, "chosen", inc.Lead().Reason.Code)
		require.Empty(t, o.Broken(inc.ID))
	})
}

func TestReworkTransferAndReopen(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Report("duty", incidenttest.Noise())
		inc = o.Walk(inc.ID, handled...)
		inc = o.Act("duty", inc.ID, "rework", fields{"reason": "请补照片"})
		require.Equal(t, int64(1), inc.Reworked)
		require.Equal(t, "station1", inc.Lead().PersonID, "it goes back to who did it")
		require.Zero(t, inc.Lead().EndedAt)

		_, err := o.Try("station1", inc.ID, "transfer", fields{"person": "station1"})
		require.Equal(t, []string{"person person.same"}, fieldsOf(err))
		_, err = o.Try("station1", inc.ID, "transfer", fields{"person": "police1"})
		require.Equal(t, []string{"person person.not_in_unit"}, fieldsOf(err))
		inc = o.Act("station1", inc.ID, "transfer", fields{"person": "station1b"})
		require.Equal(t, incident.Sent, inc.Lead().State)
		o.Walk(inc.ID, step("station1b", "accept_order", nil), step("station1b", "handle", fields{"result": "已补照片"}),
			step("duty", "check_pass", nil), step("duty", "close", fields{"answer": "已处理"}))

		inc = o.Act("leader", inc.ID, "reopen", fields{"reason": "又吵了"})
		require.Equal(t, incident.Accepted, inc.State)
		require.Empty(t, inc.LeadOrder)
		require.Zero(t, inc.ClosedAt)
		require.Contains(t, inc.Flags(), "reopened")
		inc = o.Walk(inc.ID, sent...)
		require.Len(t, inc.Orders, 2)
		require.Empty(t, o.Broken(inc.ID))
	})
}

// TestOrdersEndWithTheIncident holds that nobody is left with work on a matter that is over.
func TestOrdersEndWithTheIncident(t *testing.T) {
	ways := map[string]steps{
		"closed":   append(taken[:2:2], step("duty", "add_unit", fields{"unit": incidenttest.Police}), step("station1", "handle", fields{"result": "好了"}), step("duty", "check_pass", nil), step("duty", "close", fields{"answer": "好了"})),
		"rejected": append(taken[:2:2], step("duty", "add_unit", fields{"unit": incidenttest.Police}), step("station1", "return_order", fields{"reason": "没有此事"}), step("duty", "reject", fields{"ground": "not_found", "answer": "没有找到"})),
		"voided":   append(taken[:2:2], step("duty", "add_unit", fields{"unit": incidenttest.Police}), step("station1", "return_order", fields{"reason": "误报"}), step("duty", "void", fields{"reason": "误报"})),
	}
	each(t, func(t *testing.T, o *incidenttest.Office) {
		for name, way := range ways {
			inc := o.Walk(o.Report("duty", incidenttest.Noise()).ID, way...)
			require.Equal(t, incident.State(name), inc.State)
			require.Equal(t, incident.Withdrawn, orderOf(inc, incidenttest.Police).State, name)
			_, err := o.Try("police1", inc.ID, "accept_order", nil)
			require.Equal(t, "not_found", codeOf(err), name)
			require.Empty(t, o.Broken(inc.ID), name)
			left := o.Rows(`SELECT body FROM outbox WHERE aggregate_id = $1 ORDER BY seq DESC LIMIT 1`, inc.ID)[0]
			require.Contains(t, left, `left_units`, "the police's screens are told that it is gone")
		}
	})
}

func TestShortWays(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		// Handled on the spot by whoever found it, and checked by another.
		found := o.Report("worker", incidenttest.Noise(incidenttest.Of("environment.road", ""), func(r *incident.Report) { r.Channel = "patrol" }))
		found = o.Act("worker", found.ID, "self_handle", fields{"result": "已扶正护栏"})
		require.Equal(t, "worker", found.Lead().HandlerID)
		require.Equal(t, incident.Handled, found.Lead().State)
		_, err := o.Try("worker", found.ID, "check_pass", nil)
		require.Equal(t, "check.own_work", codeOf(err))
		o.Act("head", found.ID, "check_pass", nil)

		// An enquiry is answered at once; anything else has to be handled.
		asked := o.Report("duty", incidenttest.Noise(incidenttest.Of("", "enquiry")))
		asked = o.Act("duty", asked.ID, "close", fields{"answer": "请带身份证到窗口办理"})
		require.Equal(t, incident.Closed, asked.State)

		// Not ours, and a mistake.
		turned := o.Act("duty", o.Report("duty", incidenttest.Noise()).ID, "reject", fields{"ground": "court", "answer": "法院已受理"})
		require.Equal(t, "法院已受理", turned.Answer)
		o.Act("duty", o.Report("duty", incidenttest.Noise()).ID, "void", fields{"reason": "重复录入"})

		// Handed to the emergency services: recorded, and the matter stays ours.
		fire := o.Act("duty", o.Report("duty", incidenttest.Noise(incidenttest.Of("safety.fire", "hazard"))).ID, "hand_over", fields{"service": "119", "note": "明火"})
		require.Equal(t, incident.Reported, fire.State)
		last := o.Timeline(fire.ID)[1]
		require.JSONEq(t, `{"service":"119","note":"明火"}`, string(last.Body))

		// Sent by a rule alone.
		smoke := o.Report("", incidenttest.Noise(incidenttest.Of("environment.smoke", ""), func(r *incident.Report) { r.Channel = "app" }))
		require.Equal(t, incident.InProgress, smoke.State)
		require.Equal(t, incidenttest.Police, smoke.Lead().UnitID)
		require.False(t, smoke.Lead().ByPerson)
		for _, inc := range []*incident.Incident{found, asked, turned, fire, smoke} {
			require.Empty(t, o.Broken(inc.ID))
		}
	})
}

// TestWhatAnActionAsksFor gives each action what is missing, wrong or unknown, and gets all of it back at once.
func TestWhatAnActionAsksFor(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		fresh := func(s steps) string { return o.Walk(o.Report("duty", incidenttest.Noise()).ID, s...).ID }
		cases := []struct {
			way    steps
			by, do string
			give   fields
			want   []string
		}{
			{nil, "duty", "reject", nil, []string{"answer field.required", "ground field.required"}},
			{nil, "duty", "reject", fields{"ground": "bored", "answer": 7, "why": 1}, []string{"answer field.type", "ground field.choice", "why field.unknown"}},
			{nil, "duty", "accept", fields{"category": "no.such"}, []string{"category category.unknown"}},
			{nil, "duty", "accept", fields{"severity": "huge", "kind": "joke"}, []string{"kind field.choice", "severity field.choice"}},
			{nil, "duty", "dispatch", fields{"unit": "moon"}, []string{"unit unit.unknown"}},
			{nil, "duty", "dispatch", fields{"unit": incidenttest.Closed}, []string{"unit unit.closed"}},
			{nil, "duty", "dispatch", fields{"person": "instructor"}, []string{"person person.unknown"}},
			{nil, "duty", "dispatch", fields{"unit": incidenttest.Police, "person": "station1"}, []string{"person person.not_in_unit"}},
			{nil, "duty", "place", nil, []string{"lon field.required"}},
			{nil, "duty", "place", fields{"area": "moon"}, []string{"area area.unknown"}},
			{nil, "duty", "place", fields{"lon": 104.06}, []string{"lat field.required"}},
			{nil, "duty", "place", fields{"lon": 30.65, "lat": 104.06}, []string{"lat position.swapped"}},
			{nil, "duty", "place", fields{"lon": 104.5, "lat": 30.9}, []string{"lon position.outside"}},
			{nil, "duty", "note", fields{"text": "a\x00b"}, []string{"text field.control"}},
			{nil, "duty", "note", fields{"text": "   "}, []string{"text field.required"}},
			{nil, "duty", "note", fields{"text": "看", "files": []string{"../../etc/passwd"}}, []string{"files file.unknown"}},
			{taken, "station1", "arrive", nil, []string{"reason arrive.reason"}},
			{taken, "station1", "arrive", fields{"lon": 0.0, "lat": 0.0}, []string{"reason arrive.reason"}},
			{taken, "station1", "handle", fields{"result": "", "outcome": "maybe"}, []string{"outcome field.choice", "result field.required"}},
			{finished, "duty", "follow_up", fields{"reached": "reached", "satisfaction": 6}, []string{"satisfaction field.too_large"}},
			{finished, "duty", "follow_up", fields{"reached": "reached", "satisfaction": 1.5}, []string{"satisfaction field.type"}},
		}
		for _, c := range cases {
			id := fresh(c.way)
			before := o.Stored(id)
			_, err := o.Try(c.by, id, c.do, c.give)
			require.Equal(t, c.want, fieldsOf(err), "%s %v: %v", c.do, c.give, err)
			require.Equal(t, before, o.Stored(id))
		}
		_, err := o.Try("micro", fresh(nil), "note", fields{"text": "公开说两句", "visibility": "public"})
		require.Equal(t, "note.publish", codeOf(err))
	})
}

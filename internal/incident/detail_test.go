package incident_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

func categoryOf(t *testing.T, o *incidenttest.Office, code string) incident.Category {
	k, ok := o.Service.Categories().Get(code)
	require.True(t, ok, code)
	return k
}

func saveFields(t *testing.T, o *incidenttest.Office, code string, list ...incident.Field) {
	k := categoryOf(t, o, code)
	k.Fields = list
	_, err := o.Service.SaveCategory(t.Context(), o.Actor("system"), k)
	require.NoError(t, err)
}

func textField(name, label string, wanted, residents bool) incident.Field {
	return incident.Field{Name: name, Label: label, LabelEN: name, Type: "text", Wanted: wanted, Residents: residents}
}

// TestDetailIsAskedAgainUntilItIsKnown goes from a report that knows one answer to whoever is there and tells the other.
func TestDetailIsAskedAgainUntilItIsKnown(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		saveFields(t, o, "security", textField("seen_by", "目击者", true, false))
		saveFields(t, o, "security.noise", textField("shop", "店铺名称", true, true), incident.Field{Name: "speakers", Label: "音箱", LabelEN: "Speakers", Type: "number"})
		r := incidenttest.Noise(incidenttest.Of("security.noise", "complaint"))
		r.Details = map[string]any{"shop": " 夜宵一号 ", "speakers": 2.0}
		inc := o.Report("worker", r)
		duty := o.Actor("duty")
		view := o.Service.View(duty, inc)
		require.Equal(t, []incident.WantedField{{Name: "seen_by", Label: "目击者", LabelEN: "seen_by"}}, view.Wanted, "inherited from above")
		require.Len(t, view.Details, 2)
		require.Equal(t, "夜宵一号", view.Details[0].Text)
		require.Empty(t, o.Service.Row(duty, inc).Details, "lists stay short")

		o.Walk(inc.ID, taken...)
		_, err := o.Try("department", inc.ID, "detail", fields{"details": fields{"seen_by": "x"}})
		require.Error(t, err, "it is not theirs")
		o.Act("station1", inc.ID, "detail", fields{"details": fields{"seen_by": "保安，电话 13800001234", "speakers": nil}})
		now := o.Load(inc.ID)
		view = o.Service.View(duty, now)
		require.Empty(t, view.Wanted)
		require.Len(t, view.Details, 2, "what was taken out is gone")
		require.NotContains(t, view.Details[0].Text, "13800001234")
		require.Contains(t, now.Details["seen_by"], "13800001234", "masked in what is shown, not in what is kept")
		entries := o.Timeline(inc.ID)
		last := o.Service.EntryView(entries[len(entries)-1])
		require.Equal(t, "detail", last.Do)
		require.Contains(t, string(last.Body), "目击者：保安")
		require.NotContains(t, string(last.Body), "13800001234")

		_, err = o.Try("station1", inc.ID, "detail", fields{"details": fields{"seen_by": view.Details[0].Text}})
		require.Error(t, err, "what was masked is not written over what is there")
		o.Drain()
		require.Equal(t, []string{inc.ID}, found(t, o, "duty", incident.Filter{Q: "夜宵一号"}))
		require.Equal(t, []string{inc.ID}, found(t, o, "duty", incident.Filter{Q: "保安"}), "what was told later is found too")
		require.Empty(t, o.Broken(inc.ID))

		full, err := o.Service.Reveal(t.Context(), duty, inc.ID, "回访")
		require.NoError(t, err)
		require.Contains(t, full.Details[0].Text, "13800001234")
	})
}

// TestDetailIsNeverAReasonToRefuse holds for what is missing; what is wrong is said, all at once.
func TestDetailIsNeverAReasonToRefuse(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		saveFields(t, o, "security.noise", textField("shop", "店铺名称", true, true), textField("inner", "内部", false, false),
			incident.Field{Name: "since", Label: "从哪天起", LabelEN: "Since", Type: "date", Residents: true},
			incident.Field{Name: "kind", Label: "哪一种", LabelEN: "Which", Type: "choice", Residents: true, Options: []incident.FieldOption{
				{Value: "a", Label: "音箱", LabelEN: "Speaker"}, {Value: "b", Label: "人声", LabelEN: "Voices"}}})
		s := o.Serve()
		report := func(details fields) *incidenttest.Answer {
			return s.Post("", publicPath, fields{"text": "楼下太吵", "lon": 104.065, "lat": 30.655, "category": "security.noise", "details": details})
		}
		require.Equal(t, http.StatusCreated, report(nil).Status)
		require.Equal(t, http.StatusCreated, report(fields{"shop": "", "since": nil}).Status)
		for name, wrong := range map[string]any{"since": "昨天", "kind": "c", "shop": 5, "inner": "x", "other": "x"} {
			answer := report(fields{name: wrong})
			require.Equal(t, http.StatusUnprocessableEntity, answer.Status, name)
			require.Contains(t, string(answer.Body), "details."+name)
		}
		var got receipt
		report(fields{"shop": "夜宵一号", "kind": "b", "since": "2026-01-02"}).JSON(&got)
		var letter incident.Letter
		s.Get("", publicPath+"/"+got.Code).JSON(&letter)
		require.Len(t, letter.Details, 3)
		require.Equal(t, "人声", letter.Details[2].Text)

		id := found(t, o, "duty", incident.Filter{Q: got.Number})[0]
		o.Act("duty", id, "detail", fields{"details": fields{"inner": "只给内部看"}})
		require.NotContains(t, string(s.Get("", publicPath+"/"+got.Code).Body), "只给内部看")
		require.NotContains(t, string(s.Get("", "/api/v1/public/categories").Body), "内部")

		var open struct{ Open, All int64 }
		s.Get("system", "/api/v1/categories/security/fields/shop/use").JSON(&open)
		require.Equal(t, int64(1), open.Open)
		saveFields(t, o, "security.noise", textField("inner", "内部", false, false))
		require.Len(t, o.Service.View(o.Actor("duty"), o.Load(id)).Details, 4, "answers keep their labels")
		require.Empty(t, o.Service.View(o.Actor("duty"), o.Load(id)).Wanted, "what is not asked any more is not wanted")
		o.Act("duty", id, "accept", fields{"category": "safety.fire"})
		require.Len(t, o.Service.View(o.Actor("duty"), o.Load(id)).Details, 4, "another category keeps them")
	})
}

// TestCategoryRefusesBrokenFields says everything that is wrong at once.
func TestCategoryRefusesBrokenFields(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		k := categoryOf(t, o, "security.noise")
		k.Fields = []incident.Field{textField("Bad Name", "", true, true), {Name: "x", Label: "x", LabelEN: "x", Type: "choice"}, textField("x", "x", false, false)}
		_, err := o.Service.SaveCategory(t.Context(), o.Actor("system"), k)
		for _, at := range []string{"fields[0].name", "fields[0].label", "fields[1].options", "fields[2].name"} {
			require.ErrorContains(t, err, at)
		}
		saveFields(t, o, "security.noise", textField("x", "x", false, false))
		k = categoryOf(t, o, "security.noise")
		k.Fields = []incident.Field{{Name: "x", Label: "x", LabelEN: "x", Type: "number"}}
		_, err = o.Service.SaveCategory(t.Context(), o.Actor("system"), k)
		require.ErrorContains(t, err, "fields[0].type", "answers in words would not be numbers")
		k.Fields = nil
		saved, err := o.Service.SaveCategory(t.Context(), o.Actor("system"), k)
		require.NoError(t, err)
		require.Len(t, saved.Fields, 2, "left out they stay, and so do those that came with the category")
	})
}

// TestCategoryMovesAmongItsSiblings never leaves them.
func TestCategoryMovesAmongItsSiblings(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		order := func() (codes []string) {
			for _, k := range o.Service.Categories().All() {
				if k.Parent == "security" {
					codes = append(codes, k.Code)
				}
			}
			return codes
		}
		before := order()
		move := func(code string, up bool) {
			require.NoError(t, o.Service.MoveCategory(t.Context(), o.Actor("system"), code, up))
		}
		move(before[0], true)
		require.Equal(t, before, order())
		move(before[1], true)
		require.Equal(t, []string{before[1], before[0]}, order()[:2])
		move(before[1], false)
		require.Equal(t, before, order())
		require.Error(t, o.Service.MoveCategory(t.Context(), o.Actor("system"), "nothing", true))
	})
}

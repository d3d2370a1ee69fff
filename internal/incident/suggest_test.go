package incident_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

// reader answers for one word as a model does, and knows one place.
type reader struct {
	confidence float64
	unit       string // '' for a model of categories alone
}

func (r reader) Unit(_, _, where, _ string) (incident.Guess, bool) {
	return incident.Guess{Label: r.unit, Confidence: r.confidence, Made: 2000}, r.unit != "" && where != "不知何处"
}

func (r reader) Category(title, text string) (incident.Guess, bool) {
	if strings.Contains(text, "没有模型") {
		return incident.Guess{}, false
	}
	category := "environment.light"
	if strings.Contains(text, "旧分类") {
		category = "gone.category"
	}
	return incident.Guess{Label: category, Confidence: r.confidence, Made: 1000}, true
}

func (reader) Model(incident.Learned) *incident.ModelView { return nil }

func (reader) PlaceIn(text string) (incident.Hint, bool) {
	return incident.Hint{Name: "合江亭", Point: incidenttest.InMicro1}, strings.Contains(text, "合江亭")
}

// bare is a report that says neither what it is nor where.
func bare(text string) incident.Report {
	return incidenttest.Noise(incidenttest.Of("", ""), func(r *incident.Report) {
		r.Text, r.Lon, r.Lat, r.Address = text, nil, nil, ""
	})
}

func TestWordsSuggestCategoryAndPlace(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		duty := o.Actor("duty")
		seen := func(inc *incident.Incident) *incident.SuggestedView { return o.View(duty, inc).Suggested }
		inc := o.Report("duty", bare("合江亭那边夜里走路看不清"))
		require.Nil(t, seen(inc), "without a model nothing is said")

		o.Service.Reader = reader{confidence: 0.8731}
		require.Equal(t, &incident.SuggestedView{
			Category: &incident.SuggestedCategory{NamedCode: incident.NamedCode{Code: "environment.light", Name: "路灯故障", NameEN: "Street lights"}, Confidence: 0.873, Made: 1000},
			Place:    &incident.SuggestedPlace{Name: "合江亭", Lon: incidenttest.InMicro1.Lon, Lat: incidenttest.InMicro1.Lat, Area: "合江一号微网格"},
		}, seen(inc))
		require.Nil(t, o.Row(duty, inc).Suggested, "lists stay short")
		require.Nil(t, o.View(o.Actor("supervisor"), inc).Suggested, "it helps who sorts")

		require.Nil(t, seen(o.Report("duty", bare("没有模型"))))
		require.Nil(t, seen(o.Report("duty", bare("旧分类"))), "a category that was closed since is not suggested")
		require.Nil(t, seen(o.Report("duty", incidenttest.Noise(incidenttest.Of("environment.waste", "")))), "a person has said what it is")
		words := o.Report("duty", incidenttest.Noise(incidenttest.Of("", "")))
		require.Equal(t, "security.noise", words.Category)
		require.Equal(t, "environment.light", seen(words).Category.Code, "words of the list give way")
		require.Nil(t, seen(words).Place, "its place is known")

		o.Service.Reader = reader{confidence: 0.49}
		require.Nil(t, seen(inc).Category, "an unlikely guess is not shown")
		o.Service.Reader = reader{confidence: 0.9}
		inc = o.Act("duty", inc.ID, "accept", fields{"category": "environment.light"})
		require.Nil(t, seen(inc), "once somebody has sorted it there is nothing to suggest")
	})
}

func TestTheModelActsAloneOnlyAboveItsMark(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		o.Service.Reader = reader{confidence: 0.9}
		require.Empty(t, o.Report("duty", bare("看不清路")).Category, "off until somebody switches it on")

		admin := o.Actor("system")
		for _, above := range []float64{0.49, 1, -1} {
			require.Equal(t, []string{"above category.alone_range"}, fieldsOf(o.SetAlone(t.Context(), admin, incident.LearnedCategory, incident.Alone{Above: above})))
		}
		require.Equal(t, "forbidden", codeOf(o.SetAlone(t.Context(), o.Actor("duty"), incident.LearnedCategory, incident.Alone{Above: 0.9})))
		require.NoError(t, o.SetAlone(t.Context(), admin, incident.LearnedCategory, incident.Alone{Above: 0.9}))
		alone, err := o.Alone(t.Context(), incident.LearnedCategory)
		require.NoError(t, err)
		require.Equal(t, incident.Alone{Above: 0.9}, alone)

		inc := o.Report("duty", bare("看不清路"))
		require.Equal(t, "environment.light", inc.Category)
		require.Equal(t, "complaint", inc.Kind, "what follows from the category follows from this one too")
		var body map[string]any
		require.NoError(t, json.Unmarshal(o.Timeline(inc.ID)[0].Body, &body))
		require.Equal(t, "model", body["category_by"])
		require.InDelta(t, 0.9, body["confidence"], 0.0001)

		given := o.Report("duty", incidenttest.Noise())
		require.Equal(t, "security.noise", given.Category, "what a person says stands")
		require.NotContains(t, string(o.Timeline(given.ID)[0].Body), "category_by")
		o.Service.Reader = reader{confidence: 0.89}
		require.Empty(t, o.Report("duty", bare("看不清路")).Category)

		require.NoError(t, o.SetAlone(t.Context(), admin, incident.LearnedCategory, incident.Alone{}))
		o.Service.Reader = reader{confidence: 0.99}
		require.Empty(t, o.Report("duty", bare("看不清路")).Category)
	})
}

func TestAdviceFollowsTheModelBeforeTheWords(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		r := incident.Report{Text: "烧烤店放音乐太吵", Channel: "hotline"}
		a, err := o.Advise(o.Actor("duty"), r)
		require.NoError(t, err)
		require.Equal(t, "security.noise", a.Category)
		o.Service.Reader = reader{confidence: 0.7}
		a, err = o.Advise(o.Actor("duty"), r)
		require.NoError(t, err)
		require.Equal(t, "environment.light", a.Category)
		r.Category = "security.noise"
		a, err = o.Advise(o.Actor("duty"), r)
		require.NoError(t, err)
		require.Equal(t, "security.noise", a.Category)
	})
}

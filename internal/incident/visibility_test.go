package incident_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
)

const (
	callerName    = "欧阳明月"
	callerPhone   = "13800001234"
	callerAddress = "桂花巷七栋二单元九号"
)

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}

func fromCaller(r *incident.Report) {
	r.Reporter = incident.Reporter{Name: callerName, Phone: callerPhone, Address: callerAddress}
}

// TestResidentSeesUnitsNotOfficers walks the whole loop and reads what the holder of the code is told.
func TestResidentSeesUnitsNotOfficers(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc, code := o.ReportCode("duty", incidenttest.Noise(fromCaller))
		way := append(handled[:1:1], step("duty", "note", fields{"text": "内部：此人常来电"}), step("duty", "mark", fields{"urgent": true}))
		way = append(way, handled[1:]...)
		way = append(way, step("duty", "note", fields{"text": "请您保持电话畅通，我们的电话 13900005678", "visibility": "public"}),
			step("duty2", "rework", fields{"reason": "内部：照片模糊"}), step("station1", "transfer", fields{"person": "station1b"}),
			step("station1b", "accept_order", nil), step("station1b", "handle", fields{"result": "内部：已警告商户"}))
		way = append(way, passed[4], finished[5])
		o.Walk(inc.ID, way...)
		letter, err := o.Track(context.Background(), strings.ToLower(strings.ReplaceAll(code, "-", " ")))
		require.NoError(t, err, "a code is found as people type it")
		text := asJSON(t, letter)
		for _, login := range o.People.Logins() {
			require.NotContains(t, text, o.People.PersonName(login), "an officer's name")
		}
		for _, hidden := range []string{"内部", callerName, callerPhone, callerAddress, "13900005678", "urgent", inc.ID} {
			require.NotContains(t, text, hidden)
		}
		var did []string
		for _, s := range letter.Steps {
			did = append(did, s.Do)
		}
		require.Equal(t, []string{"report", "dispatch", "accept_order", "arrive", "handle", "note", "rework", "accept_order", "handle", "check_pass", "close"}, did)
		require.Equal(t, "合江工作站", letter.Steps[1].Unit)
		require.Equal(t, "合江工作站", letter.Steps[3].Unit)
		require.Equal(t, "请您保持电话畅通，我们的电话 139****5678", letter.Steps[5].Text)

		_, err = o.Track(context.Background(), "0000-0000-0000-0000")
		require.Equal(t, "not_found", codeOf(err))
		_, err = o.Track(context.Background(), inc.ID)
		require.Equal(t, "not_found", codeOf(err))
	})
}

// TestConfidentialReporter hides a tip-off's reporter from everybody but the centre, even from a search by the phone.
func TestConfidentialReporter(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := context.Background()
		inc := o.Report("duty", incidenttest.Noise(fromCaller, incidenttest.Of("", "tipoff")))
		require.True(t, inc.Reporter.Confidential, "a tip-off is confidential without asking")
		o.Walk(inc.ID, taken...)
		inc = o.Load(inc.ID)
		for _, who := range []string{"station1", "worker", "supervisor", "window", "leader"} {
			view := o.View(o.Actor(who), inc)
			require.Equal(t, incident.ReporterView{Confidential: true}, view.Reporter, who)
			require.NotContains(t, asJSON(t, view), "欧阳", who)
			_, err := o.Reveal(ctx, o.Actor(who), inc.ID, "回电")
			require.Equal(t, "reporter.confidential", codeOf(err), who)
			found, _, err := o.List(ctx, o.Actor(who), incident.Filter{Q: callerPhone})
			require.NoError(t, err)
			require.Empty(t, found, "%s learns from the search who it was", who)
		}
		require.Zero(t, o.Count(`SELECT count(*) FROM audit_entries`))
		view := o.View(o.Actor("duty"), inc)
		require.Equal(t, "138****1234", view.Reporter.Phone)
		found, _, err := o.List(ctx, o.Actor("duty"), incident.Filter{Q: "+86 138-0000-1234"})
		require.NoError(t, err)
		require.Len(t, found, 1)
	})
}

func TestRevealNeedsAPurposeAndIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := context.Background()
		inc := o.Report("duty", incidenttest.Noise(fromCaller, func(r *incident.Report) { r.Text += "请打 13800001234" }))
		_, err := o.Reveal(ctx, o.Actor("window"), inc.ID, "  ")
		require.Equal(t, []string{"purpose field.required"}, fieldsOf(err))
		for _, who := range []string{"dutyB", "nobody", "system", "audit", ""} {
			_, err := o.Reveal(ctx, o.Actor(who), inc.ID, "看看")
			require.Equal(t, "not_found", codeOf(err), who)
		}
		_, err = o.Reveal(ctx, o.Actor("supervisor"), inc.ID, "看看")
		require.Equal(t, "reporter.confidential", codeOf(err))
		require.Zero(t, o.Count(`SELECT count(*) FROM audit_entries`), "what was refused is not a look")

		full, err := o.Reveal(ctx, o.Actor("window"), inc.ID, "核对来电人")
		require.NoError(t, err)
		require.Equal(t, incident.Reporter{Name: callerName, Phone: callerPhone, Address: callerAddress}, full.Reporter)
		require.Empty(t, full.Code, "the code is told for one purpose only")
		require.Contains(t, full.Text, callerPhone)

		trail := audit.New(o.DB, o.Clock, o.Keys)
		rows := o.Rows(`SELECT actor_id, action, object, object_id, detail FROM audit_entries`)
		require.Len(t, rows, 1)
		for _, part := range []string{"actor_id=window", "action=reporter.view", "object=incident", inc.ID, "核对来电人"} {
			require.Contains(t, rows[0], part)
		}
		require.NotContains(t, rows[0], callerPhone)
		n, err := trail.SealBatch(ctx)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	})
}

// TestNumbersInWordsAreMasked puts a phone and an identity number into every free text and looks for them in what
// staff and residents are shown.
func TestNumbersInWordsAreMasked(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		const secret, number = "联系 13712345678 或身份证 11010519491231002X", "13712345678"
		inc, code := o.ReportCode("duty", incidenttest.Noise(func(r *incident.Report) { r.Title, r.Text, r.Address = secret, secret, secret }))
		o.Walk(inc.ID, step("duty", "dispatch", fields{"note": secret}), step("station1", "accept_order", nil),
			step("station1", "note", fields{"text": secret}), step("duty", "answer", fields{"answer": secret}),
			step("station1", "handle", fields{"result": secret, "parties": "甲 13712345678"}), step("duty", "check_pass", nil))
		shown := asJSON(t, o.View(o.Actor("duty"), o.Load(inc.ID)))
		for _, e := range o.Timeline(inc.ID) {
			shown += asJSON(t, o.EntryView(e))
		}
		o.Act("duty", inc.ID, "close", fields{"answer": secret})
		letter, err := o.Track(context.Background(), code)
		require.NoError(t, err)
		shown += asJSON(t, letter)
		require.Contains(t, shown, "137****5678")
		require.NotContains(t, shown, number)
		require.NotContains(t, shown, "11010519491231002X")
		found, _, err := o.List(context.Background(), o.Actor("duty"), incident.Filter{Q: number})
		require.NoError(t, err)
		require.Empty(t, found, "the index is of the reporter's phone, not of numbers in words")
	})
}

// TestSealedMeansSealed walks the loop and then looks for the caller in every column of every table.
func TestSealedMeansSealed(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc, code := o.ReportCode("duty", incidenttest.Noise(fromCaller))
		o.Walk(inc.ID, finished...)
		_, err := o.Reveal(context.Background(), o.Actor("duty"), inc.ID, "回访")
		require.NoError(t, err)
		_, err = o.Rate(context.Background(), code, incident.Rating{Solved: true, Satisfaction: 5}, "谢谢")
		require.NoError(t, err)
		o.Drain()
		tables := o.Tables()
		require.Contains(t, tables, "incidents")
		require.Contains(t, tables, "audit_entries")
		for _, table := range tables {
			for _, row := range o.Rows(`SELECT * FROM ` + table) {
				for _, clear := range []string{callerPhone, callerName, callerAddress, code, strings.ReplaceAll(code, "-", "")} {
					require.NotContains(t, row, clear, table)
				}
				if table == "outbox" || table == "feed" {
					require.NotContains(t, row, "烧烤", "news carry no words")
					require.NotContains(t, row, "值班甲", "news carry no names")
				}
			}
		}
	})
}

// TestSealedFieldsAreBoundToTheirRow moves a sealed value into another incident: it cannot be opened there.
func TestSealedFieldsAreBoundToTheirRow(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		caller := o.Report("duty", incidenttest.Noise(fromCaller))
		other := o.Report("duty", incidenttest.Noise())
		o.Exec(`UPDATE incidents SET reporter_phone = (SELECT reporter_phone FROM incidents WHERE id = $1), version = version + 1 WHERE id = $2`, caller.ID, other.ID)
		view := o.View(o.Actor("duty"), o.Load(other.ID))
		require.NotContains(t, view.Reporter.Phone, "1234")
		_, err := o.Reveal(context.Background(), authz.System("test"), other.ID, "查")
		require.Error(t, err)
	})
}

func TestRatedOnce(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := context.Background()
		inc, code := o.ReportCode("", incidenttest.Noise(func(r *incident.Report) { r.Channel = "app" }))
		good := incident.Rating{Solved: true, Satisfaction: 4}
		_, err := o.Rate(ctx, code, good, "")
		require.Equal(t, "report.not_ratable", codeOf(err), "nothing is done yet")
		o.Walk(inc.ID, finished...)
		_, err = o.Rate(ctx, code, incident.Rating{Satisfaction: 0}, strings.Repeat("长", 1001))
		require.Equal(t, []string{"text field.too_long", "satisfaction field.too_small"}, fieldsOf(err))
		letter, err := o.Rate(ctx, code, good, "处理得快")
		require.NoError(t, err)
		require.Equal(t, &good, letter.Rating)
		require.False(t, letter.CanRate)
		_, err = o.Rate(ctx, code, incident.Rating{Satisfaction: 1}, "")
		require.Equal(t, "report.not_ratable", codeOf(err))
		_, err = o.Rate(ctx, "7K2M-0QPX-4RTV-9HWD", good, "")
		require.Equal(t, "not_found", codeOf(err))
		require.Equal(t, int64(4), o.Load(inc.ID).Satisfaction)
	})
}

package incident_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

// enter brings a new incident into the situation.
func enter(o *incidenttest.Office, s situation) *incident.Incident {
	var change []func(*incident.Report)
	if s.start != nil {
		change = append(change, s.start)
	}
	o.People.Approving[incidenttest.Station] = s.approves
	inc := o.Report("", incidenttest.Noise(append(change, func(r *incident.Report) { r.Channel = "app" })...))
	return o.Walk(inc.ID, aimed(o, s.steps)...)
}

// given are the fields of an action. A merge goes into a new matter, which nobody knew when the table was written.
func given(o *incidenttest.Office, do string, f fields) fields {
	if do != "merge" || f["into"] != nil {
		return f
	}
	return fields{"into": o.Report("duty", incidenttest.Noise()).ID}
}

func aimed(o *incidenttest.Office, list steps) steps {
	all := make(steps, len(list))
	for n, s := range list {
		s.Fields = given(o, s.Do, s.Fields)
		all[n] = s
	}
	return all
}

// expected returns the code with which an action is refused, "" when it is carried out.
func expected(s situation, r rule, who string) string {
	onOrder := slices.Contains([]string{"claim", "accept_order", "arrive", "handle", "return_order", "transfer", "withdraw_order", "submit_reply", "ask_unit", "approve_reply", "refuse_reply", "extend", "suspend", "respond", "report_in"}, r.do)
	approving := r.do == "approve_reply" || r.do == "refuse_reply" // whoever only handles may not
	switch {
	case !sees(s, who):
		return "not_found"
	case onOrder && s.order == "" && r.do != "withdraw_order" && among("head,worker,functional,micro", who) && !approving:
		return "action.state" // they handle orders, only there is none
	case s.name == "self-handled" && onOrder && r.do != "withdraw_order" && among("worker,micro", who) && !approving:
		return "action.state" // the order is their committee's, and done
	case !among(r.by, who):
		return "forbidden"
	case !among(r.in, s.name):
		return "action.state"
	}
	return guard(s, r.do, who)
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return err.Error()
}

// TestMatrix tries every action in every state by everybody, and compares what happens with the table in
// matrix_table_test.go: what is refused changes nothing, what is done ends in the state that the table names, and the
// actions that an incident offers are those that would be carried out.
func TestMatrix(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		for _, s := range situations {
			t.Run(s.name, func(t *testing.T) { tryAll(o.For(t), t, s) })
		}
		require.Empty(t, o.Unproved())
	})
}

func tryAll(o *incidenttest.Office, t *testing.T, s situation) {
	inc := enter(o, s)
	require.Equal(t, s.state, inc.State)
	require.Empty(t, o.Broken(inc.ID))
	before := o.Stored(inc.ID)
	for _, who := range o.People.Logins() {
		var may []string
		for _, r := range rules {
			want := expected(s, r, who)
			if want == "" {
				may = append(may, r.do)
				continue
			}
			_, err := o.Try(who, inc.ID, r.do, given(o, r.do, r.fields))
			require.Equal(t, want, codeOf(err), "%s by %s", r.do, who)
			requireCurrent(t, s, who, err)
		}
		for _, do := range never {
			if !among("duty,station1,worker,nobody", who) {
				break // nobody holds more than these
			}
			_, err := o.Try(who, inc.ID, do, nil)
			require.Equal(t, "not_found", codeOf(err), "%q by %s", do, who)
		}
		require.ElementsMatch(t, may, offered(o, who, inc), "offered to %s", who)
		require.Equal(t, before, o.Stored(inc.ID), "what was refused to %s left a trace", who)
		for _, do := range may {
			carryOut(o, t, s, who, ruleOf(do))
		}
	}
}

// requireCurrent holds that whoever is refused because of the state sees the incident as it is now.
func requireCurrent(t *testing.T, s situation, who string, err error) {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok)
	if f.Kind == fault.Conflict {
		view, ok := f.Current.(incident.View)
		require.True(t, ok, "%s: a conflict without the incident", who)
		require.Equal(t, s.state, view.State)
	}
}

func offered(o *incidenttest.Office, who string, inc *incident.Incident) []string {
	if _, err := o.Get(context.Background(), o.Actor(who), inc.ID); err != nil {
		return nil
	}
	var list []string
	for _, offer := range o.Offers(o.Actor(who), inc, false) {
		list = append(list, offer.Do)
	}
	return list
}

func ruleOf(do string) rule {
	return rules[slices.IndexFunc(rules, func(r rule) bool { return r.do == do })]
}

func carryOut(o *incidenttest.Office, t *testing.T, s situation, who string, r rule) {
	t.Helper()
	f := fields{}
	for k, v := range r.fields {
		f[k] = v
	}
	if r.do == "transfer" && who == "station1b" {
		f["person"] = "station1"
	}
	inc := enter(o, s)
	after, err := o.Try(who, inc.ID, r.do, given(o, r.do, f))
	require.NoError(t, err, "%s by %s", r.do, who)
	want := incident.State(r.to)
	if r.to == "" {
		want = s.state
	}
	require.Equal(t, want, after.State, "%s by %s", r.do, who)
	require.Equal(t, inc.EntrySeq+1, after.EntrySeq)
	require.Equal(t, inc.Version+1, after.Version)
	require.Empty(t, o.Broken(inc.ID), "%s by %s", r.do, who)
}

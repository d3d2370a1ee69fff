package incidenttest

import (
	"context"
	"encoding/json"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/geo"
)

// Fields are the fields of an action, besides "order" and "version", which say what it is addressed to.
type Fields map[string]any

// Noise returns a report of noise in the first micro-grid, as the hotline takes it; each change is made to it in turn.
func Noise(change ...func(*incident.Report)) incident.Report {
	r := incident.Report{Text: "楼下烧烤店深夜还在放音乐，太吵了睡不着。", Category: "security.noise", Channel: "hotline",
		Lon: &InMicro1.Lon, Lat: &InMicro1.Lat, Address: "合江路12号"}
	for _, fn := range change {
		fn(&r)
	}
	return r
}

// At puts a report at a point.
func At(p geo.Point) func(*incident.Report) {
	return func(r *incident.Report) { r.Lon, r.Lat = &p.Lon, &p.Lat }
}

// By gives a report its reporter.
func By(name, phone string) func(*incident.Report) {
	return func(r *incident.Report) { r.Reporter.Name, r.Reporter.Phone = name, phone }
}

// Of gives a report its category and kind.
func Of(category, kind string) func(*incident.Report) {
	return func(r *incident.Report) { r.Category, r.Kind = category, kind }
}

// Report takes a report and fails the test when it is refused.
func (o *Office) Report(login string, r incident.Report) *incident.Incident {
	o.t.Helper()
	inc, _ := o.ReportCode(login, r)
	return inc
}

// ReportCode is like Report and returns the tracking code too.
func (o *Office) ReportCode(login string, r incident.Report) (*incident.Incident, string) {
	o.t.Helper()
	inc, code, err := o.Service.Report(context.Background(), o.Actor(login), r, incident.Repeat{})
	require.NoError(o.t, err)
	return inc, code
}

// Try carries out an action and returns what comes of it.
func (o *Office) Try(login, id, do string, fields Fields) (*incident.Incident, error) {
	o.t.Helper()
	return o.Service.Act(context.Background(), o.Actor(login), id, Action(o.t, do, fields))
}

// Act carries out an action and fails the test when it is refused.
func (o *Office) Act(login, id, do string, fields Fields) *incident.Incident {
	o.t.Helper()
	inc, err := o.Try(login, id, do, fields)
	require.NoError(o.t, err, "%s: %s", login, do)
	return inc
}

// Step is one action of somebody.
type Step struct {
	By, Do string
	Fields Fields
}

// Walk carries out steps one after the other and returns the incident after the last.
func (o *Office) Walk(id string, steps ...Step) *incident.Incident {
	o.t.Helper()
	var inc *incident.Incident
	for _, s := range steps {
		inc = o.Act(s.By, id, s.Do, s.Fields)
	}
	if inc == nil {
		inc = o.Load(id)
	}
	return inc
}

// Link lets merged incidents tell each other everything they have to.
func (o *Office) Link() {
	o.t.Helper()
	_, err := o.CarryOutLinks(context.Background())
	require.NoError(o.t, err)
}

// Load returns an incident as the machine sees it.
func (o *Office) Load(id string) *incident.Incident {
	o.t.Helper()
	inc, err := o.Get(context.Background(), Machine, id)
	require.NoError(o.t, err)
	return inc
}

// Timeline returns all entries of an incident.
func (o *Office) Timeline(id string) []*incident.Entry {
	o.t.Helper()
	list, next, err := o.Service.Timeline(context.Background(), Machine, id, 0, 10_000)
	require.NoError(o.t, err)
	require.Zero(o.t, next)
	return list
}

// tester is what Action needs of a test.
type tester interface {
	require.TestingT
	Helper()
}

// Action makes an action of fields; "order" and "version" among them are its address.
func Action(t tester, do string, fields Fields) incident.Action {
	t.Helper()
	a := incident.Action{Do: do, Fields: map[string]json.RawMessage{}}
	for name, value := range fields {
		switch name {
		case "order":
			a.Order = value.(string)
		case "version":
			v := value.(int64)
			a.Version = &v
		default:
			raw, err := json.Marshal(value)
			require.NoError(t, err)
			a.Fields[name] = raw
		}
	}
	return a
}

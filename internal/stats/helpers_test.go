package stats_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/stats"
)

var bg = context.Background()

// desk is an office with its figures.
type desk struct {
	*incidenttest.Office
	Stats *stats.Service
	t     testing.TB
	past  map[string][6]string // what areas lay under, where a test says that it was otherwise
	names map[string]string
}

func each(t *testing.T, fn func(t *testing.T, d *desk)) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) { fn(t, newDesk(t, store)) })
}

func newDesk(t testing.TB, store *db.DB) *desk {
	d := &desk{Office: incidenttest.New(t, store), t: t, past: map[string][6]string{}}
	d.Stats = stats.NewService(stats.Config{DB: store, Clock: d.Clock, Zone: incidenttest.Begin.Location(), Topic: incident.Topic, Source: source{d},
		Places: areas{d}, Names: words{d}, Workdays: weekdays{}})
	d.Service.Counted = d.Stats.Count
	d.fill()
	return d
}

// fill counts what is there already.
func (d *desk) fill() {
	d.t.Helper()
	for {
		done, err := d.Stats.Fill(bg)
		require.NoError(d.t, err)
		if done {
			return
		}
	}
}

// follow relays everything and lets the figures catch up.
func (d *desk) follow() {
	d.t.Helper()
	d.Drain()
	for {
		n, err := d.Feed.Step(bg, d.Stats.Consumer())
		require.NoError(d.t, err)
		if n == 0 {
			return
		}
	}
}

// table asks a question and fails the test when it is refused.
func (d *desk) table(login string, q stats.Query) stats.Result {
	d.t.Helper()
	d.follow()
	r, err := d.Stats.Table(bg, d.Actor(login), q)
	require.NoError(d.t, err)
	return r
}

// total returns the measures of everything that somebody sees of a span of days around the office's first.
func (d *desk) total(login string, q stats.Query) map[string]int64 {
	d.t.Helper()
	if q.From == "" {
		q.From, q.To = "2026-01-01", "2026-12-31"
	}
	return d.table(login, q).Total.Measures
}

func (d *desk) board(login, area, day string) *stats.Board {
	d.t.Helper()
	d.follow()
	d.Clock.Advance(time.Second)
	b, err := d.Stats.Board(bg, d.Actor(login), area, day)
	require.NoError(d.t, err)
	return b
}

// done takes an incident through its whole life.
func (d *desk) done(change ...func(*incident.Report)) *incident.Incident {
	d.t.Helper()
	inc := d.Report("duty", incidenttest.Noise(change...))
	return d.handled(inc.ID, "duty", "station1")
}

func (d *desk) handled(id, duty, by string) *incident.Incident {
	d.t.Helper()
	wait := func(t time.Duration) { d.Clock.Advance(t) }
	wait(30 * time.Second)
	d.Act(duty, id, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
	wait(30 * time.Second)
	d.Act(by, id, "accept_order", nil)
	wait(3 * time.Minute)
	d.Act(by, id, "arrive", incidenttest.Fields{"reason": "定位不准"})
	wait(20 * time.Minute)
	d.Act(by, id, "handle", incidenttest.Fields{"result": "已劝离"})
	wait(time.Minute)
	d.Act(duty, id, "check_pass", nil)
	wait(time.Minute)
	return d.Act(duty, id, "close", incidenttest.Fields{"answer": "已处理"})
}

type source struct{ d *desk }

func (s source) After(ctx context.Context, q db.Querier, id string, limit int) ([]string, error) {
	return s.d.IDsAfter(ctx, q, id, limit)
}

func (s source) Matters(ctx context.Context, q db.Querier, ids []string) ([]*stats.Matter, error) {
	list, err := s.d.Outlines(ctx, q, ids)
	var out []*stats.Matter
	for _, o := range list {
		out = append(out, matterOf(o))
	}
	return out, err
}

// matterOf is what the program's own adapter does (internal/app/adapt_stats.go).
func matterOf(o *incident.Outline) *stats.Matter {
	m := &stats.Matter{ID: o.ID, Number: o.Number, Title: o.Title, Seq: o.EntrySeq, State: string(o.State), Open: o.Open(), Filed: o.Filed(),
		Kind: o.Kind, Channel: o.Channel, Category: o.Category, Severity: o.Severity, Urgent: o.Urgent, Levels: o.LevelIDs, FiledArea: o.FiledArea,
		DueAt: o.DueAt, Deferred: o.DeferredAt != 0, Paused: o.DeferredAt != 0 || o.SuspendedAt != 0, Reworked: o.Reworked, Returned: o.Returned,
		Reopened: o.Reopened, Extended: o.Extensions, LateStages: o.LateStages, Answered: o.Answered, Solved: o.Solved, Satisfaction: o.Satisfaction,
		ReceivedAt: o.ReceivedAt, AcceptedAt: o.AcceptedAt, DispatchedAt: o.DispatchedAt, TakenAt: o.TakenAt, ArrivedAt: o.ArrivedAt,
		HandledAt: o.HandledAt, CheckedAt: o.CheckedAt, ClosedAt: o.ClosedAt}
	for _, r := range o.Orders {
		m.Orders = append(m.Orders, stats.Order{ID: r.ID, Unit: r.UnitID, Person: r.PersonID, Current: r.ID == o.LeadOrder, Self: r.SelfHandled(),
			GivenBack: r.GivenBack(), Nobody: r.NobodyOnDuty()})
	}
	for _, k := range o.Clocks {
		m.Clocks = append(m.Clocks, stats.Clock{Stage: string(k.Stage), Order: k.OrderID, StartedAt: k.StartedAt, DueAt: k.DueAt, StoppedAt: k.StoppedAt,
			OverdueAt: k.OverdueAt})
	}
	return m
}

type areas struct{ d *desk }

func refs(path []incident.Area) []stats.AreaRef {
	var out []stats.AreaRef
	for _, a := range path {
		out = append(out, stats.AreaRef{ID: a.ID, Name: a.Name, Level: a.Level})
	}
	return out
}

func (a areas) Path(id string) []stats.AreaRef { return refs(a.d.Places.Path(id)) }

var everyArea = []string{incidenttest.City, incidenttest.District, incidenttest.StreetA, incidenttest.StreetB, incidenttest.Community1, incidenttest.Community2,
	incidenttest.Community9, incidenttest.Grid1, incidenttest.Grid3, incidenttest.Grid9, incidenttest.Micro1, incidenttest.Micro2, incidenttest.Micro3, incidenttest.Micro9}

func (a areas) Children(id string) []stats.AreaRef {
	var out []stats.AreaRef
	for _, one := range everyArea {
		path := a.Path(one)
		if n := len(path); n > 1 && path[n-2].ID == id || n == 1 && id == "" {
			out = append(out, path[n-1])
		}
	}
	return out
}

func (a areas) Filed(_ context.Context, id string, _ int64) (out [6]string, ok bool, err error) {
	if past, was := a.d.past[id]; was {
		return past, true, nil
	}
	path := a.Path(id)
	for _, one := range path {
		out[slices.Index(incident.Levels, one.Level)] = one.ID
	}
	return out, len(path) > 0, nil
}

func (a areas) Former(_ context.Context, ids []string) (map[string]stats.AreaRef, error) {
	out := map[string]stats.AreaRef{}
	for _, id := range ids {
		out[id] = stats.AreaRef{ID: id, Name: "原" + id}
	}
	return out, nil
}

type words struct{ d *desk }

func (w words) Unit(id string) string {
	u, _ := w.d.People.Unit(id)
	return u.Name
}
func (w words) Person(id string) string { return w.d.People.PersonName(id) }
func (w words) Category(code string) (zh, en string) {
	c, _ := w.d.Categories().Get(code)
	return c.NameZH, c.NameEN
}
func (w words) Categories(code string) []string { return w.d.Categories().Children(code) }
func (w words) Channels() []string {
	return []string{"video", "sensor", "visit", "window", "patrol", "app", "hotline", "partner"}
}

// weekdays are Monday to Friday.
type weekdays struct{}

func (weekdays) Workday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func lite(t testing.TB) *db.DB { return dbtest.Lite(t) }

// count counts incidents anew.
func (d *desk) count(ids ...string) func(ctx context.Context, tx db.Tx) error {
	return func(ctx context.Context, tx db.Tx) error { return d.Stats.Count(ctx, tx, ids) }
}

// life makes a past incident with an external id on a ledger.
func (d *desk) life(external string) []*incident.Life {
	d.t.Helper()
	r := incidenttest.Noise()
	r.ExternalID = external
	life, err := d.Ledger(d.Clock).Report(incidenttest.Machine, r)
	require.NoError(d.t, err)
	return []*incident.Life{life}
}

func none(context.Context, db.Tx) error { return nil }

func requireFault(t *testing.T, err error, code string) {
	t.Helper()
	require.True(t, fault.Is(err, code), "want %s, got %v", code, err)
}

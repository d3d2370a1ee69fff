package report_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/pdf"
	"gezhi/internal/kit/pdf/pdftest"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
	"gezhi/internal/report"
)

var zone = time.FixedZone("CST", 8*3600)

// desk is a centre with invented figures.
type desk struct {
	*report.Service
	clock   *now.Manual
	figures *figures
	db      *db.DB
}

// figures are the same for every area; days without a number had nothing.
type figures struct {
	received map[string]int64 // by day
	filling  bool
	events   bool
	late     report.Late
}

func (f *figures) Table(_ context.Context, actor authz.Actor, ask report.Ask) (report.Answer, error) {
	if !actor.Can(perm.FiguresRead) {
		return report.Answer{}, fault.New(fault.Forbidden, "forbidden")
	}
	var n int64
	out := report.Answer{Position: 77, Filling: f.filling, Events: f.events}
	for day := date(ask.From); !day.After(date(ask.To)); day = day.AddDate(0, 0, 1) {
		key := day.Format(time.DateOnly)
		n += f.received[key]
		if ask.By == "day" {
			out.Rows = append(out.Rows, line(key, "", f.received[key]))
		}
	}
	switch ask.By {
	case "area":
		out.Rows = append(out.Rows, line("C1", `=HYPERLINK("http://x","一社区")`, n), line("C2", "二社区", 0))
	case "unit":
		out.Rows = append(out.Rows, line("U1", "市政养护所", n), line("", "", 1))
	case "category":
		out.Rows = append(out.Rows, line("road.hole", "", n))
	case "channel":
		out.Rows = append(out.Rows, line("hotline", "", n))
	}
	out.Total = line("", "", n)
	return out, nil
}

// line has the closing rates that were published for 972 incidents.
func line(key, name string, n int64) report.Line {
	l := report.Line{Key: key, Name: name, Measures: map[string]int64{"received": n, "on_closed": n / 2}, KPIs: map[string]report.Value{}}
	share := func(code string, count, base int64) {
		v := report.Value{Count: count, Base: base}
		if base > 0 {
			of := float64(count) / float64(base)
			v.Value = &of
		}
		l.KPIs[code] = v
	}
	if n == 0 {
		return l
	}
	share("closing", 911*n/972, n)
	share("closing_in_time", 737*n/972, n)
	share("dispatch_in_time", n, n)
	return l
}

func (f *figures) Late(context.Context, authz.Actor, string, string, string, int) (report.Late, error) {
	return f.late, nil
}

func (f *figures) Oldest(context.Context, authz.Actor, string, int) ([]report.Matter, error) {
	return []report.Matter{}, nil
}

func (f *figures) Indicators() []report.Indicator {
	return []report.Indicator{{Code: "received", Unit: "count"}, {Code: "on_closed", Unit: "count", Event: true}, {Code: "on_overdue", Unit: "count", Better: "less", Event: true}, {Code: "open", Unit: "count"},
		{Code: "closing", Unit: "share", Better: "more", KPI: true}, {Code: "closing_in_time", Unit: "share", Better: "more", KPI: true}, {Code: "rework", Unit: "share", Better: "less", KPI: true},
		{Code: "satisfaction", Unit: "share", Better: "more", KPI: true}, {Code: "resolution", Unit: "share", KPI: true}, {Code: "response", Unit: "share", KPI: true},
		{Code: "dispatch_in_time", Unit: "share", Better: "more", KPI: true}, {Code: "arrive_in_time", Unit: "share", Better: "more", KPI: true}}
}

// places is a street of two communities, none of which has a boundary.
type places struct{}

var tree = map[string][]report.Area{
	"S":  {{ID: "S", Name: "锦云街道", Level: "street"}},
	"C1": {{ID: "S", Name: "锦云街道", Level: "street"}, {ID: "C1", Name: "一社区", Level: "community"}},
	"C2": {{ID: "S", Name: "锦云街道", Level: "street"}, {ID: "C2", Name: "二社区", Level: "community"}},
}

func (places) Path(id string) []report.Area { return tree[id] }
func (places) Tops() []report.Area          { return tree["S"] }
func (places) Offices() []report.Area       { return tree["S"] }
func (places) Below(id string) []report.Area {
	if id == "S" {
		return []report.Area{tree["C1"][1], tree["C2"][1]}
	}
	return nil
}

type names struct{}

func (names) Category(code string) (zh, en string) { return "路面坑洼", "Potholes" }

// items gives the same incidents and orders whatever is asked.
type items []report.Item

func (i items) EachIncident(_ context.Context, _ authz.Actor, _ report.Ask, fn func(report.Item) error) error {
	for _, one := range i {
		if err := fn(one); err != nil {
			return err
		}
	}
	return nil
}

func (i items) EachOrder(ctx context.Context, actor authz.Actor, ask report.Ask, fn func(report.Item) error) error {
	return i.EachIncident(ctx, actor, ask, fn)
}

func (items) Depth(level string) int {
	return slices.Index([]string{"city", "district", "street", "community"}, level)
}

func (items) Named(_ context.Context, _ string, keys []string) (map[string][2]string, error) {
	out := map[string][2]string{}
	for _, key := range keys {
		out[key] = [2]string{"名 " + key}
	}
	return out, nil
}

func newDesk(t *testing.T, d *db.DB, counted ...report.Item) *desk {
	catalog, err := words.Load(os.DirFS("../../web/src/i18n"))
	require.NoError(t, err)
	s := &desk{clock: now.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, zone)), figures: &figures{received: map[string]int64{}, events: true}, db: d}
	s.Service = report.New(report.Config{DB: d, Clock: s.clock, Zone: zone, Figures: s.figures, Orders: items(counted), Places: places{}, Names: names{}, Words: catalog,
		Fonts: func() (*pdf.Fonts, error) { return pdftest.Fonts(t), nil }, Audit: audit.New(d, s.clock, nil)})
	return s
}

func date(day string) time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return at
}

// person holds permissions over an area, or over the work of a unit.
func person(name, area, unit string, may ...authz.Permission) authz.Actor {
	p := authz.Post{AreaID: area, UnitID: unit, Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{}}
	if unit != "" {
		p.Reach = authz.ReachUnit
	}
	for _, one := range may {
		p.Permissions[one] = true
	}
	return authz.Actor{AccountID: name, Name: name, Posts: []authz.Post{p}}
}

var leader = person("leader", "S", "", perm.FiguresRead, perm.ReportManage)

func said(s *desk, r report.Report) string { return strings.Join(s.Sentences(r, "zh-CN"), "\n") }

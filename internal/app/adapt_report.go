package app

import (
	"context"
	"io/fs"
	"slices"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/pdf"
	"gezhi/internal/perm"
	"gezhi/internal/report"
	"gezhi/internal/stats"
	site "gezhi/web"
)

// buildReport makes the service of reports and tables.
func (a *App) buildReport() {
	a.Report = report.New(report.Config{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Figures: reportFigures{a}, Orders: reportItems{a}, Public: openMatters{a}, Places: reportPlaces{a.Grid},
		Names: statsNames{a}, Words: a.Bulk.Words, Fonts: printFonts, Audit: a.Audit})
}

// printFonts reads what PDF is written with from the built web application.
func printFonts() (*pdf.Fonts, error) {
	files, built := site.Files()
	if !built {
		return nil, fs.ErrNotExist
	}
	return pdf.ReadFonts(files)
}

// reportFigures is what reports know of the figures.
type reportFigures struct{ app *App }

func (r reportFigures) Table(ctx context.Context, actor authz.Actor, ask report.Ask) (report.Answer, error) {
	q := queryOf(ask)
	q.By, q.Level, q.Top, q.Percentiles = ask.By, ask.Level, ask.Top, ask.Percentiles
	found, err := r.app.Stats.Table(ctx, actor, q)
	if err != nil {
		return report.Answer{}, err
	}
	out := report.Answer{Position: found.Position, Filling: found.Filling, Left: found.Left, Events: found.Events, Total: lineOf(found.Total)}
	for _, row := range found.Rows {
		out.Rows = append(out.Rows, lineOf(row))
	}
	return out, nil
}

func queryOf(ask report.Ask) stats.Query {
	return stats.Query{Area: ask.Area, Unit: ask.Unit, Person: ask.Person, Category: ask.Category, Channel: ask.Channel, From: ask.From, To: ask.To}
}

func lineOf(row stats.Row) report.Line {
	l := report.Line{Key: row.Key, Name: row.Name, Measures: row.Measures, KPIs: make(map[string]report.Value, len(row.KPIs))}
	for code, v := range row.KPIs {
		l.KPIs[rateCode(code)] = report.Value{Value: v.Value, Count: v.Count, Base: v.Base, P50: v.P50, P90: v.P90}
	}
	return l
}

// rateCode tells a rate from the number of the same name.
func rateCode(kpi string) string {
	if slices.ContainsFunc(stats.Measures, func(m stats.Measure) bool { return m.Name == kpi }) {
		return kpi + "_rate"
	}
	return kpi
}

func (r reportFigures) Late(ctx context.Context, actor authz.Actor, area, from, to string, items int) (report.Late, error) {
	found, err := r.app.Stats.Late(ctx, actor, stats.LateQuery{Area: area, From: from, To: to, Limit: items})
	out := report.Late{Stages: []report.Tally{}, Causes: []report.Tally{}, Items: []report.LateMatter{}}
	if err != nil {
		return out, err
	}
	out.Total = found.Total
	for _, s := range found.ByStage {
		out.Stages = append(out.Stages, report.Tally{Code: s.Stage, Count: s.Count, Ms: s.MsOver})
	}
	for _, c := range found.Causes {
		out.Causes = append(out.Causes, report.Tally{Code: c.Cause, Count: c.Count})
	}
	for _, i := range found.Items {
		out.Items = append(out.Items, report.LateMatter{ID: i.ID, Number: i.Number, Area: i.AreaName, Unit: i.UnitName, Stage: i.Stage, OverMs: i.OverMs, Causes: i.Causes})
	}
	return out, nil
}

func (r reportFigures) Oldest(ctx context.Context, actor authz.Actor, area string, n int) ([]report.Matter, error) {
	facts, err := r.app.Stats.Oldest(ctx, actor, area, n)
	out := []report.Matter{}
	tree, people := r.app.Grid.Tree(), r.app.People.Directory()
	for _, f := range facts {
		m := report.Matter{ID: f.ID, Number: f.Number, Unit: people.UnitName(f.Unit), State: f.State, ReceivedAt: f.ReceivedAt}
		m.Category, m.CategoryEN = statsNames{r.app}.Category(f.Category)
		if a, ok := tree.Area(f.Area); ok {
			m.Area = a.Name
		}
		out = append(out, m)
	}
	return out, err
}

func (r reportFigures) Indicators() []report.Indicator {
	var list []report.Indicator
	for _, m := range stats.Measures {
		if m.Unit == stats.Count {
			list = append(list, report.Indicator{Code: m.Name, Unit: string(m.Unit), Event: m.Day != "", Better: map[string]string{"overdue": "less", "on_overdue": "less"}[m.Name]})
		}
	}
	for _, k := range stats.KPIs {
		list = append(list, report.Indicator{Code: rateCode(k.Code), Unit: string(k.Unit), Better: k.Better, KPI: true})
	}
	return list
}

// reportPlaces is what reports know of areas.
type reportPlaces struct{ grid *grid.Service }

func reportAreas(list []grid.Area) []report.Area {
	var out []report.Area
	for _, a := range list {
		out = append(out, report.Area{ID: a.ID, Name: a.Name, Level: string(a.Level)})
	}
	return out
}

func (p reportPlaces) Path(id string) []report.Area  { return reportAreas(p.grid.Tree().Path(id)) }
func (p reportPlaces) Below(id string) []report.Area { return reportAreas(p.grid.Tree().Children(id)) }
func (p reportPlaces) Tops() []report.Area           { return reportAreas(p.grid.Tree().Children("")) }

func (p reportPlaces) Offices() []report.Area {
	tree := p.grid.Tree()
	trunk, ok := tree.Trunk()
	switch {
	case !ok:
		return p.Tops()
	case len(tree.Children(trunk.ID)) == 0:
		return nil
	}
	path := tree.Path(trunk.ID)
	at := slices.IndexFunc(path, func(a grid.Area) bool { return a.Level == grid.Street })
	if at < 0 {
		at = len(path) - 1
	}
	return reportAreas(path[at : at+1])
}

// reportItems gives reports what is counted one by one.
type reportItems struct{ app *App }

func (r reportItems) Depth(level string) int { return slices.Index(incident.Levels, level) }

func (r reportItems) EachIncident(ctx context.Context, actor authz.Actor, ask report.Ask, fn func(report.Item) error) error {
	return r.app.Stats.EachFact(ctx, actor, queryOf(ask), func(f stats.Fact) error {
		return fn(report.Item{Levels: f.Levels[:], Unit: f.Unit, Person: f.Person, Category: f.Category, Channel: f.Channel, State: f.State, Day: f.Day})
	})
}

func (r reportItems) EachOrder(ctx context.Context, actor authz.Actor, ask report.Ask, fn func(report.Item) error) error {
	zone := r.app.Config.Zone
	if zone == nil {
		zone = time.Local
	}
	from, err := time.ParseInLocation(time.DateOnly, ask.From, zone)
	if err != nil {
		return err
	}
	to, err := time.ParseInLocation(time.DateOnly, ask.To, zone)
	if err != nil {
		return err
	}
	f := incident.SentFilter{From: from.UnixMilli(), To: to.AddDate(0, 0, 1).UnixMilli(), Area: ask.Area, Unit: ask.Unit, Person: ask.Person, Category: ask.Category, Channel: ask.Channel}
	return r.app.Incident.EachOrder(ctx, actor.Scope(perm.FiguresRead), f, func(o incident.SentOrder) error {
		i := report.Item{Levels: o.Levels[:], Unit: o.UnitID, Person: o.PersonID, Category: o.Category, Channel: o.Channel, State: string(o.State),
			Day: time.UnixMilli(o.ReceivedAt).In(zone).Format(time.DateOnly), Sums: map[string]int64{}}
		count := func(name string, is bool, ms int64) {
			if is {
				i.Sums["orders_"+name]++
				if ms >= 0 {
					i.Sums["orders_ms_"+map[string]string{"accepted": "accept", "handled": "handle"}[name]] += ms
				}
			}
		}
		count("accepted", o.AcceptedAt != 0, max(0, o.AcceptedAt-o.SentAt))
		count("handled", o.DoneAt != 0, max(0, o.DoneAt-o.SentAt))
		count("arrived", o.ArrivedAt != 0, -1)
		count("returned", o.State == incident.Returned, -1)
		count("withdrawn", o.State == incident.Withdrawn, -1)
		count("open", slices.Contains([]incident.OrderState{incident.Pooled, incident.Sent, incident.OrderAccepted, incident.Arrived}, o.State), -1)
		return fn(i)
	})
}

func (r reportItems) Named(_ context.Context, dimension string, keys []string) (map[string][2]string, error) {
	out := map[string][2]string{}
	for _, key := range keys {
		switch dimension {
		case "area":
			a, _ := r.app.Grid.Tree().Area(key)
			out[key] = [2]string{a.Name}
		case "unit":
			out[key] = [2]string{r.app.People.Directory().UnitName(key)}
		case "person":
			out[key] = [2]string{r.app.People.Directory().PersonName(key)}
		}
	}
	return out, nil
}

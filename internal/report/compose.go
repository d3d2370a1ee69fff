package report

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
)

// How much a brief shows: it has one or two pages.
const (
	topRows   = 12
	topShort  = 8
	topOldest = 5
	topLate   = 5
)

// What a brief says first, and of the visits.
var (
	headline = []string{"received", "on_closed", "on_overdue", "open", "closing", "closing_in_time", "rework", "satisfaction"}
	visits   = []string{"response", "resolution", "satisfaction"}
	promises = []struct{ share, time string }{{"dispatch_in_time", "time_dispatch"}, {"arrive_in_time", "time_arrive"}}
)

// compose asks for everything that a brief says of an area and a period. The figures are those that the actor may see.
func (s *Service) compose(ctx context.Context, actor authz.Actor, kind Kind, area string, p Period) (Brief, int64, error) {
	before, year := kind.before(p), kind.yearBefore(p)
	b := Brief{}
	b.From, b.To = p.Days()
	b.BeforeFrom, b.BeforeTo = before.Days()
	b.YearFrom, b.YearTo = year.Days()
	totals := make([]Answer, 3)
	for i, one := range []Period{p, before, year} {
		ask := Ask{By: "none", Area: area, Percentiles: i == 0}
		ask.From, ask.To = one.Days()
		var err error
		if totals[i], err = s.Figures.Table(ctx, actor, ask); err != nil {
			return b, 0, err
		}
	}
	b.Filling = totals[0].Filling
	b.Empty = nothing(totals[0])
	for _, code := range headline {
		b.Headline = append(b.Headline, s.figure(code, totals))
	}
	for _, code := range visits {
		b.Visits = append(b.Visits, s.figure(code, totals))
	}
	for _, one := range promises {
		took := totals[0].Total.KPIs[one.time]
		b.Promises = append(b.Promises, Promise{s.figure(one.share, totals), took.P50, took.P90})
	}
	if err := s.tables(ctx, actor, &b, kind, area, p); err != nil {
		return b, 0, err
	}
	var err error
	if b.Late, err = s.Figures.Late(ctx, actor, area, b.From, b.To, topLate); err != nil {
		return b, 0, err
	}
	b.Oldest, err = s.Figures.Oldest(ctx, actor, area, topOldest)
	return b, totals[0].Position, err
}

// nothing tells whether a period has nothing to compare with: no figure of it means anything.
func nothing(a Answer) bool {
	return a.Total.Measures["received"]+a.Total.Measures["on_closed"]+a.Total.Measures["on_overdue"] == 0
}

// figure takes one figure out of the totals of the period, of the one before, and of a year before.
func (s *Service) figure(code string, totals []Answer) Figure {
	f := Figure{Code: code, Unit: "count"}
	at := slices.IndexFunc(s.indicators, func(i Indicator) bool { return i.Code == code })
	if at >= 0 {
		f.Unit, f.Better = s.indicators[at].Unit, s.indicators[at].Better
	}
	values := [3]*float64{}
	for i, t := range totals {
		if i > 0 && nothing(t) {
			continue
		}
		if at >= 0 && s.indicators[at].KPI {
			values[i] = t.Total.KPIs[code].Value
			continue
		}
		v := float64(t.Total.Measures[code])
		values[i] = &v
	}
	f.Value, f.Before, f.Year = values[0], values[1], values[2]
	v := totals[0].Total.KPIs[code]
	f.Count, f.Base = v.Count, v.Base
	return f
}

// tables fills what a brief lists by day, area, unit, category and channel.
func (s *Service) tables(ctx context.Context, actor authz.Actor, b *Brief, kind Kind, area string, p Period) error {
	days := kind.shown(p)
	ask := Ask{By: "day", Area: area}
	ask.From, ask.To = days.Days()
	byDay, err := s.Figures.Table(ctx, actor, ask)
	if err != nil {
		return err
	}
	known := map[string]Line{}
	for _, l := range byDay.Rows {
		known[l.Key] = l
	}
	for day := days.From; !day.After(days.To); day = day.AddDate(0, 0, 1) {
		key := day.Format(dayForm)
		b.Days = append(b.Days, Day{key, known[key].Measures["received"], known[key].Measures["on_closed"]})
	}
	for _, one := range []struct {
		by   string
		top  int
		into *[]Row
	}{{"area", topRows, &b.Areas}, {"unit", topRows, &b.Units}, {"category", topShort, &b.Categories}, {"channel", topShort, &b.Channels}} {
		if *one.into, err = s.rows(ctx, actor, b, one.by, area, one.top); err != nil {
			return err
		}
	}
	return nil
}

// rows lists by something, those with most first. An area without areas below it has no table of them.
func (s *Service) rows(ctx context.Context, actor authz.Actor, b *Brief, by, area string, top int) ([]Row, error) {
	list := []Row{}
	if by == "area" && len(s.Places.Below(area)) == 0 {
		return list, nil
	}
	now, err := s.Figures.Table(ctx, actor, Ask{By: by, Area: area, From: b.From, To: b.To})
	if err != nil {
		return nil, err
	}
	past, err := s.Figures.Table(ctx, actor, Ask{By: by, Area: area, From: b.BeforeFrom, To: b.BeforeTo})
	if err != nil {
		return nil, err
	}
	before := map[string]int64{}
	for _, l := range past.Rows {
		before[l.Key] = l.Measures["received"]
	}
	for _, l := range now.Rows {
		r := Row{Key: l.Key, Name: l.Name, Received: l.Measures["received"], Before: before[l.Key], Closed: l.Measures["on_closed"],
			Overdue: l.Measures["overdue"], Closing: l.KPIs["closing"].Value}
		if by == "category" {
			r.Name, r.NameEN = s.Names.Category(l.Key)
		}
		if r.Received+r.Before+r.Closed+r.Overdue > 0 {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b Row) int { return int(b.Received - a.Received) })
	return list[:min(len(list), top)], nil
}

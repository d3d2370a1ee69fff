package report

import (
	"errors"
	"io/fs"
	"time"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/pdf"
	"gezhi/internal/kit/words"
)

func (s *Service) speaker(lang string) speaker {
	return speaker{words.Speaker{Lang: lang, Catalog: s.Words}, s.zone()}
}

// Title names a report in a language.
func (s *Service) Title(r Report, lang string) string {
	say := s.speaker(lang)
	return say.Say("report.title."+string(r.Kind), "area", r.AreaName)
}

// Sentences says a report in a language.
func (s *Service) Sentences(r Report, lang string) []string { return s.speaker(lang).sentences(r) }

// PDF draws a report on one or two pages.
func (s *Service) PDF(r Report, lang string) ([]byte, error) {
	fonts, err := s.Fonts()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(err, fault.Unavailable, "briefs.no_fonts")
	}
	if err != nil {
		return nil, err
	}
	say := s.speaker(lang)
	title := s.Title(r, lang)
	d, err := pdf.New(fonts, pdf.Info{Title: title + " " + say.period(r.From, r.To), Author: say.Say("report.author"), At: time.UnixMilli(r.MadeAt).In(s.zone()),
		Foot: say.Say("report.foot", "title", title, "period", say.period(r.From, r.To), "at", say.moment(r.MadeAt), "version", r.Version),
		Page: func(n, of int) string { return say.Say("report.page", "n", n, "of", of) }})
	if err != nil {
		return nil, err
	}
	printed{d, say, r}.all(title)
	return d.Bytes()
}

// printed is a report on its way to paper.
type printed struct {
	*pdf.Doc
	say speaker
	r   Report
}

func (p printed) all(title string) {
	b := p.r.Brief
	p.Title(title, p.say.Say("report.about", "period", p.say.period(b.From, b.To), "before", p.say.period(b.BeforeFrom, b.BeforeTo), "year", p.say.period(b.YearFrom, b.YearTo)))
	for _, text := range p.say.sentences(p.r) {
		p.Text(text)
	}
	p.Space(4)
	p.Cards(p.cards(), 4)
	if b.Empty && len(b.Oldest) == 0 {
		p.Note(p.say.Say("report.note"))
		return
	}
	p.Space(4)
	p.charts()
	p.table("area", b.Areas)
	p.table("unit", b.Units)
	p.Beside(34+15*float64(max(len(b.Categories), len(b.Channels), 1)), func() { p.bars("category", b.Categories) }, func() { p.bars("channel", b.Channels) })
	p.oldest()
	p.late()
	p.Space(6)
	p.Note(p.say.Say("report.note"))
}

func (p printed) cards() []pdf.Card {
	var cards []pdf.Card
	for _, f := range p.r.Brief.Headline {
		c := pdf.Card{Label: p.say.label(f.Code), Value: p.say.value(f.Unit, f.Value)}
		for _, one := range []struct {
			key     string
			earlier *float64
		}{{"report.against_before", f.Before}, {"report.against_year", f.Year}} {
			text, better := p.say.change(f, one.earlier)
			c.Remarks = append(c.Remarks, pdf.Remark{Text: p.say.Say(one.key, "change", text), Tone: tone(better)})
		}
		cards = append(cards, c)
	}
	return cards
}

func tone(better int) pdf.Tone {
	switch better {
	case 1:
		return pdf.Better
	case -1:
		return pdf.Worse
	}
	return pdf.Quiet
}

func (p printed) charts() {
	b := p.r.Brief
	p.Beside(150, func() {
		p.Section(p.say.Say("report.part.days"), 0)
		labels := make([]string, len(b.Days))
		series := []pdf.Series{{Name: p.say.label("received")}, {Name: p.say.label("on_closed")}}
		for i, d := range b.Days {
			labels[i] = d.Day[5:]
			series[0].Values = append(series[0].Values, float64(d.Received))
			series[1].Values = append(series[1].Values, float64(d.Closed))
		}
		p.Columns(labels, series, 78)
	}, func() {
		p.Section(p.say.Say("report.part.promises"), 0)
		var bars []pdf.Bar
		for _, one := range b.Promises {
			bar := pdf.Bar{Label: p.say.label(one.Code), Text: p.say.share(one.Value)}
			if one.Value != nil {
				bar.Value = *one.Value
			}
			bars = append(bars, bar)
		}
		p.Bars(bars, 1)
		for _, one := range b.Promises {
			p.Note(p.say.Say("report.took_"+one.Code, "base", p.say.count(one.Base), "n", p.say.count(one.Count), "p50", p.say.spanOf(one.P50), "p90", p.say.spanOf(one.P90)))
		}
		bars = nil
		for _, f := range b.Visits {
			bar := pdf.Bar{Label: p.say.label(f.Code), Text: p.say.share(f.Value)}
			if f.Value != nil {
				bar.Value = *f.Value
			}
			bars = append(bars, bar)
		}
		p.Bars(bars, 1)
	})
}

// printedRows is how many rows a table has on paper, so that a report stays on two pages.
const printedRows = 6

func (p printed) table(by string, rows []Row) {
	if len(rows) == 0 {
		return
	}
	p.Section(p.say.Say("report.part."+by), 40)
	columns := []pdf.Column{{Head: p.say.Say("report.by." + by), Share: 0.34}}
	for _, code := range []string{"received", "before", "on_closed", "overdue", "closing"} {
		columns = append(columns, pdf.Column{Head: p.say.Say("report.column." + code), Right: true})
	}
	var cells [][]pdf.Remark
	more := max(0, len(rows)-printedRows)
	for _, r := range rows[:len(rows)-more] {
		late := pdf.Plain
		if r.Overdue > 0 {
			late = pdf.Worse
		}
		cells = append(cells, []pdf.Remark{{Text: p.say.rowName(by, r)}, {Text: p.say.count(r.Received)}, {Text: p.say.count(r.Before), Tone: pdf.Quiet},
			{Text: p.say.count(r.Closed)}, {Text: p.say.count(r.Overdue), Tone: late}, {Text: p.say.share(r.Closing)}})
	}
	p.Table(columns, cells)
	if more > 0 {
		p.Note(p.say.Say("report.more_rows", "n", more))
	}
}

func (p printed) bars(by string, rows []Row) {
	p.Section(p.say.Say("report.part."+by), 0)
	if len(rows) == 0 {
		p.Note(p.say.Say("report.nothing"))
		return
	}
	var bars []pdf.Bar
	for _, r := range rows {
		bars = append(bars, pdf.Bar{Label: p.say.rowName(by, r), Text: p.say.count(r.Received), Value: float64(r.Received)})
	}
	p.Bars(bars, 0)
}

func (p printed) oldest() {
	p.Section(p.say.Say("report.part.oldest"), 40)
	if len(p.r.Brief.Oldest) == 0 {
		p.Note(p.say.Say("report.none_open"))
		return
	}
	var cells [][]pdf.Remark
	for _, m := range p.r.Brief.Oldest {
		cells = append(cells, []pdf.Remark{{Text: m.Number}, {Text: p.say.Pick(m.Category, m.CategoryEN)}, {Text: m.Area}, {Text: m.Unit}, {Text: p.say.Say("state." + m.State)},
			{Text: p.say.span(p.r.MadeAt - m.ReceivedAt)}})
	}
	p.Table([]pdf.Column{{Head: p.say.Say("report.column.number"), Share: .19}, {Head: p.say.Say("report.by.category"), Share: .19}, {Head: p.say.Say("report.by.area"), Share: .2},
		{Head: p.say.Say("report.by.unit"), Share: .18}, {Head: p.say.Say("report.column.state")}, {Head: p.say.Say("report.column.since"), Right: true}}, cells)
}

func (p printed) late() {
	l := p.r.Brief.Late
	p.Section(p.say.Say("report.part.late"), 40)
	if l.Total == 0 {
		p.Note(p.say.Say("report.sentence.no_late"))
		return
	}
	var stages []pdf.Bar
	for _, t := range l.Stages {
		stages = append(stages, pdf.Bar{Label: p.say.Say("clocks.stage." + t.Code), Text: p.say.count(t.Count), Value: float64(t.Count), Tone: pdf.Worse})
	}
	var causes []pdf.Bar
	for _, t := range l.Causes[:min(6, len(l.Causes))] {
		causes = append(causes, pdf.Bar{Label: p.say.Say("kpi.cause." + t.Code), Text: p.say.count(t.Count), Value: float64(t.Count), Tone: pdf.Worse})
	}
	p.Beside(8+15*float64(max(len(stages), len(causes))), func() { p.Bars(stages, 0) }, func() { p.Bars(causes, 0) })
	var cells [][]pdf.Remark
	for _, m := range l.Items {
		var why []string
		for _, c := range m.Causes {
			why = append(why, p.say.Say("kpi.cause."+c))
		}
		cells = append(cells, []pdf.Remark{{Text: m.Number}, {Text: m.Area}, {Text: m.Unit}, {Text: p.say.Say("clocks.stage." + m.Stage)}, {Text: p.say.list(why)}, {Text: p.say.span(m.OverMs)}})
	}
	p.Table([]pdf.Column{{Head: p.say.Say("report.column.number"), Share: .19}, {Head: p.say.Say("report.by.area"), Share: .17}, {Head: p.say.Say("report.by.unit"), Share: .17},
		{Head: p.say.Say("report.column.stage"), Share: .1}, {Head: p.say.Say("report.column.causes")}, {Head: p.say.Say("report.column.over"), Right: true, Share: .15}}, cells)
}

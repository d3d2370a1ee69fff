package report

import "gezhi/internal/kit/sheet"

// Workbook writes a report as a workbook: what is said and the headline figures, then a sheet each for days, areas,
// units, categories, channels and what was late, with charts over them.
func (s *Service) Workbook(r Report, lang string) ([]byte, error) {
	say := s.speaker(lang)
	w := workbook{sheet.NewBook(), say, r}
	w.summary(s.Title(r, lang))
	w.days()
	w.rows("area", r.Brief.Areas)
	w.rows("unit", r.Brief.Units)
	w.rows("category", r.Brief.Categories)
	w.rows("channel", r.Brief.Channels)
	w.matters()
	return w.Bytes()
}

type workbook struct {
	*sheet.Book
	say speaker
	r   Report
}

func (w workbook) share(v *float64) sheet.Share { return sheet.Share{Value: v, None: w.say.none()} }

// number puts a figure into a cell in its unit.
func (w workbook) number(unit string, v *float64) any {
	switch {
	case unit == "share":
		return w.share(v)
	case v == nil:
		return w.say.none()
	case unit == "ms":
		return w.say.span(int64(*v))
	}
	return int64(*v)
}

func (w workbook) summary(title string) {
	b := w.r.Brief
	w.Sheet(w.say.Say("report.sheet.summary"), 30, 16, 16, 16, 16, 16)
	w.Title(title)
	w.Line(w.say.Say("report.about", "period", w.say.period(b.From, b.To), "before", w.say.period(b.BeforeFrom, b.BeforeTo), "year", w.say.period(b.YearFrom, b.YearTo)), 6)
	w.Space(1)
	for _, text := range w.say.sentences(w.r) {
		w.Line(text, 6)
	}
	w.Space(1)
	heads := []string{w.say.Say("report.column.figure"), w.say.Say("report.column.now"), w.say.Say("report.column.before"), w.say.Say("report.column.year"), w.say.Say("report.column.count"), w.say.Say("report.column.base")}
	var rows [][]any
	add := func(f Figure) {
		row := []any{w.say.label(f.Code), w.number(f.Unit, f.Value), w.number(f.Unit, f.Before), w.number(f.Unit, f.Year)}
		if f.Unit == "share" {
			row = append(row, f.Count, f.Base)
		}
		rows = append(rows, row)
	}
	for _, f := range b.Headline {
		add(f)
	}
	for _, p := range b.Promises {
		add(p.Figure)
	}
	for _, f := range b.Visits[:2] {
		add(f)
	}
	w.Table(heads, rows)
	w.Space(1)
	w.Line(w.say.Say("report.note"), 6)
}

func (w workbook) days() {
	w.Sheet(w.say.Say("report.sheet.days"), 14, 12, 12)
	var rows [][]any
	for _, d := range w.r.Brief.Days {
		rows = append(rows, []any{d.Day, d.Received, d.Closed})
	}
	head := w.Row()
	first, last := w.Table([]string{w.say.Say("report.column.day"), w.say.label("received"), w.say.label("on_closed")}, rows)
	w.Chart(sheet.Chart{Title: w.say.Say("report.part.days"), Names: 1, Values: []int{2, 3}, Head: head, First: first, Last: last, At: "E2", Width: 720, Height: 360})
}

func (w workbook) rows(by string, list []Row) {
	if len(list) == 0 {
		return
	}
	w.Sheet(w.say.Say("report.sheet."+by), 32, 12, 12, 12, 12, 12)
	heads := []string{w.say.Say("report.by." + by)}
	for _, code := range []string{"received", "before", "on_closed", "overdue", "closing"} {
		heads = append(heads, w.say.Say("report.column."+code))
	}
	var rows [][]any
	for _, r := range list {
		rows = append(rows, []any{w.say.rowName(by, r), r.Received, r.Before, r.Closed, r.Overdue, w.share(r.Closing)})
	}
	head := w.Row()
	first, last := w.Table(heads, rows)
	w.Chart(sheet.Chart{Title: w.say.Say("report.part." + by), Bars: true, Names: 1, Values: []int{2, 4}, Head: head, First: first, Last: last, At: "H2", Width: 640,
		Height: 160 + 30*uint(len(list))})
}

func (w workbook) matters() {
	b := w.r.Brief
	w.Sheet(w.say.Say("report.sheet.matters"), 22, 22, 24, 24, 14, 30)
	w.Title(w.say.Say("report.part.oldest"))
	var rows [][]any
	for _, m := range b.Oldest {
		rows = append(rows, []any{m.Number, w.say.Pick(m.Category, m.CategoryEN), m.Area, m.Unit, w.say.Say("state." + m.State), w.say.span(w.r.MadeAt - m.ReceivedAt)})
	}
	w.Table([]string{w.say.Say("report.column.number"), w.say.Say("report.by.category"), w.say.Say("report.by.area"), w.say.Say("report.by.unit"), w.say.Say("report.column.state"), w.say.Say("report.column.since")}, rows)
	w.Space(1)
	w.Title(w.say.Say("report.part.late"))
	w.Line(w.say.lateness(b), 6)
	rows = nil
	for _, m := range b.Late.Items {
		var why []string
		for _, c := range m.Causes {
			why = append(why, w.say.Say("kpi.cause."+c))
		}
		rows = append(rows, []any{m.Number, w.say.Say("clocks.stage." + m.Stage), m.Area, m.Unit, w.say.span(m.OverMs), w.say.list(why)})
	}
	w.Table([]string{w.say.Say("report.column.number"), w.say.Say("report.column.stage"), w.say.Say("report.by.area"), w.say.Say("report.by.unit"), w.say.Say("report.column.over"), w.say.Say("report.column.causes")}, rows)
}

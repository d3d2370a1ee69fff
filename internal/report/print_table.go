package report

import (
	"bytes"
	"math"

	"gezhi/internal/kit/sheet"
)

// Spreadsheet writes a counted table as xlsx or CSV. Rates are numbers of percent, times of minutes, so that others can
// reckon with them; what there is nothing to count from stays empty.
func (s *Service) Spreadsheet(g Grid, d Definition, name, form, lang string) ([]byte, error) {
	say := s.speaker(lang)
	columns := []sheet.Column{{Head: say.Say("report.by." + d.Rows), Width: 28}}
	for _, c := range g.Columns {
		columns = append(columns, sheet.Column{Head: say.columnHead(d, c), Kind: sheet.Number, Width: 14})
	}
	rows := make([][]any, 0, len(g.Rows)+1)
	add := func(label string, cells []*float64) {
		row := []any{label}
		for i, v := range cells {
			row = append(row, plainNumber(v, g.Columns[i].Unit))
		}
		rows = append(rows, row)
	}
	for _, r := range g.Rows {
		add(say.key(d, d.Rows, r.Key, r.Name, r.NameEN), r.Cells)
	}
	add(say.Say("report.total"), g.Total.Cells)
	if name == "" {
		name = say.Say("report.table")
	}
	var out bytes.Buffer
	if form == "csv" {
		w, err := sheet.NewCSV(&out, columns, sheet.Style{})
		for _, row := range rows {
			if err == nil {
				err = w.Row(row...)
			}
		}
		if err == nil {
			err = w.Flush()
		}
		return out.Bytes(), err
	}
	w, err := sheet.NewWriter(columns, sheet.Style{Name: sheet.Name(name)})
	if err != nil {
		return nil, err
	}
	defer w.Close()
	for _, row := range rows {
		if err := w.Row(row...); err != nil {
			return nil, err
		}
	}
	err = w.Finish(&out)
	return out.Bytes(), err
}

// plainNumber is a cell as a number that others can reckon with.
func plainNumber(v *float64, unit string) any {
	switch {
	case v == nil:
		return nil
	case unit == "share":
		return math.Round(*v*1e4) / 100
	case unit == "ms":
		return math.Round(*v/600) / 100
	}
	return *v
}

// columnHead names a column, with the unit of its numbers.
func (s speaker) columnHead(d Definition, c Column) string {
	head := s.label(c.Value)
	if d.Columns != "" {
		head = s.Say("report.total")
		if c.Key != "total" {
			head = s.key(d, d.Columns, c.Key, c.Name, c.NameEN)
		}
	}
	switch c.Unit {
	case "share":
		return head + " (%)"
	case "ms":
		return head + " " + s.Say("report.minutes")
	}
	return head
}

// key names what a row or column stands for.
func (s speaker) key(d Definition, dimension, key, zh, en string) string {
	switch {
	case timely(dimension):
		return key
	case key == "":
		return s.Say("report.no_" + dimension)
	case dimension == "channel":
		return s.Say("option.channel." + key)
	case dimension == "state" && d.Subject == "orders":
		return s.Say("report.order_state." + key)
	case dimension == "state":
		return s.Say("state." + key)
	case zh == "":
		return key
	}
	return s.Pick(zh, en)
}

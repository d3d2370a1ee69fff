package sheet

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxWritten is how many characters the format keeps in a cell.
const maxWritten = 32_000

// asText is the number of the built-in format that keeps what is typed as it is.
const asText = 49

// Writer writes one table, row by row and without holding it in memory.
type Writer struct {
	file    *excelize.File
	stream  *excelize.StreamWriter
	columns []Column
	style   Style
	styles  map[Kind]int
	rows    int
}

// NewWriter begins a table: the header is bold, stays in sight and filters.
func NewWriter(columns []Column, style Style) (*Writer, error) {
	w := &Writer{file: excelize.NewFile(), columns: columns, style: style, styles: map[Kind]int{}}
	if err := w.begin(); err != nil {
		w.file.Close()
		return nil, err
	}
	return w, nil
}

func (w *Writer) begin() error {
	if w.style.Name == "" {
		w.style.Name = "Sheet1"
	}
	if err := w.file.SetSheetName("Sheet1", w.style.Name); err != nil {
		return err
	}
	if err := w.addStyles(); err != nil {
		return err
	}
	var err error
	if w.stream, err = w.file.NewStreamWriter(w.style.Name); err != nil {
		return err
	}
	for i, c := range w.columns {
		if err := w.stream.SetColWidth(i+1, i+1, c.width()); err != nil {
			return err
		}
	}
	if err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center"}})
	if err != nil {
		return err
	}
	head := make([]any, len(w.columns))
	for i, c := range w.columns {
		head[i] = excelize.Cell{StyleID: bold, Value: clip(c.Head)}
	}
	return w.stream.SetRow("A1", head)
}

func (w *Writer) addStyles() error {
	for kind, style := range map[Kind]*excelize.Style{
		Text: {NumFmt: asText},
		Time: {CustomNumFmt: new("yyyy-mm-dd hh:mm"), Alignment: &excelize.Alignment{Horizontal: "left"}},
	} {
		n, err := w.file.NewStyle(style)
		if err != nil {
			return err
		}
		w.styles[kind] = n
	}
	return nil
}

func (c Column) width() float64 {
	switch {
	case c.Width > 0:
		return c.Width
	case c.Kind == Time:
		return 17
	case c.Kind == Number || c.Kind == Bool:
		return 10
	}
	return 20
}

// Rows tells how many rows stand below the header.
func (w *Writer) Rows() int { return w.rows }

// Row adds a row; values stand in the order of the columns and may be fewer.
func (w *Writer) Row(values ...any) error {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = w.cell(w.columns[i].Kind, v)
	}
	w.rows++
	return w.stream.SetRow(fmt.Sprintf("A%d", w.rows+1), cells)
}

// cell turns a value into a cell. Text is always written as text, so that "=1+1" is shown and not worked out, and its
// format stays text when somebody edits the cell.
func (w *Writer) cell(kind Kind, v any) any {
	switch x := v.(type) {
	case nil:
		return nil
	case string:
		if x == "" {
			return nil
		}
		return excelize.Cell{StyleID: w.styles[Text], Value: clip(x)}
	case bool:
		if x {
			return w.style.Yes
		}
		return w.style.No
	case int64:
		if kind != Time {
			return x
		}
		if x == 0 {
			return nil
		}
		return excelize.Cell{StyleID: w.styles[Time], Value: serial(time.UnixMilli(x))}
	}
	return v
}

// serial is a time as the format counts it: days since the end of 1899 on the clock of the office.
func serial(t time.Time) float64 {
	t = t.Local()
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	return wall.Sub(epoch).Hours() / 24
}

// epoch is day 0 of the format for every day since March 1900.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if utf8.RuneCountInString(s) <= maxWritten {
		return s
	}
	return string([]rune(s)[:maxWritten-1]) + "…"
}

// Explain adds a second sheet that says what each column is for.
func (w *Writer) Explain(name string, heads [3]string, yes, no string) error {
	if _, err := w.file.NewSheet(name); err != nil {
		return err
	}
	if err := w.file.SetColWidth(name, "A", "A", 18); err != nil {
		return err
	}
	if err := w.file.SetColWidth(name, "C", "C", 90); err != nil {
		return err
	}
	if err := w.file.SetSheetRow(name, "A1", &[]any{heads[0], heads[1], heads[2]}); err != nil {
		return err
	}
	for i, c := range w.columns {
		need := no
		if c.Required {
			need = yes
		}
		if err := w.file.SetSheetRow(name, fmt.Sprintf("A%d", i+2), &[]any{c.Head, need, c.Hint}); err != nil {
			return err
		}
	}
	return nil
}

// Finish writes the file and lets go of what it held. Nothing has been written to the target before.
func (w *Writer) Finish(to io.Writer) error {
	defer w.file.Close()
	if len(w.columns) > 0 {
		last, err := excelize.CoordinatesToCellName(len(w.columns), w.rows+1)
		if err != nil {
			return err
		}
		if err := w.file.AutoFilter(w.style.Name, "A1:"+last, nil); err != nil {
			return err
		}
	}
	if err := w.stream.Flush(); err != nil {
		return err
	}
	return w.file.Write(to)
}

// Close lets go of what an unfinished table held.
func (w *Writer) Close() error { return w.file.Close() }

package sheet

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
)

// CSVType is what a CSV file is served as.
const CSVType = "text/csv; charset=utf-8"

// MaxWritten is how many rows a table may hold that is written: the format of workbooks ends a little above.
const MaxWritten = 1_000_000

// CSV writes one table as CSV, row by row: UTF-8 with the mark by which office programs know it, and no cell that they
// would work out.
type CSV struct {
	out     *bufio.Writer
	columns []Column
	style   Style
	rows    int
}

// NewCSV begins a table with its header.
func NewCSV(to io.Writer, columns []Column, style Style) (*CSV, error) {
	w := &CSV{out: bufio.NewWriterSize(to, 64<<10), columns: columns, style: style}
	if _, err := w.out.WriteString("\uFEFF"); err != nil {
		return nil, err
	}
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = Plain(c.Head)
	}
	return w, w.line(heads)
}

// Rows tells how many rows stand below the header.
func (w *CSV) Rows() int { return w.rows }

// Row adds a row; values stand in the order of the columns and may be fewer.
func (w *CSV) Row(values ...any) error {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = w.cell(w.columns[i].Kind, v)
	}
	w.rows++
	return w.line(cells)
}

// Flush hands on what is still held.
func (w *CSV) Flush() error { return w.out.Flush() }

func (w *CSV) cell(kind Kind, v any) string {
	switch x := v.(type) {
	case string:
		return Plain(x)
	case bool:
		if x {
			return w.style.Yes
		}
		return w.style.No
	case int:
		return strconv.Itoa(x)
	case int64:
		if kind != Time {
			return strconv.FormatInt(x, 10)
		}
		if x == 0 {
			return ""
		}
		return time.UnixMilli(x).Local().Format("2006-01-02 15:04")
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return ""
}

func (w *CSV) line(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if strings.ContainsAny(cell, "\",\r\n") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		w.out.WriteString(cell)
	}
	_, err := w.out.WriteString("\r\n")
	return err
}

// Plain returns a text as a CSV may hold it: office programs work out a cell that begins with one of these signs, a mark
// of text before it holds them back.
func Plain(text string) string {
	text = clip(text)
	bare := strings.TrimLeft(text, " \u00a0\u3000\ufeff\n")
	if bare != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(bare)[0]) {
		return "'" + text
	}
	return text
}

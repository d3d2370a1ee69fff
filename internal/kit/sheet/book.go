package sheet

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook of several small tables with charts, held in memory. Text in it is text, whatever it begins with.
// The first error stays and is told by Bytes.
type Book struct {
	file   *excelize.File
	name   string
	row    int // of the present sheet, the next one
	first  bool
	styles map[string]int
	err    error
}

// NewBook begins a workbook without a sheet.
func NewBook() *Book {
	b := &Book{file: excelize.NewFile(), first: true, styles: map[string]int{}}
	for name, style := range map[string]*excelize.Style{
		"title": {Font: &excelize.Font{Bold: true, Size: 15}}, "head": {Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF2F7"}}},
		"text": {NumFmt: asText}, "long": {NumFmt: asText, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
		"share": {NumFmt: 10, Alignment: &excelize.Alignment{Horizontal: "right"}}, "count": {NumFmt: 3}, "none": {NumFmt: asText, Alignment: &excelize.Alignment{Horizontal: "right"}},
	} {
		n, err := b.file.NewStyle(style)
		b.keep(err)
		b.styles[name] = n
	}
	return b
}

func (b *Book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Sheet begins a sheet with the widths of its columns in characters.
func (b *Book) Sheet(name string, widths ...float64) {
	if b.first {
		b.keep(b.file.SetSheetName("Sheet1", name))
	} else {
		_, err := b.file.NewSheet(name)
		b.keep(err)
	}
	b.first, b.name, b.row = false, name, 1
	for i, w := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.file.SetColWidth(name, column, column, w))
	}
	landscape, a4, fit := "landscape", 9, 1
	b.keep(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &fit}))
}

// Title writes a line in large letters.
func (b *Book) Title(text string) { b.line("title", text) }

// Line writes a line of text over the width of some columns.
func (b *Book) Line(text string, columns int) {
	last, err := excelize.CoordinatesToCellName(max(columns, 1), b.row)
	b.keep(err)
	b.keep(b.file.MergeCell(b.name, b.at(1), last))
	b.keep(b.file.SetRowHeight(b.name, b.row, 15*float64(1+len([]rune(text))/max(1, columns*9))))
	b.line("long", text)
}

func (b *Book) line(style, text string) {
	b.keep(b.file.SetCellStr(b.name, b.at(1), clip(text)))
	b.keep(b.file.SetCellStyle(b.name, b.at(1), b.at(1), b.styles[style]))
	b.row++
}

// Space leaves lines empty.
func (b *Book) Space(lines int) { b.row += lines }

func (b *Book) at(column int) string {
	cell, err := excelize.CoordinatesToCellName(column, b.row)
	b.keep(err)
	return cell
}

// Share is a rate from 0 to 1 in a cell; nil is written as the text for none.
type Share struct {
	Value *float64
	None  string
}

// Table writes a header and rows of strings, numbers and Shares, and returns the first and the last line of the rows.
func (b *Book) Table(heads []string, rows [][]any) (first, last int) {
	for i, head := range heads {
		b.keep(b.file.SetCellStr(b.name, b.at(i+1), clip(head)))
		b.keep(b.file.SetCellStyle(b.name, b.at(i+1), b.at(i+1), b.styles["head"]))
	}
	b.row++
	first = b.row
	for _, row := range rows {
		for i, v := range row {
			b.cell(i+1, v)
		}
		b.row++
	}
	return first, b.row - 1
}

func (b *Book) cell(column int, v any) {
	at, style := b.at(column), "text"
	switch x := v.(type) {
	case nil:
		return
	case string:
		b.keep(b.file.SetCellStr(b.name, at, clip(x)))
	case Share:
		if style = "share"; x.Value == nil {
			style = "none"
			b.keep(b.file.SetCellStr(b.name, at, x.None))
		} else {
			b.keep(b.file.SetCellFloat(b.name, at, *x.Value, -1, 64))
		}
	default:
		style = "count"
		b.keep(b.file.SetCellValue(b.name, at, x))
	}
	b.keep(b.file.SetCellStyle(b.name, at, at, b.styles[style]))
}

// Chart is a chart over lines of the present sheet.
type Chart struct {
	Title       string
	Bars        bool  // lying bars; else columns
	Names       int   // column with the names
	Values      []int // columns with values, named by what stands in Head
	Head        int   // line of the header
	First, Last int
	At          string // cell of the upper left corner
	Width       uint
	Height      uint
}

// Chart adds a chart; without lines none.
func (b *Book) Chart(c Chart) {
	if c.Last < c.First {
		return
	}
	ref := func(column, from, to int) string {
		name, err := excelize.ColumnNumberToName(column)
		b.keep(err)
		out := "'" + b.name + "'!$" + name + "$" + strconv.Itoa(from)
		if to > 0 {
			out += ":$" + name + "$" + strconv.Itoa(to)
		}
		return out
	}
	chart := &excelize.Chart{Type: excelize.Col, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}}, Legend: excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: c.Width, Height: c.Height}, ShowBlanksAs: "gap"}
	if c.Bars {
		chart.Type = excelize.Bar
		chart.YAxis.ReverseOrder = false
		chart.XAxis.ReverseOrder = true
	}
	for _, v := range c.Values {
		chart.Series = append(chart.Series, excelize.ChartSeries{Name: ref(v, c.Head, 0), Categories: ref(c.Names, c.First, c.Last), Values: ref(v, c.First, c.Last)})
	}
	b.keep(b.file.AddChart(b.name, c.At, chart))
}

// Row is the line that comes next.
func (b *Book) Row() int { return b.row }

// Bytes ends the workbook and returns the file.
func (b *Book) Bytes() ([]byte, error) {
	defer b.file.Close()
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	err := b.file.Write(&out)
	return out.Bytes(), err
}

// Name makes a text one that a sheet may have: short and without the signs that the format keeps for itself.
func Name(text string) string {
	letters := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, text))
	text = strings.TrimSpace(string(letters[:min(len(letters), 31)]))
	if text == "" {
		return "Sheet1"
	}
	return text
}

package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/fault"
)

// headRows is how far down the header may stand: people put a title above it.
const headRows = 10

// Row is one row that holds something.
type Row struct {
	No    int      // as the program that made the file counts it, from 1
	Cells []string // under Table.Heads
}

// Table is a sheet that was read.
type Table struct {
	Sheet string
	Heads []string       // of every column, also those that nobody asked for
	At    map[string]int // key of a column -> its place
	Rows  []Row
}

// Get returns the cell of a column by its key, ” when the sheet lacks it.
func (t *Table) Get(r Row, key string) string {
	i, ok := t.At[key]
	if !ok || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// Place names a cell as the program that made the file does, e.g. "C7"; ” for a column that the sheet lacks.
func (t *Table) Place(row int, key string) string {
	i, ok := t.At[key]
	if !ok {
		return ""
	}
	name, err := excelize.CoordinatesToCellName(i+1, row)
	if err != nil {
		return ""
	}
	return name
}

// exampleMarks begin the cells of a row that only shows how to fill in a template; such rows are passed over.
var exampleMarks = []string{"示例", "example:"}

// Read reads the sheet of that name, or the first one. Merged cells have the value of their first one in each. It is
// refused with "sheet.not_xlsx", "sheet.too_large", "sheet.too_many_rows", "sheet.too_many_columns",
// "sheet.cell_too_long", "sheet.no_sheet", "sheet.empty", "sheet.header_missing" or "sheet.header_twice".
func Read(from io.Reader, columns []Column, name string) (*Table, error) {
	file, err := excelize.OpenReader(from, excelize.Options{UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxPart, RawCellValue: true})
	if err != nil {
		if errors.Is(err, excelize.ErrWorkbookFileFormat) || !strings.Contains(err.Error(), "unzip size") {
			return nil, refused("sheet.not_xlsx")
		}
		return nil, refused("sheet.too_large")
	}
	defer file.Close()
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, refused("sheet.empty")
	}
	t := &Table{Sheet: sheets[0], At: map[string]int{}}
	if name != "" {
		if i, err := file.GetSheetIndex(name); err != nil || i < 0 {
			return nil, refused("sheet.no_sheet", "name", name)
		}
		t.Sheet = name
	}
	merged, err := mergedCells(file, t.Sheet)
	if err != nil {
		return nil, err
	}
	if err := t.read(file, columns, merged); err != nil {
		return nil, err
	}
	return t, nil
}

func refused(code string, params ...any) error { return fault.New(fault.Invalid, code, params...) }

func (t *Table) read(file *excelize.File, columns []Column, merged *merges) error {
	rows, err := file.Rows(t.Sheet)
	if err != nil {
		return refused("sheet.not_xlsx")
	}
	defer rows.Close()
	var kinds []Kind
	var best []string
	for no := 1; rows.Next() && no <= lastRow; no++ {
		cells, err := rows.Columns()
		if err != nil {
			return refused("sheet.not_xlsx")
		}
		if len(cells) > MaxColumns {
			return refused("sheet.too_many_columns", "max", MaxColumns)
		}
		if cells, err = merged.fill(no, cells); err != nil {
			return err
		}
		if len(t.At) == 0 {
			missing, err := t.header(cells, columns)
			if err != nil {
				return err
			}
			if len(t.At) > 0 {
				kinds = t.kinds(columns)
			} else if best == nil || len(missing) < len(best) {
				best = missing
			}
			if len(t.At) == 0 && no >= headRows {
				break
			}
			continue
		}
		if err := t.add(no, cells, kinds); err != nil {
			return err
		}
	}
	switch {
	case rows.Error() != nil:
		return refused("sheet.not_xlsx")
	case len(t.At) == 0 && best == nil:
		return refused("sheet.empty")
	case len(t.At) == 0:
		return refused("sheet.header_missing", "columns", strings.Join(best, "、"))
	case len(t.Rows) == 0:
		return refused("sheet.empty")
	}
	return nil
}

// header takes a row as the header when it names every required column; otherwise it returns the names that it lacks.
func (t *Table) header(cells []string, columns []Column) (missing []string, err error) {
	at := map[string]int{}
	for i, cell := range cells {
		head := plainHead(cell)
		if head == "" {
			continue
		}
		for _, c := range columns {
			if !c.named(head) {
				continue
			}
			if _, twice := at[c.Key]; twice {
				return nil, refused("sheet.header_twice", "column", c.Head)
			}
			at[c.Key] = i
		}
	}
	for _, c := range columns {
		if _, ok := at[c.Key]; !ok && c.Required {
			missing = append(missing, c.Head)
		}
	}
	if len(missing) > 0 || len(at) == 0 {
		return missing, nil
	}
	t.At, t.Heads = at, make([]string, len(cells))
	for i, cell := range cells {
		t.Heads[i] = trim(cell)
	}
	return nil, nil
}

func (c Column) named(head string) bool {
	if plainHead(c.Head) == head || strings.EqualFold(c.Key, head) {
		return true
	}
	for _, other := range c.Also {
		if plainHead(other) == head {
			return true
		}
	}
	return false
}

func (t *Table) kinds(columns []Column) []Kind {
	kinds := make([]Kind, len(t.Heads))
	for _, c := range columns {
		if i, ok := t.At[c.Key]; ok {
			kinds[i] = c.Kind
		}
	}
	return kinds
}

// add keeps a row that holds something and is no example.
func (t *Table) add(no int, cells []string, kinds []Kind) error {
	out := make([]string, len(t.Heads))
	filled := false
	for i, cell := range cells {
		if i >= len(out) {
			break
		}
		if len(cell) > MaxCell && utf8.RuneCountInString(cell) > MaxCell {
			place, _ := excelize.CoordinatesToCellName(i+1, no)
			return refused("sheet.cell_too_long", "cell", place, "max", MaxCell)
		}
		out[i] = normal(kinds[i], strings.ToValidUTF8(strings.ReplaceAll(cell, "\x00", ""), ""))
		for _, mark := range exampleMarks {
			if strings.HasPrefix(strings.ToLower(out[i]), mark) {
				return nil
			}
		}
		filled = filled || out[i] != ""
	}
	if !filled {
		return nil
	}
	if len(t.Rows) == MaxRows {
		return refused("sheet.too_many_rows", "max", fmt.Sprint(MaxRows))
	}
	t.Rows = append(t.Rows, Row{No: no, Cells: out})
	return nil
}

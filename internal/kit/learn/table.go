package learn

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is a table with named columns, in UTF-8.
type Table struct {
	Columns []string
	Rows    [][]string // each as long as Columns
}

const (
	maxTable = 2 << 30 // unpacked, against files that unpack without end
	maxLine  = 16 << 20
)

// ReadTable reads a .csv or .tsv file, packed by gzip when its name ends in .gz. The first line names the columns. Cells
// of a .tsv hold no tabs and no line ends, and quotes mean nothing there; a .csv is as RFC 4180 says.
func ReadTable(path string) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = bufio.NewReaderSize(f, 1<<16)
	name, packed := strings.CutSuffix(strings.ToLower(path), ".gz")
	if packed {
		if in, err = gzip.NewReader(in); err != nil {
			return nil, fmt.Errorf("%s: this is not gzip, although its name ends in .gz", path)
		}
	}
	in = &bounded{in, maxTable}
	var t *Table
	if strings.HasSuffix(name, ".csv") {
		t, err = readCSV(in)
	} else {
		t, err = readTSV(in)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) {
		err = errors.New("the file is cut off or damaged")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

// bounded fails when more is read than it has left.
type bounded struct {
	in   io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errors.New("the table is larger than 2 GB")
	}
	return n, err
}

const mark = "\ufeff"

var (
	errEmpty   = errors.New("the file is empty: not even the names of columns are there")
	errNotUTF8 = errors.New("the text is not UTF-8: save it again in that encoding")
)

func readTSV(in io.Reader) (*Table, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	t := &Table{}
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("line %d: %w", n, errNotUTF8)
		}
		cells := strings.Split(line, "\t")
		switch {
		case t.Columns == nil:
			t.Columns = strings.Split(strings.TrimPrefix(line, mark), "\t")
		case line == "" && len(t.Columns) > 1:
		case len(cells) != len(t.Columns):
			return nil, fmt.Errorf("line %d has %d cells, and the first line names %d columns", n, len(cells), len(t.Columns))
		default:
			t.Rows = append(t.Rows, cells)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, errors.New("a line is longer than 16 MB: is this a table?")
	}
	return t.named(lines.Err())
}

func readCSV(in io.Reader) (*Table, error) {
	r := csv.NewReader(in)
	t := &Table{}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return t.named(nil)
		}
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			if !utf8.ValidString(c) {
				line, _ := r.FieldPos(0)
				return nil, fmt.Errorf("line %d: %w", line, errNotUTF8)
			}
		}
		if t.Columns == nil {
			cells[0] = strings.TrimPrefix(cells[0], mark)
			t.Columns = cells
			continue
		}
		t.Rows = append(t.Rows, cells)
	}
}

func (t *Table) named(err error) (*Table, error) {
	if err == nil && (t.Columns == nil || slices.Equal(t.Columns, []string{""})) {
		err = errEmpty
	}
	return t, err
}

// Texts returns the cells of the named columns, row by row. A column that is not there counts as empty, but one of them
// must be there.
func (t *Table) Texts(names []string) ([][]string, error) {
	at := make([]int, len(names))
	found := false
	for i, n := range names {
		at[i] = slices.Index(t.Columns, n)
		found = found || at[i] >= 0
	}
	if !found {
		return nil, fmt.Errorf("there is no column %s; the columns are %s", strings.Join(names, " or "), strings.Join(t.Columns, ", "))
	}
	out := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = make([]string, len(names))
		for j, c := range at {
			if c >= 0 {
				out[i][j] = r[c]
			}
		}
	}
	return out, nil
}

// Examples returns the rows to learn from. Rows without a label or without any text teach nothing and are left out.
func (t *Table) Examples(names []string, label string) ([]Example, error) {
	at := slices.Index(t.Columns, label)
	if at < 0 {
		return nil, fmt.Errorf("there is no column %s to learn; the columns are %s", label, strings.Join(t.Columns, ", "))
	}
	texts, err := t.Texts(names)
	if err != nil {
		return nil, err
	}
	var out []Example
	for i, r := range t.Rows {
		if l := strings.TrimSpace(r[at]); l != "" && strings.TrimSpace(strings.Join(texts[i], "")) != "" {
			out = append(out, Example{texts[i], l})
		}
	}
	return out, nil
}

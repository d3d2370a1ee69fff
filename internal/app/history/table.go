package history

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxRow bounds one row, in bytes.
const maxRow = 4 << 20

var errRowTooLong = errors.New("a row is longer than 4 MB: is the delimiter or a quote wrong?")

// row is one row of a table.
type row struct {
	number int      // from 1, without the header
	raw    string   // as it stands in the file, without its line end
	cells  []string // as they are meant: quotes taken away, every other character kept
	broken string   // what is wrong with its form, '' for nothing
}

// table reads rows of cells. Unlike encoding/csv it keeps what a cell holds to the last character: line ends in
// quoted cells, stray quotes and white space too.
type table struct {
	in        *bufio.Reader
	delimiter string
	quotes    bool
	number    int
	end       string // line end of the line read last
}

func newTable(r io.Reader, m *Map) *table {
	d, _ := m.delimiter()
	t := &table{in: bufio.NewReaderSize(r, 1<<16), delimiter: string(d), quotes: m.quotes()}
	if mark, err := t.in.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		t.in.Discard(3)
	}
	return t
}

// next returns the next row, or io.EOF. Empty lines are no rows.
func (t *table) next() (row, error) {
	for {
		line, err := t.line()
		if err != nil {
			return row{}, err
		}
		if line == "" {
			continue
		}
		t.number++
		return t.parse(row{number: t.number, raw: line})
	}
}

// line reads up to the next line end, which it takes away and keeps in t.end.
func (t *table) line() (string, error) {
	var b strings.Builder
	for {
		part, err := t.in.ReadSlice('\n')
		b.Write(part)
		if b.Len() > maxRow {
			return "", errRowTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (err != io.EOF || b.Len() == 0) {
			return "", err
		}
		whole := b.String()
		text := strings.TrimSuffix(strings.TrimSuffix(whole, "\n"), "\r")
		t.end = whole[len(text):]
		return text, nil
	}
}

func (t *table) parse(r row) (row, error) {
	if !t.quotes {
		r.cells = strings.Split(r.raw, t.delimiter)
		return r, nil
	}
	rest := r.raw
	for {
		var cell string
		if strings.HasPrefix(rest, `"`) {
			var err error
			if cell, rest, err = t.quoted(&r, rest[1:]); err != nil {
				return r, err
			}
		} else if at := strings.Index(rest, t.delimiter); at >= 0 {
			cell, rest = rest[:at], rest[at:]
		} else {
			cell, rest = rest, ""
		}
		r.cells = append(r.cells, cell)
		switch {
		case rest == "":
			return r, nil
		case !strings.HasPrefix(rest, t.delimiter):
			r.broken = fmt.Sprintf("cell %d goes on behind its closing quote", len(r.cells))
			return r, nil
		}
		rest = rest[len(t.delimiter):]
	}
}

// quoted reads a cell behind its opening quote, over line ends if need be, and returns what follows it.
func (t *table) quoted(r *row, rest string) (cell, after string, err error) {
	var b strings.Builder
	for {
		at := strings.IndexByte(rest, '"')
		switch {
		case at >= 0 && strings.HasPrefix(rest[at+1:], `"`):
			b.WriteString(rest[:at+1])
			rest = rest[at+2:]
		case at >= 0:
			b.WriteString(rest[:at])
			return b.String(), rest[at+1:], nil
		default:
			end := t.end
			more, err := t.line()
			if err == io.EOF {
				r.broken = fmt.Sprintf("the quote of cell %d is never closed", len(r.cells)+1)
				return b.String() + rest, "", nil
			}
			if err != nil {
				return "", "", err
			}
			b.WriteString(rest + end)
			r.raw += end + more
			rest = more
			if b.Len() > maxRow {
				return "", "", errRowTooLong
			}
		}
	}
}

package bulk

import (
	"context"
	"errors"
	"io"

	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
)

// format is the form of a file.
type format string

const (
	xlsx format = "xlsx"
	csv  format = "csv"
)

func (f format) contentType() string {
	if f == csv {
		return sheet.CSVType
	}
	return sheet.ContentType
}

// table is a file that is being written row by row.
type table interface {
	Row(values ...any) error
	Rows() int
}

// write writes a list as a file and tells how many rows it has and whether it was cut after so many. Nothing of a
// workbook is written before it is whole.
func (d *Desk) write(ctx context.Context, to io.Writer, l List, f format, say words.Speaker, most int, rows fill) (n int, full bool, err error) {
	columns := make([]sheet.Column, len(l.Columns))
	for i, c := range l.Columns {
		c.Head = say.Say("lists.column." + c.Key)
		columns[i] = c
	}
	style := sheet.Style{Name: say.Say("lists.name." + l.Name), Yes: say.Say("lists.yes"), No: say.Say("lists.no")}
	var out table
	var finish func() error
	if f == csv {
		w, err := sheet.NewCSV(to, columns, style)
		if err != nil {
			return 0, false, err
		}
		out, finish = w, w.Flush
	} else {
		w, err := sheet.NewWriter(columns, style)
		if err != nil {
			return 0, false, err
		}
		defer w.Close()
		out, finish = w, func() error { return w.Finish(to) }
	}
	err = rows(ctx, say, func(values ...any) error {
		if out.Rows() == most {
			return errFull
		}
		return out.Row(values...)
	})
	n = out.Rows()
	if full = errors.Is(err, errFull); full {
		err = out.Row(say.Say("lists.cut", "max", most))
	}
	if err == nil {
		err = finish()
	}
	return n, full, err
}

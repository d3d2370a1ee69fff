package history

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// layouts turns the letters of a format into those of the standard library. Single letters take one or two digits.
var layouts = strings.NewReplacer("yyyy", "2006", "yy", "06", "MM", "01", "M", "1", "dd", "02", "d", "2", "HH", "15", "H", "15",
	"mm", "04", "m", "4", "ss", "05", "s", "5", "SSS", "000", "XXX", "Z07:00")

// clockReader reads times as a table writes them.
type clockReader struct {
	format string
	layout string
	zone   *time.Location
}

func newClockReader(f TimeFormat, office *time.Location) (*clockReader, error) {
	c := &clockReader{format: f.Format, layout: layouts.Replace(f.Format), zone: office}
	if f.Zone == "" {
		return c, nil
	}
	var err error
	c.zone, err = time.LoadLocation(f.Zone)
	return c, err
}

// read returns unix milliseconds; 0 for an empty cell.
func (c *clockReader) read(cell string) (int64, error) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return 0, nil
	}
	if c.format == "unix" || c.format == "unix_ms" {
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%q is no number", cell)
		}
		if c.format == "unix" {
			n *= 1000
		}
		return n, nil
	}
	t, err := time.ParseInLocation(c.layout, cell, c.zone)
	if err != nil {
		return 0, fmt.Errorf("%q is not written as %s", cell, c.format)
	}
	return t.UnixMilli(), nil
}

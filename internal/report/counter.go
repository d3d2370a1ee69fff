package report

import (
	"context"

	"gezhi/internal/kit/fault"
)

// counter counts items by row and column.
type counter struct {
	service *Service
	d       Definition
	level   int
	sums    map[[2]string]map[string]int64
}

// everything is the key of totals; no id has it.
const everything = "\x00"

func (c *counter) add(i Item) {
	row, column := c.key(c.d.Rows, i), everything
	if c.d.Columns != "" {
		column = c.key(c.d.Columns, i)
	}
	c.count([2]string{row, column}, i)
	c.count([2]string{everything, column}, i)
	if column != everything {
		c.count([2]string{row, everything}, i)
		c.count([2]string{everything, everything}, i)
	}
}

func (c *counter) count(cell [2]string, i Item) {
	sums := c.sums[cell]
	if sums == nil {
		sums = map[string]int64{}
		c.sums[cell] = sums
	}
	sums["n"]++
	for name, v := range i.Sums {
		sums[name] += v
	}
}

func (c *counter) key(dimension string, i Item) string {
	switch dimension {
	case "area":
		if c.level < len(i.Levels) {
			return i.Levels[c.level]
		}
		return ""
	case "unit":
		return i.Unit
	case "person":
		return i.Person
	case "category":
		return i.Category
	case "channel":
		return i.Channel
	case "state":
		return i.State
	}
	return bucket(dimension, i.Day)
}

// value is what a cell shows: a count, or an average of what has one.
func (c *counter) value(cell [2]string, code string) *float64 {
	sums := c.sums[cell]
	var v float64
	switch code {
	case "received", "orders":
		v = float64(sums["n"])
	case "orders_ms_accept", "orders_ms_handle":
		of := map[string]string{"orders_ms_accept": "orders_accepted", "orders_ms_handle": "orders_handled"}[code]
		if sums[of] == 0 {
			return nil
		}
		v = float64(sums[code]) / float64(sums[of])
	default:
		v = float64(sums[code])
	}
	return &v
}

// grid lays out what was counted, with names.
func (c *counter) grid(ctx context.Context, p Period, g *Grid) error {
	rows, columns := map[string]int64{}, map[string]int64{}
	for cell, sums := range c.sums {
		if cell[0] != everything && cell[1] == everything {
			rows[cell[0]] = sums["n"]
		}
		if cell[0] == everything && cell[1] != everything {
			columns[cell[1]] = sums["n"]
		}
	}
	heads, err := c.named(ctx, c.d.Columns, keysOf(columns, c.d.Columns, c.service, p))
	if err != nil {
		return err
	}
	if len(heads) > maxColumns {
		return fault.New(fault.Invalid, "table.too_many_columns", "count", len(heads), "max", maxColumns)
	}
	unit := func(v string) string { return c.service.unitOf(c.d.Subject, v) }
	first := c.d.Values[0]
	for _, h := range heads {
		g.Columns = append(g.Columns, Column{Key: h.Key, Name: h.Name, NameEN: h.NameEN, Value: first, Unit: unit(first)})
	}
	if c.d.Columns != "" {
		g.Columns = append(g.Columns, Column{Key: "total", Value: first, Unit: unit(first)})
	} else {
		for _, v := range c.d.Values {
			g.Columns = append(g.Columns, Column{Key: v, Value: v, Unit: unit(v)})
		}
	}
	if g.Rows, err = c.named(ctx, c.d.Rows, keysOf(rows, c.d.Rows, c.service, p)); err != nil {
		return err
	}
	for i := range g.Rows {
		g.Rows[i].Cells = c.cells(g.Rows[i].Key, heads)
	}
	g.Total.Cells = c.cells(everything, heads)
	return nil
}

func (c *counter) cells(row string, heads []Counted) []*float64 {
	var cells []*float64
	if c.d.Columns == "" {
		for _, v := range c.d.Values {
			cells = append(cells, c.value([2]string{row, everything}, v))
		}
		return cells
	}
	for _, h := range heads {
		cells = append(cells, c.value([2]string{row, h.Key}, c.d.Values[0]))
	}
	return append(cells, c.value([2]string{row, everything}, c.d.Values[0]))
}

// keysOf orders keys: times as they come and without gaps, others with most first.
func keysOf(found map[string]int64, dimension string, s *Service, p Period) []string {
	if timely(dimension) {
		return s.buckets(dimension, p)
	}
	keys := make([]string, 0, len(found))
	for key := range found {
		keys = append(keys, key)
	}
	sortedKeys(keys, dimension, found)
	return keys
}

func (c *counter) named(ctx context.Context, dimension string, keys []string) ([]Counted, error) {
	names := map[string][2]string{}
	switch dimension {
	case "area", "unit", "person":
		var err error
		if names, err = c.service.Orders.Named(ctx, dimension, keys); err != nil {
			return nil, err
		}
	case "category":
		for _, key := range keys {
			zh, en := c.service.Names.Category(key)
			names[key] = [2]string{zh, en}
		}
	}
	list := make([]Counted, len(keys))
	for i, key := range keys {
		list[i] = Counted{Key: key, Name: names[key][0], NameEN: names[key][1]}
	}
	return list, nil
}

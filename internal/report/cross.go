package report

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// Count counts a table of what the actor may see. Refused: "table.too_many_columns", "table.too_many" and
// "figures.too_many", each with how to narrow it.
func (s *Service) Count(ctx context.Context, actor authz.Actor, d Definition) (Grid, error) {
	p, err := s.Check(d)
	if err != nil {
		return Grid{}, err
	}
	if scope := actor.Scope(perm.FiguresRead); d.Area == "" && !scope.All && len(scope.Areas) == 1 && len(scope.Units) == 0 {
		d.Area = scope.Areas[0] // the same incidents, and the sums know one area best
	}
	g := Grid{At: s.Clock.Now().UnixMilli(), Columns: []Column{}, Rows: []Counted{}}
	g.From, g.To = p.Days()
	switch {
	case d.byItem():
		err = s.byItems(ctx, actor, d, p, &g)
	case d.Columns == "":
		err = s.byFigures(ctx, actor, d, p, &g)
	default:
		err = s.crossed(ctx, actor, d, p, &g)
	}
	if err != nil {
		return g, err
	}
	if len(g.Rows) > maxRows {
		g.Left, g.Rows = g.Left+len(g.Rows)-maxRows, g.Rows[:maxRows]
	}
	return g, nil
}

func (s *Service) unitOf(subject, code string) string {
	for _, i := range s.IndicatorsOf(subject) {
		if i.Code == code {
			return i.Unit
		}
	}
	return "count"
}

// known refuses what the answer does not hold: under several filters the sums know no measure by the day of its event,
// and 0 or "none" would be a wrong figure.
func (s *Service) known(d Definition, a Answer) error {
	for _, i := range s.indicators {
		if i.Event && !a.Events && slices.Contains(d.Values, i.Code) {
			return fault.New(fault.Invalid, "table.events")
		}
	}
	return nil
}

// cell takes one value out of a line; nil is "none".
func (s *Service) cell(l Line, code string) *float64 {
	for _, i := range s.indicators {
		if i.Code == code && i.KPI {
			return l.KPIs[code].Value
		}
	}
	v := float64(l.Measures[code])
	return &v
}

// byFigures answers a table with one column a value from the running sums.
func (s *Service) byFigures(ctx context.Context, actor authz.Actor, d Definition, p Period, g *Grid) error {
	ask := d.ask(p)
	ask.By, ask.Top = d.Rows, maxRows
	if timely(d.Rows) {
		ask.Top = 0
	}
	a, err := s.Figures.Table(ctx, actor, ask)
	if err != nil {
		return err
	}
	if err := s.known(d, a); err != nil {
		return err
	}
	g.Position, g.Filling, g.Left = a.Position, a.Filling, a.Left
	for _, v := range d.Values {
		g.Columns = append(g.Columns, Column{Key: v, Value: v, Unit: s.unitOf(d.Subject, v)})
	}
	row := func(l Line) Counted {
		c := Counted{Key: l.Key, Name: l.Name}
		if d.Rows == "category" {
			c.Name, c.NameEN = s.Names.Category(l.Key)
		}
		for _, v := range d.Values {
			c.Cells = append(c.Cells, s.cell(l, v))
		}
		return c
	}
	for _, l := range a.Rows {
		g.Rows = append(g.Rows, row(l))
	}
	g.Total = row(a.Total)
	return nil
}

// crossed answers a table with columns: the sums are asked once for each column.
func (s *Service) crossed(ctx context.Context, actor authz.Actor, d Definition, p Period, g *Grid) error {
	value := d.Values[0]
	heads, err := s.heads(ctx, actor, d, p)
	if err != nil {
		return err
	}
	all := d.ask(p)
	all.By = d.Rows
	totals, err := s.Figures.Table(ctx, actor, all)
	if err != nil {
		return err
	}
	if err := s.known(d, totals); err != nil {
		return err
	}
	g.Position, g.Filling = totals.Position, totals.Filling
	at := map[string]int{}
	for i, l := range totals.Rows {
		at[l.Key] = i
		c := Counted{Key: l.Key, Name: l.Name, Cells: make([]*float64, len(heads), len(heads)+1)}
		if d.Rows == "category" {
			c.Name, c.NameEN = s.Names.Category(l.Key)
		}
		g.Rows = append(g.Rows, c)
	}
	g.Total.Cells = make([]*float64, len(heads), len(heads)+1)
	for n, head := range heads {
		ask := d.ask(p).within(d.Columns, head.Key, p)
		ask.By = d.Rows
		a, err := s.Figures.Table(ctx, actor, ask)
		if err != nil {
			return err
		}
		if err := s.known(d, a); err != nil {
			return err
		}
		for _, l := range a.Rows {
			if i, known := at[l.Key]; known {
				g.Rows[i].Cells[n] = s.cell(l, value)
			}
		}
		g.Total.Cells[n] = s.cell(a.Total, value)
		g.Columns = append(g.Columns, head)
	}
	unit := s.unitOf(d.Subject, value)
	for i, l := range totals.Rows {
		g.Rows[i].Cells = append(g.Rows[i].Cells, s.cell(l, value))
		zeros(g.Rows[i].Cells, unit)
	}
	g.Total.Cells = append(g.Total.Cells, s.cell(totals.Total, value))
	g.Columns = append(g.Columns, Column{Key: "total", Value: value, Unit: unit})
	return nil
}

// zeros writes 0 where nothing was counted; a rate of nothing stays none.
func zeros(cells []*float64, unit string) {
	for i, c := range cells {
		if c == nil && unit == "count" {
			zero := 0.0
			cells[i] = &zero
		}
	}
}

// heads returns the columns of a table that has some.
func (s *Service) heads(ctx context.Context, actor authz.Actor, d Definition, p Period) ([]Column, error) {
	unit := s.unitOf(d.Subject, d.Values[0])
	var heads []Column
	if timely(d.Columns) {
		for _, key := range s.buckets(d.Columns, p) {
			heads = append(heads, Column{Key: key, Value: d.Values[0], Unit: unit})
		}
	} else {
		ask := d.ask(p)
		ask.By = d.Columns
		a, err := s.Figures.Table(ctx, actor, ask)
		if err != nil {
			return nil, err
		}
		for _, l := range a.Rows {
			if l.Key == "" {
				continue // what has no key cannot be asked for
			}
			c := Column{Key: l.Key, Name: l.Name, Value: d.Values[0], Unit: unit}
			if d.Columns == "category" {
				c.Name, c.NameEN = s.Names.Category(l.Key)
			}
			heads = append(heads, c)
		}
	}
	if len(heads) > maxColumns {
		return nil, fault.New(fault.Invalid, "table.too_many_columns", "count", len(heads), "max", maxColumns)
	}
	return heads, nil
}

// byItems counts one by one.
func (s *Service) byItems(ctx context.Context, actor authz.Actor, d Definition, p Period, g *Grid) error {
	c := &counter{service: s, d: d, level: s.levelOf(d), sums: map[[2]string]map[string]int64{}}
	n := 0
	each := s.Orders.EachIncident
	if d.Subject == "orders" {
		each = s.Orders.EachOrder
	}
	err := each(ctx, actor, d.ask(p), func(i Item) error {
		if d.State != "" && i.State != d.State {
			return nil
		}
		if n++; n > maxItems {
			return fault.New(fault.Invalid, "table.too_many", "max", maxItems)
		}
		c.add(i)
		return nil
	})
	if err != nil {
		return err
	}
	return c.grid(ctx, p, g)
}

// levelOf is the place among the levels at which rows or columns of areas stand: the asked one, or the level below the
// chosen area.
func (s *Service) levelOf(d Definition) int {
	if at := s.Orders.Depth(d.Level); at >= 0 {
		return at
	}
	if path := s.Places.Path(d.Area); len(path) > 0 {
		return s.Orders.Depth(path[len(path)-1].Level) + 1
	}
	if tops := s.Places.Tops(); len(tops) > 0 {
		return s.Orders.Depth(tops[0].Level) + 1
	}
	return 0
}

func sortedKeys(keys []string, dimension string, of map[string]int64) {
	slices.SortStableFunc(keys, func(a, b string) int {
		if timely(dimension) || of[a] == of[b] {
			if a < b {
				return -1
			}
			return 1
		}
		return int(of[b] - of[a])
	})
}

package stats

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"gezhi/internal/kit/fault"
)

// fillRows makes the rows of a table with their names, in order.
func (s *Service) fillRows(ctx context.Context, p *plan, out *Result, now, before *counted) error {
	keys := p.keys(now, before)
	refs, err := s.naming(ctx, p, keys)
	if err != nil {
		return err
	}
	for n, key := range keys {
		row := p.row(key, now.rows[key], now.ranks[key], out.Events)
		row.Name, row.Level = refs[key].Name, refs[key].Level
		if before != nil {
			old := key
			if timely(p.By) {
				old = at(p.before.buckets(p.By), n)
			}
			b := p.row(old, before.rows[old], before.ranks[old], out.Events)
			b.Name, b.Level = row.Name, row.Level
			row.Before = &b
		}
		out.Rows = append(out.Rows, row)
	}
	p.sort(out.Rows)
	if p.Top > 0 && len(out.Rows) > p.Top {
		out.Left = len(out.Rows) - p.Top
		out.Rows = out.Rows[:p.Top]
	}
	out.Total = p.row("", now.total, now.ranked, out.Events)
	if before != nil {
		b := p.row("", before.total, before.ranked, out.Events)
		out.Total.Before = &b
	}
	return nil
}

func at(list []string, n int) string {
	if n < len(list) {
		return list[n]
	}
	return ""
}

// keys returns the rows: all buckets of a time, else what there is now or was before.
func (p *plan) keys(now, before *counted) []string {
	if timely(p.By) {
		return p.is.buckets(p.By)
	}
	if p.By == "none" {
		return nil
	}
	found := map[string]bool{}
	for _, c := range []*counted{now, before} {
		if c == nil {
			continue
		}
		for key, s := range c.rows {
			found[key] = found[key] || !s.zero()
		}
	}
	maps.DeleteFunc(found, func(_ string, some bool) bool { return !some })
	return slices.Sorted(maps.Keys(found))
}

// row makes a row of sums; nil are those of nothing.
func (p *plan) row(key string, sums Sums, r [4]ranks, withEvents bool) Row {
	if sums == nil {
		sums = newSums()
	}
	row := Row{Key: key, Measures: make(map[string]int64, len(Measures)), KPIs: make(map[string]Value, len(p.kpis))}
	for n, m := range Measures {
		if m.Day == "" || withEvents {
			row.Measures[m.Name] = sums[n]
		}
	}
	for _, k := range p.kpis {
		v := k.Of(sums)
		for n, t := range timeMeasures {
			if t.Code == k.Code {
				v.P50, v.P90 = r[n].p50, r[n].p90
			}
		}
		row.KPIs[k.Code] = v
	}
	return row
}

// checkSort reads by what the rows are sorted: a KPI or measure, most first, or least first with a dash in front.
func (p *plan) checkSort(f *fault.Fields) {
	name, share := strings.CutPrefix(strings.TrimPrefix(p.Sort, "-"), "kpi.")
	_, isKPI := kpi(name)
	_, isMeasure := indexOf[name]
	isMeasure = isMeasure && !share
	if p.Sort != "" && (name != "name" || share) && !isKPI && !isMeasure {
		f.Add("sort", "figures.sort")
	}
	if isKPI && !isMeasure && !slices.ContainsFunc(p.kpis, func(k KPI) bool { return k.Code == name }) {
		f.Add("sort", "figures.sort")
	}
}

// sort puts rows in order: times as they come, else what is asked for, else most received first. Rows without a value
// come last.
func (p *plan) sort(rows []Row) {
	name, least := strings.CutPrefix(p.Sort, "-")
	if name == "" {
		if timely(p.By) {
			return
		}
		name = "received"
	}
	name, share := strings.CutPrefix(name, "kpi.")
	value := func(r Row) *float64 {
		if n, ok := r.Measures[name]; ok && !share { // a name that both have, as overdue, is the number
			v := float64(n)
			return &v
		}
		return r.KPIs[name].Value
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		if name == "name" {
			if least {
				a, b = b, a
			}
			return strings.Compare(a.Name, b.Name)
		}
		x, y := value(a), value(b)
		switch {
		case x == nil || y == nil:
			return cmp.Compare(boolInt(x == nil), boolInt(y == nil))
		case least:
			return cmp.Compare(*x, *y)
		}
		return cmp.Compare(*y, *x)
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// naming says what rows are called.
func (s *Service) naming(ctx context.Context, p *plan, keys []string) (map[string]AreaRef, error) {
	refs := make(map[string]AreaRef, len(keys))
	var ended []string
	for _, key := range keys {
		ref := AreaRef{ID: key}
		switch p.By {
		case "area":
			ref.Level = p.level
			if path := s.Places.Path(key); len(path) > 0 {
				ref = path[len(path)-1]
			} else if key != "" {
				ended = append(ended, key)
			}
		case "unit":
			ref.Name = s.Names.Unit(key)
		case "person":
			ref.Name = s.Names.Person(key)
		case "category":
			ref.Name, _ = s.Names.Category(key)
		}
		refs[key] = ref
	}
	if len(ended) == 0 {
		return refs, nil
	}
	former, err := s.Places.Former(ctx, ended)
	for id, ref := range former {
		refs[id] = ref
	}
	return refs, err
}

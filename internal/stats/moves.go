package stats

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// figureKey names a row of the sums.
type figureKey struct{ dim, id, day, street, parent string }

// moves are what is to be added to the sums.
type moves map[figureKey]Sums

// dims are the dimensions of the sums: all, the levels of areas, and what else rows may stand for.
var dims = []string{"all", "city", "district", "street", "community", "grid", "microgrid", "unit", "person", "category", "channel"}

// levels names the levels of areas from the top, as they stand in dims.
var levels = dims[1:7]

// monthly are the dimensions of so many rows a day that their sums are kept by month as well, so that a year is not the
// sum of its days. The rows of a month have a dimension of their own and lie on its first day.
var monthly = []string{"grid", "microgrid", "person"}

func byMonth(dim string) string { return "month." + dim }

// rowDims are all dimensions that rows of the sums have.
var rowDims = func() []string {
	list := slices.Clone(dims)
	for _, dim := range monthly {
		list = append(list, byMonth(dim))
	}
	return list
}()

// on returns the rows in which what counts in a row counts on a day.
func (k figureKey) on(day string) []figureKey {
	k.day = day
	if !slices.Contains(monthly, k.dim) {
		return []figureKey{k}
	}
	month := k
	month.dim, month.day = byMonth(k.dim), firstOfMonth(day)
	return []figureKey{k, month}
}

// keys returns in which rows of the sums a fact counts, all but the day.
func (f *Fact) keys() []figureKey {
	street := f.Levels[2]
	list := []figureKey{{dim: "all"}}
	above := ""
	for n, id := range f.Levels {
		k := figureKey{dim: levels[n], id: id, parent: above}
		if n >= 2 {
			k.street = street
		}
		list = append(list, k)
		above = id
	}
	for _, k := range []figureKey{{dim: "unit", id: f.Unit}, {dim: "person", id: f.Person}, {dim: "category", id: f.Category}, {dim: "channel", id: f.Channel}} {
		k.street = street
		list = append(list, k)
	}
	return list
}

// row returns a row, which is made when it is not there yet.
func (m moves) row(key figureKey) Sums {
	if m[key] == nil {
		m[key] = newSums()
	}
	return m[key]
}

// keys lists the rows in one order.
func (m moves) keys() []figureKey {
	return slices.SortedFunc(maps.Keys(m), func(a, b figureKey) int {
		return cmp.Or(strings.Compare(a.dim, b.dim), strings.Compare(a.id, b.id), strings.Compare(a.day, b.day), strings.Compare(a.street, b.street), strings.Compare(a.parent, b.parent))
	})
}

// add lets a fact enter the sums, or leave them with a sign of -1.
func (m moves) add(f *Fact, sign int64) {
	byDay := map[string]Sums{}
	for n, measure := range Measures {
		value := measure.of(f)
		if value == 0 {
			continue
		}
		day := f.Day
		if measure.Day != "" {
			day = measure.at(f)
		}
		if byDay[day] == nil {
			byDay[day] = newSums()
		}
		byDay[day][n] = sign * value
	}
	for _, key := range f.keys() {
		for day, sums := range byDay {
			for _, k := range key.on(day) {
				m.row(k).Add(sums)
			}
		}
	}
}

package grid

import (
	"cmp"
	"context"
	"slices"

	"gezhi/internal/kit/fault"
)

// Template is one line of a staffing template: how many people of a role an area of a level and kind needs at least.
// The line of a kind replaces the line of the empty kind, which stands for all kinds; Least 0 needs nobody.
type Template struct {
	Level Level
	Kind  string
	Role  string
	Least int64
}

// Posts counts the people that the posts put in areas.
type Posts interface {
	// CountByAreaRole returns for every area and role how many people hold such a post there at the instant (unix ms).
	CountByAreaRole(ctx context.Context, at int64) (map[string]map[string]int, error)
}

// Lack is a role of which an area has fewer people than its template asks for.
type Lack struct {
	Role  string
	Least int
	Have  int
}

// Shortage is an area that misses somebody.
type Shortage struct {
	Area  Area
	Lacks []Lack
}

// Staffing returns the templates in force for areas of a level and kind, by role.
func (t *Tree) Staffing(level Level, kind string) []Template {
	var out []Template
	for _, line := range t.templates {
		if line.Level != level || line.Kind != kind && line.Kind != "" {
			continue
		}
		if i := slices.IndexFunc(out, func(o Template) bool { return o.Role == line.Role }); i < 0 {
			out = append(out, line)
		} else if line.Kind != "" {
			out[i] = line
		}
	}
	return out
}

// Shortages lists the areas that miss somebody by the counts of area and role, in the order of the tree.
func (t *Tree) Shortages(counts map[string]map[string]int) []Shortage {
	type key struct {
		level Level
		kind  string
	}
	known := map[key][]Template{}
	var out []Shortage
	for _, a := range t.order {
		k := key{a.Level, a.Kind}
		lines, ok := known[k]
		if !ok {
			lines = t.Staffing(a.Level, a.Kind)
			known[k] = lines
		}
		var lacks []Lack
		for _, line := range lines {
			if have := counts[a.ID][line.Role]; have < int(line.Least) {
				lacks = append(lacks, Lack{Role: line.Role, Least: int(line.Least), Have: have})
			}
		}
		if lacks != nil {
			out = append(out, Shortage{Area: *a, Lacks: lacks})
		}
	}
	return out
}

// checkTemplates notes what is wrong with a whole set of templates.
func checkTemplates(f *fault.Fields, lines []Template, kinds []Kind) {
	seen := map[Template]bool{}
	for i, line := range lines {
		at := "items[" + itoa(i) + "]."
		if line.Level.Depth() < 0 {
			f.Add(at+"level", "area.level_unknown")
		}
		if !slices.ContainsFunc(kinds, func(k Kind) bool { return k.Code == line.Kind }) {
			f.Add(at+"kind", "area.kind_unknown")
		}
		checkCode(f, at+"role", line.Role)
		if line.Least < 0 || line.Least > 1000 {
			f.Add(at+"least", "field.range", "min", 0, "max", 1000)
		}
		line.Least = 0
		if seen[line] {
			f.Add(at+"role", "field.duplicate")
		}
		seen[line] = true
	}
}

func sortTemplates(lines []Template) {
	slices.SortFunc(lines, func(a, b Template) int {
		return cmp.Or(cmp.Compare(a.Level.Depth(), b.Level.Depth()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Role, b.Role))
	})
}

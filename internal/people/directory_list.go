package people

import (
	"context"
	"slices"
	"strings"
)

// OpenUnits returns every open unit, by kind and code. The caller must not change it.
func (d *Directory) OpenUnits() []Unit {
	s := d.current()
	s.openOnce.Do(func() {
		for _, u := range s.units {
			if u.Open {
				s.open = append(s.open, u)
			}
		}
		slices.SortFunc(s.open, func(a, b Unit) int {
			return strings.Compare(string(a.Kind)+" "+a.Code, string(b.Kind)+" "+b.Code)
		})
	})
	return s.open
}

// WorkerPost returns the first of the people who walk an area now, with the post by which they do.
func (d *Directory) WorkerPost(areaID string) (Person, Post, bool) {
	s, at := d.current(), d.clock.Now().UnixMilli()
	for _, role := range workerRoles {
		for _, p := range s.byArea[areaID] {
			if p.Role == role && p.Holds(at) {
				return s.persons[p.AccountID], p, true
			}
		}
	}
	return Person{}, Post{}, false
}

// CountByAreaRole returns for every area and role how many people hold such a post there at the instant (unix ms).
func (s *Service) CountByAreaRole(_ context.Context, at int64) (map[string]map[string]int, error) {
	counts := map[string]map[string]int{}
	for area, posts := range s.directory.current().byArea {
		if area == "" {
			continue
		}
		seen := map[string]bool{}
		counts[area] = map[string]int{}
		for _, p := range posts {
			if key := p.Role + " " + p.AccountID; p.Holds(at) && !seen[key] {
				seen[key] = true
				counts[area][p.Role]++
			}
		}
	}
	return counts, nil
}

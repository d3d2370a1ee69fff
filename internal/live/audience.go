package live

import "gezhi/internal/kit/authz"

// audience finds the clients whom an event concerns, without asking all of them.
type audience struct {
	all map[*Client]struct{}
	by  map[interest]map[*Client]struct{}
}

// interest is one area, unit or person that a scope names.
type interest struct {
	sort byte
	id   string
}

func newAudience() audience {
	return audience{all: map[*Client]struct{}{}, by: map[interest]map[*Client]struct{}{}}
}

func (a *audience) add(c *Client, s authz.Scope) {
	if s.All {
		a.all[c] = struct{}{}
		return
	}
	for _, i := range interests(s) {
		if a.by[i] == nil {
			a.by[i] = map[*Client]struct{}{}
		}
		a.by[i][c] = struct{}{}
	}
}

func (a *audience) remove(c *Client, s authz.Scope) {
	delete(a.all, c)
	for _, i := range interests(s) {
		if delete(a.by[i], c); len(a.by[i]) == 0 {
			delete(a.by, i)
		}
	}
}

// each calls fn for every client whom the event concerns or concerned; for some more than once.
func (a *audience) each(e *event, fn func(*Client)) {
	for c := range a.all {
		fn(c)
	}
	for _, t := range []*authz.Target{&e.holds, &e.left} {
		a.named('a', t.Areas, fn)
		a.named('u', t.Units, fn)
		a.named('p', t.Persons, fn)
	}
}

func (a *audience) named(sort byte, ids []string, fn func(*Client)) {
	for _, id := range ids {
		for c := range a.by[interest{sort, id}] {
			fn(c)
		}
	}
}

func interests(s authz.Scope) []interest {
	list := make([]interest, 0, len(s.Areas)+len(s.Units)+len(s.Others)+1)
	for _, id := range s.Areas {
		list = append(list, interest{'a', id})
	}
	for _, id := range s.Units {
		list = append(list, interest{'u', id})
	}
	for _, id := range s.Persons() {
		list = append(list, interest{'p', id})
	}
	return list
}

package notice

import (
	"cmp"
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// Share is how many of some people have read a notice.
type Share struct {
	Key     string // a role, or an area ('' for people who are bound to no place)
	Reached int
	Read    int
}

// Progress is how far a notice has come.
type Progress struct {
	Reached int // whom it reaches, and who read it before they went
	Read    int
	Areas   []Share // the parts of the area that it covers
	Roles   []Share
	Screens int64 // walls that show it now
	Walls   int64 // walls that ever did
}

// Progress returns how far a notice has come, to those who may change it.
func (s *Service) Progress(ctx context.Context, actor authz.Actor, notice string) (Progress, error) {
	n, err := s.managed(ctx, actor, notice)
	if err != nil {
		return Progress{}, err
	}
	read, err := readings(ctx, s.DB.Read(), n.ID)
	if err != nil {
		return Progress{}, err
	}
	out := s.progress(n, read)
	out.Screens, out.Walls, err = countWalls(ctx, s.DB.Read(), n.ID, now.Ms(s.Clock)-showsFor)
	return out, err
}

// Unread returns who has not read a notice though it reaches them, in order of their ids and within the actor's own
// scope, with the cursor of the next page.
func (s *Service) Unread(ctx context.Context, actor authz.Actor, notice, cursor string, limit int) ([]Post, string, error) {
	n, err := s.managed(ctx, actor, notice)
	if err != nil {
		return nil, "", err
	}
	key, err := page.Parse(cursor, "unread", 1)
	if err != nil {
		return nil, "", err
	}
	read, err := readings(ctx, s.DB.Read(), n.ID)
	if err != nil {
		return nil, "", err
	}
	has := map[string]bool{}
	for _, r := range read {
		has[r.person] = true
	}
	scope, limit := actor.Scope(perm.NoticePublish), page.Limit(limit)
	var out []Post
	for _, p := range s.crowd(n, s.World.Everybody()).reached {
		if has[p.Person] || key != nil && p.Person <= key[0] || !scope.Covers(authz.Target{Areas: p.Areas, Units: []string{p.Unit}}) {
			continue
		}
		if len(out) == limit {
			return out, page.Cursor("unread", out[limit-1].Person), nil
		}
		out = append(out, p)
	}
	return out, "", nil
}

// managed returns a notice to somebody who may change it.
func (s *Service) managed(ctx context.Context, actor authz.Actor, notice string) (*Notice, error) {
	n, err := s.Get(ctx, actor, notice)
	if err == nil && !s.Manages(actor, n) {
		err = fault.New(fault.Forbidden, "notice.not_yours")
	}
	return n, err
}

// progress counts readers among those whom a notice reaches. Who read it and has gone since still counts.
func (s *Service) progress(n *Notice, read []reading) Progress {
	depth := s.depth(n)
	areas, roles := map[string]*Share{}, map[string]*Share{}
	var out Progress
	count := func(role, area string, has bool) {
		out.Reached++
		for key, in := range map[string]map[string]*Share{role: roles, area: areas} {
			if in[key] == nil {
				in[key] = &Share{Key: key}
			}
			in[key].Reached++
			if has {
				in[key].Read++
			}
		}
		if has {
			out.Read++
		}
	}
	has := map[string]bool{}
	for _, r := range read {
		if r.post != "" {
			has[r.person] = true
			a, _ := s.World.Area(r.place)
			count(r.post, part(a.Path, depth), true)
		}
	}
	for _, p := range s.crowd(n, s.World.Everybody()).reached {
		if !has[p.Person] {
			count(p.Role, part(p.Areas, depth), false)
		}
	}
	out.Areas, out.Roles = shares(areas), shares(roles)
	return out
}

// depth is how many levels a path shares with the area of a notice: one level below it, readers are told apart.
func (s *Service) depth(n *Notice) int {
	if len(n.Areas) == 1 {
		a, _ := s.World.Area(n.Areas[0])
		return len(a.Path)
	}
	return len(s.World.Trunk())
}

// part is the area of a path one level below a depth, or its last.
func part(path []string, depth int) string {
	if len(path) == 0 {
		return ""
	}
	return path[min(depth, len(path)-1)]
}

func shares(by map[string]*Share) []Share {
	out := make([]Share, 0, len(by))
	for _, one := range by {
		out = append(out, *one)
	}
	slices.SortFunc(out, func(a, b Share) int { return cmp.Or(cmp.Compare(b.Reached, a.Reached), cmp.Compare(a.Key, b.Key)) })
	return out
}

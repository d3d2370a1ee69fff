package survey

import (
	"fmt"
	"math"
	"slices"

	"gezhi/internal/app/demo/ground"
	"gezhi/internal/mapview"
)

// areas groups finished micro-grids into grids, communities and patrol areas, and draws their borders.
func (r *regions) areas(p Plan) (*Areas, error) {
	grids := r.coarser(func(*region) float64 { return 1 })
	if err := grids.merge(p.Grids); err != nil {
		return nil, fmt.Errorf("grids: %w", err)
	}
	communities := grids.coarser(func(g *region) float64 { return g.weight })
	if err := communities.merge(p.Communities); err != nil {
		return nil, fmt.Errorf("communities: %w", err)
	}
	patrols := communities.coarser(func(c *region) float64 { return c.weight })
	if err := patrols.merge(p.Patrols); err != nil {
		return nil, fmt.Errorf("patrol areas: %w", err)
	}
	zoned := zonesOf(grids, communities, p.Zones)
	a := &Areas{OnStreets: r.share(service), OnMain: communities.share(tertiary)}
	a.Attribution = mapview.Attribution + ", ODbL 1.0"
	for i, patrol := range patrols.list {
		for _, c := range patrol.members {
			a.Communities = append(a.Communities, ground.Part{Of: i, Ring: []int{c}})
		}
	}
	descend(&a.Communities, &a.Grids, communities)
	descend(&a.Grids, &a.Microgrids, grids)
	for i := range a.Grids {
		a.Grids[i].Kind = "residential"
		if z := zoned[a.Grids[i].Ring[0]]; z != nil {
			a.Grids[i].Kind, a.Grids[i].Own = z.Kind, z.Own
		}
	}
	order := make([]int, len(a.Microgrids))
	for i, m := range a.Microgrids {
		order[i] = m.Ring[0]
		a.Microgrids[i].Kind = a.Grids[m.Of].Kind
	}
	d := drawing{regions: r}
	rings := d.draw(order)
	for i := range a.Microgrids {
		a.Microgrids[i].Ring = rings[i]
	}
	for _, list := range [][]ground.Part{a.Grids, a.Communities} {
		for i := range list {
			list[i].Ring = nil
		}
	}
	for _, arc := range d.arcs {
		a.Arcs = append(a.Arcs, arc.steps())
	}
	return a, nil
}

// descend lists the members of each part in order of place. Until the borders are drawn a part's ring holds the index
// of its region.
func descend(parts, finer *[]ground.Part, of *regions) {
	for i, p := range *parts {
		members := slices.Clone(of.list[p.Ring[0]].members)
		slices.Sort(members) // regions are numbered by place
		for _, m := range members {
			*finer = append(*finer, ground.Part{Of: i, Ring: []int{m}})
		}
	}
}

// abroad is how much farther a grid of another community counts to be from a zone, in metres.
const abroad = 900.0

// zonesOf gives each zone its grids: the one nearest to it, and then the nearest of their neighbours, rather those of
// the same community. Other grids have none.
func zonesOf(grids, communities *regions, zones []Zone) []*Zone {
	index := map[*region]int{}
	for i, g := range grids.list {
		index[g] = i
	}
	home := func(g *region) *region { return communities.of[g.faces[0]] }
	of := make([]*Zone, len(grids.list))
	for n := range zones {
		z := &zones[n]
		var first *region
		off := func(g *region) float64 {
			d := metres(g.centre, z.at())
			if first != nil && home(g) != home(first) {
				d += abroad
			}
			return d
		}
		could := grids.list
		for range z.Grids {
			var best *region
			for _, g := range could {
				if of[index[g]] == nil && (best == nil || off(g) < off(best)) {
					best = g
				}
			}
			if best == nil {
				break
			}
			if of[index[best]] = z; first == nil {
				first, could = best, nil
			}
			for _, t := range grids.touches(best) {
				could = append(could, t.other)
			}
		}
	}
	return of
}

// share is how much of the length of the borders between regions, and around them all, lies on lines of a class or a
// stronger one.
func (r *regions) share(least class) float64 {
	on, all := 0.0, 0.0
	for i, l := range r.g.lines {
		a, b := r.of[r.g.left[2*i]], r.of[r.g.left[2*i+1]]
		if a == b {
			continue
		}
		long := r.g.length(2 * i)
		all += long
		if l.class >= least {
			on += long
		}
	}
	return math.Round(on/all*1e4) / 1e4
}

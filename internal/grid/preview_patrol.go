package grid

import "slices"

// patrolEffects lists the patrol areas that gain or lose areas: new areas join the patrol areas of those they come
// from, ended ones leave theirs, and areas that move come under the patrol area of what is above them now.
func patrolEffects(t *Tree, e *edit, after *sketch) []PatrolEffect {
	byID := map[string]*PatrolEffect{}
	effect := func(p *PatrolArea) *PatrolEffect {
		if byID[p.ID] == nil {
			byID[p.ID] = &PatrolEffect{Patrol: *p}
		}
		return byID[p.ID]
	}
	opened := map[string]Area{}
	for _, a := range e.opens {
		opened[a.ID] = a
	}
	for _, l := range e.lineage {
		a, fresh := opened[l.AreaID]
		for _, p := range t.patrolsOf[l.FromID] {
			if x := effect(p); fresh && !slices.Contains(x.Gains, a.Name) {
				x.Gains = append(x.Gains, a.Name)
			}
		}
	}
	for _, id := range e.closes {
		for _, p := range t.patrolsOf[id] {
			x := effect(p)
			x.Loses = append(x.Loses, t.byID[id].Name)
		}
	}
	for _, a := range e.updates {
		was, had := t.PatrolAreaOf(a.ID)
		now, has := patrolAfter(t, after, a.ID)
		if had == has && was.ID == now.ID {
			continue
		}
		// Below an area that is split or merged the patrol areas are inherited: that was said above.
		if _, inherits := opened[a.ParentID]; inherits {
			continue
		}
		if had {
			x := effect(&was)
			x.Loses = append(x.Loses, a.Name)
		}
		if has {
			x := effect(&now)
			x.Gains = append(x.Gains, a.Name)
		}
	}
	var out []PatrolEffect
	for _, p := range t.patrols {
		if x := byID[p.ID]; x != nil && len(x.Gains)+len(x.Loses) > 0 {
			out = append(out, *x)
		}
	}
	return out
}

// patrolAfter is PatrolAreaOf in the tree as it will be.
func patrolAfter(t *Tree, after *sketch, areaID string) (PatrolArea, bool) {
	var best *PatrolArea
	for a, ok := after.byID[areaID]; ok; a, ok = after.byID[a.ParentID] {
		for _, p := range t.patrolsOf[a.ID] {
			if best == nil || best.Kind == General && p.Kind == Dedicated {
				best = p
			}
		}
	}
	if best == nil {
		return PatrolArea{}, false
	}
	return *best, true
}

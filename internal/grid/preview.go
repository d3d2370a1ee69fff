package grid

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

// OpenPlace is where an open incident lies.
type OpenPlace struct {
	AreaID string     // the deepest area it is in
	At     *geo.Point // WGS-84; nil: a person put it into the area
}

// Work knows the open incidents.
type Work interface {
	// OpenPlaces returns where the open incidents of some areas lie.
	OpenPlaces(ctx context.Context, areas []string) ([]OpenPlace, error)
}

// CrewPost is somebody who holds a post in an area.
type CrewPost struct {
	AreaID, Role, AccountID, Name string
}

// Crew knows who is on the posts of areas and what units are called.
type Crew interface {
	// PostsIn returns who holds posts for exactly this area at the instant (unix ms).
	PostsIn(areaID string, at int64) []CrewPost
	// UnitName returns the name of a unit, empty for an unknown one.
	UnitName(id string) string
}

// UseWork gives the open incidents for previews. Call it before serving.
func (s *Service) UseWork(w Work) { s.work = w }

// UseCrew gives the people for previews and look-ups. Call it before serving.
func (s *Service) UseCrew(c Crew) { s.crew = c }

// Fate is what a redraw does to an area.
type Fate string

// The fates.
const (
	Begins   Fate = "begins"
	Ends     Fate = "ends"
	Reshaped Fate = "reshaped"
	Moved    Fate = "moved" // another parent, the same boundary
)

// AreaEffect is what a redraw does to one area.
type AreaEffect struct {
	Area       Area // as it will be; one that ends as it is
	Fate       Fate
	Before     geo.Shape // nil for one that begins
	OpenBefore int       // open incidents in it
	OpenAfter  int
	Crew       []CrewPost // who is on its posts now
	Lacks      []Lack     // who will be missing
	From       []string   // names of the areas it comes from
}

// PatrolEffect is what a redraw does to a patrol area.
type PatrolEffect struct {
	Patrol PatrolArea
	Gains  []string // names of areas
	Loses  []string
}

// RedrawPreview is what a draft would do.
type RedrawPreview struct {
	Parts     []Part // as given, or proposed
	Errors    []fault.Field
	Refused   []Finding
	Tolerated []Finding
	Areas     []AreaEffect // in the order of the tree, those that end last
	Parents   map[string]string
	Patrols   []PatrolEffect
	Follows   int // open incidents that change their area
}

// PreviewRedraw says what a draft would do, and changes nothing. What is wrong with it is in the answer. Faults:
// not_found, forbidden.
func (s *Service) PreviewRedraw(ctx context.Context, actor authz.Actor, d Draft) (RedrawPreview, error) {
	t, at := s.Tree(), now.Ms(s.clock)
	w, err := d.resolve(t)
	if err != nil {
		why, ok := fault.As(err)
		if !ok || why.Kind != fault.Invalid || w == nil {
			return RedrawPreview{}, err
		}
		return RedrawPreview{Errors: why.Fields, Parts: w.parts}, nil
	}
	if err := mayDraft(actor, t, w.out); err != nil {
		return RedrawPreview{}, err
	}
	b := redrawer{t: t, in: w.out, edit: &edit{at: at, draws: map[string]drawn{}, where: map[string]string{}}}
	if err := b.build(actor); err != nil && !fault.Is(err, "invalid") {
		return RedrawPreview{}, err
	}
	after := b.edit.after(t)
	b.edit.checkTree(&b.f, t, after)
	out := RedrawPreview{Parts: w.parts, Errors: b.f, Parents: map[string]string{}}
	out.Refused, out.Tolerated = b.edit.topology(t, after, DefaultTolerance, w.rule)
	err = s.effects(ctx, t, b.edit, after, at, &out)
	return out, err
}

func (s *Service) effects(ctx context.Context, t *Tree, e *edit, after *sketch, at int64, out *RedrawPreview) error {
	var places []OpenPlace
	if s.work != nil {
		var err error
		if places, err = s.work.OpenPlaces(ctx, e.moved(t)); err != nil {
			return err
		}
	}
	fates := map[string]Fate{}
	for _, a := range e.updates {
		fates[a.ID] = Moved
	}
	for id := range e.draws {
		fates[id] = Reshaped
	}
	for _, a := range e.opens {
		fates[a.ID] = Begins
	}
	for _, id := range e.closes {
		fates[id] = Ends
	}
	for id, fate := range fates {
		a, stays := after.byID[id]
		if !stays {
			a = *t.byID[id]
		}
		x := AreaEffect{Area: a, Fate: fate}
		if old := t.byID[id]; old != nil {
			x.Before = old.Shape
		}
		x.OpenBefore, x.OpenAfter = openIn(t, after, id, places)
		s.crewOf(t, &x, at)
		for _, l := range e.lineage {
			if l.AreaID == id {
				x.From = append(x.From, l.FromName)
			}
		}
		if parent, ok := after.byID[a.ParentID]; ok {
			out.Parents[a.ParentID] = parent.Name
		}
		out.Areas = append(out.Areas, x)
	}
	slices.SortFunc(out.Areas, func(x, y AreaEffect) int {
		if (x.Fate == Ends) != (y.Fate == Ends) {
			if x.Fate == Ends {
				return 1
			}
			return -1
		}
		return byPlaceInTree(&x.Area, &y.Area)
	})
	out.Patrols = patrolEffects(t, e, after)
	out.Follows = follows(t, e, after, places)
	return nil
}

// crewOf notes who is on the posts of an area and who will be missing there.
func (s *Service) crewOf(t *Tree, x *AreaEffect, at int64) {
	have := map[string]int{}
	if s.crew != nil && x.Fate != Begins {
		x.Crew = s.crew.PostsIn(x.Area.ID, at)
		for _, p := range x.Crew {
			have[p.Role]++
		}
	}
	if x.Fate == Ends {
		return
	}
	for _, line := range t.Staffing(x.Area.Level, x.Area.Kind) {
		if have[line.Role] < int(line.Least) {
			x.Lacks = append(x.Lacks, Lack{line.Role, int(line.Least), have[line.Role]})
		}
	}
}

// openIn counts the open incidents of an area before and after.
func openIn(t *Tree, after *sketch, id string, places []OpenPlace) (before, then int) {
	old, now := t.byID[id], after.byID[id]
	for _, p := range places {
		was := old != nil && slices.Contains(t.PathIDs(p.AreaID), id)
		if was {
			before++
		}
		switch {
		case now.ID == "":
		case p.At != nil && !now.Shape.IsEmpty():
			if now.Shape.Contains(*p.At) {
				then++
			}
		case was:
			then++
		}
	}
	return before, then
}

// follows counts the open incidents whose path of areas changes.
func follows(t *Tree, e *edit, after *sketch, places []OpenPlace) (n int) {
	closed := map[string]bool{}
	for _, id := range e.closes {
		closed[id] = true
	}
	above := func(id string) (ids []string) {
		for a, ok := after.byID[id]; ok; a, ok = after.byID[a.ParentID] {
			ids = append(ids, a.ID)
		}
		return ids
	}
	for _, p := range places {
		path := t.PathIDs(p.AreaID)
		now := above(p.AreaID)
		slices.Reverse(now)
		goes := closed[p.AreaID] || !slices.Equal(path, now)
		if p.At != nil {
			for id, d := range e.draws {
				if d.stored.Contains(*p.At) != slices.Contains(path, id) {
					goes = true
				}
			}
		}
		if goes {
			n++
		}
	}
	return n
}

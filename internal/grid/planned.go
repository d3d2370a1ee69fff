package grid

import (
	"slices"

	"gezhi/internal/kit/fault"
)

// RedrawState is where a planned redraw stands. Only a planned one goes on, to one of the others, once.
type RedrawState string

// The states.
const (
	RedrawPlanned   RedrawState = "planned"
	RedrawApplied   RedrawState = "applied"
	RedrawWithdrawn RedrawState = "withdrawn"
	RedrawStopped   RedrawState = "stopped" // at its instant it did not fit any more; nothing of it was done
)

// PlannedRedraw is a redraw that takes effect at an instant.
type PlannedRedraw struct {
	ID        string
	Kind      DraftKind
	State     RedrawState
	Note      string
	Plan      RedrawPlan
	EffectAt  int64 // unix ms
	CreatedAt int64
	CreatedBy string // account
	Creator   string // name
	EndedAt   int64  // when it was applied, withdrawn or stopped; 0 while planned
	EndedBy   string
	Ender     string
	Reason    RedrawReason
}

// RedrawPlan is what a redraw will do, with the areas as they were when it was planned.
type RedrawPlan struct {
	Do      Redrawing
	LetGaps bool // areas are drawn one by one
	Expect  []Expected
	Names   []string // of the areas as a person knows them, those that begin too
}

// Expected is an area as a plan found it. Another name or code since then is no hindrance.
type Expected struct {
	AreaID, ShapeID, ParentID, Name string
}

// RedrawReason says why a redraw was stopped or withdrawn.
type RedrawReason struct {
	Code   string         `json:"code,omitempty"` // of a stop
	Params map[string]any `json:"params,omitempty"`
	Fields []fault.Field  `json:"fields,omitempty"` // places where it does not fit
	Text   string         `json:"text,omitempty"`   // of who withdrew it
}

func (p RedrawPlan) rule() gapRule {
	if p.LetGaps {
		return reportGaps
	}
	return refuseNewGaps
}

// touches lists the areas that a redrawing changes or ends.
func (r Redrawing) touches() []string {
	ids := slices.Clone(r.Ends)
	for _, x := range r.Shapes {
		ids = append(ids, x.AreaID)
	}
	for _, x := range r.Moves {
		ids = append(ids, x.AreaID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func planOf(t *Tree, w *drafting) RedrawPlan {
	p := RedrawPlan{Do: w.out, LetGaps: w.rule == reportGaps}
	below := map[string]bool{}
	for _, m := range w.out.Moves {
		below[m.AreaID] = w.in.Kind != DraftParent
	}
	for _, id := range w.out.touches() {
		a := t.byID[id]
		p.Expect = append(p.Expect, Expected{id, a.ShapeID, a.ParentID, a.Name})
		if !below[id] {
			p.Names = append(p.Names, a.Name)
		}
	}
	for _, b := range w.out.Begins {
		p.Names = append(p.Names, b.Name)
	}
	return p
}

// changedSince names the areas that are not as the plan found them.
func (p RedrawPlan) changedSince(t *Tree) (names []string) {
	for _, e := range p.Expect {
		if a := t.byID[e.AreaID]; a == nil || a.ShapeID != e.ShapeID || a.ParentID != e.ParentID {
			names = append(names, e.Name)
		}
	}
	return names
}

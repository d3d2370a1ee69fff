package grid

import (
	"encoding/json"

	"gezhi/internal/kit/fault"
)

type crewView struct {
	Role string `json:"role"`
	Name string `json:"name"`
}

type areaEffectView struct {
	AreaRef
	Kind       string          `json:"kind"`
	Parent     string          `json:"parent_name,omitempty" doc:"as it will be"`
	Fate       Fate            `json:"fate" enum:"begins,ends,reshaped,moved"`
	From       []string        `json:"from" nullable:"false" doc:"names of the areas it comes from"`
	Before     float64         `json:"m2_before"`
	After      float64         `json:"m2_after"`
	OpenBefore int             `json:"open_before" doc:"open incidents"`
	OpenAfter  int             `json:"open_after"`
	Crew       []crewView      `json:"crew" nullable:"false" doc:"who is on its posts now"`
	Lacks      []lackView      `json:"lacks" nullable:"false" doc:"who will be missing"`
	Geometry   json.RawMessage `json:"geometry,omitempty" doc:"as it will be, WGS-84; none when it ends or only moves"`
}

type patrolEffectView struct {
	PatrolRef
	Gains []string `json:"gains" nullable:"false"`
	Loses []string `json:"loses" nullable:"false"`
}

type redrawPreviewView struct {
	Fits      bool                  `json:"fits"`
	Parts     []redrawPartBody      `json:"parts" nullable:"false" doc:"as given, or proposed"`
	Errors    []fault.Field         `json:"errors" nullable:"false"`
	Refused   []topologyFindingView `json:"refused" nullable:"false" doc:"places where borders do not fit"`
	Tolerated []topologyFindingView `json:"tolerated" nullable:"false"`
	Areas     []areaEffectView      `json:"areas" nullable:"false"`
	Patrols   []patrolEffectView    `json:"patrol_areas" nullable:"false"`
	Follows   int                   `json:"follows" doc:"open incidents that change their area"`
}

func viewPreview(p RedrawPreview) redrawPreviewView {
	v := redrawPreviewView{
		Fits: len(p.Errors) == 0 && len(p.Refused) == 0, Parts: []redrawPartBody{}, Errors: some(p.Errors), Refused: viewFindings(p.Refused),
		Tolerated: viewFindings(p.Tolerated), Areas: []areaEffectView{}, Patrols: []patrolEffectView{}, Follows: p.Follows,
	}
	for _, part := range p.Parts {
		v.Parts = append(v.Parts, redrawPartBody(part))
	}
	for _, x := range p.Areas {
		v.Areas = append(v.Areas, viewEffect(p, x))
	}
	for _, x := range p.Patrols {
		v.Patrols = append(v.Patrols, patrolEffectView{PatrolRef{x.Patrol.ID, x.Patrol.Code, x.Patrol.Name, x.Patrol.Kind, x.Patrol.StationID}, some(x.Gains), some(x.Loses)})
	}
	return v
}

func viewEffect(p RedrawPreview, x AreaEffect) areaEffectView {
	a := x.Area
	v := areaEffectView{
		AreaRef: AreaRef{a.ID, a.Code, a.Name, a.Level}, Kind: a.Kind, Parent: p.Parents[a.ParentID], Fate: x.Fate, From: some(x.From),
		Before: x.Before.Area(), OpenBefore: x.OpenBefore, OpenAfter: x.OpenAfter, Crew: []crewView{}, Lacks: []lackView{},
	}
	for _, c := range x.Crew {
		v.Crew = append(v.Crew, crewView{c.Role, c.Name})
	}
	for _, l := range x.Lacks {
		v.Lacks = append(v.Lacks, lackView(l))
	}
	if x.Fate != Ends {
		v.After = a.Shape.Area()
	}
	if x.Fate == Begins || x.Fate == Reshaped {
		v.Geometry, _ = json.Marshal(a.Shape) // valid positions always marshal
	}
	return v
}

package incident

import (
	"slices"
	"strconv"
	"strings"

	"gezhi/internal/kit/flow"
)

// SuggestedUnit is a unit with the worth of the guess.
type SuggestedUnit struct {
	UnitRef
	Confidence float64 `json:"confidence" doc:"0.5 to 1, as measured on reports that the model had not seen"`
	Made       int64   `json:"made" doc:"when the model was made, unix ms"`
}

// whereOf names the areas of a path from the community down, deep enough to tell who is responsible.
func whereOf(path []Area) string {
	var names []string
	for _, a := range path {
		if slices.Index(Levels[:], a.Level) >= slices.Index(Levels[:], "community") {
			names = append(names, a.Name)
		}
	}
	return strings.Join(names, "，")
}

// guessUnit asks the model who handled the like of it. It keeps silent about what is unlikely, and about a unit that is
// closed or could not be given the matter now.
func (s *Service) guessUnit(i *Incident, at *Situation) (Guess, bool) {
	if s.Reader == nil {
		return Guess{}, false
	}
	where := ""
	if i.Placed {
		where = whereOf(at.Path)
	}
	category := i.Category
	if category == "" {
		if g, ok := s.guess(i.Title, i.Text); ok {
			category = g.Label
		}
	}
	g, ok := s.Reader.Unit(i.Title, i.Text, where, category)
	if !ok || !g.likely() {
		return Guess{}, false
	}
	u, known := s.Directory.Unit(g.Label)
	return g.rounded(), known && u.Open && s.Dispatch.Hinders(*at, g.Label) == ""
}

// learned is a proposal where no rule knows the matter: to whoever handled the like of it. What the rules propose stands
// where the model knows nothing.
func (s *Service) learned(i *Incident, at *Situation, p Proposal) Proposal {
	g, ok := s.guessUnit(i, at)
	if !ok {
		return p
	}
	u, _ := s.Directory.Unit(g.Label)
	reason := Reason{Code: "learned", Params: map[string]string{"unit": u.Name, "percent": strconv.Itoa(int(g.Confidence * 100))}}
	if g.Label != p.UnitID {
		return Proposal{UnitID: g.Label, Reason: reason, General: p.General, guess: &g}
	}
	p.Reason, p.guess = reason, &g
	return p
}

// suggestedUnit is what stands beside the proposal of a rule for whoever may send it.
func (s *Service) suggestedUnit(by onlooker, i *Incident) *SuggestedUnit {
	sends := func(o flow.Offer) bool { return o.Do == "dispatch" }
	if s.Reader == nil || i.LeadOrder != "" || !slices.ContainsFunc(by.moves.Available(i), sends) {
		return nil
	}
	p, at := s.propose(i), s.matter(i)
	if p.UnitID == "" || p.guess != nil {
		return nil
	}
	g, ok := s.guessUnit(i, &at)
	if !ok || g.Label == p.UnitID {
		return nil
	}
	return &SuggestedUnit{s.unitRef(g.Label), g.Confidence, g.Made}
}

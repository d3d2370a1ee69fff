package incident

import (
	"math"
	"strings"

	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
)

// Guess is the category that a model reads from words.
type Guess struct {
	Category   string
	Confidence float64 // 0 to 1, as measured when the model was made
	Made       int64   // when the model was made, unix ms
}

// Hint is a place that words name.
type Hint struct {
	Name  string
	Point geo.Point // WGS-84
}

// Reader makes something of what people write. It answers from memory, and not at all while it knows nothing.
type Reader interface {
	Category(title, text string) (Guess, bool)
	PlaceIn(text string) (Hint, bool)
	Model() *ModelView // nil without one
}

// ModelView says what a model is worth, for whoever decides what it may do.
type ModelView struct {
	Made    int64       `json:"made" doc:"unix ms"`
	Rows    int         `json:"rows" doc:"closed reports it learned from"`
	MacroF1 float64     `json:"macro_f1" doc:"0 to 1, the average over its categories, on reports it had not seen"`
	Surely  []ModelSure `json:"surely" nullable:"false"`
}

// ModelSure is the worth of the answers of at least a confidence.
type ModelSure struct {
	Above float64 `json:"above"`
	Share float64 `json:"share" doc:"of all reports"`
	Right float64 `json:"right" doc:"share of right ones among them"`
}

// likelyGuess is the least confidence with which a guess is shown to anybody.
const likelyGuess = 0.5

// SuggestedView is what the words of a report suggest while nobody has settled it.
type SuggestedView struct {
	Category *SuggestedCategory `json:"category,omitempty"`
	Place    *SuggestedPlace    `json:"place,omitempty"`
}

// SuggestedCategory is a category with the worth of the guess.
type SuggestedCategory struct {
	NamedCode
	Confidence float64 `json:"confidence" doc:"0.5 to 1, as measured on reports that the model had not seen"`
	Made       int64   `json:"made" doc:"when the model was made, unix ms"`
}

// SuggestedPlace is a place that the words name.
type SuggestedPlace struct {
	Name string  `json:"name"`
	Lon  float64 `json:"lon"`
	Lat  float64 `json:"lat"`
	Area string  `json:"area" doc:"name of the deepest area there, '' outside all"`
}

// guess asks the model, if there is one, and keeps silent about what is unlikely or is no category any more.
func (s *Service) guess(title, text string) (Guess, bool) {
	if s.Reader == nil {
		return Guess{}, false
	}
	g, ok := s.Reader.Category(title, text)
	g.Confidence = math.Floor(g.Confidence*1000) / 1000
	return g, ok && g.Confidence >= likelyGuess && s.Categories().Usable(g.Category)
}

// suggested is what helps whoever sorts a report: a category where none was given, or only words of the list gave it,
// and a place where none is known. It is nil when there is nothing to suggest.
func (s *Service) suggested(by onlooker, i *Incident) *SuggestedView {
	if i.State != Reported && i.State != Verifying || !by.Scope(perm.IncidentTriage).Covers(i.Target()) {
		return nil
	}
	v := SuggestedView{Category: s.suggestedCategory(i), Place: s.suggestedPlace(i)}
	if v == (SuggestedView{}) {
		return nil
	}
	return &v
}

func (s *Service) suggestedCategory(i *Incident) *SuggestedCategory {
	g, ok := s.guess(i.Title, i.Text)
	if !ok || g.Category == i.Category || i.Category != "" && i.Category != s.Categories().Propose(i.Title+" "+i.Text) {
		return nil
	}
	k, _ := s.Categories().Get(g.Category)
	return &SuggestedCategory{NamedCode{k.Code, k.NameZH, k.NameEN}, g.Confidence, g.Made}
}

func (s *Service) suggestedPlace(i *Incident) *SuggestedPlace {
	if s.Reader == nil || i.Placed || i.Lon != nil {
		return nil
	}
	h, ok := s.Reader.PlaceIn(strings.Join([]string{i.Address, i.Title, i.Text}, "\n"))
	if !ok {
		return nil
	}
	v := &SuggestedPlace{Name: h.Name, Lon: h.Point.Lon, Lat: h.Point.Lat}
	if path := s.Places.Locate(h.Point); len(path) > 0 {
		v.Area = path[len(path)-1].Name
	}
	return v
}
